package io.gendan.ticket;

import io.gendan.api.Caller;
import io.gendan.api.Problem;
import io.gendan.api.Role;
import io.gendan.api.Scope;
import io.gendan.events.Channel;
import io.gendan.events.CloseReason;
import io.gendan.events.WaitingReason;
import io.gendan.messaging.Origin;
import io.gendan.ticket.Conversation.Said;
import io.gendan.ticket.Messages.Message;
import io.gendan.ticket.Messages.Side;
import io.gendan.ticket.Ticket.Doer;
import io.gendan.ticket.rules.RuleBook;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiConsumer;

/** What people do with a ticket, one command a transaction. */
@Component
@Transactional
public class TicketDesk {

    private static final int FIRST_YEAR = 2000;

    private final Changes changes;
    private final Tickets tickets;
    private final Messages messages;
    private final Surveys surveys;
    private final TicketReading reading;
    private final RuleBook rules;
    private final TicketSettings.MessageSettings settings;

    /**
     * @param sentAt when it was written, as the channel says; absent when it is not known to be
     *     another time than now
     * @param contactId the call or chat that it belongs to
     */
    public record Words(String text, @Nullable Instant sentAt, @Nullable UUID contactId) {}

    TicketDesk(
            Changes changes,
            Tickets tickets,
            Messages messages,
            Surveys surveys,
            TicketReading reading,
            RuleBook rules,
            TicketSettings settings) {
        this.changes = changes;
        this.tickets = tickets;
        this.messages = messages;
        this.surveys = surveys;
        this.reading = reading;
        this.rules = rules;
        this.settings = settings.messages();
    }

    public TicketSnapshot accept(Act act) {
        return changes.work(act, (ticket, now) -> ticket.accept(act.caller().id(), now));
    }

    /**
     * An answer to the customer.
     *
     * @throws Problem 422 when it is in no contact of the ticket
     */
    public TicketSnapshot answer(Act act, Words words) {
        requireContact(act, words.contactId());
        var messageId = UUID.randomUUID();
        var text = words.text();
        return changes.work(
                act,
                (ticket, now) -> {
                    var said =
                            new Said(messageId, Masking.mask(text), words.contactId(), null, false);
                    ticket.answer(said, act.caller().id(), now);
                    messages.add(
                            ticket, new Message(messageId, act.caller().id(), Side.US, text, null));
                });
    }

    /** What the customer says, wherever that is heard. */
    BiConsumer<Ticket, Instant> hearing(Caller caller, Words words) {
        var messageId = UUID.randomUUID();
        var text = words.text();
        return (ticket, now) -> {
            requireSentAt(words.sentAt(), now);
            var sentAt = toMicros(words.sentAt());
            var thanks = ticket.rules().thanks().isAllOf(text);
            ticket.hear(
                    new Said(messageId, Masking.mask(text), words.contactId(), sentAt, thanks),
                    now);
            messages.add(ticket, new Message(messageId, caller.id(), Side.CUSTOMER, text, sentAt));
            suspect(ticket, text, now);
        };
    }

    private static void suspect(Ticket ticket, String text, Instant now) {
        ticket.rules().majorIn(text).forEach(found -> ticket.suspect(found, now));
    }

    /**
     * @throws Problem 422 when it is in no contact of the ticket
     */
    void requireContact(Act act, @Nullable UUID contactId) {
        if (contactId != null && !reading.hasContact(act.ticketId(), contactId, act.scope())) {
            throw Problem.of(422, "contact-unknown").at("/contactId");
        }
    }

    /**
     * @throws Problem 422 when it was written at no time that can be
     */
    void requireSentAt(@Nullable Instant sentAt, Instant now) {
        if (sentAt != null
                && (sentAt.isAfter(now.plus(settings.clockTolerance()))
                        || sentAt.isBefore(now.minus(settings.latest())))) {
            throw Problem.of(422, "sent-at", settings.latest().toDays()).at("/sentAt");
        }
    }

