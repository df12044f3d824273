package io.gendan.events;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * What customers are asked without a ticket. Topic {@link Topics#SURVEYS}, told by ticket-service.
 */
public sealed interface SurveyEvent extends Event {

    UUID surveyId();

    String orderId();

    UUID customerId();

    /** Absent when we sold it ourselves. */
    @Nullable String sellerId();

    /** Where it was delivered to; absent when nobody knows. */
    @Nullable Territory territory();

    @Override
    default String key() {
        return surveyId().toString();
    }

    /** By lot the customer is asked about an order that was delivered. */
    record OrderSurveyed(
            UUID surveyId,
            Instant at,
            String orderId,
            UUID customerId,
            @Nullable String sellerId,
            @Nullable Territory territory,
            Instant deliveredAt)
            implements SurveyEvent {}

    /**
     * The customer has answered.
     *
     * @param solved whether all is well with the order
     * @param score from 1 to 5
     * @param ticketId in which it is gone after that they are not content; absent when they are
     * @param text masked
     */
    record OrderRated(
            UUID surveyId,
            Instant at,
            String orderId,
            UUID customerId,
            @Nullable String sellerId,
            @Nullable Territory territory,
            Solved solved,
            int score,
            @Nullable UUID ticketId,
            @Nullable String text)
            implements SurveyEvent {}
}
