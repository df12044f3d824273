package io.gendan.ticket.rules;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;

import java.time.Duration;

/** How long after its closing a ticket is followed up by the agent who had it. */
public record FollowUp(@NotNull @Valid Which which, @NotNull Duration within) {}
