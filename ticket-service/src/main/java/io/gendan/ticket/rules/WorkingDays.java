package io.gendan.ticket.rules;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Counts time on working days (工作日) in China, around the clock, by the notices of the years that
 * escalation-service begins with, too. Of a year without a notice the weekday alone tells.
 */
final class WorkingDays {

    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
    private static final List<Integer> YEARS = List.of(2025, 2026, 2027);
    private static final Set<DayOfWeek> WEEKEND = EnumSet.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);
    private static final Map<LocalDate, Boolean> NOTICED = noticed();

    private record Year(List<DaysOff> off, List<LocalDate> working) {

        record DaysOff(LocalDate from, LocalDate until) {}
    }

    private WorkingDays() {}

    private static Map<LocalDate, Boolean> noticed() {
        var json = JsonMapper.builder().build();
        var days = new HashMap<LocalDate, Boolean>();
        for (var year : YEARS) {
            var name = "/calendars/china-" + year + ".json";
            try (var in = WorkingDays.class.getResourceAsStream(name)) {
                var notice = json.readValue(Objects.requireNonNull(in, name), Year.class);
                notice.off()
                        .forEach(
                                off ->
                                        off.from()
                                                .datesUntil(off.until().plusDays(1))
                                                .forEach(day -> days.put(day, false)));
                notice.working().forEach(day -> days.put(day, true));
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
        return Map.copyOf(days);
    }

    /** The earliest instant at which that much of working days has passed since the start. */
    static Instant add(Instant start, Duration time) {
        var left = time;
        var from = start;
        for (var day = start.atZone(CHINA).toLocalDate(); ; day = day.plusDays(1)) {
            var ends = day.plusDays(1).atStartOfDay(CHINA).toInstant();
            if (isWorking(day)) {
                var open = Duration.between(from, ends);
                if (open.compareTo(left) >= 0) {
                    return from.plus(left);
                }
                left = left.minus(open);
            }
            from = ends;
        }
    }

    private static boolean isWorking(LocalDate day) {
        return NOTICED.getOrDefault(day, !WEEKEND.contains(day.getDayOfWeek()));
    }
}
