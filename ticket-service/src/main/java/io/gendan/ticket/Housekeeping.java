package io.gendan.ticket;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Gives up and forgets in small steps that hold nobody up, and measures what waits. Several
 * instances skip each other's rows.
 */
@Component
class Housekeeping {

    private static final Logger logger = LoggerFactory.getLogger(Housekeeping.class);

    private final ChannelOutbox outbox;
    private final DeliveryDesk deliveries;
    private final TransferOffers offers;
    private final HandOverDesk handOvers;
    private final NextTries nextTries;
    private final Notices notices;
    private final PromiseFigures promises;
    private final ClosingFigures closings;
    private final RevisitPlan revisits;
    private final EarlierTickets earlier;
    private final DailySurvey survey;
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicLong oldest = new AtomicLong();

    Housekeeping(
            ChannelOutbox outbox,
            DeliveryDesk deliveries,
            TransferOffers offers,
            HandOverDesk handOvers,
            NextTries nextTries,
            Notices notices,
            PromiseFigures promises,
            ClosingFigures closings,
            RevisitPlan revisits,
            EarlierTickets earlier,
            DailySurvey survey,
            MeterRegistry meters) {
        this.outbox = outbox;
        this.deliveries = deliveries;
        this.offers = offers;
        this.handOvers = handOvers;
        this.nextTries = nextTries;
        this.notices = notices;
        this.promises = promises;
        this.closings = closings;
        this.revisits = revisits;
        this.earlier = earlier;
        this.survey = survey;
        Gauge.builder("channels.outbox.waiting", waiting, AtomicLong::get)
                .description("What customers are to be told, at most 10,000 are counted")
                .register(meters);
        Gauge.builder("channels.outbox.age", oldest, AtomicLong::get)
                .description("How long the oldest of it has waited")
                .baseUnit("seconds")
                .register(meters);
    }

    @Scheduled(fixedDelayString = "PT10M", initialDelayString = "PT1M")
    void run() {
        untilDone(this::giveUpUnfetched);
        untilDone(outbox::forget);
        untilDone(notices::forget);
        untilDone(promises::fold);
        untilDone(closings::fold);
        untilDone(this::planSomeRevisits);
        untilDone(survey::forget);
    }

    /** At a rate: what runs with a delay would all wait for a long one. */
    @Scheduled(fixedRateString = "PT1M", initialDelayString = "PT1M")
    void askAboutOrders() {
        survey.draw();
    }

    @Scheduled(fixedDelayString = "PT2S")
    void endUnansweredOffers() {
        untilDone(() -> anyDone(offers.over(), handOvers::endUnanswered));
    }

    @Scheduled(fixedDelayString = "PT10S")
    void remindOfCalls() {
        untilDone(() -> anyDone(nextTries.due(), nextTries::remind));
    }

    @Scheduled(fixedDelayString = "PT2S")
    void linkToEarlier() {
        untilDone(() -> anyDone(earlier.owed(), earlier::link));
    }

    /** Each in a transaction of its own, which holds its ticket. */
    private boolean giveUpUnfetched() {
        return anyDone(outbox.unfetched(), deliveries::giveUp);
    }

    /** Those that are left are planned later, so that not all are to be called at once. */
    private boolean planSomeRevisits() {
        anyDone(revisits.due(), revisits::visit);
        return false;
    }

    /**
     * What goes wrong with one does not keep the others from being done; when nothing goes right
     * the rest is for the next time.
     */
    private static <T> boolean anyDone(List<T> due, Consumer<T> step) {
        var done = 0;
        for (var one : due) {
            try {
                step.accept(one);
                done++;
            } catch (RuntimeException broken) {
                logger.error("{} is left to the next time", one, broken);
            }
        }
        return done > 0;
    }

    /** What goes wrong with one step does not keep the others from being done. */
    private static void untilDone(BooleanSupplier step) {
        try {
            while (step.getAsBoolean()) {
                if (Thread.currentThread().isInterrupted()) {
                    return;
                }
            }
        } catch (RuntimeException broken) {
            logger.error("A step is left to the next time", broken);
        }
    }

    @Scheduled(fixedDelayString = "PT15S")
    void measure() {
        var backlog = outbox.backlog();
        waiting.set(backlog.waiting());
        oldest.set(backlog.oldestSeconds());
    }
}
