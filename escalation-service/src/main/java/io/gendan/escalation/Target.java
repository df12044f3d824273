package io.gendan.escalation;

import java.time.Duration;

/**
 * How long something may take.
 *
 * @param time what is promised and measured
 * @param grace how much later the ticket climbs when nobody kept it
 */
record Target(Duration time, Duration grace) {}
