package io.gendan.escalation;

import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.stereotype.Component;

/** Adds the versions of {@link PolicySeed} that limit waits and surveys. */
@Component
class WaitLimitsMigration implements JavaMigration {

    @Override
    public MigrationVersion getVersion() {
        return MigrationVersion.fromVersion("20261122.2001");
    }

    @Override
    public String getDescription() {
        return "policies with limits of waits";
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
        PolicySeed.withWaits().forEach(page -> Policies.insert(page, "system:escalation", jdbc));
    }
}
