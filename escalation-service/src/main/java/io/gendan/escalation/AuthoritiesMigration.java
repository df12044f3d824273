package io.gendan.escalation;

import org.springframework.stereotype.Component;

import java.util.List;

/** The versions with the deadlines of authorities. */
@Component
class AuthoritiesMigration extends PolicyMigration {

    AuthoritiesMigration() {
        super("20261122.2311", "policies with deadlines of authorities", RULES_OF_AUTHORITIES);
    }

    @Override
    List<PolicyPage> pages() {
        return PolicySeed.withAuthorities();
    }
}
