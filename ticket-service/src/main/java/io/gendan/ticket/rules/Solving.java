package io.gendan.ticket.rules;

import io.gendan.events.Kind;
import io.gendan.ticket.rules.Closing.Statement;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What must be so before a ticket counts as solved.
 *
 * @param means what counts as solved (解决标准)
 */
public record Solving(
        @NotNull @Size(max = 10) List<@NotNull @Valid Needs> needs,
        @NotNull @Size(max = 500) List<@NotNull @Valid Means> means) {

    /** What is said when a ticket is resolved, beside the result in words. */
    public enum Said {
        /** Who is to blame. */
        RESPONSIBLE_SIDE,
        ROOT_CAUSE,
        /** What became of the suggestion: adopted what and when, or why not. */
        SUGGESTION_OUTCOME,
        /** By which means of its category it is solved. */
        PROOF
    }

    public record Needs(@NotNull Kind kind, @NotEmpty Set<@NotNull Said> says) {}

    /**
     * @param category of either level, what is of the second takes the place of what is of its
     *     first; any when absent
     * @param kinds only tickets of these; of any when absent
     * @param byPhone whether the customer must have been talked to; not when it does not say
     * @param except top or full codes of those that it does not count for; of none when it does not
     *     say
     * @param statements what whoever solves it so says beside that; nothing when it does not say
     * @param differ whether no two of those may say the same; they may when it does not say
     */
    public record Means(
            @NotNull @Pattern(regexp = ServiceRules.CODE) String code,
            @NotBlank @Size(max = 120) String nameZh,
            @NotBlank @Size(max = 120) String nameEn,
            @Nullable @Pattern(regexp = ServiceRules.CATEGORY) String category,
            @Nullable Set<@NotNull Kind> kinds,
            @Nullable Boolean byPhone,
            @Nullable @Size(min = 1, max = 50)
                    Set<@NotNull @Pattern(regexp = ServiceRules.CATEGORY) String> except,
            @Nullable @Size(min = 1, max = 10) List<@NotNull @Valid Statement> statements,
            @Nullable Boolean differ) {

        private boolean isFor(Kind kind, String wanted) {
            return (kinds == null || kinds.contains(kind))
                    && (except == null || !ServiceRules.includes(except, wanted));
        }

        private boolean isOf(String wanted) {
            return wanted.equals(category);
        }

        public boolean takesACall() {
            return Boolean.TRUE.equals(byPhone);
        }

        public List<Statement> asked() {
            return Objects.requireNonNullElse(statements, List.of());
        }

        public boolean namesDifferent() {
            return Boolean.TRUE.equals(differ);
        }
    }

    public Set<Said> needed(Kind kind) {
        return needs.stream()
                .filter(line -> line.kind() == kind)
                .findFirst()
                .map(Needs::says)
                .orElse(Set.of());
    }

    /** By which a ticket of the kind and category can be solved. */
    public List<Means> meansFor(Kind kind, String category) {
        var forKind = means.stream().filter(one -> one.isFor(kind, category)).toList();
        var top = category.substring(0, (category + ".").indexOf('.'));
        var nearest = forKind.stream().anyMatch(one -> one.isOf(category)) ? category : top;
        return forKind.stream().filter(one -> one.category() == null || one.isOf(nearest)).toList();
    }
}
