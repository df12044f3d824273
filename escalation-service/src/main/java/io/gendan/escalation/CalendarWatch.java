package io.gendan.escalation;

import io.gendan.escalation.calendar.Calendar;
import io.gendan.escalation.calendar.CalendarPage;
import io.gendan.escalation.calendar.CalendarPage.Knowledge;
import io.gendan.escalation.calendar.Calendars;
import io.gendan.events.AlarmEvent.CalendarMissing;
import io.gendan.messaging.DatabaseClock;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.util.List;

/**
 * In December the coming year must be known: the notice is out by then, somebody must import it.
 */
@Component
class CalendarWatch {

    private final Calendars calendars;
    private final Alarms alarms;
    private final DatabaseClock clock;

    CalendarWatch(Calendars calendars, Alarms alarms, DatabaseClock clock) {
        this.calendars = calendars;
        this.alarms = alarms;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT1M")
    @Transactional
    void run() {
        check(clock.now());
    }

    @Transactional
    void check(Instant now) {
        missing(calendars.inForce(newYear(now)), now).forEach(alarms::ring);
    }

    /**
     * @param coming the calendars that will be in force when the year begins
     */
    static List<CalendarMissing> missing(List<CalendarPage> coming, Instant now) {
        var today = now.atZone(Calendar.CHINA).toLocalDate();
        var year = today.getYear() + 1;
        return today.getMonth() != Month.DECEMBER
                ? List.of()
                : coming.stream()
                        .filter(page -> page.of(year) != Knowledge.COMPLETE)
                        .map(page -> missing(page, year, today, now))
                        .toList();
    }

    private static CalendarMissing missing(
            CalendarPage page, int year, LocalDate today, Instant now) {
        return new CalendarMissing(
                "calendar-missing:%s:%s:%d:%s".formatted(page.code(), page.version(), year, today),
                now,
                page.code(),
                page.version(),
                year,
                page.of(year) == Knowledge.PROVISIONAL);
    }

    private static Instant newYear(Instant now) {
        return LocalDate.of(now.atZone(Calendar.CHINA).getYear() + 1, Month.JANUARY, 1)
                .atStartOfDay(Calendar.CHINA)
                .toInstant();
    }
}
