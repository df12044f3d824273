package io.gendan.events;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/** What time did to a ticket. Topic {@link Topics#ESCALATIONS}, told by escalation-service. */
public sealed interface EscalationEvent extends Event {

    UUID ticketId();

    @Override
    default String key() {
        return ticketId().toString();
    }

    /** A proposal: the ticket climbs only while the stay is the same. Once per ticket and stay. */
    record EscalationRaised(
            UUID ticketId,
            int stay,
            Instant at,
            UUID escalationId,
            int fromTier,
            int toTier,
            EscalationCause cause,
            @Nullable ClockKind clock,
            Instant dueAt)
            implements EscalationEvent {}

    /**
     * Somebody of the tier took it from the queue; the ticket becomes theirs.
     *
     * @param picked whether it was preferred to others that came before it in the line, which only
     *     leaders do; absent in what older versions told
     */
    record EscalationClaimed(
            UUID ticketId,
            int stay,
            Instant at,
            UUID escalationId,
            int tier,
            String agent,
            String agentName,
            String team,
            @Nullable Territory territory,
            @Nullable Boolean picked)
            implements EscalationEvent {}

    /**
     * A clock ran out that is answered by the ticket itself, such as the confirmation clock.
     *
     * @param about which promise, wait or survey, of those clocks that a ticket may have several of
     */
    record ClockElapsed(
            UUID ticketId,
            int stay,
            Instant at,
            ClockKind clock,
            Instant dueAt,
            @Nullable UUID about)
            implements EscalationEvent {}

    /**
     * A clock runs out soon and nothing happened yet.
     *
     * @param percent how much of its target has passed: 50 tells the owner, 75 marks it, 90 tells
     *     the leader
     * @param about as of {@link ClockElapsed}
     */
    record ClockWarned(
            UUID ticketId,
            int stay,
            Instant at,
            ClockKind clock,
            int percent,
            Instant dueAt,
            @Nullable UUID about)
            implements EscalationEvent {}

    /**
     * A clock runs on, and something is to be done meanwhile. Each step of a clock is said once.
     *
     * @param dueAt when the step was to be taken
     * @param about as of {@link ClockElapsed}
     */
    record ClockStepped(
            UUID ticketId,
            int stay,
            Instant at,
            ClockKind clock,
            ClockStep step,
            Instant dueAt,
            @Nullable UUID about)
            implements EscalationEvent {}

    /**
     * A ticket was to climb by time, but the line of the tier above is long: it has until then to
     * be taken up where it is, and climbs then whatever the line. Once per ticket and stay.
     *
     * @param dueAt when it was to climb, which stays so
     */
    record ClimbDeferred(
            UUID ticketId,
            int stay,
            Instant at,
            ClockKind clock,
            Instant dueAt,
            int toTier,
            Instant until)
            implements EscalationEvent {}

    /**
     * The earliest running clock is another one now, or less of it has passed than was warned of,
     * or the time for the whole ticket ran out or no longer counts; clock and time absent when none
     * runs.
     *
     * @param percent how much of its target was warned of; absent when nothing was, and in what
     *     older versions told. What is warned of later {@link ClockWarned} tells alone
     * @param overdueSince when the target of the whole ticket ran out, as long as what it was for
     *     is still to be done; absent when it did not, and in what older versions told
     */
    record DueChanged(
            UUID ticketId,
            Instant at,
            @Nullable ClockKind clock,
            @Nullable Instant dueAt,
            @Nullable Integer percent,
            @Nullable Instant overdueSince)
            implements EscalationEvent {}

    /**
     * The last tier let its time pass: nobody is dropped, it rings.
     *
     * @param rings how often it has by that clock, this time included; absent in what older
     *     versions told
     */
    record LastTierOverdue(
            UUID ticketId,
            int stay,
            Instant at,
            ClockKind clock,
            Instant dueAt,
            @Nullable Integer rings)
            implements EscalationEvent {}
}
