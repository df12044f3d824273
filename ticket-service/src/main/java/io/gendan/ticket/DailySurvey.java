package io.gendan.ticket;

import io.gendan.events.SurveyEvent.OrderSurveyed;
import io.gendan.events.Topics;
import io.gendan.messaging.DatabaseClock;
import io.gendan.messaging.EventLog;
import io.gendan.messaging.EventLog.Entry;
import io.gendan.messaging.Origin;
import io.gendan.ticket.OrderSurveys.Drawn;
import io.gendan.ticket.rules.RuleBook;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Asks by lot some customers whether all is well with what was delivered to them the day before,
 * though nobody heard of them: once a day, within the hours of surveys and spread over them, of
 * each territory enough to tell how it does. A day on which nobody could draw is passed over, and
 * so is what was told too late to be in the lot.
 */
@Component
@Transactional
public class DailySurvey {

    private static final Logger logger = LoggerFactory.getLogger(DailySurvey.class);
    private static final Origin LOT = new Origin("system:ticket", "drawn by lot");

    private final OrderSurveys surveys;
    private final OrderSurveyFigures figures;
    private final Provinces provinces;
    private final ChannelOutbox outbox;
    private final EventLog log;
    private final RuleBook rules;
    private final DatabaseClock clock;
    private final Duration kept;

    DailySurvey(
            OrderSurveys surveys,
            OrderSurveyFigures figures,
            Provinces provinces,
            ChannelOutbox outbox,
            EventLog log,
            RuleBook rules,
            DatabaseClock clock,
            TicketSettings settings) {
        this.kept = settings.survey().answersAccepted().plus(settings.outbox().waits());
        this.surveys = surveys;
        this.figures = figures;
        this.provinces = provinces;
        this.outbox = outbox;
        this.log = log;
        this.rules = rules;
        this.clock = clock;
    }

    void draw() {
        draw(clock.now());
    }

    /** Nothing when it was drawn already, is not to be now, or the rules ask nobody. */
    void draw(Instant now) {
        var surveying = rules.inForceAt(now).survey();
        var daily = surveying.daily();
        if (daily == null || !surveying.hours().isOpen(now)) {
            return;
        }
        var day = now.atZone(surveying.zone()).toLocalDate().minusDays(1);
        // Until then nobody could tell whom to ask
        if (!provinces.arePlaced() || !surveys.claim(day, now)) {
            return;
        }
        var from = day.atStartOfDay(surveying.zone()).toInstant();
        var until = day.plusDays(1).atStartOfDay(surveying.zone()).toInstant();
        var askedSince = now.minus(surveying.oncePer());
        var strata = surveys.strata(from, until);
        var drawn = surveys.draw(strata, daily, day, from, until, now, askedSince);
        var end = surveying.hours().endAfter(now);
        var asked = spread(surveys.claimCustomers(drawn, now, askedSince), now, end);
        surveys.open(asked, day);
        figures.asked(day, strata, asked);
        outbox.askAboutOrders(asked, daily.channel());
        log.appendAll(asked.stream().map(one -> entry(one, now)).toList());
        logger.info("{} customers are asked about what was delivered on {}", asked.size(), day);
    }

    /** So that what presses more does not wait behind all of them. */
    private static List<Drawn> spread(List<Drawn> drawn, Instant now, Instant end) {
        var left = Duration.between(now, end);
        return IntStream.range(0, drawn.size())
                .mapToObj(
                        place ->
                                drawn.get(place)
                                        .askedAt(
                                                now.plus(
                                                        left.multipliedBy(place)
                                                                .dividedBy(drawn.size()))))
                .toList();
    }

    private static Entry entry(Drawn drawn, Instant now) {
        var told =
                new OrderSurveyed(
                        drawn.surveyId(),
                        now,
                        drawn.orderId(),
                        drawn.customerId(),
                        drawn.sellerId(),
                        drawn.territory(),
                        drawn.deliveredAt());
        return new Entry(Topics.SURVEYS, told.key(), told, now, LOT);
    }

    /**
     * Forgets those who may be asked again and are not heard any more, a batch at a time.
     *
     * @return whether there may be more
     */
    boolean forget() {
        var now = clock.now();
        var daily = rules.inForceAt(now).survey().daily();
        return daily != null
                && surveys.forget(now.minus(Collections.max(List.of(daily.oncePer(), kept))));
    }
}
