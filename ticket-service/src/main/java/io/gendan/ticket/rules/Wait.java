package io.gendan.ticket.rules;

import io.gendan.events.WaitingReason;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * What a ticket waits for, and what is to follow when that lasts too long.
 *
 * @param thenZh for whoever has the ticket, and the leaders
 */
public record Wait(
        @NotNull WaitingReason reason,
        @NotBlank @Size(max = 80) String nameZh,
        @NotBlank @Size(max = 80) String nameEn,
        @NotBlank @Size(max = 200) String thenZh,
        @NotBlank @Size(max = 200) String thenEn) {}
