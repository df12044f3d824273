package io.gendan.ticket.rules;

import jakarta.validation.constraints.NotNull;

import java.time.Duration;

/**
 * How soon somebody is called back whose call was missed or abandoned; due outside the calling
 * hours, it moves to the next opening.
 */
public record Callback(@NotNull Duration within, @NotNull Duration withinVip) {

    public Duration within(boolean vip) {
        return vip ? withinVip : within;
    }
}
