package io.gendan.ticket;

import io.gendan.api.Problem;
import io.gendan.messaging.DatabaseClock;
import io.gendan.messaging.Origin;
import io.gendan.ticket.TicketDesk.Words;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Where a customer is heard who comes back to a closed ticket, or one that is merged into such:
 * that one stays closed. However often they write and call at once, and while it is being closed,
 * they open one follow-up. Mere thanks open none.
 */
@Component
@Transactional
public class Hearing {

    private final TicketDesk desk;
    private final ContactDesk contacts;
    private final Changes changes;
    private final Tickets tickets;
    private final TicketReading reading;
    private final FollowUps followUps;
    private final DatabaseClock clock;

    /**
     * @param ticket where it was heard
     * @param opened whether for that
     */
    public record Heard(TicketSnapshot ticket, boolean opened) {}

    Hearing(
            TicketDesk desk,
            ContactDesk contacts,
            Changes changes,
            Tickets tickets,
            TicketReading reading,
            FollowUps followUps,
            DatabaseClock clock) {
        this.desk = desk;
        this.contacts = contacts;
        this.changes = changes;
        this.tickets = tickets;
        this.reading = reading;
        this.followUps = followUps;
        this.clock = clock;
    }

    /**
     * A message of the customer about a ticket, closed or not.
     *
     * @throws Problem 422 when it was written at no time that can be, or in no contact of the
     *     ticket
     */
    public Heard hear(Act act, Words words) {
        var whereabouts = followUps.lock(act.ticketId(), act.scope());
        var closed = whereabouts.closed();
        if (closed == null) {
            return new Heard(desk.say(act, words), false);
        }
        var thanked = closed.rules().thanks().isAllOf(words.text()) ? closed.id() : null;
        var open = whereabouts.open() == null ? thanked : whereabouts.open();
        if (open != null) {
            return hearIn(open, act, there -> desk.say(there, words));
        }
        desk.requirePossible(act, words, clock.now());
        return open(closed, act, words.text(), "said to", _ -> {});
    }

    /**
     * A call or chat of the customer about a ticket, closed or not.
     *
     * @throws Problem 422 for times that cannot be
     */
    public Heard hear(Act act, Incoming contact) {
        var whereabouts = followUps.lock(act.ticketId(), act.scope());
        var closed = whereabouts.closed();
        if (closed == null) {
            return new Heard(contacts.record(act, contact), false);
        }
        var open = whereabouts.open();
        if (open != null) {
            return hearIn(open, act, there -> contacts.record(there, contact));
        }
        contacts.requirePossible(contact, clock.now());
        return open(
                closed,
                act,
                null,
                "contact about",
                next -> contact.recordIn(next, UUID.randomUUID(), next.created().at()));
    }

    private Heard hearIn(UUID ticketId, Act act, Function<Act, TicketSnapshot> hearing) {
        tickets.remember(ticketId, List.of(act.caller().id()));
        var there = new Act(ticketId, act.caller(), act.scope(), null);
        return new Heard(hearing.apply(there), false);
    }

    private Heard open(
            Ticket closed, Act act, @Nullable String body, String how, Consumer<Ticket> beginning) {
        var number = closed.created().number();
        var origin = new Origin(act.caller().id(), how + " closed ticket " + number);
        var opened = followUps.open(closed, body, beginning, origin);
        tickets.remember(opened.id(), List.of(act.caller().id()));
        changes.propose(
                closed.id(), origin, (ticket, now) -> ticket.ties().isFollowedBy(opened, now));
        return new Heard(reading.shown(opened.id(), act.scope()), true);
    }
}
