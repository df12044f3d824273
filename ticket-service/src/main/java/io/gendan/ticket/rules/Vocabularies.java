package io.gendan.ticket.rules;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import java.util.List;
import java.util.Objects;

/**
 * What the short lists of values are called.
 *
 * @param customerGrades how much the shop makes of a customer; none when it does not say
 * @param customerFlags what else is known of a customer; none when it does not say
 */
public record Vocabularies(
        @NotEmpty @Size(max = 100) List<@NotNull @Valid Word> responsibleSides,
        @NotEmpty @Size(max = 100) List<@NotNull @Valid Word> rootCauses,
        @NotEmpty @Size(max = 100) List<@NotNull @Valid Word> callOutcomes,
        @NotEmpty @Size(max = 100) List<@NotNull @Valid Word> closeReasons,
        @NotEmpty @Size(max = 100) List<@NotNull @Valid Word> suggestionOutcomes,
        @NotNull @Size(max = 100) List<@NotNull @Valid Word> customerGrades,
        @NotNull @Size(max = 100) List<@NotNull @Valid Word> customerFlags) {

    /** An older version says nothing of customers. */
    public Vocabularies {
        customerGrades = Objects.requireNonNullElse(customerGrades, List.of());
        customerFlags = Objects.requireNonNullElse(customerFlags, List.of());
    }

    public record Word(
            @NotNull @Pattern(regexp = ServiceRules.CODE) String code,
            @NotBlank @Size(max = 80) String nameZh,
            @NotBlank @Size(max = 80) String nameEn) {}
}
