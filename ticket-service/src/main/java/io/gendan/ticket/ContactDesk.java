package io.gendan.ticket;

import io.gendan.api.Problem;
import io.gendan.api.Role;
import io.gendan.events.CallOutcome;
import io.gendan.events.Channel;
import io.gendan.events.ContactOutcome;
import io.gendan.ticket.Ticket.Callback;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.BiConsumer;

/** Calls and chats: those that came in, and those that one of us tried. */
@Component
@Transactional
public class ContactDesk {

    private static final Duration FURTHEST_TRY = Duration.ofDays(366);

    private final Changes changes;
    private final TicketSettings.MessageSettings settings;

    /** A call or chat of the customer. */
    public record Incoming(
            Channel channel,
            ContactOutcome outcome,
            Instant startedAt,
            @Nullable Instant endedAt) {}

    /**
     * A call of ours.
     *
     * @param promiseId which promise it is for
     */
    public record Outgoing(
            CallOutcome outcome,
            @Nullable UUID promiseId,
            @Nullable Instant nextTryAt,
            @Nullable String note) {}

    ContactDesk(Changes changes, TicketSettings settings) {
        this.changes = changes;
        this.settings = settings.messages();
    }

    /**
     * By the customer's channel, the assignee or a leader.
     *
     * @throws Problem 422 for times that cannot be
     */
    public TicketSnapshot record(Act act, Incoming incoming) {
        var contactId = UUID.randomUUID();
        BiConsumer<Ticket, Instant> recording =
                (ticket, now) -> {
                    requireTimes(incoming, now);
                    ticket.record(
                            contact(contactId, incoming), callback(ticket, contactId, now), now);
                };
        return act.caller().isOneOf(Role.CHANNEL)
                ? changes.fromCustomer(act, recording)
                : changes.work(act, recording);
    }

    private void requireTimes(Incoming incoming, Instant now) {
        var latest = now.plus(settings.clockTolerance());
        var startedAt = incoming.startedAt();
        if (startedAt.isAfter(latest) || startedAt.isBefore(now.minus(settings.latest()))) {
            throw Problem.of(422, "contact-times").at("/startedAt");
        }
        var endedAt = incoming.endedAt();
        if (endedAt != null && (endedAt.isBefore(startedAt) || endedAt.isAfter(latest))) {
            throw Problem.of(422, "contact-times").at("/endedAt");
        }
    }

    private static Talk.Contact contact(UUID contactId, Incoming incoming) {
        var endedAt = incoming.endedAt();
        return new Talk.Contact(
                contactId,
                incoming.channel(),
                incoming.outcome(),
                incoming.startedAt().truncatedTo(ChronoUnit.MICROS),
                endedAt == null ? null : endedAt.truncatedTo(ChronoUnit.MICROS));
    }

    private Callback callback(Ticket ticket, UUID contactId, Instant now) {
        var name = "callback:" + contactId;
        return new Callback(
                UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)),
                ticket.rules().callBackBy(now, ticket.created().vip()));
    }

    /**
     * By the assignee, whoever made the promise that it is for, or a leader.
     *
     * @throws Problem 422 when the next try is at no time to call, unless the customer named it
     */
    public TicketSnapshot record(Act act, Outgoing outgoing) {
        var note = outgoing.note();
        var nextTryAt = outgoing.nextTryAt();
        var attempt =
                new Talk.Attempt(
                        UUID.randomUUID(),
                        act.caller().id(),
                        outgoing.outcome(),
                        outgoing.promiseId(),
                        nextTryAt == null ? null : nextTryAt.truncatedTo(ChronoUnit.MICROS),
                        note == null ? null : Masking.mask(note));
        BiConsumer<Ticket, Instant> calling =
                (ticket, now) -> {
                    requireNextTry(outgoing, ticket, now);
                    ticket.record(attempt, now);
                };
        return outgoing.promiseId() == null
                ? changes.work(act, calling)
                : changes.settle(act, outgoing.promiseId(), calling);
    }

    private void requireNextTry(Outgoing outgoing, Ticket ticket, Instant now) {
        var nextTryAt = outgoing.nextTryAt();
        if (nextTryAt == null) {
            return;
        }
        if (!nextTryAt.isAfter(now) || nextTryAt.isAfter(now.plus(FURTHEST_TRY))) {
            throw Problem.of(422, "next-try").at("/nextTryAt");
        }
        var rules = ticket.rules();
        if (outgoing.outcome() != CallOutcome.CALL_LATER && !rules.calling().isOpen(nextTryAt)) {
            throw PromiseDesk.outsideCallingHours(rules, "/nextTryAt");
        }
    }
}
