package io.gendan.ticket;

import io.gendan.api.Problem;
import io.gendan.api.Scope;
import io.gendan.messaging.Origin;
import io.gendan.ticket.TicketDesk.Words;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import java.util.List;
import java.util.UUID;

/**
 * Where a customer is heard who writes about a closed ticket: that one stays closed. Its row lock,
 * and then that of each that came after it, makes several messages at once open one follow-up.
 */
@Component
@Transactional
public class Hearing {

    private static final Scope OUR_OWN = new Scope.Everything();

    private final TicketDesk desk;
    private final Changes changes;
    private final Tickets tickets;
    private final TicketReading reading;
    private final Matters matters;
    private final FollowUps followUps;

    /**
     * @param ticket where it was heard
     * @param opened whether for that
     */
    public record Heard(TicketSnapshot ticket, boolean opened) {}

    Hearing(
            TicketDesk desk,
            Changes changes,
            Tickets tickets,
            TicketReading reading,
            Matters matters,
            FollowUps followUps) {
        this.desk = desk;
        this.changes = changes;
        this.tickets = tickets;
        this.reading = reading;
        this.matters = matters;
        this.followUps = followUps;
    }

    /** A message of the customer about a ticket, closed or not. */
    public Heard hear(Act act, Words words) {
        var named = reading.require(act.ticketId(), act.scope());
        if (named.status() != TicketStatus.CLOSED) {
            return new Heard(desk.say(act, words), false);
        }
        var closed = tickets.lock(named.id(), act.scope()).orElseThrow(Problem::notFound);
        var next = tickets.succeeding(closed.id());
        while (next.isPresent()) {
            var ticket = tickets.lock(next.get(), OUR_OWN).orElseThrow(Problem::notFound);
            if (ticket.memento().status() != TicketStatus.CLOSED) {
                return hearIn(ticket.id(), act, words);
            }
            closed = ticket;
            next = tickets.succeeding(closed.id());
        }
        var facts = closed.memento().facts();
        var created = closed.created();
        var matter = Matter.of(created.customerId(), created.orderId(), facts.category());
        if (matter != null) {
            matters.lock(List.of(matter));
            var open = matters.find(List.of(matter)).open(matter, facts.major());
            if (open.isPresent()) {
                return hearIn(open.get(), act, words);
            }
        }
        var origin = new Origin(act.caller().id(), "said to closed ticket " + created.number());
        var opened = followUps.open(closed, UUID.randomUUID(), words.text(), _ -> {}, origin);
        tickets.remember(opened.id(), List.of(act.caller().id()));
        changes.propose(closed.id(), origin, (ticket, now) -> ticket.isFollowedBy(opened, now));
        return new Heard(reading.shown(opened.id(), act.scope()), true);
    }

    private Heard hearIn(UUID ticketId, Act act, Words words) {
        tickets.remember(ticketId, List.of(act.caller().id()));
        return new Heard(
                desk.say(new Act(ticketId, act.caller(), act.scope(), null), words), false);
    }
}
