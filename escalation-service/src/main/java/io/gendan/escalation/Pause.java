package io.gendan.escalation;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * A time in which a clock rested.
 *
 * @param until absent while it lasts
 */
public record Pause(Instant from, @Nullable Instant until, String reason) {

    Instant endOr(Instant whileItLasts) {
        return until == null ? whileItLasts : until;
    }

    Pause endedAt(Instant at) {
        return new Pause(from, at, reason);
    }
}
