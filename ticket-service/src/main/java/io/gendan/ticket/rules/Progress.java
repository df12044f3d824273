package io.gendan.ticket.rules;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * How often the customer is told how far it is, as long as the ticket is open.
 *
 * @param everyPressing the same for VIP and urgent tickets
 */
public record Progress(
        @NotNull @Valid Which which, @NotNull Duration every, @Nullable Duration everyPressing) {}
