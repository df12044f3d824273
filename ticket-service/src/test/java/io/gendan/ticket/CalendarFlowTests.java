package io.gendan.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gendan.events.CalendarEvent.CalendarWritten;
import io.gendan.events.CalendarEvent.DaysOff;
import io.gendan.events.CalendarEvent.Year;
import io.gendan.events.Territory;
import io.gendan.events.Topics;
import io.gendan.ticket.rules.WorkCalendars;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;

/** What escalation-service tells of the days. Of a year so far ahead that no other test asks. */
@TicketServiceTest
class CalendarFlowTests {

    private static final Instant TOLD = Instant.parse("2026-11-22T04:00:00Z");

    /** A Friday. */
    private static final Instant START = Instant.parse("2090-09-29T04:00:00Z");

    @Autowired WorkCalendars calendars;

    @Test
    void countsByAYearThatWasToldAndByTheNextVersionOfIt() {
        assertThat(afterADay()).isEqualTo("2090-10-02T04:00:00Z");

        var first = Neighbours.say(Topics.CALENDARS, written("2090.1", null, 7));
        await().untilAsserted(() -> assertThat(afterADay()).isEqualTo("2090-10-09T04:00:00Z"));

        Neighbours.say(Topics.CALENDARS, written("2090.1-SOUTH", Territory.SOUTH, 20));
        Neighbours.say(Topics.CALENDARS, written("2090.2", null, 9));
        first.again();
        await().untilAsserted(() -> assertThat(afterADay()).isEqualTo("2090-10-10T04:00:00Z"));
    }

    private Instant afterADay() {
        return calendars.workingDays().add(START, Duration.ofDays(1));
    }

    private static CalendarWritten written(
            String version, @Nullable Territory territory, int lastDayOff) {
        var off = new DaysOff(LocalDate.of(2090, 10, 1), LocalDate.of(2090, 10, lastDayOff));
        return new CalendarWritten(
                "WORKDAYS",
                version,
                TOLD.plusSeconds(lastDayOff),
                Instant.parse("2090-01-01T00:00:00Z"),
                territory,
                null,
                "Asia/Shanghai",
                List.copyOf(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY)),
                List.of(new Year(2090, false, List.of(off), List.of())));
    }
}
