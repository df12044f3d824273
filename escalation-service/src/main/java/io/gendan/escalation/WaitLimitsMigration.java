package io.gendan.escalation;

import org.springframework.stereotype.Component;

import java.util.List;

/** The versions that limit waits and surveys. */
@Component
class WaitLimitsMigration extends PolicyMigration {

    private static final String INSERT_RULE =
            """
            INSERT INTO policy_rule (version, clock, waiting, major, kind, vip, priority, channel,
                tier, target_s, pressing_s, climbs_after_s, calendar, last_resort)
            VALUES (:version, :clock, :waiting, :major, :kind, :vip, :priority, :channel,
                :tier, :target_s, :pressing_s, :climbs_after_s, :calendar, :last_resort)\
            """;

    WaitLimitsMigration() {
        super("20261122.2001", "policies with limits of waits", INSERT_RULE);
    }

    @Override
    List<PolicyPage> pages() {
        return PolicySeed.withWaits();
    }
}
