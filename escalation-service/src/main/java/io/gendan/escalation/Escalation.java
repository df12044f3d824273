package io.gendan.escalation;

import static io.gendan.escalation.EscalationState.CLAIMED;
import static io.gendan.escalation.EscalationState.CONFIRMED;
import static io.gendan.escalation.EscalationState.OVER;
import static io.gendan.escalation.EscalationState.QUEUED;
import static io.gendan.escalation.EscalationState.RAISED;
import static io.gendan.escalation.EscalationState.REFUSED;

import io.gendan.events.ClockKind;
import io.gendan.events.EscalationCause;
import io.gendan.events.EscalationEvent.EscalationClaimed;
import io.gendan.events.EscalationEvent.EscalationRaised;
import io.gendan.events.QueueEvent.ClaimInvited;
import io.gendan.events.TicketEvent.TicketEscalated;
import io.gendan.events.TicketEvent.TicketReopened;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * One step up of one ticket, from being proposed to being taken; or its coming back to the queue of
 * a tier, reopened, which is no step: from there to there.
 *
 * @param raisedStay the stay that was to end by it; absent when the ticket climbed by itself, or
 *     came back
 * @param stay the stay that it began, once it did
 * @param order where it stands in the queue of its tier
 */
public record Escalation(
        UUID id,
        UUID ticketId,
        @Nullable Integer raisedStay,
        @Nullable Integer stay,
        int fromTier,
        int toTier,
        EscalationCause cause,
        @Nullable ClockKind clock,
        Instant dueAt,
        Instant raisedAt,
        @Nullable Instant escalatedAt,
        EscalationState state,
        Order order,
        @Nullable Instant invitedAt,
        @Nullable Claim claim,
        @Nullable String settledBecause) {

    /**
     * VIP first, then what presses more, then what is due sooner.
     *
     * @param answerBy when the tier should have taken it
     */
    public record Order(boolean vip, int priorityRank, @Nullable Instant answerBy) {

        static Order of(Watch watch) {
            var answerBy =
                    watch.clocks().stream()
                            .filter(Clock::isRunning)
                            .filter(clock -> clock.kind() == ClockKind.TIER_RESPONSE)
                            .map(Clock::dueAt)
                            .findFirst()
                            .orElse(null);
            return new Order(watch.facts().vip(), watch.facts().priority().ordinal(), answerBy);
        }

        /** For a tier without a target to take it by. */
        private Order orBy(@Nullable Instant at) {
            return answerBy == null ? new Order(vip, priorityRank, at) : this;
        }
    }

    /**
     * Who took it, and when.
     *
     * @param picked whether a leader preferred it to what came before it; absent when that was not
     *     on record yet
     */
    public record Claim(
            String agent, String name, String team, Instant at, @Nullable Boolean picked) {}

    static Escalation of(EscalationRaised raised, Watch watch) {
        return new Escalation(
                raised.escalationId(),
                raised.ticketId(),
                raised.stay(),
                null,
                raised.fromTier(),
                raised.toTier(),
                raised.cause(),
                raised.clock(),
                raised.dueAt(),
                raised.at(),
                null,
                RAISED,
                Order.of(watch),
                null,
                null,
                null);
    }

    /** For a ticket that climbed without being raised by us. */
    static Escalation of(TicketEscalated escalated, Watch watch) {
        return new Escalation(
                        escalated.escalationId(),
                        escalated.ticketId(),
                        null,
                        null,
                        escalated.fromTier(),
                        escalated.toTier(),
                        escalated.cause(),
                        null,
                        escalated.dueAt(),
                        escalated.raisedAt(),
                        null,
                        RAISED,
                        Order.of(watch),
                        null,
                        null,
                        null)
                .enterQueue(escalated, watch);
    }

    /** For a ticket that is to be claimed at its tier once more. */
    static Escalation of(TicketReopened reopened, Watch watch) {
        var name = "reopened:" + reopened.ticketId() + ":" + reopened.stay();
        var at = reopened.at();
        return new Escalation(
                UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)),
                reopened.ticketId(),
                null,
                reopened.stay(),
                watch.standing().tier(),
                watch.standing().tier(),
                EscalationCause.REOPENED,
                null,
                at,
                at,
                at,
                QUEUED,
                Order.of(watch).orBy(at),
                null,
                null,
                null);
    }

    Escalation enterQueue(TicketEscalated escalated, Watch watch) {
        return new Escalation(
                id,
                ticketId,
                raisedStay,
                escalated.stay(),
                escalated.fromTier(),
                escalated.toTier(),
                cause,
                clock,
                dueAt,
                raisedAt,
                escalated.at(),
                QUEUED,
                Order.of(watch).orBy(escalated.at()),
                null,
                null,
                null);
    }

    /** What the ticket turned out to be gives it another place in the line. */
    Escalation ordered(Watch watch) {
        var now = Order.of(watch);
        return new Escalation(
                id,
                ticketId,
                raisedStay,
                stay,
                fromTier,
                toTier,
                cause,
                clock,
                dueAt,
                raisedAt,
                escalatedAt,
                state,
                now.orBy(order.answerBy()),
                invitedAt,
                claim,
                settledBecause);
    }

    boolean isQueued() {
        return state == QUEUED;
    }

    boolean isClaimedBy(String agent) {
        return claim != null && claim.agent().equals(agent);
    }

    /** Claimed and not lost again. */
    boolean isHeldBy(String agent) {
        return (state == CLAIMED || state == CONFIRMED) && isClaimedBy(agent);
    }

    Escalation invitedAt(Instant at) {
        return as(state, at, claim, settledBecause);
    }

    ClaimInvited invitation(Watch watch, Instant at) {
        return new ClaimInvited(
                ticketId,
                at,
                id,
                toTier,
                watch.place().territory(),
                watch.facts().number(),
                watch.facts().kind(),
                watch.facts().priority(),
                Objects.requireNonNull(escalatedAt, "escalatedAt"));
    }

    /**
     * Takes it.
     *
     * @param picked whether others come before it in the line
     * @throws IllegalStateException when it is not in the queue
     */
    Escalation claimedBy(Person person, boolean picked, Instant at) {
        if (!isQueued()) {
            throw new IllegalStateException("Escalation " + id + " is " + state);
        }
        return as(
                CLAIMED,
                null,
                new Claim(person.id(), person.name(), person.team(), at, picked),
                null);
    }

    EscalationClaimed claimed(Person person, Instant at) {
        return new EscalationClaimed(
                ticketId,
                Objects.requireNonNull(stay, "stay"),
                at,
                id,
                toTier,
                person.id(),
                person.name(),
                person.team(),
                person.territory(),
                Objects.requireNonNull(claim, "claim").picked());
    }

    /** The ticket has an agent of the tier now: whoever claimed it, or somebody else. */
    Escalation assignedTo(String agent) {
        return switch (state) {
            case CLAIMED ->
                    isClaimedBy(agent) ? as(CONFIRMED, null, claim, null) : over("assigned");
            case QUEUED -> over("assigned");
            case RAISED, CONFIRMED, REFUSED, OVER -> this;
        };
    }

    Escalation refusedBecause(String reason) {
        return switch (state) {
            case RAISED, QUEUED, CLAIMED -> as(REFUSED, null, claim, reason);
            case CONFIRMED, REFUSED, OVER -> this;
        };
    }

    /** Takes it out of the queue: the ticket moved on. */
    Escalation over(String reason) {
        return switch (state) {
            case QUEUED, CLAIMED -> as(OVER, null, claim, reason);
            case RAISED, CONFIRMED, REFUSED, OVER -> this;
        };
    }

    /** After it left the queue, with its old place in it. */
    Escalation queuedAgain(int newStay) {
        return new Escalation(
                id,
                ticketId,
                raisedStay,
                newStay,
                fromTier,
                toTier,
                cause,
                clock,
                dueAt,
                raisedAt,
                escalatedAt,
                QUEUED,
                order,
                null,
                null,
                null);
    }

    private Escalation as(
            EscalationState newState,
            @Nullable Instant newInvitedAt,
            @Nullable Claim newClaim,
            @Nullable String because) {
        return new Escalation(
                id,
                ticketId,
                raisedStay,
                stay,
                fromTier,
                toTier,
                cause,
                clock,
                dueAt,
                raisedAt,
                escalatedAt,
                newState,
                order,
                newInvitedAt,
                newClaim,
                because);
    }
}
