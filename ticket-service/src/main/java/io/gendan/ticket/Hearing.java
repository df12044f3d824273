package io.gendan.ticket;

import io.gendan.messaging.Origin;
import io.gendan.ticket.TicketDesk.Words;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import java.util.List;
import java.util.UUID;

/**
 * Where a customer is heard who writes about a closed ticket, or one that is merged into such: that
 * one stays closed. However many messages come at once, and while it is being closed, they open one
 * follow-up.
 */
@Component
@Transactional
public class Hearing {

    private final TicketDesk desk;
    private final Changes changes;
    private final Tickets tickets;
    private final TicketReading reading;
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
            FollowUps followUps) {
        this.desk = desk;
        this.changes = changes;
        this.tickets = tickets;
        this.reading = reading;
        this.followUps = followUps;
    }

    /** A message of the customer about a ticket, closed or not. */
    public Heard hear(Act act, Words words) {
        var whereabouts = followUps.lock(act.ticketId(), act.scope());
        var closed = whereabouts.closed();
        if (closed == null) {
            return new Heard(desk.say(act, words), false);
        }
        var open = whereabouts.open();
        if (open != null) {
            return hearIn(open, act, words);
        }
        var origin =
                new Origin(act.caller().id(), "said to closed ticket " + closed.created().number());
        var opened = followUps.open(closed, words.text(), _ -> {}, origin);
        tickets.remember(opened.id(), List.of(act.caller().id()));
        changes.propose(closed.id(), origin, (ticket, now) -> ticket.ties().isFollowedBy(opened, now));
        return new Heard(reading.shown(opened.id(), act.scope()), true);
    }

    private Heard hearIn(UUID ticketId, Act act, Words words) {
        tickets.remember(ticketId, List.of(act.caller().id()));
        return new Heard(
                desk.say(new Act(ticketId, act.caller(), act.scope(), null), words), false);
    }
}
