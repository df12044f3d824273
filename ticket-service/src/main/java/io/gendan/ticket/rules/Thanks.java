package io.gendan.ticket.rules;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

import java.math.BigDecimal;
import java.util.List;

/**
 * By what a mere "thanks" is recognised, which reopens nothing.
 *
 * @param threshold which share of a message's letters phrases must cover
 * @param longest of such a message, in characters
 * @param phrases of thanks, zh and en, in lower case
 * @param unless what makes it more than thanks wherever it stands
 */
public record Thanks(
        @NotNull @DecimalMin("0") @DecimalMax("1") BigDecimal threshold,
        @Min(0) @Max(500) int longest,
        @NotNull @Size(max = 500) List<@NotBlank @Size(max = 80) String> phrases,
        @NotNull @Size(max = 500) List<@NotBlank @Size(max = 80) String> unless) {}
