package io.gendan.ticket.rules;

import jakarta.validation.constraints.NotNull;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;

/** When customers may be called, every day: from the one time until just before the other. */
public record Calling(@NotNull LocalTime from, @NotNull LocalTime until, @NotNull ZoneId zone) {

    public boolean isOpen(Instant at) {
        var time = at.atZone(zone).toLocalTime();
        return !time.isBefore(from) && time.isBefore(until);
    }

    /** That instant, or the next opening when it lies outside. */
    public Instant openFrom(Instant at) {
        if (isOpen(at)) {
            return at;
        }
        var local = at.atZone(zone);
        var day = local.toLocalDate();
        var next = local.toLocalTime().isBefore(from) ? day : day.plusDays(1);
        return next.atTime(from).atZone(zone).toInstant();
    }
}
