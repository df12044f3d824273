package io.gendan.events;

import java.time.Instant;

/**
 * Which territory serves which part of the country. Topic {@link Topics#TERRITORIES}, compacted,
 * told by routing-service.
 */
public sealed interface TerritoryEvent extends Event {

    String province();

    @Override
    default String key() {
        return province();
    }

    /**
     * From now on customers of the province belong to the territory.
     *
     * @param province the two digits that all its divisions begin with (GB/T 2260)
     * @param rules the version of the routing rules that says so
     */
    record ProvinceServed(String province, Instant at, Territory territory, String rules)
            implements TerritoryEvent {}
}
