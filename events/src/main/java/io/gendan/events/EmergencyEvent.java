package io.gendan.events;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An emergency and the times in which clocks in its scope rest. Topic {@link Topics#EMERGENCIES},
 * told by escalation-service.
 */
public sealed interface EmergencyEvent extends Event {

    UUID emergencyId();

    @Override
    default String key() {
        return emergencyId().toString();
    }

    /**
     * Somebody declared it. An empty list of the scope means all.
     *
     * @param from since when clocks rest
     * @param until when that ends by itself
     * @param categories of either level
     */
    record EmergencyDeclared(
            UUID emergencyId,
            Instant at,
            EmergencyKind kind,
            String reason,
            Instant from,
            Instant until,
            List<Territory> territories,
            List<Kind> kinds,
            List<String> categories)
            implements EmergencyEvent {}

    /**
     * It lasts longer, or it goes on after its time was over.
     *
     * @param from since when clocks rest without a break
     */
    record EmergencyExtended(UUID emergencyId, Instant at, Instant from, Instant until)
            implements EmergencyEvent {}

    /** It is over, and clocks go on. */
    record EmergencyEnded(UUID emergencyId, Instant at) implements EmergencyEvent {}
}
