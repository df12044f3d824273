package io.gendan.ticket.rules;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import java.util.List;

/** What the short lists of values are called. */
public record Vocabularies(
        @NotEmpty @Size(max = 100) List<@NotNull @Valid Word> responsibleSides,
        @NotEmpty @Size(max = 100) List<@NotNull @Valid Word> rootCauses,
        @NotEmpty @Size(max = 100) List<@NotNull @Valid Word> callOutcomes,
        @NotEmpty @Size(max = 100) List<@NotNull @Valid Word> closeReasons,
        @NotEmpty @Size(max = 100) List<@NotNull @Valid Word> suggestionOutcomes) {

    public record Word(
            @NotNull @Pattern(regexp = ServiceRules.CODE) String code,
            @NotBlank @Size(max = 80) String nameZh,
            @NotBlank @Size(max = 80) String nameEn) {}
}
