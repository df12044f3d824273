package io.gendan.escalation;

import org.springframework.stereotype.Component;

import java.util.List;

/** The versions that limit how long what is solved may be left unclosed. */
@Component
class ClosingMigration extends PolicyMigration {

    ClosingMigration() {
        super(
                "20261128.1931",
                "policies with a limit of closing",
                VERSIONS_WITH_SURGE,
                RULES_OF_AUTHORITIES);
    }

    @Override
    List<PolicyPage> pages() {
        return PolicySeed.withClosing();
    }
}
