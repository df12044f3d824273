package io.gendan.ticket.kafka;

import io.gendan.events.TerritoryEvent;
import io.gendan.events.TerritoryEvent.ProvinceServed;
import io.gendan.events.Topics;
import io.gendan.messaging.Receives;
import io.gendan.ticket.OrderSurveys;

import org.springframework.stereotype.Component;

@Component
class TerritoryListener {

    private final OrderSurveys surveys;

    TerritoryListener(OrderSurveys surveys) {
        this.surveys = surveys;
    }

    @Receives(topic = Topics.TERRITORIES, compacted = true)
    void on(TerritoryEvent event) {
        switch (event) {
            case ProvinceServed served -> surveys.place(served);
        }
    }
}
