package io.gendan.ticket;

import io.gendan.api.Scope;
import io.gendan.events.TicketEvent;
import io.gendan.events.TicketEvent.CallAttempted;
import io.gendan.events.TicketEvent.ContactRecorded;
import io.gendan.events.TicketEvent.PromiseMade;
import io.gendan.events.TicketEvent.TicketCancelled;
import io.gendan.events.TicketEvent.TicketClosed;
import io.gendan.events.TicketEvent.TicketMerged;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/**
 * When customers are to be called again whom a call did not reach: whoever has the ticket is told
 * at that time, once, unless they were talked to or called before. One per ticket, which is written
 * by whoever has its lock.
 */
@Repository
@Transactional
class NextTries {

    private static final int BATCH = 100;
    private static final Scope OUR_OWN = new Scope.Everything();

    private final JdbcClient jdbc;
    private final Tickets tickets;
    private final Notices notices;

    record Due(UUID ticketId, UUID callId, String agent) {}

    NextTries(JdbcClient jdbc, Tickets tickets, Notices notices) {
        this.jdbc = jdbc;
        this.tickets = tickets;
        this.notices = notices;
    }

    void take(Ticket ticket, List<TicketEvent> said) {
        for (var event : said) {
            if (event instanceof CallAttempted call) {
                forget(ticket.id());
                var at = call.nextTryAt();
                if (at != null && !isPromised(at, said)) {
                    add(call, at);
                }
            } else if (event instanceof ContactRecorded contact && Talk.isAnswer(contact)
                    || event instanceof TicketClosed
                    || event instanceof TicketCancelled
                    || event instanceof TicketMerged) {
                forget(ticket.id());
            }
        }
    }

    /** Then it has a clock of its own. */
    private static boolean isPromised(Instant at, List<TicketEvent> said) {
        return said.stream()
                .anyMatch(event -> event instanceof PromiseMade made && made.dueAt().equals(at));
    }

    private void add(CallAttempted call, Instant at) {
        jdbc.sql("INSERT INTO next_try (ticket_id, call_id, agent, at) VALUES (?, ?, ?, ?)")
                .param(call.ticketId())
                .param(call.callId())
                .param(call.agent())
                .param(Rows.timestamp(at))
                .update();
    }

    private void forget(UUID ticketId) {
        jdbc.sql("DELETE FROM next_try WHERE ticket_id = ?").param(ticketId).update();
    }

    /** Those whose time has come, not all when there are many. */
    List<Due> due() {
        return jdbc.sql(
                        """
                        SELECT ticket_id, call_id, agent FROM next_try
                        WHERE at <= clock_timestamp() ORDER BY at LIMIT ?
                        """)
                .param(BATCH)
                .query(
                        (row, _) ->
                                new Due(
                                        row.getObject("ticket_id", UUID.class),
                                        row.getObject("call_id", UUID.class),
                                        row.getString("agent")))
                .list();
    }

    /** Nothing when another instance has, or somebody called meanwhile. */
    void remind(Due due) {
        var ticket = tickets.lock(due.ticketId(), OUR_OWN).orElseThrow();
        jdbc.sql("DELETE FROM next_try WHERE ticket_id = ? AND call_id = ? RETURNING at")
                .param(due.ticketId())
                .param(due.callId())
                .query((row, _) -> Rows.instant(row.getObject("at", OffsetDateTime.class)))
                .optional()
                .ifPresent(at -> notices.remind(ticket, due.callId(), due.agent(), at));
    }
}
