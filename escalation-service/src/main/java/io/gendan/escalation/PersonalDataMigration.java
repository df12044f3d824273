package io.gendan.escalation;

import org.springframework.stereotype.Component;

import java.util.List;

/** The versions with the deadline of requests about personal data. */
@Component
class PersonalDataMigration extends PolicyMigration {

    PersonalDataMigration() {
        super(
                "20261129.0255",
                "policies with the deadline of requests about personal data",
                VERSIONS_WITH_SURGE,
                RULES_OF_SEARCHES);
    }

    @Override
    List<PolicyPage> pages() {
        return PolicySeed.withPersonalData();
    }
}
