package io.gendan.ticket.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.events.CalendarEvent.CalendarWritten;
import io.gendan.events.CalendarEvent.DaysOff;
import io.gendan.events.CalendarEvent.Year;
import io.gendan.events.Territory;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.List;

class WorkingDaysTests {

    private static final Year OF_2026 =
            new Year(
                    2026,
                    false,
                    List.of(off("2026-09-25", "2026-09-27"), off("2026-10-01", "2026-10-07")),
                    List.of(LocalDate.parse("2026-09-20"), LocalDate.parse("2026-10-10")));
    private static final Year OF_2030 =
            new Year(2030, false, List.of(off("2030-01-07", "2030-01-08")), List.of());

    private static final WorkingDays DAYS =
            WorkingDays.of(List.of(told("2026.1", "2000-01-01T00:00:00Z", null, OF_2026)));

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "in the week,         2026-11-23T12:00+08:00, 2026-11-26T12:00+08:00",
        "over a weekend,      2026-11-20T12:00+08:00, 2026-11-25T12:00+08:00",
        "from a Sunday,       2026-11-22T12:00+08:00, 2026-11-26T00:00+08:00",
        "a Saturday at work,  2026-09-30T10:00+08:00, 2026-10-10T10:00+08:00",
        "a year with no word, 2030-01-04T12:00+08:00, 2030-01-09T12:00+08:00"
    })
    void threeOfThemAre(String what, OffsetDateTime start, OffsetDateTime due) {
        assertThat(threeFrom(start, DAYS)).isEqualTo(due.toInstant());
    }

    @Test
    void countsByTheVersionThatIsValidWhenCountingStarts() {
        var days =
                WorkingDays.of(
                        List.of(
                                told("2030.1", "2030-01-02T00:00:00Z", null, OF_2030),
                                told("2026.1", "2027-01-01T00:00:00Z", null, OF_2026),
                                told("2031.1", "2031-01-01T00:00:00Z", null, OF_2026)));
        var before = OffsetDateTime.parse("2030-01-01T12:00+08:00");
        var friday = OffsetDateTime.parse("2030-01-04T12:00+08:00");
        var early = OffsetDateTime.parse("2026-09-30T10:00+08:00");

        assertThat(threeFrom(before, days)).isEqualTo("2030-01-04T04:00:00Z");
        assertThat(threeFrom(friday, days)).isEqualTo("2030-01-11T04:00:00Z");
        assertThat(threeFrom(early, days)).isEqualTo("2026-10-10T02:00:00Z");
    }

    @Test
    void countsByNobodysOwnCalendarAndByWeekdaysAloneUntilOneIsTold() {
        var early = OffsetDateTime.parse("2026-09-30T10:00+08:00");
        var own = told("2026.1-SOUTH", "2000-01-01T00:00:00Z", Territory.SOUTH, OF_2026);

        assertThat(threeFrom(early, WorkingDays.UNTOLD)).isEqualTo("2026-10-05T02:00:00Z");
        assertThat(threeFrom(early, WorkingDays.of(List.of(own))))
                .isEqualTo("2026-10-05T02:00:00Z");
    }

    private static Instant threeFrom(OffsetDateTime start, WorkingDays days) {
        return days.add(start.toInstant(), Duration.ofDays(3));
    }

    private static CalendarWritten told(
            String version, String validFrom, @Nullable Territory territory, Year year) {
        return new CalendarWritten(
                "WORKDAYS",
                version,
                Instant.parse("2026-11-22T04:00:00Z"),
                Instant.parse(validFrom),
                territory,
                null,
                "Asia/Shanghai",
                List.copyOf(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY)),
                List.of(year));
    }

    private static DaysOff off(String from, String until) {
        return new DaysOff(LocalDate.parse(from), LocalDate.parse(until));
    }
}
