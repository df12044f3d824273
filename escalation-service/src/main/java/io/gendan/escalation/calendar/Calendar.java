package io.gendan.escalation.calendar;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts time that is open. A value: two with the same code, version and rests are the same, as
 * versions never change.
 *
 * <p>{@code elapsed(start, add(start, time))} is {@code time}; {@code add} gives the earliest such
 * instant, so that what is due when a day closes is due that evening, not the next morning. Both
 * hold with rests, too, which may overlap.
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
    private final Map<LocalDate, Boolean> exceptions;
    private final List<Rest> rests;
    private final List<Opening> closed;

    private Calendar(CalendarPage page, Map<LocalDate, Boolean> exceptions, List<Rest> rests) {
        this.page = page;
        this.exceptions = exceptions;
        this.rests = List.copyOf(rests);
        this.closed = union(rests);
    }

    private static Map<LocalDate, Boolean> exceptions(CalendarPage page) {
        var exceptions = new HashMap<LocalDate, Boolean>();
        for (var year : page.years()) {
            for (var days : year.off()) {
                days.from()
                        .datesUntil(days.until().plusDays(1))
                        .forEach(day -> exceptions.put(day, false));
            }
            year.working().forEach(day -> exceptions.put(day, true));
        }
        return exceptions;
    }

    /** Without what overlaps or touches, in their order. */
    private static List<Opening> union(List<Rest> rests) {
        var union = new ArrayList<Opening>();
        for (var rest : rests.stream().sorted(Comparator.comparing(Rest::from)).toList()) {
            var last = union.isEmpty() ? null : union.getLast();
            if (last == null || rest.from().isAfter(last.until())) {
                union.add(new Opening(rest.from(), rest.until()));
            } else if (rest.until().isAfter(last.until())) {
                union.set(union.size() - 1, new Opening(last.from(), rest.until()));
            }
        }
        return List.copyOf(union);
    }

    /** The same hours, with these rests and no others. */
    public Calendar resting(List<Rest> otherRests) {
        return otherRests.equals(rests) ? this : new Calendar(page, exceptions, otherRests);
    }

    public List<Rest> rests() {
        return rests;
    }

    /**
     * @throws io.gendan.api.Problem 422 when the page makes no sense
     */
    public static Calendar of(CalendarPage page) {
        page.check();
        return new Calendar(page, exceptions(page), List.of());
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

    /** Whether it is of the same version, whatever rests. */
    public boolean isSameVersion(Calendar other) {
        return code().equals(other.code()) && version().equals(other.version());
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
        if (time.isZero()) {
            return start;
        }
        var left = time;
        var from = start;
        for (var rest : closed) {
            if (rest.from().isAfter(from)) {
                var due = addOpen(from, left);
                if (!due.isAfter(rest.from())) {
                    return due;
                }
                left = left.minus(openBetween(from, rest.from()));
            }
            from = later(from, rest.until());
        }
        return addOpen(from, left);
    }

    private Instant addOpen(Instant start, Duration time) {
        if (neverCloses()) {
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
        var open = openBetween(start, end);
        for (var rest : closed) {
            open = open.minus(openBetween(later(start, rest.from()), earlier(end, rest.until())));
        }
        return open;
    }

    private Duration openBetween(Instant start, Instant end) {
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
                && isSameVersion(calendar)
                && rests.equals(calendar.rests);
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
