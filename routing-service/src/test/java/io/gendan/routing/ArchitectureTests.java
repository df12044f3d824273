package io.gendan.routing;

import io.gendan.api.testing.ArchitectureRules;

import org.junit.jupiter.api.Test;

class ArchitectureTests {

    @Test
    void keepsTheRulesOfTheHouse() {
        ArchitectureRules.check("io.gendan.routing");
    }
}
