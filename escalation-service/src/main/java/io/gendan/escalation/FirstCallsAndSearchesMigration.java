package io.gendan.escalation;

import org.springframework.stereotype.Component;

import java.util.List;

/**
 * The versions by which who complains of something major is called at once, however they wrote, and
 * a carrier that looks for a parcel has its time.
 */
@Component
class FirstCallsAndSearchesMigration extends PolicyMigration {

    FirstCallsAndSearchesMigration() {
        super(
                "20261129.0232",
                "policies with first calls and searches",
                VERSIONS_WITH_SURGE,
                RULES_OF_SEARCHES);
    }

    @Override
    List<PolicyPage> pages() {
        return PolicySeed.withFirstCallsAndSearches();
    }
}
