package io.gendan.messaging;

import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;

/**
 * A step of a service's database that needs more than SQL to say, as what it writes comes from a
 * file or from settings. All of it happens, or nothing.
 */
public abstract class CodeMigration implements JavaMigration {

    private final String version;
    private final String description;

    /**
     * @param version its place among those written in SQL
     */
    protected CodeMigration(String version, String description) {
        this.version = version;
        this.description = description;
    }

    @Override
    public MigrationVersion getVersion() {
        return MigrationVersion.fromVersion(version);
    }

    @Override
    public String getDescription() {
        return description;
    }

    @Override
    public @Nullable Integer getChecksum() {
        return null;
    }

    @Override
    public boolean canExecuteInTransaction() {
        return true;
    }
}
