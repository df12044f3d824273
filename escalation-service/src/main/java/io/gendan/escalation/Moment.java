package io.gendan.escalation;

import io.gendan.events.Territory;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * When and where a clock starts, which chooses its target and its calendar.
 *
 * @param territory absent while it is not known
 * @param waitsFor what, when a wait starts
 */
record Moment(Instant at, int tier, @Nullable Territory territory, @Nullable Wait waitsFor) {

    Moment(Instant at, int tier, @Nullable Territory territory) {
        this(at, tier, territory, null);
    }
}
