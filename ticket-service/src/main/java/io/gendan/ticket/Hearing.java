package io.gendan.ticket;

import io.gendan.api.Problem;
import io.gendan.api.Role;
import io.gendan.api.Scope;
import io.gendan.events.Channel;
import io.gendan.events.Solved;
import io.gendan.messaging.Origin;
import io.gendan.ticket.TicketDesk.Words;
import io.gendan.ticket.rules.Thanks;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * Where a customer is heard who comes back to a closed ticket, or one that is merged into such, by
 * a channel or by one of us: that one stays closed, and what it repeats is the one that hears them.
 * However often they write and call at once, and while it is being closed, they open one follow-up.
 * Mere thanks open none.
 */
@Component
@Transactional
public class Hearing {

    private static final Scope OUR_OWN = new Scope.Everything();

    private final TicketDesk desk;
    private final ContactDesk contacts;
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
            ContactDesk contacts,
            Changes changes,
            Tickets tickets,
            TicketReading reading,
            FollowUps followUps) {
        this.desk = desk;
        this.contacts = contacts;
        this.changes = changes;
        this.tickets = tickets;
        this.reading = reading;
        this.followUps = followUps;
    }

    /**
     * What came from the customer.
     *
     * @param text absent when it has no words
     * @param solved whether it is, when they say so
     * @param beginning what it is to a follow-up that begins by it; absent when none does
     * @param onlyByWhoeverHasIt while the ticket is not closed, or by a leader
     */
    private record Coming(
            @Nullable String text,
            @Nullable Solved solved,
            String how,
            BiConsumer<Ticket, Instant> hearing,
            @Nullable BiConsumer<Ticket, Instant> beginning,
            boolean onlyByWhoeverHasIt) {

        boolean asksForNothing(Thanks thanks) {
            return solved == Solved.YES || text != null && thanks.isAllOf(text);
        }
    }

    /**
     * A message of the customer about a ticket, closed or not.
     *
     * @throws Problem 422 when it was written at no time that can be, or in no contact of the
     *     ticket
     */
    public Heard hear(Act act, Words words) {
        desk.requireContact(act, words.contactId());
        return hear(
                act,
                new Coming(
                        words.text(),
                        null,
                        "said to",
                        desk.hearing(act.caller(), words),
                        (_, now) -> desk.requireSentAt(words.sentAt(), now),
                        false));
    }

    /**
     * A call or chat of the customer about a ticket, closed or not. The line tells of it, or one of
     * us: of what is closed anybody who may see it, as that is nobody's work any more. What is not
     * solved, as they say in it, and gone after nowhere is from then on, at the tier above the
     * first; what is solved opens nothing.
     *
     * @throws Problem 422 for times that cannot be, and when nobody answered whom the customer
     *     could say whether it is solved
     */
    public Heard hear(Act act, Incoming contact) {
        var hearing = contacts.hearing(act, contact);
        var byUs = !act.caller().isOneOf(Role.CHANNEL);
        return hear(
                act, new Coming(null, contact.solved(), "contact about", hearing, hearing, byUs));
    }

    /**
     * The customer asks again about a ticket. Of what is closed that is a message, if it has words.
     *
     * @param channel where they did; the ticket's, when absent
     * @throws TransitionRefused when it is closed, and there are no words
     */
    public Heard urge(Act act, @Nullable Channel channel, @Nullable String text) {
        return hear(
                act,
                new Coming(
                        text,
                        null,
                        "asked again about",
                        desk.urging(act.caller(), channel, text),
                        text == null ? null : (_, _) -> {},
                        false));
    }

    /**
     * It is not solved. What the customer says so about may be over: it is heard where that is gone
     * after now.
     *
     * @throws TransitionRefused when it is not solved, and gone after nowhere else
     */
    public Heard reopen(Act act, String reason) {
        var open =
                act.caller().isOneOf(Role.CHANNEL)
                        ? followUps.lock(act.ticketId(), act.scope()).open()
                        : null;
        return open == null || open.equals(act.ticketId())
                ? new Heard(desk.reopen(act, reason), false)
                : hear(act, new Words(reason, null, null));
    }

    private Heard hear(Act act, Coming coming) {
        var where = followUps.lock(act.ticketId(), act.scope());
        var closed = where.closed();
        if (closed == null) {
            return new Heard(hearBefore(where.last(), act, coming), false);
        }
        if (where.open() != null) {
            return new Heard(hearAfter(where.open(), closed, act, coming), false);
        }
        if (coming.solved() == Solved.NO) {
            return goAfter(closed, act, coming);
        }
        if (coming.asksForNothing(closed.rules().thanks())) {
            return new Heard(hearAfter(closed.id(), closed, act, coming), false);
        }
        var beginning = coming.beginning();
        if (beginning == null) {
            throw new TransitionRefused(closed.id(), closed.status(), Command.URGE);
        }
        return new Heard(open(closed, act, coming, beginning), true);
    }

    /** Who does not know of the merge is heard where the matter is gone after now. */
    private TicketSnapshot hearBefore(UUID there, Act act, Coming coming) {
        if (coming.onlyByWhoeverHasIt()) {
            return changes.work(act, coming.hearing());
        }
        if (there.equals(act.ticketId())) {
            return changes.change(act, coming.hearing());
        }
        var how = coming.how() + " merged ticket " + act.ticketId();
        changes.propose(there, new Origin(act.caller().id(), how), coming.hearing());
        return reading.shown(act.ticketId(), act.scope());
    }

    /** It is heard by the closed ticket, and shown where its matter goes on. */
    private Heard goAfter(Ticket closed, Act act, Coming coming) {
        var shown = hearAfter(closed.id(), closed, act, coming);
        var next = followUps.lock(closed.id(), OUR_OWN).open();
        if (next == null) {
            return new Heard(shown, false);
        }
        tickets.remember(next, List.of(act.caller().id()));
        return new Heard(reading.shown(next, act.scope()), true);
    }

    private TicketSnapshot hearAfter(UUID there, Ticket closed, Act act, Coming coming) {
        tickets.remember(there, List.of(act.caller().id()));
        changes.propose(there, origin(closed, act, coming), coming.hearing());
        return reading.shown(there, act.scope());
    }

    private TicketSnapshot open(
            Ticket closed, Act act, Coming coming, BiConsumer<Ticket, Instant> beginning) {
        var origin = origin(closed, act, coming);
        var opened =
                followUps.open(
                        closed,
                        coming.text(),
                        next -> {
                            var now = next.created().at();
                            beginning.accept(next, now);
                            next.promiseFirstCall(now);
                        },
                        origin);
        tickets.remember(opened.id(), List.of(act.caller().id()));
        changes.propose(
                closed.id(), origin, (ticket, now) -> ticket.ties().isFollowedBy(opened, now));
        return reading.shown(opened.id(), act.scope());
    }

    private static Origin origin(Ticket closed, Act act, Coming coming) {
        var number = closed.created().number();
        return new Origin(act.caller().id(), coming.how() + " closed ticket " + number);
    }
}
