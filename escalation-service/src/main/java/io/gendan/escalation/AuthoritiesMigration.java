package io.gendan.escalation;

import org.springframework.stereotype.Component;

import java.util.List;

/** The versions with the deadlines of authorities. */
@Component
class AuthoritiesMigration extends PolicyMigration {

    private static final String INSERT_RULE =
            """
            INSERT INTO policy_rule (version, clock, authority, waiting, major, kind, vip, priority,
                channel, tier, target_s, pressing_s, climbs_after_s, steps, calendar,
                from_next_day, last_resort)
            VALUES (:version, :clock, :authority, :waiting, :major, :kind, :vip, :priority,
                :channel, :tier, :target_s, :pressing_s, :climbs_after_s, CAST(:steps AS jsonb),
                :calendar, :from_next_day, :last_resort)\
            """;

    AuthoritiesMigration() {
        super("20261122.2311", "policies with deadlines of authorities", INSERT_RULE);
    }

    @Override
    List<PolicyPage> pages() {
        return PolicySeed.withAuthorities();
    }
}
