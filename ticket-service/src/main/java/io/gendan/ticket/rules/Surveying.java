package io.gendan.ticket.rules;

import io.gendan.events.Channel;
import io.gendan.events.Kind;
import io.gendan.events.Major;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

import org.jspecify.annotations.Nullable;

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
 * @param revisitedWithin of the same after closing, by somebody else
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
        @NotNull Duration revisitedWithin) {

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
        return Long.remainderUnsigned(drawn.getLeastSignificantBits(), 100);
    }

    /** When the customer may be handed the question about what was solved then. */
    public Instant handedOutAt(Channel channel, Instant solvedAt) {
        return new Calling(from, until, zone).openFrom(solvedAt.plus(delay(channel)));
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
