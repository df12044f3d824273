package io.gendan.escalation.calendar;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts time that is open. A value: two with the same code and version are the same, as versions
 * never change.
 *
 * <p>{@code elapsed(start, add(start, time))} is {@code time}; {@code add} gives the earliest such
 * instant, so that what is due when a day closes is due that evening, not the next morning.
 */
public final class Calendar {

    public static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

    /** Every second counts. */
    public static final Calendar ALWAYS =
            of(
                    new CalendarPage(
                            "ALWAYS",
                            "2026.1",
                            Instant.parse("2000-01-01T00:00:00Z"),
                            null,
                            null,
                            new CalendarPage.Names("全天候", "around the clock"),
                            CHINA,
                            LocalTime.MIDNIGHT,
                            LocalTime.MIDNIGHT,
                            EnumSet.allOf(DayOfWeek.class),
                            List.of()));

    private record Opening(Instant from, Instant until) {}

    private final CalendarPage page;
    private final Map<LocalDate, Boolean> exceptions = new HashMap<>();

    private Calendar(CalendarPage page) {
        this.page = page;
        for (var year : page.years()) {
            for (var days : year.off()) {
                days.from()
                        .datesUntil(days.until().plusDays(1))
                        .forEach(day -> exceptions.put(day, false));
            }
            year.working().forEach(day -> exceptions.put(day, true));
        }
    }

    /**
     * @throws io.gendan.api.Problem 422 when the page makes no sense
     */
    public static Calendar of(CalendarPage page) {
        page.check();
        return new Calendar(page);
    }

    public CalendarPage page() {
        return page;
    }

    public String code() {
        return page.code();
    }

    public String version() {
        return page.version();
    }

    public boolean isWorkingDay(LocalDate day) {
        return exceptions.getOrDefault(day, page.weekdays().contains(day.getDayOfWeek()));
    }

    /**
     * The earliest instant at which that much open time has passed since the start.
     *
     * @throws IllegalArgumentException for a negative time
     */
    public Instant add(Instant start, Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("Cannot count back: " + time);
        }
        if (time.isZero() || neverCloses()) {
            return start.plus(time);
        }
        var left = time;
        var day = start.atZone(page.zone()).toLocalDate();
        while (true) {
            if (isWorkingDay(day)) {
                var opening = opening(day);
                var from = later(start, opening.from());
                var open = Duration.between(from, opening.until());
                if (open.compareTo(left) >= 0) {
                    return from.plus(left);
                }
                if (open.isPositive()) {
                    left = left.minus(open);
                }
            }
            day = day.plusDays(1);
        }
    }

    /** The open time between two instants; zero when the end is before the start. */
    public Duration elapsed(Instant start, Instant end) {
        if (!end.isAfter(start)) {
            return Duration.ZERO;
        }
        if (neverCloses()) {
            return Duration.between(start, end);
        }
        var passed = Duration.ZERO;
        var last = end.atZone(page.zone()).toLocalDate();
        for (var day = start.atZone(page.zone()).toLocalDate();
                !day.isAfter(last);
                day = day.plusDays(1)) {
            if (isWorkingDay(day)) {
                var opening = opening(day);
                var open =
                        Duration.between(
                                later(start, opening.from()), earlier(end, opening.until()));
                passed = open.isPositive() ? passed.plus(open) : passed;
            }
        }
        return passed;
    }

    private boolean neverCloses() {
        return page.opens().equals(LocalTime.MIDNIGHT)
                && page.closes().equals(LocalTime.MIDNIGHT)
                && page.weekdays().size() == DayOfWeek.values().length
                && page.years().isEmpty();
    }

    private Opening opening(LocalDate day) {
        var lastDay = page.closes().equals(LocalTime.MIDNIGHT) ? day.plusDays(1) : day;
        return new Opening(
                day.atTime(page.opens()).atZone(page.zone()).toInstant(),
                lastDay.atTime(page.closes()).atZone(page.zone()).toInstant());
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Calendar calendar
                && code().equals(calendar.code())
                && version().equals(calendar.version());
    }

    @Override
    public int hashCode() {
        return 31 * code().hashCode() + version().hashCode();
    }

    @Override
    public String toString() {
        return code() + " " + version();
    }
}
