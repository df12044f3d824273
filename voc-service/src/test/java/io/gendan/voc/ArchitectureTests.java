package io.gendan.voc;

import io.gendan.api.testing.ArchitectureRules;

import org.junit.jupiter.api.Test;

class ArchitectureTests {

    @Test
    void holdsTheRulesOfTheHouse() {
        ArchitectureRules.check("io.gendan.voc");
    }
}
