package io.gendan.escalation;

import org.springframework.stereotype.Component;

import java.util.List;

/** The versions by which who complains of something major is called at once, however they wrote. */
@Component
class FirstCallsMigration extends PolicyMigration {

    FirstCallsMigration() {
        super(
                "20261129.0232",
                "policies with first calls",
                VERSIONS_WITH_SURGE,
                RULES_OF_AUTHORITIES);
    }

    @Override
    List<PolicyPage> pages() {
        return PolicySeed.withFirstCalls();
    }
}
