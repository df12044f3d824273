package io.gendan.ticket;

import io.gendan.api.Problem;
import io.gendan.api.Role;
import io.gendan.api.Scope;
import io.gendan.events.PromisePurpose;
import io.gendan.events.Topics;
import io.gendan.messaging.DatabaseClock;
import io.gendan.messaging.EventLog;
import io.gendan.messaging.EventLog.LoggedEvent;
import io.gendan.messaging.Origin;
import io.gendan.ticket.Consequences.News;
import io.gendan.ticket.rules.WorkCalendars;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * How a ticket is changed, whoever wants it: its row is locked first, and what came of it is said
 * in the transaction that saves it.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class Changes {

    private static final Logger logger = LoggerFactory.getLogger(Changes.class);
    private static final Scope OUR_OWN = new Scope.Everything();
    private static final int MISSED_SHOWN = 50;

    private final Tickets tickets;
    private final Consequences consequences;
    private final WorkCalendars calendars;
    private final TicketReading reading;
    private final EventLog log;
    private final DatabaseClock clock;

    Changes(
            Tickets tickets,
            Consequences consequences,
            WorkCalendars calendars,
            TicketReading reading,
            EventLog log,
            DatabaseClock clock) {
        this.tickets = tickets;
        this.consequences = consequences;
        this.calendars = calendars;
        this.reading = reading;
        this.log = log;
        this.clock = clock;
    }

    /** A command for whoever has the ticket, or a leader in their place. */
    TicketSnapshot work(Act act, BiConsumer<Ticket, Instant> command) {
        return change(
                act,
                (ticket, now) -> {
                    requireTheirs(ticket, act);
                    command.accept(ticket, now);
                });
    }

    /** For who is to keep the promise, too: it stays theirs when the ticket is another's. */
    TicketSnapshot settle(Act act, UUID promiseId, BiConsumer<Ticket, Instant> command) {
        return change(
                act,
                (ticket, now) -> {
                    requireOwner(ticket, promiseId, act);
                    command.accept(ticket, now);
                });
    }

    /**
     * A call for a promise. How it was may be asked by any of us who sees the ticket, but by the
     * person rated.
     */
    TicketSnapshot call(Act act, UUID promiseId, BiConsumer<Ticket, Instant> command) {
        return change(
                act,
                (ticket, now) -> {
                    if (ticket.promise(promiseId).purpose() != PromisePurpose.REVISIT) {
                        requireOwner(ticket, promiseId, act);
                    }
                    command.accept(ticket, now);
                });
    }

    private static void requireOwner(Ticket ticket, UUID promiseId, Act act) {
        var caller = act.caller();
        if (!ticket.promise(promiseId).owner().id().equals(caller.id())
                && !ticket.isAssignedTo(caller.id())
                && !caller.isOneOf(Role.SUPERVISOR)) {
            throw Problem.of(403, "not-the-owner");
        }
    }

    /** Does something to a ticket of theirs and another that they may see. */
    TicketSnapshot together(Act act, UUID otherId, OfTwo command) {
        boolean isFirst = act.ticketId().compareTo(otherId) < 0;
        var first = lock(isFirst ? act.ticketId() : otherId, act);
        var second = lock(isFirst ? otherId : act.ticketId(), act);
        var ticket = isFirst ? first : second;
        var other = isFirst ? second : first;
        requireFresh(ticket, act);
        requireTheirs(ticket, act);
        carryOut(ticket, () -> command.accept(ticket, other, clock.now()));
        save(ticket, new Origin(act.caller().id(), null));
        save(other, new Origin(act.caller().id(), null));
        return reading.shown(act.ticketId(), act.scope());
    }

    Ticket lock(UUID id, Act act) {
        return tickets.lock(id, act.scope()).orElseThrow(Problem::notFound);
    }

    interface OfTwo {
        void accept(Ticket ticket, Ticket other, Instant now);
    }

    static void requireTheirs(Ticket ticket, Act act) {
        if (!ticket.isAssignedTo(act.caller().id()) && !act.caller().isOneOf(Role.SUPERVISOR)) {
            throw Problem.of(403, "not-the-assignee");
        }
    }

    TicketSnapshot change(Act act, BiConsumer<Ticket, Instant> command) {
        return change(act, null, command);
    }

    TicketSnapshot change(Act act, @Nullable String reason, BiConsumer<Ticket, Instant> command) {
        var ticket = lock(act.ticketId(), act);
        requireFresh(ticket, act);
        carryOut(ticket, () -> command.accept(ticket, clock.now()));
        save(ticket, new Origin(act.caller().id(), reason == null ? null : Masking.mask(reason)));
        return reading.shown(ticket.id(), act.scope());
    }

    private static void carryOut(Ticket ticket, Runnable command) {
        var before = ticket.status();
        try {
            command.run();
        } catch (Problem refused) {
            throw TransitionRefused.in(before, refused);
        }
    }

    private void requireFresh(Ticket ticket, Act act) {
        var seen = act.seenVersion();
        if (seen != null && seen != ticket.memento().version()) {
            var missed =
                    log
                            .timeline(Topics.TICKETS, ticket.id().toString(), seen, MISSED_SHOWN)
                            .stream()
                            .map(Missed::of)
                            .toList();
            throw Problem.of(412, "stale-version", seen, ticket.memento().version())
                    .with("version", ticket.memento().version())
                    .with("missed", missed);
        }
    }

    private record Missed(long version, String type, Instant at, String actor) {

        static Missed of(LoggedEvent event) {
            return new Missed(event.sequence(), event.type(), event.at(), event.actor());
        }
    }

    void propose(UUID id, Origin origin, BiConsumer<Ticket, Instant> proposal) {
        var ticket = lock(id);
        proposal.accept(ticket, clock.now());
        save(ticket, origin);
    }

    /** Something to two tickets, which are locked in the order of their ids. */
    void propose(UUID id, UUID otherId, Origin origin, OfTwo proposal) {
        boolean isFirst = id.compareTo(otherId) < 0;
        var first = lock(isFirst ? id : otherId);
        var second = lock(isFirst ? otherId : id);
        var ticket = isFirst ? first : second;
        var other = isFirst ? second : first;
        proposal.accept(ticket, other, clock.now());
        save(ticket, origin);
        save(other, origin);
    }

    private Ticket lock(UUID id) {
        return tickets.lock(id, OUR_OWN)
                .orElseThrow(() -> new IllegalStateException("No ticket " + id));
    }

    private void save(Ticket ticket, Origin origin) {
        if (ticket.hasNews()) {
            var now = ticket.memento().updatedAt();
            ticket.seeToPlan(calendars.workingDays(), now);
            ticket.promiseProgress(now);
        }
        var news = ticket.drainNews();
        if (news.isEmpty()) {
            return;
        }
        tickets.save(ticket);
        for (var event : news) {
            logger.info(
                    "Ticket {} {} by {}",
                    ticket.id(),
                    event.getClass().getSimpleName(),
                    origin.actor());
        }
        consequences.keep(List.of(new News(ticket, news, origin)));
    }
}
