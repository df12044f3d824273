package io.gendan.ticket.rules;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

import java.time.Duration;

/**
 * What it does when a customer asks again.
 *
 * @param joins whether asking again about the same order (or product) and top category is an urge
 *     of the open ticket, and opens no other
 * @param raisesPriorityAt which urge raises the priority
 * @param climbsAt which urge makes the ticket climb
 * @param climbsWithin in how long that many are counted
 * @param repeatsWithin after its closing, the same matter was not solved at the first contact
 */
public record Urges(
        boolean joins,
        @Min(1) int raisesPriorityAt,
        @Min(1) @Max(MOST_COUNTED) int climbsAt,
        @NotNull Duration climbsWithin,
        @NotNull Duration repeatsWithin) {

    /** So many of a ticket are remembered with their times. */
    public static final int MOST_COUNTED = 20;
}
