package io.gendan.voc;

import io.gendan.events.Solved;
import io.gendan.events.SurveyEvent.OrderRated;
import io.gendan.events.Territory;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * What a customer says of an order, asked by lot and without a ticket.
 *
 * @param sellerId absent when we sold it ourselves
 * @param territory absent when nobody knows where it was delivered to
 * @param solved whether all is well with it
 * @param score from 1 to 5
 * @param ticketId in which it is gone after; absent when the customer is content
 * @param text masked
 */
public record OrderRating(
        UUID surveyId,
        String orderId,
        @Nullable String sellerId,
        @Nullable Territory territory,
        Solved solved,
        int score,
        @Nullable UUID ticketId,
        @Nullable String text,
        Instant ratedAt) {

    static OrderRating of(OrderRated rated) {
        return new OrderRating(
                rated.surveyId(),
                rated.orderId(),
                rated.sellerId(),
                rated.territory(),
                rated.solved(),
                rated.score(),
                rated.ticketId(),
                rated.text(),
                rated.at());
    }
}
