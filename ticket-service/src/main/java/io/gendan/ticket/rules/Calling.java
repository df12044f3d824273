package io.gendan.ticket.rules;

import jakarta.validation.constraints.NotNull;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;

/** When customers may be called, every day: from the one time until just before the other. */
public record Calling(@NotNull LocalTime from, @NotNull LocalTime until, @NotNull ZoneId zone) {

    public boolean isOpen(Instant at) {
        var time = at.atZone(zone).toLocalTime();
        return !time.isBefore(from) && time.isBefore(until);
    }

    public Instant endOf(LocalDate day) {
        return day.atTime(until).atZone(zone).toInstant();
    }

    /** When the next day of calls that ends after that instant does so. */
    public Instant endAfter(Instant at) {
        var day = at.atZone(zone).toLocalDate();
        return endOf(day).isAfter(at) ? endOf(day) : endOf(day.plusDays(1));
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