    private static @Nullable Instant toMicros(@Nullable Instant time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.MICROS);
    }

    /**
     * The customer asks again about what is gone after already. Whoever brings that may see the
     * ticket from now on.
     *
     * @param opening by which another ticket was wanted
     * @throws Problem 422 for times of its contact that cannot be
     * @throws TransitionRefused when it is over by now
     */
    TicketSnapshot urge(UUID ticketId, Caller caller, Scope viewer, Opening opening) {
        var contactId = UUID.randomUUID();
        var urgeId = UUID.randomUUID();
        var channel = opening.channel();
        var urging = urging(urgeId, caller, channel, opening.asMessage());
        var contact = opening.contact();
        changes.propose(
                ticketId,
                new Origin(caller.id(), "asked again by " + channel),
                (ticket, now) -> {
                    urging.accept(ticket, now);
                    ticket.claim(opening.claim(), now);
                    if (contact != null) {
                        contact.requireTimes(settings, now, Opening.CONTACT);
                        contact.recordIn(ticket, contactId, urgeId, now);
                    }
                });
        tickets.remember(ticketId, List.of(caller.id()));
        return reading.shown(ticketId, viewer);
    }

    /**
     * That the customer asks again, wherever that is heard.
     *
     * @param channel where they did; the ticket's, when absent
     * @param text what they said to it, if anything
     */
    BiConsumer<Ticket, Instant> urging(
            Caller caller, @Nullable Channel channel, @Nullable String text) {
        return urging(UUID.randomUUID(), caller, channel, text);
    }

    private BiConsumer<Ticket, Instant> urging(
            UUID urgeId, Caller caller, @Nullable Channel channel, @Nullable String text) {
        return (ticket, now) -> {
            var where = Objects.requireNonNullElse(channel, ticket.created().channel());
            ticket.urge(urgeId, where, text == null ? "" : Masking.mask(text), now);
            if (text != null) {
                messages.add(ticket, new Message(urgeId, caller.id(), Side.CUSTOMER, text, null));
                suspect(ticket, text, now);
            }
        };
    }

    public TicketSnapshot await(Act act, WaitingReason reason) {
        var waitId = UUID.randomUUID();
        return changes.work(
                act, (ticket, now) -> ticket.await(reason, waitId, act.caller().id(), now));
    }

    /** Waits for the carrier, who looks for the parcel. */
    public TicketSnapshot awaitSearch(Act act) {
        var waitId = UUID.randomUUID();
        return changes.work(
                act, (ticket, now) -> ticket.awaitSearch(waitId, act.caller().id(), now));
    }

    public TicketSnapshot resume(Act act) {
        return changes.work(act, Ticket::resume);
    }

    public TicketSnapshot resolve(Act act, Resolution resolution) {
        return changes.work(
                act,
                (ticket, now) -> {
                    surveys.decide(ticket, now);
                    ticket.resolve(act.caller().id(), resolution.masked(), now);
                    tickets.noteResult(
                            ticket.id(), Objects.requireNonNull(resolution.told(), "result"));
                });
    }

    /**
     * Does a step of the ticket's procedure.
     *
     * @throws Problem 403 when only leaders do it
     */
    public TicketSnapshot takeStep(Act act, String step, @Nullable String note) {
        var masked = note == null ? null : Masking.mask(note);
        return changes.work(act, (ticket, now) -> ticket.takeStep(step, doer(act), masked, now));
    }

    /**
     * @throws Problem 403 when only leaders do it
     */
    public TicketSnapshot review(Act act, String cause, String measure) {
        return changes.work(
                act,
                (ticket, now) ->
                        ticket.review(doer(act), Masking.mask(cause), Masking.mask(measure), now));
    }

    private static Doer doer(Act act) {
        return new Doer(act.caller().id(), act.caller().isOneOf(Role.SUPERVISOR));
    }

    /**
     * Tells that an authority, or who asks about their data, got the answer.
     *
     * @throws Problem 422 when that lies in the future, or before it asked
     */
    public TicketSnapshot file(
            Act act, String text, LocalDate filedOn, @Nullable String reference) {
        var masked = reference == null ? null : Masking.mask(reference);
        return changes.work(
                act,
                (ticket, now) -> {
                    var today = now.atZone(rules.inForce().calling().zone()).toLocalDate();
                    if (filedOn.isAfter(today) || filedOn.getYear() < FIRST_YEAR) {
                        throw Problem.of(422, "filed-on", today).at("/filedOn");
                    }
                    var authority = ticket.authority();
                    if (authority != null && filedOn.isBefore(authority.arrivedOn())) {
                        throw Problem.of(422, "filed-too-early", authority.arrivedOn())
                                .at("/filedOn");
                    }
                    ticket.file(act.caller().id(), Masking.mask(text), filedOn, masked, now);
                });
    }

    /** For who may see the ticket, also when it is another's. */
    public TicketSnapshot note(Act act, String text) {
        var noteId = UUID.randomUUID();
        return changes.change(
                act,
                (ticket, now) -> {
                    ticket.note(noteId, act.caller().id(), Masking.mask(text), now);
                    messages.add(
                            ticket, new Message(noteId, act.caller().id(), Side.NOTE, text, null));
                });
    }

    /** By the customer's channel, the assignee or a leader. */
    public TicketSnapshot reopen(Act act, String reason) {
        var said = Masking.mask(reason);
        var isTheCustomers = act.caller().isOneOf(Role.CHANNEL);
        var by = isTheCustomers ? Ticket.CUSTOMER.id() : act.caller().id();
        return changes.change(
                act,
                reason,
                (ticket, now) -> {
                    if (!isTheCustomers) {
                        Changes.requireTheirs(ticket, act);
                    }
                    ticket.reopen(by, said, now);
                    if (isTheCustomers) {
                        suspect(ticket, reason, now);
                    }
                });
    }

    public TicketSnapshot cancel(Act act, String reason) {
        var masked = Masking.mask(reason);
        return changes.change(
                act, reason, (ticket, now) -> ticket.cancel(act.caller().id(), masked, now));
    }

    public TicketSnapshot confirm(Act act) {
        return changes.change(act, Ticket::confirm);
    }

    /**
     * @param statements what the leader says about the reason, by code
     * @throws Problem 422 for a duplicate of what is not another ticket of the same customer
     */
    public TicketSnapshot close(Act act, CloseReason reason, Map<String, String> statements) {
        var by = act.caller().id();
        var masked = new TreeMap<String, String>();
        statements.forEach((code, text) -> masked.put(code, Masking.mask(text)));
        var original = reason == CloseReason.DUPLICATE ? original(act, statements) : null;
        return original == null
                ? changes.change(act, (ticket, now) -> ticket.close(reason, masked, by, now))
                : changes.together(
                        act,
                        original,
                        (ticket, other, now) -> {
                            ticket.closeAsDuplicate(other, masked, by, now);
                            tickets.noteOriginal(ticket.id(), other.id());
                        });
    }

    private @Nullable UUID original(Act act, Map<String, String> statements) {
        var number = statements.get(Course.ORIGINAL);
        return number == null
                ? null
                : tickets.numbered(number.strip(), act.scope())
                        .filter(id -> !id.equals(act.ticketId()))
                        .orElse(null);
    }
}
