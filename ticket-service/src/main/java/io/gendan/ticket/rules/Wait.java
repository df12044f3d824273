package io.gendan.ticket.rules;

import io.gendan.events.WaitingReason;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

import org.jspecify.annotations.Nullable;

/**
 * What a ticket waits for, and what is to follow when that lasts too long.
 *
 * @param search for the carrier while it looks for the parcel; any wait of the reason, when absent
 * @param thenZh for whoever has the ticket, and the leaders
 */
public record Wait(
        @NotNull WaitingReason reason,
        @Nullable Boolean search,
        @NotBlank @Size(max = 80) String nameZh,
        @NotBlank @Size(max = 80) String nameEn,
        @NotBlank @Size(max = 200) String thenZh,
        @NotBlank @Size(max = 200) String thenEn) {

    boolean isOfSearches() {
        return Boolean.TRUE.equals(search);
    }
}
