package io.gendan.ticket;

import io.gendan.ticket.OrderSurveys.Asked;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Objects;

/**
 * What a customer may see by the link of a survey, without a login: what it is about, and whether
 * they are still asked. Neither names nor what was said.
 *
 * @param number of the ticket, when it is about how that was solved
 * @param orderId when it is about an order
 * @param until when answers are taken; absent when none is any more
 */
public record SurveyPage(
        @Nullable String number,
        @Nullable String orderId,
        SurveyState state,
        @Nullable Instant until) {

    /** By which the customer knows it. */
    public String about() {
        return Objects.requireNonNull(number == null ? orderId : number);
    }

    static SurveyPage of(Ticket ticket, Survey.Look look) {
        return new SurveyPage(ticket.created().number(), null, look.state(), look.until());
    }

    static SurveyPage of(Asked asked, Survey.Look look) {
        return new SurveyPage(null, asked.orderId(), look.state(), look.until());
    }
}
