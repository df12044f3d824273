package io.gendan.events;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * What the teams of the higher tiers hear. Topics {@link Topics#escalated(int)}, read by share
 * groups: an invitation and no more. The queue entry in escalation-service is the truth, and
 * acknowledging a record claims nothing.
 */
public sealed interface QueueEvent extends Event {

    UUID ticketId();

    @Override
    default String key() {
        return ticketId().toString();
    }

    /** There is something to claim; told again until somebody does. */
    record ClaimInvited(
            UUID ticketId,
            Instant at,
            UUID escalationId,
            int tier,
            @Nullable Territory territory,
            String number,
            Kind kind,
            Priority priority,
            Instant escalatedAt)
            implements QueueEvent {}
}
