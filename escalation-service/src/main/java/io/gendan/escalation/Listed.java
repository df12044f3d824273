package io.gendan.escalation;

import io.gendan.events.HandOffPacket;
import io.gendan.events.Kind;
import io.gendan.events.Major;
import io.gendan.events.Priority;
import io.gendan.events.Territory;

import org.jspecify.annotations.Nullable;

/**
 * An escalation with what people need to know of its ticket.
 *
 * @param packet from whoever asked for it
 */
public record Listed(
        Escalation escalation,
        String number,
        Kind kind,
        Priority priority,
        @Nullable Major major,
        @Nullable Territory territory,
        @Nullable HandOffPacket packet) {}
