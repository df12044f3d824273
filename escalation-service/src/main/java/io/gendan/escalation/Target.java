package io.gendan.escalation;

import io.gendan.escalation.calendar.Calendar;

import org.jspecify.annotations.Nullable;

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
 * @param startsAt when counting begins, if not at once
 * @param byLetter whether an authority's letter names its day, whatever calendars say
 */
record Target(
        Duration time,
        Duration grace,
        Calendar calendar,
        String basis,
        List<Step> steps,
        @Nullable Instant startsAt,
        boolean byLetter) {

    Target {
        var end = time.plus(grace);
        steps = steps.stream().filter(step -> step.after().compareTo(end) < 0).toList();
    }

    Target(Duration time, Duration grace) {
        this(time, grace, Calendar.ALWAYS, "", List.of(), null, false);
    }

    /** To a time that somebody named, by the clock on the wall; at once when that has passed. */
    static Target until(Instant dueAt, Instant from) {
        var left = Duration.between(from, dueAt);
        return new Target(left.isNegative() ? Duration.ZERO : left, Duration.ZERO);
    }

    /** What is left of it after some of it was used; nothing is the least. */
    Target without(Duration used) {
        var left = time.minus(used);
        return new Target(
                left.isNegative() ? Duration.ZERO : left,
                grace,
                calendar,
                basis,
                steps,
                startsAt,
                byLetter);
    }

    Target on(Calendar other) {
        return byLetter ? this : new Target(time, grace, other, basis, steps, startsAt, false);
    }

    Target because(String otherBasis) {
        return new Target(time, grace, calendar, otherBasis, steps, startsAt, byLetter);
    }

    Target because(PolicyRule rule, Facts facts) {
        var basis = rule.basis(facts);
        return because(byLetter ? basis + " " + PolicyRule.LETTER : basis);
    }

    Target startingAt(@Nullable Instant from) {
        return new Target(time, grace, calendar, basis, steps, from, byLetter);
    }

    /** To the end of the day that an authority's letter names. */
    static Target byLetter(Instant dueAt, Instant createdAt) {
        var until = until(dueAt, createdAt);
        return new Target(
                until.time, until.grace, until.calendar, until.basis, until.steps, createdAt, true);
    }

    Target with(List<Step> other) {
        return new Target(time, grace, calendar, basis, other, startsAt, byLetter);
    }
}
