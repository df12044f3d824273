package io.gendan.ticket;

import io.gendan.api.Problem;
import io.gendan.events.CallOutcome;
import io.gendan.events.Solved;
import io.gendan.messaging.Origin;
import io.gendan.ticket.FollowUps.Whereabouts;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

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
    private final FollowUps followUps;
    private final Agents agents;
    private final TicketSettings.MessageSettings settings;

    /**
     * A call of ours.
     *
     * @param promiseId which promise it is for
     * @param solved whether it is, as the customer says
     */
    public record Outgoing(
            CallOutcome outcome,
            @Nullable UUID promiseId,
            @Nullable Instant nextTryAt,
            @Nullable String note,
            @Nullable Solved solved) {}

    ContactDesk(Changes changes, FollowUps followUps, Agents agents, TicketSettings settings) {
        this.changes = changes;
        this.followUps = followUps;
        this.agents = agents;
        this.settings = settings.messages();
    }

    /** What is recorded of a contact, wherever that is. */
    BiConsumer<Ticket, Instant> hearing(Act act, Incoming incoming) {
        incoming.requireAnswered();
        var contactId = UUID.randomUUID();
        var where = whereItGoesOn(act, incoming.solved());
        return (ticket, now) -> {
            incoming.requireTimes(settings, now, "");
            if (incoming.recordIn(ticket, contactId, now) && where != null) {
                var discontent = incoming.leaves(ticket, contactId, act.caller().id());
                goAfter(ticket, where, discontent, null, act, now);
            }
        };
    }

    /** What follows locks others, too: all of them in one order. */
    private @Nullable Whereabouts whereItGoesOn(Act act, @Nullable Solved solved) {
        return solved == Solved.NO ? followUps.lock(act.ticketId(), act.scope()) : null;
    }

    private void goAfter(
            Ticket closed,
            Whereabouts where,
            Discontent discontent,
            @Nullable String note,
            Act act,
            Instant now) {
        followUps.goAfter(
                closed,
                where.open(),
                discontent,
                note,
                now,
                new Origin(act.caller().id(), "called and not content"));
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
                        agents.person(act.caller()),
                        outgoing.outcome(),
                        outgoing.promiseId(),
                        nextTryAt == null ? null : nextTryAt.truncatedTo(ChronoUnit.MICROS),
                        note == null ? null : Masking.mask(note),
                        outgoing.solved());
        requireReached(outgoing);
        var where = whereItGoesOn(act, outgoing.solved());
        BiConsumer<Ticket, Instant> calling =
                (ticket, now) -> {
                    requireNextTry(outgoing, ticket, now);
                    var goesOnElsewhere = ticket.record(attempt, now);
                    if (outgoing.solved() == Solved.NO) {
                        ticket.rules().majorIn(note).forEach(found -> ticket.suspect(found, now));
                    }
                    if (goesOnElsewhere && where != null) {
                        var discontent =
                                Discontent.spoken(attempt.id(), ticket.solver(), act.caller().id());
                        goAfter(ticket, where, discontent, note, act, now);
                    }
                };
        return outgoing.promiseId() == null
                ? changes.work(act, calling)
                : changes.call(act, outgoing.promiseId(), calling);
    }

    private static void requireReached(Outgoing outgoing) {
        if (outgoing.solved() != null && outgoing.outcome() != CallOutcome.REACHED) {
            throw Problem.of(422, "solved-unreached").at("/solved");
        }
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
