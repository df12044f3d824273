package io.gendan.escalation;

import io.gendan.api.testing.ArchitectureRules;

import org.junit.jupiter.api.Test;

class ArchitectureTests {

    @Test
    void holdsTheRulesOfTheHouse() {
        ArchitectureRules.check("io.gendan.escalation");
    }
}
