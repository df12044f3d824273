package io.gendan.ticket.rules;

import io.gendan.events.CloseReason;
import io.gendan.events.Major;
import io.gendan.events.Priority;

import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * When a ticket may end.
 *
 * @param byLeader the reasons that are not a solution, each with its own condition
 */
public record Closing(
        @NotEmpty @Size(max = 20) List<@NotNull @Valid Unsolved> byLeader,
        @NotNull @Valid Review review) {

    /**
     * @param tried absent when nobody has to have been called
     * @param leastTier of the ticket
     * @param statements what whoever closes says in words
     */
    public record Unsolved(
            @NotNull CloseReason reason,
            @Nullable @Valid Tried tried,
            @Nullable @Min(1) @Max(4) Integer leastTier,
            @NotNull @Size(max = 10) List<@NotNull @Valid Statement> statements) {}

    /**
     * How often the customer was tried, since they were last reached or came to us.
     *
     * @param calls that reached nobody
     * @param days on which these were, at least
     * @param partsOfDay in which these were, at least
     * @param partsBegin when the parts of a day begin
     * @param messages of ours
     */
    public record Tried(
            @Min(1) @Max(30) int calls,
            @Min(1) int days,
            @Min(1) int partsOfDay,
            @NotEmpty @Size(max = 24) List<@NotNull LocalTime> partsBegin,
            @Min(0) int messages) {}

    public record Statement(
            @NotNull @Pattern(regexp = ServiceRules.CODE) String code,
            @NotBlank @Size(max = 120) String nameZh,
            @NotBlank @Size(max = 120) String nameEn) {}

    /**
     * Which complaints are reviewed: cause and measure in words. One of these is enough.
     *
     * @param leastTier that the ticket reached
     * @param leastAmount that the customer claims, in yuan
     * @param lotPercent of the rest, by lot
     */
    public record Review(
            @NotNull Set<@NotNull Priority> priorities,
            @NotNull Set<@NotNull Major> majors,
            @Min(1) @Max(5) int leastTier,
            @NotNull @DecimalMin("0") BigDecimal leastAmount,
            @Min(0) @Max(100) int lotPercent) {}

    public Optional<Unsolved> of(CloseReason reason) {
        return byLeader.stream().filter(one -> one.reason() == reason).findFirst();
    }
}
