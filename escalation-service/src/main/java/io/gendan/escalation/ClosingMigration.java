package io.gendan.escalation;

import org.springframework.stereotype.Component;

import java.util.List;

/** The versions that limit how long what is solved may be left unclosed. */
@Component
class ClosingMigration extends PolicyMigration {

    private static final String INSERT_VERSION =
            """
            INSERT INTO policy (version, valid_from, valid_until, base, ring_every_s, surge_hours,
                surge_least, surge_defer_s, created_by)
            VALUES (:version, :valid_from, :valid_until, :base, :ring_every_s, :surge_hours,
                :surge_least, :surge_defer_s, :by)
            ON CONFLICT DO NOTHING\
            """;

    private static final String INSERT_RULE =
            """
            INSERT INTO policy_rule (version, clock, authority, waiting, major, kind, vip, priority,
                channel, tier, target_s, pressing_s, climbs_after_s, steps, calendar,
                from_next_day, last_resort)
            VALUES (:version, :clock, :authority, :waiting, :major, :kind, :vip, :priority,
                :channel, :tier, :target_s, :pressing_s, :climbs_after_s, CAST(:steps AS jsonb),
                :calendar, :from_next_day, :last_resort)\
            """;

    ClosingMigration() {
        super("20261128.1931", "policies with a limit of closing", INSERT_VERSION, INSERT_RULE);
    }

    @Override
    List<PolicyPage> pages() {
        return PolicySeed.withClosing();
    }
}
