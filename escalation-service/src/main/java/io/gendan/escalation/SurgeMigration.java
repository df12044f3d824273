package io.gendan.escalation;

import org.springframework.stereotype.Component;

import java.util.List;

/** The versions that put climbs off when the line of a tier is long. */
@Component
class SurgeMigration extends PolicyMigration {

    SurgeMigration() {
        super(
                "20261122.2341",
                "policies with a surge guard",
                VERSIONS_WITH_SURGE,
                RULES_OF_AUTHORITIES);
    }

    @Override
    List<PolicyPage> pages() {
        return PolicySeed.withSurge();
    }
}
