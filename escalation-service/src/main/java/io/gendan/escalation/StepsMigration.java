package io.gendan.escalation;

import org.springframework.stereotype.Component;

import java.util.List;

/** The versions with what is done before a clock runs out. */
@Component
class StepsMigration extends PolicyMigration {

    private static final String INSERT_RULE =
            """
            INSERT INTO policy_rule (version, clock, waiting, major, kind, vip, priority, channel,
                tier, target_s, pressing_s, climbs_after_s, steps, calendar, last_resort)
            VALUES (:version, :clock, :waiting, :major, :kind, :vip, :priority, :channel,
                :tier, :target_s, :pressing_s, :climbs_after_s, CAST(:steps AS jsonb), :calendar,
                :last_resort)\
            """;

    StepsMigration() {
        super("20261122.2231", "policies with steps", INSERT_RULE);
    }

    @Override
    List<PolicyPage> pages() {
        return PolicySeed.withSteps();
    }
}
