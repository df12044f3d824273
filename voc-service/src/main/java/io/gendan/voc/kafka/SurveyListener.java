package io.gendan.voc.kafka;

import io.gendan.events.SurveyEvent;
import io.gendan.events.SurveyEvent.OrderRated;
import io.gendan.events.SurveyEvent.OrderSurveyed;
import io.gendan.events.Topics;
import io.gendan.messaging.Receives;
import io.gendan.voc.OrderRatings;

import org.springframework.stereotype.Component;

@Component
class SurveyListener {

    private final OrderRatings ratings;

    SurveyListener(OrderRatings ratings) {
        this.ratings = ratings;
    }

    @Receives(topic = Topics.SURVEYS)
    void on(SurveyEvent event) {
        switch (event) {
            case OrderRated rated -> ratings.listen(rated);
            case OrderSurveyed _ -> {
                // how many were asked is counted where they are
            }
        }
    }
}
