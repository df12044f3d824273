package io.gendan.escalation.calendar;

import io.gendan.events.CalendarEvent.CalendarWritten;
import io.gendan.events.CalendarEvent.DaysOff;
import io.gendan.events.CalendarEvent.Year;
import io.gendan.events.Topics;
import io.gendan.messaging.DatabaseClock;
import io.gendan.messaging.EventLog;
import io.gendan.messaging.EventLog.Entry;
import io.gendan.messaging.Origin;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

import tools.jackson.databind.json.JsonMapper;

import java.time.Instant;

/**
 * Tells of each version of a calendar once, whatever number of instances runs: what was told is
 * marked in the same transaction.
 */
@Component
class ToldCalendars implements ApplicationRunner {

    private static final Origin OURS = Origin.of("system:escalation");

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final EventLog log;
    private final DatabaseClock clock;

    ToldCalendars(JdbcClient jdbc, JsonMapper json, EventLog log, DatabaseClock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.log = log;
        this.clock = clock;
    }

    /** Of those that a migration brought. */
    @Override
    @Transactional
    public void run(ApplicationArguments arguments) {
        tell(OURS, clock.now());
    }

    @Transactional(propagation = Propagation.MANDATORY)
    void tell(Origin origin, Instant now) {
        log.appendAll(
                jdbc
                        .sql(
                                """
                                WITH untold AS (
                                    INSERT INTO calendar_told (code, version)
                                    SELECT code, version FROM calendar ORDER BY code, version
                                    ON CONFLICT DO NOTHING RETURNING code, version)
                                SELECT page FROM calendar JOIN untold USING (code, version)
                                ORDER BY code, version\
                                """)
                        .query(String.class)
                        .list()
                        .stream()
                        .map(page -> told(json.readValue(page, CalendarPage.class), now))
                        .map(told -> new Entry(Topics.CALENDARS, told.key(), told, now, origin))
                        .toList());
    }

    private static CalendarWritten told(CalendarPage page, Instant at) {
        return new CalendarWritten(
                page.code(),
                page.version(),
                at,
                page.validFrom(),
                page.territory(),
                page.tier(),
                page.zone().getId(),
                page.weekdays().stream().sorted().toList(),
                page.years().stream().map(ToldCalendars::told).toList());
    }

    private static Year told(CalendarYear year) {
        return new Year(
                year.year(),
                year.provisional(),
                year.off().stream().map(off -> new DaysOff(off.from(), off.until())).toList(),
                year.working());
    }
}
