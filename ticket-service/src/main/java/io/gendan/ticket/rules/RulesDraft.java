package io.gendan.ticket.rules;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * A version of the service rules as somebody writes it, or as another system gave it.
 *
 * @param validFrom as soon as every instance knows it when absent
 * @param base the version that it was made from
 * @param createdBy who wrote it where it comes from; who adds it here wrote it here
 */
public record RulesDraft(
        @NotNull @Pattern(regexp = "[A-Za-z0-9][A-Za-z0-9._+-]{0,63}") String version,
        @Nullable Instant validFrom,
        @Nullable String base,
        @Nullable String createdBy,
        @NotNull @Valid ServiceRules document) {}
