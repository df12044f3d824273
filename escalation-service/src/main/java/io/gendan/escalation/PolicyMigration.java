package io.gendan.escalation;

import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Adds versions of {@link PolicySeed}. What it writes into is the database of its time, so it says
 * which columns those are; {@link Policies} goes on with later ones.
 */
abstract class PolicyMigration implements JavaMigration {

    private static final String INSERT_VERSION =
            """
            INSERT INTO policy (version, valid_from, valid_until, base, ring_every_s, created_by)
            VALUES (:version, :valid_from, :valid_until, :base, :ring_every_s, :by)
            ON CONFLICT DO NOTHING\
            """;

    /** The versions of a database that knows of the surge guard. */
    static final String VERSIONS_WITH_SURGE =
            """
            INSERT INTO policy (version, valid_from, valid_until, base, ring_every_s, surge_hours,
                surge_least, surge_defer_s, created_by)
            VALUES (:version, :valid_from, :valid_until, :base, :ring_every_s, :surge_hours,
                :surge_least, :surge_defer_s, :by)
            ON CONFLICT DO NOTHING\
            """;

    /** The rules of a database that knows of the deadlines of authorities. */
    static final String RULES_OF_AUTHORITIES =
            """
            INSERT INTO policy_rule (version, clock, authority, waiting, major, kind, vip, priority,
                channel, tier, target_s, pressing_s, climbs_after_s, steps, calendar,
                from_next_day, last_resort)
            VALUES (:version, :clock, :authority, :waiting, :major, :kind, :vip, :priority,
                :channel, :tier, :target_s, :pressing_s, :climbs_after_s, CAST(:steps AS jsonb),
                :calendar, :from_next_day, :last_resort)\
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
