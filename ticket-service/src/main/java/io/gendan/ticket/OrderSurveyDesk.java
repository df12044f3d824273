package io.gendan.ticket;

import io.gendan.api.Caller;
import io.gendan.api.IdempotencyKey;
import io.gendan.api.Problem;
import io.gendan.api.Scope;
import io.gendan.events.Solved;
import io.gendan.events.SurveyEvent.OrderRated;
import io.gendan.events.Topics;
import io.gendan.messaging.DatabaseClock;
import io.gendan.messaging.EventLog;
import io.gendan.messaging.Origin;
import io.gendan.ticket.OrderSurveys.Asked;
import io.gendan.ticket.SurveyDesk.Rating;
import io.gendan.ticket.rules.RuleBook;
import io.gendan.ticket.rules.Surveying.Daily;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * Where customers say whether all is well with an order. Who is not content is called: in the
 * ticket that is open about the order, or in one that is opened for it.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class OrderSurveyDesk {

    private static final Caller US = new Caller("system:ticket", "system:ticket", Set.of());
    private static final Scope EVERYTHING = new Scope.Everything();
    private static final Origin CUSTOMER = new Origin("customer", "by the link of the survey");

    private final OrderSurveys surveys;
    private final OrderSurveyFigures figures;
    private final Intake intake;
    private final Matters matters;
    private final Tickets tickets;
    private final Changes changes;
    private final EventLog log;
    private final RuleBook rules;
    private final DatabaseClock clock;
    private final Duration accepted;

    OrderSurveyDesk(
            OrderSurveys surveys,
            OrderSurveyFigures figures,
            Intake intake,
            Matters matters,
            Tickets tickets,
            Changes changes,
            EventLog log,
            RuleBook rules,
            DatabaseClock clock,
            TicketSettings settings) {
        this.surveys = surveys;
        this.figures = figures;
        this.intake = intake;
        this.matters = matters;
        this.tickets = tickets;
        this.changes = changes;
        this.log = log;
        this.rules = rules;
        this.clock = clock;
        this.accepted = settings.survey().answersAccepted();
    }

    /**
     * @throws Problem 404 when the token leads nowhere, 409 when it was answered or is too late
     */
    void rate(String token, Rating rating) {
        var asked = surveys.lock(token).orElseThrow(Problem::notFound);
        var now = clock.now();
        if (!asked.canBeAnswered(now, accepted)) {
            throw new SurveyOver();
        }
        var inForce = rules.inForceAt(asked.askedAt());
        var surveying = inForce.survey();
        var daily = Objects.requireNonNull(surveying.daily(), "nobody would have been asked");
        var isContent =
                rating.solved() != Solved.NO
                        && !surveying.isLow(rating.score())
                        && inForce.majorIn(rating.text()).isEmpty();
        var ticketId = isContent ? null : goAfter(asked, rating, daily);
        surveys.answered(asked, now);
        figures.answered(asked, rating.score(), isContent);
        say(asked, rating, ticketId, now);
    }

    /**
     * What whoever has the token may see before they answer.
     *
     * @throws Problem 404 when it leads nowhere
     */
    SurveyPage look(String token) {
        var asked = surveys.find(token).orElseThrow(Problem::notFound);
        return SurveyPage.of(asked, asked.look(clock.now(), accepted));
    }

    private UUID goAfter(Asked asked, Rating rating, Daily daily) {
        var discontent = new Discontent(asked.id(), null, heard(rating), null);
        var open = lockOpen(asked);
        if (open == null) {
            var opened = open(asked, rating, daily);
            changes.propose(opened, CUSTOMER, (ticket, now) -> ticket.revisit(discontent, now));
            return opened;
        }
        var text = rating.text();
        var said = text == null ? "" : Masking.mask(text);
        changes.propose(
                open,
                CUSTOMER,
                (ticket, now) -> {
                    ticket.hearDiscontent(discontent, said, now);
                    ticket.rules().majorIn(text).forEach(found -> ticket.suspect(found, now));
                });
        return open;
    }

    /**
     * Looks first, for whoever has a ticket may wait for its matter; and again when nobody opens
     * another any more.
     */
    private @Nullable UUID lockOpen(Asked asked) {
        var matter =
                new Matter(
                        asked.customerId(), asked.orderId(), null, Matter.top(Taxonomy.UNSORTED));
        var open = stillOpen(matter);
        if (open == null) {
            matters.lock(List.of(matter));
            open = stillOpen(matter);
        }
        return open;
    }

    private @Nullable UUID stillOpen(Matter matter) {
        return matters.find(List.of(matter))
                .openOfAny()
                .flatMap(id -> tickets.lock(id, EVERYTHING))
                .filter(ticket -> Command.HEAR.isLegalIn(ticket.status()))
                .map(Ticket::id)
                .orElse(null);
    }

    private UUID open(Asked asked, Rating rating, Daily daily) {
        var opening =
                new Opening(
                        daily.kind(),
                        daily.channel(),
                        null,
                        null,
                        asked.customerId(),
                        asked.orderId(),
                        asked.sellerId(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        daily.subject(),
                        rating.text(),
                        null,
                        null,
                        null);
        var key = new IdempotencyKey(US.id(), asked.id().toString(), "");
        return intake.openForUs(intake.check(opening, US, key));
    }

    /** As whoever calls the customer reads it. */
    private static String heard(Rating rating) {
        return "%d/5, %s".formatted(rating.score(), rating.solved());
    }

    private void say(Asked asked, Rating rating, @Nullable UUID ticketId, Instant now) {
        var text = rating.text();
        var rated =
                new OrderRated(
                        asked.id(),
                        now,
                        asked.orderId(),
                        asked.customerId(),
                        asked.sellerId(),
                        asked.territory(),
                        rating.solved(),
                        rating.score(),
                        ticketId,
                        text == null ? null : Masking.mask(text));
        log.append(Topics.SURVEYS, rated.key(), rated, now, CUSTOMER);
    }
}
