package io.gendan.escalation;

import org.springframework.stereotype.Component;

import java.util.List;

/** To a database that has only the first version. */
@Component
class CalendarsAndPeaksMigration extends PolicyMigration {

    private static final String INSERT_RULE =
            """
            INSERT INTO policy_rule (version, clock, major, kind, vip, priority, channel, tier,
                target_s, pressing_s, climbs_after_s, calendar, last_resort)
            VALUES (:version, :clock, :major, :kind, :vip, :priority, :channel, :tier,
                :target_s, :pressing_s, :climbs_after_s, :calendar, :last_resort)\
            """;

    CalendarsAndPeaksMigration() {
        super("20261122.1711", "policies with calendars and peaks", INSERT_RULE);
    }

    @Override
    List<PolicyPage> pages() {
        return PolicySeed.withCalendars();
    }
}
