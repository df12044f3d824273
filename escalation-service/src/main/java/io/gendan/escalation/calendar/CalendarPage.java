package io.gendan.escalation.calendar;

import io.gendan.api.Problem;
import io.gendan.events.Territory;

import org.jspecify.annotations.Nullable;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One version of a calendar as it is imported and kept.
 *
 * @param code what policies name
 * @param version once in its code
 * @param validFrom for clocks that start from then on
 * @param territory whose it is; absent for all. Its own wins over one for all
 * @param tier whose it is; absent for all. Its own wins over one for all, the territory before it
 * @param closes midnight is the end of the day
 * @param years the public holidays; empty when they are days like others
 */
public record CalendarPage(
        String code,
        String version,
        Instant validFrom,
        @Nullable Territory territory,
        @Nullable Integer tier,
        Names names,
        ZoneId zone,
        LocalTime opens,
        LocalTime closes,
        Set<DayOfWeek> weekdays,
        List<CalendarYear> years) {

    private static final Instant FIRST = Instant.EPOCH;
    private static final Instant LAST = Instant.parse("2100-01-01T00:00:00Z");

    /** What people call it. */
    public record Names(String zh, String en) {}

    public CalendarPage {
        weekdays = Set.copyOf(weekdays);
        years = List.copyOf(years);
    }

    /**
     * @throws Problem 422 with the pointer of what makes no sense
     */
    public void check() {
        if (weekdays.isEmpty()) {
            throw invalid("/weekdays", "NotEmpty");
        }
        if (validFrom.isBefore(FIRST) || validFrom.isAfter(LAST)) {
            throw invalid("/validFrom", "InOurTime");
        }
        if (!closes.equals(LocalTime.MIDNIGHT) && !opens.isBefore(closes)) {
            throw invalid("/closes", "Order");
        }
        var seen = new HashSet<Integer>();
        for (int i = 0; i < years.size(); i++) {
            if (!seen.add(years.get(i).year())) {
                throw invalid("/years/" + i + "/year", "OnlyOnce");
            }
            years.get(i).check("/years/" + i);
        }
    }

    CalendarPage with(List<CalendarYear> otherYears) {
        return new CalendarPage(
                code,
                version,
                validFrom,
                territory,
                tier,
                names,
                zone,
                opens,
                closes,
                weekdays,
                otherYears);
    }

    boolean keepsHolidays() {
        return !years.isEmpty();
    }

    /** The next version, with this year added or in place of what was known of it. */
    CalendarPage next(String nextVersion, Instant from, CalendarYear year) {
        var others = years.stream().filter(known -> known.year() != year.year());
        return new CalendarPage(
                code,
                nextVersion + variant(),
                from,
                territory,
                tier,
                names,
                zone,
                opens,
                closes,
                weekdays,
                Stream.concat(others, Stream.of(year))
                        .sorted(Comparator.comparingInt(CalendarYear::year))
                        .toList());
    }

    private String variant() {
        return (territory == null ? "" : "-" + territory) + (tier == null ? "" : "-tier-" + tier);
    }

    /** What is known of the holidays of a year; nothing to know when holidays do not matter. */
    public Knowledge of(int year) {
        if (years.isEmpty()) {
            return Knowledge.COMPLETE;
        }
        return years.stream()
                .filter(known -> known.year() == year)
                .map(known -> known.provisional() ? Knowledge.PROVISIONAL : Knowledge.COMPLETE)
                .findFirst()
                .orElse(Knowledge.MISSING);
    }

    public enum Knowledge {
        COMPLETE,
        /** Only what the law says; moved days are to come. */
        PROVISIONAL,
        MISSING
    }

    static Problem invalid(String pointer, String rule) {
        return Problem.of(422, "field-invalid", pointer).at(pointer).with("rule", rule);
    }
}
