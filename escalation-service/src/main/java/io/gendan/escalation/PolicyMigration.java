package io.gendan.escalation;

import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.stereotype.Component;

/** Adds the versions of {@link PolicySeed} to a database that has only the first one. */
@Component
class PolicyMigration implements JavaMigration {

    @Override
    public MigrationVersion getVersion() {
        return MigrationVersion.fromVersion("20261122.1711");
    }

    @Override
    public String getDescription() {
        return "policies with calendars and peaks";
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
    public void migrate(Context context) {
        var connection = new SingleConnectionDataSource(context.getConnection(), true);
        var jdbc = new NamedParameterJdbcTemplate(connection);
        PolicySeed.withCalendars()
                .forEach(page -> Policies.insert(page, "system:escalation", jdbc));
    }
}
