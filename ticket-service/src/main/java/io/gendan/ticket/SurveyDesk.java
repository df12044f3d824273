package io.gendan.ticket;

import io.gendan.api.Problem;
import io.gendan.api.Scope;
import io.gendan.events.Solved;
import io.gendan.messaging.DatabaseClock;
import io.gendan.messaging.Origin;
import io.gendan.ticket.Surveys.Place;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import java.util.Objects;

/** Where customers say how we did: by a link, without an account. */
@Component
@Transactional
public class SurveyDesk {

    private final Changes changes;
    private final Surveys surveys;
    private final OrderSurveyDesk orders;
    private final FollowUps followUps;
    private final Tickets tickets;
    private final DatabaseClock clock;
    private final TicketSettings.SurveySettings settings;

    /**
     * What the customer says about a resolution or an order.
     *
     * @param solved of an order, whether all is well with it
     */
    public record Rating(Solved solved, int score, @Nullable String text) {}

    SurveyDesk(
            Changes changes,
            Surveys surveys,
            OrderSurveyDesk orders,
            FollowUps followUps,
            Tickets tickets,
            DatabaseClock clock,
            TicketSettings settings) {
        this.changes = changes;
        this.surveys = surveys;
        this.orders = orders;
        this.followUps = followUps;
        this.tickets = tickets;
        this.clock = clock;
        this.settings = settings.survey();
    }

    /**
     * Takes the answer of whoever has the token.
     *
     * @throws Problem 404 when it leads nowhere, 409 when there is nothing to answer any more
     */
    public void rate(String token, Rating rating) {
        surveys.find(token)
                .ifPresentOrElse(place -> rate(place, rating), () -> orders.rate(token, rating));
    }

    /**
     * What whoever has the token may see before they answer.
     *
     * @throws Problem 404 when it leads nowhere
     */
    @Transactional(readOnly = true)
    public SurveyPage look(String token) {
        return surveys.find(token).map(this::look).orElseGet(() -> orders.look(token));
    }

    private SurveyPage look(Place place) {
        var ticket = tickets.find(place.ticketId()).orElseThrow(Problem::notFound);
        var look = ticket.look(place.surveyId(), settings.answersAccepted(), clock.now());
        return SurveyPage.of(ticket, look);
    }

    private void rate(Place place, Rating rating) {
        var text = rating.text();
        var draft =
                new Survey.Draft(
                        rating.solved(), rating.score(), text == null ? null : Masking.mask(text));
        var origin = new Origin("customer", "by the link of the survey");
        // What follows locks others, too: all of them in one order.
        var where = followUps.lock(place.ticketId(), new Scope.Everything());
        changes.propose(
                place.ticketId(),
                origin,
                (ticket, now) -> {
                    var accepted = settings.answersAccepted();
                    if (ticket.rate(place.surveyId(), draft, accepted, now)) {
                        var survey = Objects.requireNonNull(ticket.memento().survey());
                        followUps.goAfter(
                                ticket, where.open(), survey.discontent(), text, now, origin);
                    }
                    ticket.rules().majorIn(text).forEach(found -> ticket.suspect(found, now));
                });
    }
}
