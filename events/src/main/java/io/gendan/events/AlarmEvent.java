package io.gendan.events;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * What people must set right, or time cannot be kept as they want it. Topic {@link
 * Topics#TIME_ALARMS}, told by escalation-service. The same matter is told once a day at most.
 */
public sealed interface AlarmEvent extends Event {

    /** Names the matter and the day. */
    String alarmId();

    @Override
    default String key() {
        return alarmId();
    }

    /**
     * The working days of the coming year are not known, or only what the law says of them: the
     * moved days are missing.
     */
    record CalendarMissing(
            String alarmId,
            Instant at,
            String calendar,
            String version,
            int year,
            boolean provisional)
            implements AlarmEvent {}

    /**
     * The policy has no target for such a ticket; its last resort was taken.
     *
     * @param ticketId the first such ticket of the day
     */
    record PolicyUnmatched(
            String alarmId,
            Instant at,
            String policyVersion,
            ClockKind clock,
            UUID ticketId,
            Kind kind,
            Channel channel,
            Priority priority,
            @Nullable Major major,
            boolean vip,
            int tier)
            implements AlarmEvent {}

    /**
     * More tickets stand in the line of a tier than it has taken lately: some that were to climb to
     * it are put off.
     *
     * @param claimed how many the tier took within the last {@code hours}
     */
    record TierFlooded(String alarmId, Instant at, int tier, int queued, int claimed, int hours)
            implements AlarmEvent {}
}
