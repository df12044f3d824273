package io.gendan.escalation.calendar;

import java.time.Instant;
import java.util.UUID;

/**
 * A time in which nothing is counted, whatever the hours.
 *
 * @param emergency that it is for
 * @param because what people are told of it
 */
public record Rest(UUID emergency, Instant from, Instant until, String because) {}
