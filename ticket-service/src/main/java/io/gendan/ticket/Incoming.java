package io.gendan.ticket;

import io.gendan.api.Problem;
import io.gendan.events.Channel;
import io.gendan.events.ContactOutcome;
import io.gendan.events.Solved;
import io.gendan.ticket.Conversation.Callback;
import io.gendan.ticket.TicketSettings.MessageSettings;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * A call or chat of the customer, as whoever had it tells.
 *
 * @param channel phone or chat
 * @param endedAt absent while it goes on
 * @param solved whether it is, as the customer says in it
 */
public record Incoming(
        Channel channel,
        ContactOutcome outcome,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Solved solved) {

    /**
     * @param at where in the request it stands
     * @throws Problem 422 for times that cannot be
     */
    void requireTimes(MessageSettings settings, Instant now, String at) {
        var latest = now.plus(settings.clockTolerance());
        if (startedAt.isAfter(latest) || startedAt.isBefore(now.minus(settings.latest()))) {
            throw Problem.of(422, "contact-times").at(at + "/startedAt");
        }
        if (endedAt != null && (endedAt.isBefore(startedAt) || endedAt.isAfter(latest))) {
            throw Problem.of(422, "contact-times").at(at + "/endedAt");
        }
    }

    /**
     * @throws Problem 422 when nobody answered whom the customer could say that to
     */
    void requireAnswered() {
        if (solved != null && outcome != ContactOutcome.ANSWERED) {
            throw Problem.of(422, "solved-unanswered").at("/solved");
        }
    }

    /**
     * Who was not answered is promised to be called back.
     *
     * @return whether the customer is not content and the ticket is closed: another goes after it
     */
    boolean recordIn(Ticket ticket, UUID contactId, Instant now) {
        return ticket.record(contact(contactId), callback(ticket, contactId, now), now);
    }

    /**
     * @param urgeId by which the customer asked again in it
     */
    void recordIn(Ticket ticket, UUID contactId, UUID urgeId, Instant now) {
        ticket.record(contact(contactId), urgeId, callback(ticket, contactId, now), now);
    }

    /** The customer says in it that what was solved is not. */
    Discontent leaves(Ticket solved, UUID contactId, String by) {
        return channel == Channel.PHONE
                ? Discontent.spoken(contactId, solved.solver(), by)
                : new Discontent(contactId, solved.solver());
    }

    private static Callback callback(Ticket ticket, UUID contactId, Instant now) {
        var name = "callback:" + contactId;
        return new Callback(
                UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)),
                ticket.rules().callBackBy(now, ticket.created().vip()));
    }

    private Talk.Contact contact(UUID contactId) {
        return new Talk.Contact(
                contactId,
                channel,
                outcome,
                startedAt.truncatedTo(ChronoUnit.MICROS),
                endedAt == null ? null : endedAt.truncatedTo(ChronoUnit.MICROS),
                solved);
    }
}
