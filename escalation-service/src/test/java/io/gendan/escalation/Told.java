package io.gendan.escalation;

import io.gendan.api.Scope;
import io.gendan.events.AgentEvent.AgentChanged;
import io.gendan.events.EscalationEvent;
import io.gendan.events.EscalationEvent.EscalationRaised;
import io.gendan.events.Level;
import io.gendan.events.QueueEvent;
import io.gendan.events.Territory;
import io.gendan.events.TicketEvent;
import io.gendan.events.TicketEvent.TicketCreated;
import io.gendan.events.Topics;
import io.gendan.messaging.DatabaseClock;
import io.gendan.messaging.EventLog;

import org.springframework.boot.test.context.TestComponent;
import org.springframework.transaction.support.TransactionOperations;

import java.util.List;
import java.util.UUID;

/** Tells the service what happened to tickets, and reads what it said in turn. */
@TestComponent
class Told {

    private final Timekeeper timekeeper;
    private final Roster roster;
    private final EscalationDesk desk;
    private final EventLog log;
    private final DatabaseClock clock;
    private final TransactionOperations transaction;

    Told(
            Timekeeper timekeeper,
            Roster roster,
            EscalationDesk desk,
            EventLog log,
            DatabaseClock clock,
            TransactionOperations transaction) {
        this.timekeeper = timekeeper;
        this.roster = roster;
        this.desk = desk;
        this.log = log;
        this.clock = clock;
        this.transaction = transaction;
    }

    void hear(TicketEvent event) {
        transaction.executeWithoutResult(
                _ -> {
                    if (event instanceof TicketCreated created) {
                        timekeeper.begin(created);
                    } else {
                        timekeeper.follow(event);
                    }
                });
    }

    void isOnRoster(String id, int tier, Territory territory) {
        roster.save(
                new AgentChanged(
                        id,
                        clock.now(),
                        "Name of " + id,
                        "tier-" + tier,
                        territory,
                        tier,
                        Level.SENIOR,
                        List.of(),
                        true));
    }

    List<EscalationEvent> escalations(UUID ticketId) {
        return log.timeline(Topics.ESCALATIONS, ticketId.toString(), 0, 100).stream()
                .map(logged -> log.read(logged, EscalationEvent.class))
                .toList();
    }

    <E extends EscalationEvent> List<E> escalations(UUID ticketId, Class<E> type) {
        return escalations(ticketId).stream().filter(type::isInstance).map(type::cast).toList();
    }

    List<EscalationRaised> raised(UUID ticketId) {
        return escalations(ticketId, EscalationRaised.class);
    }

    /** As it stands now. */
    Escalation escalation(UUID id) {
        return desk.escalation(id, new Scope.Everything()).escalation();
    }

    List<QueueEvent> invitations(int tier, UUID ticketId) {
        return log.timeline(Topics.escalated(tier), ticketId.toString(), 0, 100).stream()
                .map(logged -> log.read(logged, QueueEvent.class))
                .toList();
    }
}
