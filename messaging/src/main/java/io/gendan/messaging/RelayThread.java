package io.gendan.messaging;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Runs the relay: after each commit that appended, and now and then in case a wake-up was missed.
 *
 * <p>Stops after the web server and the receivers, and relays what they have left first.
 */
final class RelayThread implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(RelayThread.class);

    /** Below the web server's phases, so that it starts before it and stops after it. */
    static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 4096;

    private static final long SHORTEST_PAUSE = 100;
    private static final long LONGEST_PAUSE = 1_000;
    private static final Duration LONGEST_STOP = Duration.ofSeconds(20);
    private static final Duration BETWEEN_MEASURES = Duration.ofSeconds(5);

    private final OutboxRelay relay;
    private final BrokerTopics topics;
    private final MessagingSettings settings;
    private final Semaphore wakeUp;
    private volatile boolean running;
    private @Nullable Thread thread;

    RelayThread(
            OutboxRelay relay, BrokerTopics topics, MessagingSettings settings, Semaphore wakeUp) {
        this.relay = relay;
        this.topics = topics;
        this.settings = settings;
        this.wakeUp = wakeUp;
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofPlatform().name("relay").start(this::relayUntilStopped);
    }

    private void relayUntilStopped() {
        long pause = 0;
        var measured = System.nanoTime();
        while (running) {
            await(pause == 0 ? settings.relay().poll().toMillis() : pause);
            try {
                if (!topics.areReady()) {
                    pause = LONGEST_PAUSE;
                    continue;
                }
                if (relayAll() > 0) {
                    gather();
                }
                if (System.nanoTime() - measured > BETWEEN_MEASURES.toNanos()) {
                    measured = System.nanoTime();
                    relay.measure();
                }
                if (pause > 0) {
                    LOG.info("Relaying again");
                }
                pause = 0;
            } catch (RuntimeException e) {
                if (pause == 0) {
                    LOG.error("What is told waits in the outbox until this passes", e);
                }
                pause = Math.clamp(pause * 2, SHORTEST_PAUSE, LONGEST_PAUSE);
            }
        }
        if (pause == 0 && topics.areReady()) {
            relayRest();
        }
        relay.close();
    }

    private void relayRest() {
        try {
            relayAll();
        } catch (RuntimeException e) {
            LOG.warn("What is in the outbox is relayed after the next start", e);
        }
    }

    /** What is told meanwhile wakes us again. */
    private int relayAll() {
        int all = 0;
        int relayed;
        do {
            relayed = relay.run();
            all += relayed;
        } while (relayed == settings.relay().batch());
        return all;
    }

    private void gather() {
        try {
            Thread.sleep(settings.relay().gather());
        } catch (InterruptedException _) {
            running = false;
        }
    }

    private void await(long millis) {
        try {
            if (wakeUp.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
                wakeUp.drainPermits();
            }
        } catch (InterruptedException _) {
            running = false;
        }
    }

    @Override
    public void stop() {
        running = false;
        wakeUp.release();
        var stopping = thread;
        try {
            if (stopping != null && !stopping.join(LONGEST_STOP)) {
                stopping.interrupt();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
