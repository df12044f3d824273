package io.gendan.escalation;

import io.gendan.escalation.calendar.Calendar;

import java.time.Duration;

/**
 * How long something may take.
 *
 * @param time what is promised and measured
 * @param grace how much later the ticket climbs when nobody kept it
 * @param calendar by which both are counted
 * @param basis what about the ticket decided it, see {@link PolicyRule#basis}
 */
record Target(Duration time, Duration grace, Calendar calendar, String basis) {

    Target(Duration time, Duration grace) {
        this(time, grace, Calendar.ALWAYS, "");
    }

    Target on(Calendar other) {
        return new Target(time, grace, other, basis);
    }

    Target because(String otherBasis) {
        return new Target(time, grace, calendar, otherBasis);
    }
}
