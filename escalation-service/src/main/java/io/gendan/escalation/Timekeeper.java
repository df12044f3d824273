package io.gendan.escalation;

import io.gendan.events.EscalationEvent;
import io.gendan.events.EscalationEvent.DueChanged;
import io.gendan.events.EscalationEvent.EscalationRaised;
import io.gendan.events.TicketEvent;
import io.gendan.events.TicketEvent.EscalationRequested;
import io.gendan.events.TicketEvent.TicketCreated;
import io.gendan.messaging.DatabaseClock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps the watches in step with what the tickets tell. */
@Component
public class Timekeeper {

    private static final Logger logger = LoggerFactory.getLogger(Timekeeper.class);

    private final Watches watches;
    private final Policies policies;
    private final Escalations escalations;
    private final TierQueues queues;
    private final Saying saying;
    private final DatabaseClock clock;
    private final Wakeup wakeup;
    private final Unmatched unmatched;
    private final EscalationSettings settings;

    Timekeeper(
            Watches watches,
            Policies policies,
            Escalations escalations,
            TierQueues queues,
            Saying saying,
            DatabaseClock clock,
            Wakeup wakeup,
            Unmatched unmatched,
            EscalationSettings settings) {
        this.watches = watches;
        this.policies = policies;
        this.escalations = escalations;
        this.queues = queues;
        this.saying = saying;
        this.clock = clock;
        this.wakeup = wakeup;
        this.unmatched = unmatched;
        this.settings = settings;
    }

    /** Begins to watch a ticket. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void begin(TicketCreated created) {
        var targets = policies.inForceAt(created.at());
        var now = clock.now();
        var raising = Firing.whenPassedOver(Watch.of(created, targets), now, targets);
        var watch = raising.watch();
        watches.add(watch);
        unmatched.alarm(watch, List.of(), now);
        keep(raising);
        tell(raising.events(), watch.dueFirst(now), watch, now);
    }

    /**
     * Applies a later event of a ticket.
     *
     * @throws IllegalStateException when nobody told that the ticket was created
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void follow(TicketEvent event) {
        var before =
                watches.lock(event.ticketId())
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                "Ticket " + event.ticketId() + " is unknown"));
        var targets = policies.of(before.facts().policyVersion());
        var hearing = Firing.hearing(before, event, targets, clock::now);
        var after = hearing.watch();
        watches.save(before, after);
        keep(hearing);
        if (event instanceof EscalationRequested requested) {
            escalations.pack(requested);
        }
        queues.follow(event, after);
        if (!after.unmatchedSince(before.clocks()).isEmpty()) {
            unmatched.alarm(after, before.clocks(), clock.now());
        }
        if (!hearing.events().isEmpty() || !after.isDueAs(before)) {
            var now = clock.now();
            tell(hearing.events(), after.dueChangedSince(before, now), after, now);
        }
    }

    private void keep(Firing firing) {
        for (var event : firing.events()) {
            if (event instanceof EscalationRaised raised) {
                escalations.save(Escalation.of(raised, firing.watch()));
                logger.info(
                        "Ticket {} raised to tier {}: {}",
                        raised.ticketId(),
                        raised.toTier(),
                        raised.cause());
            }
        }
    }

    private void tell(
            List<EscalationEvent> events, Optional<DueChanged> due, Watch after, Instant now) {
        var all = new ArrayList<>(events);
        due.ifPresent(all::add);
        saying.say(all);
        if (after.clocks().stream().anyMatch(c -> c.firesBy(now.plus(settings.pollEvery())))) {
            wakeup.afterCommit();
        }
    }
}
