package io.gendan.routing;

import io.gendan.events.AssignmentEvent;
import io.gendan.events.AssignmentEvent.AgentAwaited;
import io.gendan.events.AssignmentEvent.AgentChosen;
import io.gendan.events.AssignmentEvent.Decision;
import io.gendan.events.AssignmentEvent.TeamChosen;
import io.gendan.events.AssignmentEvent.TransferRefused;
import io.gendan.events.Territory;
import io.gendan.events.Topics;
import io.gendan.messaging.EventLog;
import io.gendan.messaging.Origin;
import io.gendan.routing.Choice.Chosen;
import io.gendan.routing.Choice.Nobody;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import java.time.Instant;

/** Says what was decided, with the whole reason. */
@Component
class Announcements {

    static final String ACTOR = "system:routing";

    private static final Logger log = LoggerFactory.getLogger(Announcements.class);

    private final EventLog eventLog;

    Announcements(EventLog eventLog) {
        this.eventLog = eventLog;
    }

    void chosen(RoutedTicket ticket, Chosen chosen, Rules rules, Instant now) {
        chosen(ticket, chosen, rules, now, ticket.territory(), ticket.territoryReason());
    }

    void chosenInstead(RoutedTicket ticket, Chosen chosen, Rules rules, Instant now) {
        var reason = ticket.agent() + " has not accepted it";
        chosen(ticket, chosen, rules, now, ticket.territory(), reason);
    }

    void chosenOfNeighbour(
            RoutedTicket ticket, Territory neighbour, Chosen chosen, Rules rules, Instant now) {
        var reason = "overflow: nobody of %s is free".formatted(ticket.territory());
        chosen(ticket, chosen, rules, now, neighbour, reason);
    }

    /** For a transfer; the ticket offers it to them. */
    void chosenToTakeOver(
            RoutedTicket ticket, Territory servedBy, Chosen chosen, Rules rules, Instant now) {
        chosen(ticket, chosen, rules, now, servedBy, "a transfer was asked for");
    }

    void transferRefused(RoutedTicket ticket, String reason, Instant now) {
        say(new TransferRefused(ticket.id(), ticket.round(), now, reason), reason);
    }

    private void chosen(
            RoutedTicket ticket,
            Chosen chosen,
            Rules rules,
            Instant now,
            Territory servedBy,
            String reason) {
        var agent = chosen.contender();
        say(
                new AgentChosen(
                        ticket.id(),
                        ticket.round(),
                        now,
                        ticket.territory(),
                        servedBy,
                        ticket.team(),
                        agent.agent(),
                        agent.name(),
                        decision(ticket, chosen, rules)),
                reason);
        log.info("Ticket {} round {} to {}", ticket.id(), ticket.round(), agent.agent());
    }

    void awaited(RoutedTicket ticket, Nobody nobody, Rules rules, Instant now) {
        say(
                new AgentAwaited(
                        ticket.id(),
                        ticket.round(),
                        now,
                        ticket.territory(),
                        ticket.territory(),
                        ticket.team(),
                        decision(ticket, nobody, rules)),
                "nobody of the team is free");
        log.info("Ticket {} round {} waits for {}", ticket.id(), ticket.round(), ticket.team());
    }

    void team(RoutedTicket ticket, Instant now) {
        team(ticket, ticket.territory(), "the team of tier " + ticket.tier(), now);
    }

    /** Of a ticket that needs nobody: where the customer belongs, whoever serves it. */
    void teamOfTaker(RoutedTicket ticket, Territory servedBy, Instant now) {
        team(ticket, servedBy, "taken by who opened it; " + ticket.territoryReason(), now);
    }

    /** It belongs elsewhere than it seemed; who has it keeps it. */
    void moved(RoutedTicket ticket, Territory servedBy, Instant now) {
        team(ticket, servedBy, ticket.territoryReason(), now);
    }

    private void team(RoutedTicket ticket, Territory servedBy, String reason, Instant now) {
        say(
                new TeamChosen(
                        ticket.id(),
                        ticket.round(),
                        ticket.stay(),
                        now,
                        ticket.territory(),
                        servedBy,
                        ticket.tier(),
                        ticket.team()),
                reason);
    }

    private static Decision decision(RoutedTicket ticket, Choice choice, Rules rules) {
        return new Decision(rules.version(), ticket.territoryReason(), choice.candidates());
    }

    private void say(AssignmentEvent event, String reason) {
        eventLog.append(
                Topics.ASSIGNMENTS, event.key(), event, event.at(), new Origin(ACTOR, reason));
    }
}
