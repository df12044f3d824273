package io.gendan.ticket;

import io.gendan.api.Scope;
import io.gendan.events.CallOutcome;
import io.gendan.events.TicketEvent;
import io.gendan.events.TicketEvent.CallAttempted;
import io.gendan.events.TicketEvent.ContactRecorded;
import io.gendan.events.TicketEvent.PromiseKept;
import io.gendan.events.TicketEvent.PromiseMade;
import io.gendan.events.TicketEvent.PromiseWithdrawn;
import io.gendan.events.TicketEvent.TicketCancelled;
import io.gendan.events.TicketEvent.TicketClosed;
import io.gendan.events.TicketEvent.TicketMerged;
import io.gendan.events.TicketEvent.TicketUnmerged;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * When customers are to be called again whom a call did not reach: whoever has the ticket is told
 * at that time, once, unless they were talked to or called before; of a call for a promise that is
 * not theirs, who made it. One per ticket and one per promise, written by whoever has the lock of
 * the ticket.
 */
@Repository
@Transactional
class NextTries {

    private static final int BATCH = 100;
    private static final Scope OUR_OWN = new Scope.Everything();

    private final JdbcClient jdbc;
    private final Tickets tickets;
    private final Notices notices;

    record Due(UUID ticketId, UUID callId) {}

    private record Try(UUID about, String agent, Instant at) {}

    NextTries(JdbcClient jdbc, Tickets tickets, Notices notices) {
        this.jdbc = jdbc;
        this.tickets = tickets;
        this.notices = notices;
    }

    void take(Ticket ticket, List<TicketEvent> said) {
        var over = new HashSet<UUID>();
        var again = new LinkedHashMap<UUID, CallAttempted>();
        for (var event : said) {
            var ended = over(ticket, event);
            over.addAll(ended);
            again.keySet().removeAll(ended);
            if (event instanceof CallAttempted call && isTriedAgain(call, said)) {
                again.put(about(call), call);
            }
        }
        if (!over.isEmpty()) {
            forget(ticket.id(), over);
        }
        again.values().forEach(this::add);
        for (var event : said) {
            if (event instanceof TicketMerged merged) {
                move(ticket.id(), merged.into());
            } else if (event instanceof TicketUnmerged unmerged) {
                moveBack(ticket, unmerged);
            }
        }
    }

    /** What nobody is called about again after that. */
    private static Set<UUID> over(Ticket ticket, TicketEvent event) {
        return switch (event) {
            case CallAttempted call when call.outcome() == CallOutcome.REACHED ->
                    withMatter(ticket, about(call));
            case CallAttempted call -> Set.of(about(call));
            case PromiseKept kept -> Set.of(kept.promiseId());
            case PromiseWithdrawn withdrawn -> Set.of(withdrawn.promiseId());
            case ContactRecorded contact when Talk.isAnswer(contact) -> matter(ticket);
            case TicketClosed _, TicketCancelled _ -> matter(ticket);
            default -> Set.of();
        };
    }

    private static UUID about(CallAttempted call) {
        return Objects.requireNonNullElse(call.promiseId(), call.ticketId());
    }

    /** The ticket itself, and what is merged into it. */
    private static Set<UUID> matter(Ticket ticket) {
        return withMatter(ticket, ticket.id());
    }

    private static Set<UUID> withMatter(Ticket ticket, UUID about) {
        var absorbed = ticket.memento().absorbed().stream().map(Merge.Absorbed::ticketId);
        return Stream.concat(Stream.of(about, ticket.id()), absorbed).collect(Collectors.toSet());
    }

    /** Not when that is promised: then it has a clock of its own. */
    private static boolean isTriedAgain(CallAttempted call, List<TicketEvent> said) {
        var at = call.nextTryAt();
        return at != null
                && said.stream()
                        .noneMatch(
                                event ->
                                        event instanceof PromiseMade made
                                                && made.dueAt().equals(at));
    }

    private void add(CallAttempted call) {
        jdbc.sql(
                        "INSERT INTO next_try (ticket_id, about, call_id, agent, at) VALUES (?, ?,"
                                + " ?, ?, ?)")
                .param(call.ticketId())
                .param(about(call))
                .param(call.callId())
                .param(call.agent())
                .param(Rows.timestamp(Objects.requireNonNull(call.nextTryAt())))
                .update();
    }

    private void forget(UUID ticketId, Set<UUID> about) {
        jdbc.sql("DELETE FROM next_try WHERE ticket_id = ? AND about = ANY (?)")
                .params(ticketId, about.toArray(UUID[]::new))
                .update();
    }

    private void move(UUID ticketId, UUID into) {
        jdbc.sql("UPDATE next_try SET ticket_id = ? WHERE ticket_id = ?")
                .params(into, ticketId)
                .update();
    }

    private void moveBack(Ticket ticket, TicketUnmerged unmerged) {
        jdbc.sql(
                        """
                        UPDATE next_try SET ticket_id = :ticket
                        WHERE ticket_id = :into AND about = ANY (:about)
                        """)
                .param("ticket", ticket.id())
                .param("into", unmerged.from())
                .param("about", about(ticket))
                .update();
    }

    private static UUID[] about(Ticket ticket) {
        var promises = ticket.memento().promises().stream().map(Promise::id);
        return Stream.concat(Stream.of(ticket.id()), promises).toArray(UUID[]::new);
    }

    /** Those whose time has come, not all when there are many. */
    List<Due> due() {
        return jdbc.sql(
                        """
                        SELECT ticket_id, call_id FROM next_try
                        WHERE at <= clock_timestamp() ORDER BY at LIMIT ?
                        """)
                .param(BATCH)
                .query(
                        (row, _) ->
                                new Due(
                                        row.getObject("ticket_id", UUID.class),
                                        row.getObject("call_id", UUID.class)))
                .list();
    }

    /** Nothing when another instance has, or somebody called meanwhile. */
    void remind(Due due) {
        var ticket = tickets.lock(due.ticketId(), OUR_OWN).orElseThrow();
        jdbc.sql(
                        """
                        DELETE FROM next_try WHERE ticket_id = ? AND call_id = ?
                        RETURNING about, agent, at
                        """)
                .params(due.ticketId(), due.callId())
                .query(
                        (row, _) ->
                                new Try(
                                        row.getObject("about", UUID.class),
                                        row.getString("agent"),
                                        row.getObject("at", OffsetDateTime.class).toInstant()))
                .optional()
                .ifPresent(
                        next ->
                                notices.remind(
                                        ticket, due.callId(), whoTries(ticket, next), next.at()));
    }

    /**
     * Whoever has the ticket calls, first and back; what else was promised stays with who promised
     * it.
     */
    private static String whoTries(Ticket ticket, Try next) {
        var assignee = ticket.memento().assignee();
        var isAnothers =
                ticket.memento().promises().stream()
                        .filter(promise -> promise.id().equals(next.about()))
                        .anyMatch(promise -> !promise.isToCall());
        return assignee == null || isAnothers ? next.agent() : assignee.id();
    }
}
