package io.gendan.escalation.calendar;

import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import tools.jackson.databind.json.JsonMapper;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Fills the calendars of a fresh database from {@link CalendarSeed}. */
@Component
class CalendarMigration implements JavaMigration {

    private static final String INSERT =
            """
            INSERT INTO calendar (code, version, valid_from, page, created_by, created_at)
            VALUES (?, ?, ?, ?::jsonb, 'system:escalation', clock_timestamp())\
            """;

    private final JsonMapper json;

    CalendarMigration(JsonMapper json) {
        this.json = json;
    }

    @Override
    public MigrationVersion getVersion() {
        return MigrationVersion.fromVersion("20261122.1701");
    }

    @Override
    public String getDescription() {
        return "calendars 2026 1";
    }

    @Override
    public @Nullable Integer getChecksum() {
        return null;
    }

    @Override
    public boolean canExecuteInTransaction() {
        return true;
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
