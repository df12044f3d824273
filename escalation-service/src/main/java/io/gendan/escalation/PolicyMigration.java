package io.gendan.escalation;

import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Adds versions of {@link PolicySeed}. What it writes into is the database of its time, so it says
 * itself which columns those are; {@link Policies} goes on with later ones.
 */
abstract class PolicyMigration implements JavaMigration {

    private static final String INSERT_VERSION =
            """
            INSERT INTO policy (version, valid_from, valid_until, base, ring_every_s, created_by)
            VALUES (:version, :valid_from, :valid_until, :base, :ring_every_s, :by)
            ON CONFLICT DO NOTHING\
            """;

    private final String version;
    private final String description;
    private final String insertVersion;
    private final String insertRule;

    PolicyMigration(String version, String description, String insertRule) {
        this(version, description, INSERT_VERSION, insertRule);
    }

    PolicyMigration(String version, String description, String insertVersion, String insertRule) {
        this.version = version;
        this.description = description;
        this.insertVersion = insertVersion;
        this.insertRule = insertRule;
    }

    abstract List<PolicyPage> pages();

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

    @Override
    public void migrate(Context context) {
        Policies.insert(pages(), insertVersion, insertRule, context.getConnection());
    }
}
