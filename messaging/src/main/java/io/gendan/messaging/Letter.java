package io.gendan.messaging;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/** What a service tells on {@code dead.<service>}, by letter id, about events it cannot apply. */
sealed interface Letter {

    UUID letterId();

    /**
     * Told again with the new reason when a redrive fails.
     *
     * @param unreadable cannot be applied, only left out
     */
    record LetterWritten(
            UUID letterId,
            String service,
            String topic,
            @Nullable String key,
            @Nullable Long sequence,
            @Nullable String type,
            String reason,
            @Nullable String exception,
            int partition,
            long offset,
            @Nullable String recordId,
            boolean unreadable,
            Instant at)
            implements Letter {}

    record LetterSettled(UUID letterId, Outcome outcome, Instant at) implements Letter {}

    enum Outcome {
        APPLIED,
        LEFT_OUT
    }

    enum Kind {
        /** Readable, but applying it failed. */
        FAILED,
        UNREADABLE,
        /** Events before it are missing; blocks nothing but what comes after them. */
        GAP
    }
}
