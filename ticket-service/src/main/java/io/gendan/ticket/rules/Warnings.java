package io.gendan.ticket.rules;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Who is told that the time of a ticket passes, and that it has passed.
 *
 * @param lines nobody is told as long as it runs when there are none
 * @param deputyAfter how often it rings at the last tier before the deputy hears it, too; never
 *     when absent
 */
public record Warnings(
        @NotNull @Size(max = 10) List<@NotNull @Valid Line> lines,
        @Nullable @Min(1) @Max(1000) Integer deputyAfter) {

    static final Warnings NONE = new Warnings(List.of(), null);

    /** Who is told. */
    public enum Whom {
        /** Who has the ticket, or is to keep the promise. */
        OWNER,
        LEADERS
    }

    /**
     * @param percent from how much of the time on; the last line that is reached counts
     */
    public record Line(@Min(1) @Max(99) int percent, @NotEmpty Set<@NotNull Whom> tells) {}

    /** Nobody when so little has passed. */
    public Set<Whom> toldAt(int percent) {
        return lines.stream()
                .filter(line -> line.percent() <= percent)
                .max(Comparator.comparing(Line::percent))
                .map(Line::tells)
                .orElse(Set.of());
    }

    /** Whether it has rung that often without an end. */
    public boolean tellsDeputyAt(int rings) {
        return deputyAfter != null && rings > deputyAfter;
    }
}
