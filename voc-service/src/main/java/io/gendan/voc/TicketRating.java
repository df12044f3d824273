package io.gendan.voc;

import io.gendan.events.Channel;
import io.gendan.events.Kind;
import io.gendan.events.Solved;
import io.gendan.events.Territory;
import io.gendan.events.TicketEvent.SurveyAnswered;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * What a customer says of how a ticket was solved, and what the ticket was about by then. Whom the
 * score is about is not kept: this is about matters, not about people.
 *
 * @param number absent of a ticket that was heard of before numbers were kept
 * @param territory absent until routing has placed the ticket
 * @param score from 1 to 5
 * @param late after its time: heard like any other, and not held against who solved it
 * @param text masked
 */
public record TicketRating(
        UUID surveyId,
        UUID ticketId,
        @Nullable String number,
        Kind kind,
        String category,
        Channel channel,
        @Nullable Territory territory,
        Solved solved,
        int score,
        boolean late,
        @Nullable String text,
        Instant ratedAt) {

    static TicketRating of(HeardTicket ticket, SurveyAnswered answered) {
        return new TicketRating(
                answered.surveyId(),
                ticket.id(),
                ticket.number(),
                ticket.kind(),
                ticket.category(),
                ticket.channel(),
                ticket.territory(),
                answered.solved(),
                answered.score(),
                answered.late(),
                answered.text(),
                answered.at());
    }
}
