package io.gendan.routing;

import io.gendan.api.Problem;
import io.gendan.events.Level;
import io.gendan.events.Topics;
import io.gendan.messaging.DatabaseClock;
import io.gendan.messaging.EventLog;
import io.gendan.messaging.Origin;
import io.gendan.routing.Roster.Agent;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

import java.util.List;

/** Says who the agents are and whether they are there. */
@Service
public class PresenceDesk implements ApplicationRunner {

    /**
     * @param skills top categories and phases; empty for all
     */
    public record Engagement(
            String id, String name, String team, Level level, List<String> skills) {}

    private static final Logger log = LoggerFactory.getLogger(PresenceDesk.class);

    private final Roster roster;
    private final Ledger ledger;
    private final Dispatcher dispatcher;
    private final EventLog eventLog;
    private final DatabaseClock clock;

    PresenceDesk(
            Roster roster,
            Ledger ledger,
            Dispatcher dispatcher,
            EventLog eventLog,
            DatabaseClock clock) {
        this.roster = roster;
        this.ledger = ledger;
        this.dispatcher = dispatcher;
        this.eventLog = eventLog;
        this.clock = clock;
    }

    /**
     * Tells of the agents that a migration brought, each once whatever number of instances starts:
     * the ledger is held, and who was told of is marked in the same transaction.
     */
    @Override
    @Transactional
    public void run(ApplicationArguments arguments) {
        ledger.open();
        roster.takeUntold().forEach(agent -> say(agent, new Origin(Announcements.ACTOR, "joined")));
    }

    /** Who comes on duty serves the line at once; who goes keeps the tickets they have. */
    @Transactional
    public void declare(String agentId, boolean onDuty, String actor) {
        var rules = ledger.open();
        var agent = roster.require(agentId);
        if (agent.onDuty() == onDuty) {
            return;
        }
        roster.onDuty(agentId, onDuty);
        say(roster.require(agentId), new Origin(actor, onDuty ? "on duty" : "off duty"));
        if (onDuty) {
            dispatcher.serve(agent.team().id(), rules);
        }
        log.info("Agent {} {} duty", agentId, onDuty ? "on" : "off");
    }

    /**
     * Takes an agent on, or changes who they are; their presence and their tickets stay. A new one
     * is on duty.
     *
     * @throws Problem 422 when there is no such team
     */
    @Transactional
    public void engage(Engagement engaged, String actor) {
        var rules = ledger.open();
        if (!roster.hasTeam(engaged.team())) {
            throw Problem.of(422, "team-unknown", engaged.team()).at("/team");
        }
        roster.put(engaged);
        say(roster.require(engaged.id()), new Origin(actor, "engaged"));
        dispatcher.serve(engaged.team(), rules);
        log.info("Agent {} is {} of {}", engaged.id(), engaged.level(), engaged.team());
    }

    private void say(Agent agent, Origin origin) {
        var now = clock.now();
        eventLog.append(Topics.AGENTS, agent.id(), agent.changed(now), now, origin);
    }
}
