package io.gendan.escalation;

import io.gendan.events.EscalationEvent;
import io.gendan.events.EscalationEvent.ClimbDeferred;
import io.gendan.events.EscalationEvent.ClockElapsed;
import io.gendan.events.EscalationEvent.ClockStepped;
import io.gendan.events.EscalationEvent.ClockWarned;
import io.gendan.events.EscalationEvent.DueChanged;
import io.gendan.events.EscalationEvent.EscalationClaimed;
import io.gendan.events.EscalationEvent.EscalationRaised;
import io.gendan.events.EscalationEvent.LastTierOverdue;
import io.gendan.messaging.DatabaseClock;
import io.micrometer.core.instrument.MeterRegistry;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionOperations;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Lets happen what is due: never before, once, and with its effects in the transaction that marks
 * it as happened. Any number of instances may run it; they pass over each other's tickets, so none
 * of them ever waits for a ticket's lock while it holds another. What is due is first put under the
 * emergencies as they stand, so that nothing fires that one declared before rests, though the
 * ticket's turn to be moved has not come.
 */
@Component
public class ClockFiring {

    private static final Logger logger = LoggerFactory.getLogger(ClockFiring.class);
    private static final Duration ASIDE = Duration.ofMinutes(1);

    private final Watches watches;
    private final Clocks clocks;
    private final Policies policies;
    private final Emergencies emergencies;
    private final Escalations escalations;
    private final Floods floods;
    private final Saying saying;
    private final Lateness lateness;
    private final DatabaseClock clock;
    private final TransactionOperations transaction;
    private final MeterRegistry meters;
    private final EscalationSettings settings;

    ClockFiring(
            Watches watches,
            Clocks clocks,
            Policies policies,
            Emergencies emergencies,
            Escalations escalations,
            Floods floods,
            Saying saying,
            Lateness lateness,
            DatabaseClock clock,
            TransactionOperations transaction,
            MeterRegistry meters,
            EscalationSettings settings) {
        this.watches = watches;
        this.clocks = clocks;
        this.policies = policies;
        this.emergencies = emergencies;
        this.escalations = escalations;
        this.floods = floods;
        this.saying = saying;
        this.lateness = lateness;
        this.clock = clock;
        this.transaction = transaction;
        this.meters = meters;
        this.settings = settings;
    }

    /**
     * Fires what is due now, at most one batch.
     *
     * @return for how many tickets
     */
    public int run() {
        try {
            return fire(settings.batch());
        } catch (DataAccessException | TransactionException worldFault) {
            throw worldFault;
        } catch (RuntimeException faultOfOne) {
            logger.warn("A batch of due clocks failed; firing one by one", faultOfOne);
            return fireOneByOne();
        }
    }

    private int fireOneByOne() {
        int fired = 0;
        for (int i = 0; i < settings.batch(); i++) {
            try {
                if (fire(1) == 0) {
                    break;
                }
                fired++;
            } catch (DataAccessException | TransactionException worldFault) {
                throw worldFault;
            } catch (RuntimeException fault) {
                putFirstAside(fault);
            }
        }
        return fired;
    }

    private void putFirstAside(RuntimeException fault) {
        var tickets = transaction.execute(_ -> clocks.putFirstAside(ASIDE));
        logger.error("Cannot fire {}, which stands aside for {}", tickets, ASIDE, fault);
        meters.counter("gendan.firing.failed").increment();
    }

    private int fire(int limit) {
        var fired = transaction.execute(_ -> fireDue(limit));
        fired.stream()
                .filter(EscalationRaised.class::isInstance)
                .map(EscalationRaised.class::cast)
                .forEach(raised -> lateness.raised(raised.dueAt(), raised.at()));
        meters.counter("gendan.climbs.deferred")
                .increment(fired.stream().filter(ClimbDeferred.class::isInstance).count());
        return (int) fired.stream().map(EscalationEvent::ticketId).distinct().count();
    }

    private List<EscalationEvent> fireDue(int limit) {
        var due = watches.lockDue(limit);
        if (due.isEmpty()) {
            return List.of();
        }
        var declared = emergencies.all();
        var now = clock.now();
        var lines = floods.at(now);
        var changed = new LinkedHashMap<Watch, Watch>();
        var raisings = new ArrayList<Escalation>();
        var events = new ArrayList<EscalationEvent>();
        for (var before : due) {
            var targets = policies.of(before.facts().policyVersion());
            var firing =
                    Firing.of(
                            before.resting(declared),
                            now,
                            targets,
                            lines.floodedBy(targets.surge()));
            changed.put(before, firing.watch());
            for (var event : firing.events()) {
                events.add(event);
                if (event instanceof EscalationRaised raised) {
                    raisings.add(Escalation.of(raised, firing.watch()));
                }
                log(event);
            }
            firing.watch().dueChangedSince(before, now).ifPresent(events::add);
        }
        watches.saveAll(changed);
        escalations.saveAll(raisings);
        saying.say(events);
        lines.tell();
        return events;
    }

    private static void log(EscalationEvent event) {
        switch (event) {
            case EscalationRaised raised ->
                    logger.info(
                            "Ticket {} raised to tier {}: {} ran out",
                            raised.ticketId(),
                            raised.toTier(),
                            raised.clock());
            case ClockElapsed elapsed ->
                    logger.info("Ticket {}: {} ran out", elapsed.ticketId(), elapsed.clock());
            case LastTierOverdue overdue ->
                    logger.warn(
                            "Ticket {} let {} pass at the last tier, due {}",
                            overdue.ticketId(),
                            overdue.clock(),
                            overdue.dueAt());
            case ClimbDeferred deferred ->
                    logger.info(
                            "Ticket {} would climb by {}: put off until {}",
                            deferred.ticketId(),
                            deferred.clock(),
                            deferred.until());
            case ClockStepped stepped ->
                    logger.info(
                            "Ticket {}: {} of {}",
                            stepped.ticketId(),
                            stepped.step(),
                            stepped.clock());
            case ClockWarned _, EscalationClaimed _, DueChanged _ -> {
                // too many, or not of firing
            }
        }
    }
}
