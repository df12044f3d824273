package io.gendan.ticket.rules;

import io.gendan.events.Kind;
import io.gendan.events.Major;
import io.gendan.events.Priority;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * When customers are called by plan, by somebody else than who solved it.
 *
 * @param afterClosing what a closed ticket is followed by; all lines that are for it count
 * @param regular who is called also without a cause; nobody when absent
 */
public record Revisits(
        @NotNull @Size(max = 50) List<@NotNull @Valid AfterClosing> afterClosing,
        @Nullable @Valid Regular regular) {

    static final Revisits NONE = new Revisits(List.of(), null);
    private static final int PERCENT = 100;

    /**
     * @param what is asked, as the promise tells it
     * @param percent of such tickets, by lot
     * @param after the closing
     */
    public record AfterClosing(
            @NotNull @Valid Which which,
            @NotBlank @Size(max = 80) String what,
            @Min(0) @Max(PERCENT) int percent,
            @NotNull Duration after) {

        private boolean draws(UUID ticketId) {
            var name = what + " " + ticketId;
            var drawn = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
            return Long.remainderUnsigned(drawn.getLeastSignificantBits(), PERCENT) < percent;
        }
    }

    /**
     * @param grades of the customers
     * @param every they are called at least so often
     * @param within after that time has passed
     */
    public record Regular(
            @NotEmpty Set<@NotNull @Pattern(regexp = "MEMBER|KEY|ENTERPRISE") String> grades,
            @NotBlank @Size(max = 80) String what,
            @NotNull Duration every,
            @NotNull Duration within) {}

    public Revisits {
        afterClosing = Objects.requireNonNullElse(afterClosing, List.of());
    }

    /** Those that a ticket is followed by. */
    public List<AfterClosing> after(
            Kind kind, Priority priority, @Nullable Major major, UUID ticketId) {
        return afterClosing.stream()
                .filter(line -> line.which().includes(kind, priority, major))
                .filter(line -> line.draws(ticketId))
                .toList();
    }
}
