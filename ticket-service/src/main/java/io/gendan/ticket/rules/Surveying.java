package io.gendan.ticket.rules;

import io.gendan.events.Channel;
import io.gendan.events.Kind;
import io.gendan.events.Major;

import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * Who is asked whether it was a solution, when, and what follows from the answer.
 *
 * @param delay after the resolution, where no other is given for the channel
 * @param from when of a day it may be sent; outside, it waits for the next such time
 * @param shares of the kinds that are named; the others are not asked
 * @param peaks the days on which fewer are asked; none when it does not say
 * @param oncePer a customer is asked once in this time
 * @param lowScore at most this counts as not satisfied
 * @param calledWithin of a low score or "not solved" before closing, by somebody else
 * @param revisitedWithin of the same after closing, by somebody else; and of who is not content
 *     with an order
 * @param daily who is asked without a ticket; nobody when absent
 */
public record Surveying(
        @NotNull Duration delay,
        @NotNull @Size(max = 20) List<@NotNull @Valid Delay> delays,
        @NotNull LocalTime from,
        @NotNull LocalTime until,
        @NotNull ZoneId zone,
        @NotNull @Size(max = 10) List<@NotNull @Valid Share> shares,
        @NotNull @Size(max = 100) List<@NotNull @Valid Peak> peaks,
        @NotNull Duration oncePer,
        @NotNull Set<@NotNull NotAsked> notAsked,
        @Min(0) @Max(5) int lowScore,
        @NotNull Duration calledWithin,
        @NotNull Duration revisitedWithin,
        @Nullable @Valid Daily daily) {

    private static final int PERCENT = 100;

    public Surveying {
        peaks = Objects.requireNonNullElse(peaks, List.of());
    }

    public enum NotAsked {
        MERGED,
        CANCELLED,
        INVALID,
        NO_REPLY,
        /** A person calls. */
        MAJOR,
        ERASED
    }

    public record Delay(@NotNull Channel channel, @NotNull Duration after) {}

    /**
     * @param peakPercent on peak days
     */
    public record Share(
            @NotNull Kind kind, @Min(0) @Max(100) int percent, @Min(0) @Max(100) int peakPercent) {}

    /** Days of a rush, the last one too. */
    public record Peak(
            @NotBlank @Size(max = 80) String nameZh,
            @NotBlank @Size(max = 80) String nameEn,
            @NotNull LocalDate from,
            @NotNull LocalDate until) {

        private boolean includes(LocalDate day) {
            return !day.isBefore(from) && !day.isAfter(until);
        }
    }

    /**
     * Which customers are asked about what was delivered to them the day before.
     *
     * @param percent of what was delivered to a territory
     * @param least how many of each territory at least, if so many can be asked
     * @param oncePer a customer is asked once in this time
     * @param channel whose client asks them; also that of the ticket that is opened
     * @param kind of the ticket in which somebody is called who is not content
     * @param subject of it
     */
    public record Daily(
            @NotNull @DecimalMin("0") @DecimalMax("100") BigDecimal percent,
            @Min(0) @Max(100_000) int least,
            @NotNull Duration oncePer,
            @NotNull Channel channel,
            @NotNull Kind kind,
            @NotBlank @Size(max = 80) String subject) {

        /**
         * How many are asked.
         *
         * @param isTerritory false for what was delivered nobody knows where
         */
        public long wanted(long delivered, boolean isTerritory) {
            var share =
                    percent.multiply(BigDecimal.valueOf(delivered))
                            .divide(BigDecimal.valueOf(PERCENT), 0, RoundingMode.CEILING)
                            .longValueExact();
            return isTerritory ? Math.max(least, share) : share;
        }
    }

    /** When customers may be asked. */
    public Calling hours() {
        return new Calling(from, until, zone);
    }

    /** Whether a solution is asked about: by lot, for one ticket and sort of day the same. */
    public boolean asks(Kind kind, @Nullable Major major, UUID ticketId, Instant solvedAt) {
        return !spares(major) && lot(ticketId) < percent(kind, solvedAt.atZone(zone).toLocalDate());
    }

    /** Whether nobody is asked about what is major like that. */
    public boolean spares(@Nullable Major major) {
        return major != null && notAsked.contains(NotAsked.MAJOR);
    }

    private int percent(Kind kind, LocalDate day) {
        var isPeak = peaks.stream().anyMatch(peak -> peak.includes(day));
        return shares.stream()
                .filter(share -> share.kind() == kind)
                .findFirst()
                .map(share -> isPeak ? share.peakPercent() : share.percent())
                .orElse(0);
    }

    private static long lot(UUID ticketId) {
        var name = "asked about " + ticketId;
        var drawn = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
        return Long.remainderUnsigned(drawn.getLeastSignificantBits(), PERCENT);
    }

    /** When the customer may be handed the question about what was solved then. */
    public Instant handedOutAt(Channel channel, Instant solvedAt) {
        return hours().openFrom(solvedAt.plus(delay(channel)));
    }

    /** Whether somebody else goes after it, by the score alone. */
    public boolean isLow(int score) {
        return score <= lowScore;
    }

    public Duration delay(Channel channel) {
        return delays.stream()
                .filter(line -> line.channel() == channel)
                .findFirst()
                .map(Delay::after)
                .orElse(delay);
    }
}
