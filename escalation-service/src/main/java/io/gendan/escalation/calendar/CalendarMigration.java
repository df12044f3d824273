package io.gendan.escalation.calendar;

import io.gendan.messaging.CodeMigration;

import org.flywaydb.core.api.migration.Context;
import org.springframework.stereotype.Component;

import tools.jackson.databind.json.JsonMapper;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Fills the calendars of a fresh database from {@link CalendarSeed}. */
@Component
class CalendarMigration extends CodeMigration {

    private static final String INSERT =
            """
            INSERT INTO calendar (code, version, valid_from, page, created_by, created_at)
            VALUES (?, ?, ?, ?::jsonb, 'system:escalation', clock_timestamp())\
            """;

    private final JsonMapper json;

    CalendarMigration(JsonMapper json) {
        super("20261122.1701", "calendars 2026 1");
        this.json = json;
    }

    @Override
    public void migrate(Context context) throws Exception {
        try (var insert = context.getConnection().prepareStatement(INSERT)) {
            for (var calendar : CalendarSeed.calendars()) {
                OffsetDateTime validFrom = calendar.page().validFrom().atOffset(ZoneOffset.UTC);
                insert.setString(1, calendar.code());
                insert.setString(2, calendar.version());
                insert.setObject(3, validFrom);
                insert.setString(4, json.writeValueAsString(calendar.page()));
                insert.executeUpdate();
            }
        }
    }
}
