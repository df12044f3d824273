package io.gendan.ticket.rules;

import io.gendan.events.CalendarEvent.CalendarWritten;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import tools.jackson.databind.json.JsonMapper;

/**
 * A copy of what escalation-service tells about the calendar of working days. One instance hears of
 * a version, the others see it some seconds later.
 */
@Component
public class WorkCalendars {

    private static final String LOOKED_AT_EVERY = "PT5S";

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private volatile WorkingDays workingDays;

    WorkCalendars(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
        this.workingDays = kept();
    }

    public WorkingDays workingDays() {
        return workingDays;
    }

    /** Those that steps are not counted by are passed over. */
    public void save(CalendarWritten told) {
        if (WorkingDays.isOf(told)) {
            jdbc.sql(
                            """
                            INSERT INTO work_calendar (version, told) VALUES (?, ?::jsonb)
                            ON CONFLICT (version) DO UPDATE SET told = excluded.told
                            """)
                    .param(told.version())
                    .param(json.writeValueAsString(told))
                    .update();
        }
    }

    @Scheduled(fixedDelayString = LOOKED_AT_EVERY)
    void look() {
        workingDays = kept();
    }

    private WorkingDays kept() {
        return WorkingDays.of(
                jdbc.sql("SELECT told FROM work_calendar").query(String.class).list().stream()
                        .map(told -> json.readValue(told, CalendarWritten.class))
                        .toList());
    }
}
