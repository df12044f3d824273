package io.gendan.ticket;

import org.jspecify.annotations.Nullable;

/**
 * Whoever opens the ticket keeps it: they have the customer on the line.
 *
 * @param resolution how they solved it there and then; absent when it goes on
 */
public record Taking(@Nullable Resolution resolution) {}
