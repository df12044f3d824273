package io.gendan.escalation;

import io.gendan.messaging.CodeMigration;

import org.flywaydb.core.api.migration.Context;

import java.util.List;

/**
 * Adds versions of {@link PolicySeed}. What it writes into is the database of its time, so it says
 * which columns those are; {@link Policies} goes on with later ones.
 */
abstract class PolicyMigration extends CodeMigration {

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

    /** The rules of a database that knows of the searches of carriers. */
    static final String RULES_OF_SEARCHES =
            """
            INSERT INTO policy_rule (version, clock, authority, waiting, search, major, kind, vip,
                priority, channel, tier, target_s, pressing_s, climbs_after_s, steps, calendar,
                from_next_day, last_resort)
            VALUES (:version, :clock, :authority, :waiting, :search, :major, :kind, :vip,
                :priority, :channel, :tier, :target_s, :pressing_s, :climbs_after_s,
                CAST(:steps AS jsonb), :calendar, :from_next_day, :last_resort)\
            """;

    private final String insertVersion;
    private final String insertRule;

    PolicyMigration(String version, String description, String insertRule) {
        this(version, description, INSERT_VERSION, insertRule);
    }

    PolicyMigration(String version, String description, String insertVersion, String insertRule) {
        super(version, description);
        this.insertVersion = insertVersion;
        this.insertRule = insertRule;
    }

    abstract List<PolicyPage> pages();

    @Override
    public void migrate(Context context) {
        Policies.insert(pages(), insertVersion, insertRule, context.getConnection());
    }
}
