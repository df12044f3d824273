package io.gendan.ticket;

import io.gendan.api.testing.ArchitectureRules;

import org.junit.jupiter.api.Test;

class ArchitectureTests {

    @Test
    void isBuiltAsEveryServiceIs() {
        ArchitectureRules.check("io.gendan.ticket");
    }
}
