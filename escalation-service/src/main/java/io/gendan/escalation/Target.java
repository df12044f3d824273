package io.gendan.escalation;

import io.gendan.escalation.calendar.Calendar;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How long something may take.
 *
 * @param time what is promised and measured
 * @param grace how much later the ticket climbs when nobody kept it
 * @param calendar by which both are counted
 * @param basis what about the ticket decided it, see {@link PolicyRule#basis}
 * @param steps what is done before the ticket climbs, counted from the start
 */
record Target(Duration time, Duration grace, Calendar calendar, String basis, List<Step> steps) {

    Target {
        var end = time.plus(grace);
        steps = steps.stream().filter(step -> step.after().compareTo(end) < 0).toList();
    }

    Target(Duration time, Duration grace) {
        this(time, grace, Calendar.ALWAYS, "", List.of());
    }

    /** To a time that somebody named, by the clock on the wall; at once when that has passed. */
    static Target until(Instant dueAt, Instant from) {
        var left = Duration.between(from, dueAt);
        return new Target(left.isNegative() ? Duration.ZERO : left, Duration.ZERO);
    }

    /** What is left of it after some of it was used; nothing is the least. */
    Target without(Duration used) {
        var left = time.minus(used);
        return new Target(left.isNegative() ? Duration.ZERO : left, grace, calendar, basis, steps);
    }

    Target on(Calendar other) {
        return new Target(time, grace, other, basis, steps);
    }

    Target because(String otherBasis) {
        return new Target(time, grace, calendar, otherBasis, steps);
    }

    Target with(List<Step> other) {
        return new Target(time, grace, calendar, basis, other);
    }
}
