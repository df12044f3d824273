package io.gendan.ticket;

import io.gendan.events.AssignmentEvent.AgentAwaited;
import io.gendan.events.AssignmentEvent.AgentChosen;
import io.gendan.events.AssignmentEvent.TeamChosen;
import io.gendan.events.ClockKind;
import io.gendan.events.EscalationEvent.EscalationClaimed;
import io.gendan.events.EscalationEvent.EscalationRaised;
import io.gendan.events.Territory;
import io.gendan.events.TicketEvent.AssignmentRefused;
import io.gendan.events.TicketEvent.EscalationRefused;
import io.gendan.events.TicketEvent.TicketAccepted;
import io.gendan.events.TicketEvent.TicketEscalated;
import io.gendan.events.TicketEvent.TicketPlaced;
import io.gendan.events.WaitEnd;
import io.gendan.ticket.Ticket.Person;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/** Who has a ticket, at which tier and in which territory. */
final class Ownership extends Telling {

    private final Waiting waiting;
    private final Ending ending;

    Ownership(Telling ticket, Waiting waiting, Ending ending) {
        super(ticket);
        this.waiting = waiting;
        this.ending = ending;
    }

    /**
     * Becomes theirs who open it, who have taken it up already. To whose territory the customer
     * belongs is not known yet.
     *
     * @param servedBy their own territory; absent when they serve all
     */
    void take(Person agent, @Nullable Territory servedBy, String team, Instant now) {
        var own = servedBy == null ? Territory.UNKNOWN : servedBy;
        sayAssigned(agent, Territory.UNKNOWN, own, team, now);
        accept(agent.id(), now);
    }

    void assign(AgentChosen choice, Instant now) {
        var transfer = state.transfer();
        if (transfer != null && transfer.offer() == null && choice.round() == round()) {
            say(transfer.offer(stamp(now), choice));
            return;
        }
        if (choice.round() != round() || !state.agentWanted() || !status().isOpen()) {
            var reason =
                    choice.round() != round()
                            ? "round %d is over, it is round %d".formatted(choice.round(), round())
                            : "no agent is wanted in state " + status();
            say(
                    new AssignmentRefused(
                            id(),
                            round(),
                            stay(),
                            at(now),
                            choice.round(),
                            choice.agent(),
                            reason));
            return;
        }
        endWait(WaitEnd.ASSIGNED, now);
        var agent = new Person(choice.agent(), choice.agentName());
        sayAssigned(agent, choice.territory(), choice.servedBy(), choice.team(), now);
    }

    void place(AgentAwaited line, Instant now) {
        if (line.round() == round() && state.agentWanted() && status().isOpen()) {
            place(line.territory(), line.servedBy(), line.team(), now);
        }
    }

    /**
     * Where the customer of a ticket belongs whose agent did not come by routing is told by this
     * alone, however far the ticket is by then; it stays theirs.
     */
    void place(TeamChosen choice, Instant now) {
        if (state.territory() == Territory.UNKNOWN && state.assignee() != null) {
            var own = state.servedBy() == Territory.UNKNOWN ? choice.territory() : state.servedBy();
            place(
                    choice.territory(),
                    Objects.requireNonNull(own),
                    Objects.requireNonNull(state.team()),
                    now);
        } else if (choice.stay() == stay() && status().isOpen()) {
            place(choice.territory(), choice.servedBy(), choice.team(), now);
        }
    }

    private void place(Territory territory, Territory servedBy, String team, Instant now) {
        if (territory != state.territory()
                || servedBy != state.servedBy()
                || !team.equals(state.team())) {
            say(new TicketPlaced(id(), round(), stay(), at(now), territory, servedBy, team));
        }
    }

    /**
     * Goes to the tier above. What is resolved comes back to work first when its answer was to be
     * filed by then: it climbs in the stay that begins.
     */
    void escalate(EscalationRaised proposal, Instant now) {
        var isLateWithItsAnswer = proposal.clock() == ClockKind.RESOLUTION && ending.owesAnAnswer();
        if (proposal.stay() != stay() || !status().isOpen() && !isLateWithItsAnswer) {
            refuse(proposal.escalationId(), proposal.stay(), now);
            return;
        }
        if (!status().isOpen()) {
            ending.sayReopenedToClimb(now);
        }
        say(
                new TicketEscalated(
                        id(),
                        round() + 1,
                        stay() + 1,
                        at(now),
                        proposal.escalationId(),
                        state.tier(),
                        proposal.toTier(),
                        proposal.cause(),
                        proposal.dueAt(),
                        proposal.at()));
    }

    void assign(EscalationClaimed claim, Instant now) {
        if (claim.stay() != stay() || !status().isOpen()) {
            refuse(claim.escalationId(), claim.stay(), now);
            return;
        }
        endWait(WaitEnd.CLAIMED, now);
        var home = Objects.requireNonNullElse(state.territory(), Territory.UNKNOWN);
        sayAssigned(
                new Person(claim.agent(), claim.agentName()),
                home,
                claim.territory() == null ? home : claim.territory(),
                claim.team(),
                now);
    }

    private void endWait(WaitEnd reason, Instant now) {
        if (status() == TicketStatus.WAITING) {
            waiting.end(reason, now);
        }
    }

    private void refuse(UUID escalationId, int stay, Instant now) {
        var reason =
                stay != stay()
                        ? "stay %d is over, it is stay %d".formatted(stay, stay())
                        : "the ticket is " + status();
        say(new EscalationRefused(id(), round(), stay(), at(now), escalationId, stay, reason));
    }

    void accept(String agent, Instant now) {
        require(Command.ACCEPT);
        say(new TicketAccepted(id(), round(), stay(), at(now), agent));
    }
}
