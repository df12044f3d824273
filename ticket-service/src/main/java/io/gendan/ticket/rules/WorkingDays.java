package io.gendan.ticket.rules;

import io.gendan.events.CalendarEvent.CalendarWritten;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Counts time on working days (工作日), around the clock: by the version of the calendar for all that
 * is valid when counting starts, else by the first one. Of a year without a notice the weekday
 * alone tells, and so it does while no calendar is known.
 */
public final class WorkingDays {

    static final String CODE = "WORKDAYS";

    /** By nothing but the weekday. */
    public static final WorkingDays UNTOLD = new WorkingDays(List.of());

    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
    private static final Set<DayOfWeek> WEEK = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);

    private final List<Days> versions;

    private record Days(
            Instant validFrom,
            ZoneId zone,
            Set<DayOfWeek> weekdays,
            Map<LocalDate, Boolean> noticed) {

        private static final Days UNTOLD = new Days(Instant.MIN, CHINA, WEEK, Map.of());

        private static Days of(CalendarWritten told) {
            var noticed = new HashMap<LocalDate, Boolean>();
            for (var year : told.years()) {
                year.off()
                        .forEach(
                                off ->
                                        off.from()
                                                .datesUntil(off.until().plusDays(1))
                                                .forEach(day -> noticed.put(day, false)));
                year.working().forEach(day -> noticed.put(day, true));
            }
            return new Days(
                    told.validFrom(),
                    ZoneId.of(told.zone()),
                    Set.copyOf(told.weekdays()),
                    Map.copyOf(noticed));
        }

        private boolean isWorking(LocalDate day) {
            return noticed.getOrDefault(day, weekdays.contains(day.getDayOfWeek()));
        }
    }

    private WorkingDays(List<Days> versions) {
        this.versions = versions;
    }

    /** By those of these versions that are of the right calendar and for all. */
    public static WorkingDays of(Collection<CalendarWritten> told) {
        return new WorkingDays(
                told.stream()
                        .filter(WorkingDays::isOf)
                        .sorted(
                                Comparator.comparing(CalendarWritten::validFrom)
                                        .thenComparing(CalendarWritten::at))
                        .map(Days::of)
                        .toList());
    }

    static boolean isOf(CalendarWritten told) {
        return told.code().equals(CODE) && told.territory() == null && told.tier() == null;
    }

    /** The earliest instant at which that much of working days has passed since the start. */
    public Instant add(Instant start, Duration time) {
        var days = validAt(start);
        var left = time;
        var from = start;
        for (var day = start.atZone(days.zone()).toLocalDate(); ; day = day.plusDays(1)) {
            var ends = day.plusDays(1).atStartOfDay(days.zone()).toInstant();
            if (days.isWorking(day)) {
                var open = Duration.between(from, ends);
                if (open.compareTo(left) >= 0) {
                    return from.plus(left);
                }
                left = left.minus(open);
            }
            from = ends;
        }
    }

    private Days validAt(Instant start) {
        return versions.stream()
                .filter(version -> !version.validFrom().isAfter(start))
                .reduce((_, later) -> later)
                .or(() -> versions.stream().findFirst())
                .orElse(Days.UNTOLD);
    }
}
