package io.gendan.escalation;

import io.gendan.events.ClockStep;

import jakarta.validation.constraints.NotNull;

import java.time.Duration;

/**
 * Something that is done while a clock runs on.
 *
 * @param after how much of its time has passed then
 */
public record Step(@NotNull Duration after, @NotNull ClockStep what) {}
