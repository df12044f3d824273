package io.gendan.messaging;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * What came with an event from the broker.
 *
 * @param id the same at each repeat; a source of ids for decisions that the event causes
 * @param at when it happened, by its writer's clock
 */
public record Received(
        String topic,
        String key,
        long sequence,
        UUID id,
        String type,
        Instant at,
        @Nullable String traceparent) {}
