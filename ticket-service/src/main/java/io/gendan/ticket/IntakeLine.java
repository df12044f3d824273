package io.gendan.ticket;

import io.gendan.api.Answer;
import io.gendan.api.Caller;
import io.gendan.api.Idempotency;
import io.gendan.api.IdempotencyKey;
import io.gendan.api.Problem;
import io.gendan.ticket.Intake.Behind;
import io.gendan.ticket.Intake.GoneAfter;
import io.gendan.ticket.Intake.Request;
import io.micrometer.core.instrument.MeterRegistry;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Where requests to open tickets wait for each other: all that came in during one commit go into
 * the next, without lingering for more. When a batch fails, each of it is tried alone, so that a
 * bad one fails by itself.
 *
 * <p>Bounded: when the line is full, or a commit does not come in time, the caller is told to come
 * back (503). The ticket may have been opened all the same; the same idempotency key finds it.
 */
@Component
public class IntakeLine implements SmartLifecycle {

    private static final Logger logger = LoggerFactory.getLogger(IntakeLine.class);
    private static final Duration COME_BACK = Duration.ofSeconds(2);
    private static final int BUSY = 503;

    /** Two instances may meet the same new customer at once; the second try knows them. */
    private static final int TRIES = 3;

    /** How often a request stands in line when others ask the same at the same time. */
    private static final int PLACES = 5;

    private final Intake intake;
    private final AskedAgain askedAgain;
    private final Idempotency idempotency;
    private final TicketSettings.IntakeSettings settings;
    private final BlockingQueue<Waiting> line;
    private volatile boolean running;
    private volatile @Nullable Thread clerk;

    private record Waiting(Request request, CompletableFuture<Object> answer) {

        void settle(Object result) {
            if (result instanceof Problem problem) {
                answer.completeExceptionally(problem);
            } else {
                answer.complete(result);
            }
        }
    }

    IntakeLine(
            Intake intake,
            AskedAgain askedAgain,
            Idempotency idempotency,
            TicketSettings settings,
            MeterRegistry meters) {
        this.idempotency = idempotency;
        this.intake = intake;
        this.askedAgain = askedAgain;
        this.settings = settings.intake();
        this.line = new ArrayBlockingQueue<>(this.settings.queue());
        meters.gaugeCollectionSize("intake.waiting", List.of(), line);
    }

    /**
     * Opens a ticket, unless it is gone after already in another: then it is an urge of that.
     *
     * <p>The same key gets the same answer, also when by now the same would be refused: only then
     * it is looked for by itself.
     *
     * @param taking absent when an agent is to be sought for it
     * @throws Problem 422 when a rule is broken, 503 when it cannot be now
     */
    public Answer open(
            Opening opening, @Nullable Taking taking, Caller caller, IdempotencyKey key) {
        try {
            return openAnew(opening, taking, caller, key);
        } catch (Problem refused) {
            if (refused.status() == BUSY) {
                throw refused;
            }
            return idempotency.answered(key).orElseThrow(() -> refused);
        }
    }

    private Answer openAnew(
            Opening opening, @Nullable Taking taking, Caller caller, IdempotencyKey key) {
        var request = intake.check(opening, taking, caller, key);
        var deadline = System.nanoTime() + settings.patience().toNanos();
        for (var tries = 0; tries < PLACES; tries++) {
            switch (inLine(request, deadline)) {
                case Answer answer -> {
                    return answer;
                }
                case Behind _ -> {
                    // by now it can be seen what became of the one before it
                }
                case GoneAfter(var ticketId) -> {
                    try {
                        return askedAgain.about(ticketId, request);
                    } catch (TransitionRefused over) {
                        logger.info("Ticket {} was over meanwhile", ticketId);
                    }
                }
                case Object other -> throw new IllegalStateException("No result: " + other);
            }
        }
        throw Problem.of(BUSY, "intake-full").retryAfter(COME_BACK);
    }

    private Object inLine(Request request, long deadline) {
        var waiting = new Waiting(request, new CompletableFuture<>());
        if (!running || !line.offer(waiting)) {
            throw Problem.of(BUSY, "intake-full").retryAfter(COME_BACK);
        }
        try {
            return waiting.answer().get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            throw Problem.of(BUSY, "intake-full").retryAfter(COME_BACK).because(late);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw Problem.of(BUSY, "intake-full").retryAfter(COME_BACK).because(stopped);
        }
    }

    private void serve() {
        while (running || !line.isEmpty()) {
            try {
                var first = line.poll(200, TimeUnit.MILLISECONDS);
                if (first != null) {
                    var batch = new ArrayList<Waiting>(settings.batch());
                    batch.add(first);
                    line.drainTo(batch, settings.batch() - 1);
                    open(batch, TRIES);
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void open(List<Waiting> batch, int tries) {
        try {
            var results = intake.open(batch.stream().map(Waiting::request).toList());
            for (var place = 0; place < batch.size(); place++) {
                batch.get(place).settle(results.get(place));
            }
        } catch (DataAccessResourceFailureException | CannotCreateTransactionException away) {
            batch.forEach(waiting -> waiting.answer().completeExceptionally(away));
        } catch (RuntimeException | Error failed) {
            // Also errors: what one request does must not end the thread that serves all of them
            if (failed instanceof ConcurrencyFailureException && tries > 1) {
                open(batch, tries - 1);
            } else if (batch.size() == 1) {
                batch.getFirst().answer().completeExceptionally(failed);
            } else {
                logger.warn("A batch of {} failed, trying one by one", batch.size(), failed);
                batch.forEach(waiting -> open(List.of(waiting), TRIES));
            }
        }
    }

    @Override
    public void start() {
        running = true;
        clerk = Thread.ofPlatform().name("intake").start(this::serve);
    }

    @Override
    public void stop() {
        running = false;
        var serving = clerk;
        if (serving == null) {
            return;
        }
        try {
            serving.join(settings.patience());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
