package io.gendan.escalation;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

import java.time.Duration;

/**
 * The one thread that runs what time does. Lives as long as the service: a fault of the world is
 * said and tried again.
 */
@Component
@ConditionalOnBooleanProperty(name = "gendan.escalation.running", matchIfMissing = true)
class Running implements SmartLifecycle {

    private static final Logger logger = LoggerFactory.getLogger(Running.class);
    private static final Duration AFTER_FAULT = Duration.ofSeconds(1);

    private final ClockFiring firing;
    private final TierQueues queues;
    private final EmergencyDesk emergencies;
    private final Clocks clocks;
    private final Wakeup wakeup;
    private final EscalationSettings settings;
    private volatile boolean running;
    private Thread thread = Thread.ofPlatform().unstarted(() -> {});

    Running(
            ClockFiring firing,
            TierQueues queues,
            EmergencyDesk emergencies,
            Clocks clocks,
            Wakeup wakeup,
            EscalationSettings settings) {
        this.firing = firing;
        this.queues = queues;
        this.emergencies = emergencies;
        this.clocks = clocks;
        this.wakeup = wakeup;
        this.settings = settings;
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofPlatform().name("clocks").start(this::run);
    }

    /** Lets the transaction that is being written end. */
    @Override
    public void stop() {
        running = false;
        wakeup.now();
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void run() {
        while (running) {
            try {
                boolean isFiring = firing.run() == settings.batch();
                if (emergencies.moveSome() == 0 && !isFiring) {
                    queues.inviteAgain();
                    wakeup.sleep(pause());
                }
            } catch (RuntimeException fault) {
                logger.error("Clocks stand still, trying again in {}", AFTER_FAULT, fault);
                sleep();
            } catch (InterruptedException e) {
                running = false;
            }
        }
    }

    private Duration pause() {
        var next = clocks.untilNextFiring().orElse(settings.pollEvery());
        // A due clock that was not fired is in another's hands: look again soon, not at once.
        var earliest = next.isPositive() ? next : Duration.ofMillis(20);
        return earliest.compareTo(settings.pollEvery()) < 0 ? earliest : settings.pollEvery();
    }

    private void sleep() {
        try {
            wakeup.sleep(AFTER_FAULT);
        } catch (InterruptedException e) {
            running = false;
        }
    }
}
