package io.gendan.routing;

import io.gendan.events.Territory;

/** The territory a region belongs to, with the reason as people read it. */
sealed interface Placement {

    String reason();

    record Placed(Territory territory, String reason) implements Placement {}

    /** Nothing tells where: the territory with most spare capacity takes it. */
    record Anywhere(String reason) implements Placement {}
}
