package io.gendan.endtoend;

import tools.jackson.databind.JsonNode;

import java.time.Instant;

/** Reads steps of a timeline. */
final class Steps {

    private Steps() {}

    static Instant at(JsonNode step) {
        return Instant.parse(step.path("at").asString());
    }
}
