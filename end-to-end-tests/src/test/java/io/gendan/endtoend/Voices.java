package io.gendan.endtoend;

import io.gendan.events.Territory;

/** What an analyst sees counted. */
final class Voices {

    private final Gateway analyst;

    Voices(ApplicationUnderTest application) {
        this.analyst = Gateway.as(application, "analyst-1");
    }

    long of(String category, Territory territory) {
        return analyst.get("/api/voc/statistics")
                .orFail()
                .json()
                .path("counts")
                .valueStream()
                .filter(count -> count.path("category").asString().equals(category))
                .filter(count -> count.path("territory").asString("").equals(territory.name()))
                .mapToLong(count -> count.path("voices").asLong())
                .sum();
    }
}
