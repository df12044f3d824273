package io.gendan.ticket.kafka;

import io.gendan.events.TerritoryEvent;
import io.gendan.events.TerritoryEvent.ProvinceServed;
import io.gendan.events.Topics;
import io.gendan.messaging.Receives;
import io.gendan.ticket.Provinces;

import org.springframework.stereotype.Component;

@Component
class TerritoryListener {

    private final Provinces provinces;

    TerritoryListener(Provinces provinces) {
        this.provinces = provinces;
    }

    @Receives(topic = Topics.TERRITORIES, compacted = true)
    void on(TerritoryEvent event) {
        switch (event) {
            case ProvinceServed served -> provinces.place(served);
        }
    }
}
