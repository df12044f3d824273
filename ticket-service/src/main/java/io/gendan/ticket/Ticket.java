package io.gendan.ticket;

import io.gendan.events.AssignmentEvent.AgentAwaited;
import io.gendan.events.AssignmentEvent.AgentChosen;
import io.gendan.events.AssignmentEvent.TeamChosen;
import io.gendan.events.ClockKind;
import io.gendan.events.CloseReason;
import io.gendan.events.EscalationEvent.ClockElapsed;
import io.gendan.events.EscalationEvent.EscalationClaimed;
import io.gendan.events.EscalationEvent.EscalationRaised;
import io.gendan.events.Territory;
import io.gendan.events.TicketEvent;
import io.gendan.events.TicketEvent.AssignmentRefused;
import io.gendan.events.TicketEvent.EscalationRefused;
import io.gendan.events.TicketEvent.MessageReceived;
import io.gendan.events.TicketEvent.MessageSent;
import io.gendan.events.TicketEvent.TicketAccepted;
import io.gendan.events.TicketEvent.TicketAssigned;
import io.gendan.events.TicketEvent.TicketClosed;
import io.gendan.events.TicketEvent.TicketCreated;
import io.gendan.events.TicketEvent.TicketEscalated;
import io.gendan.events.TicketEvent.TicketPlaced;
import io.gendan.events.TicketEvent.TicketReopened;
import io.gendan.events.TicketEvent.TicketResolved;
import io.gendan.events.TicketEvent.WaitingEnded;
import io.gendan.events.TicketEvent.WaitingStarted;
import io.gendan.events.WaitingReason;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One customer problem; somebody is responsible for it until it is closed.
 *
 * <p>Its state is a function of its events: verbs decide and return the events, {@link #apply}
 * alone changes the state, and folding the log with {@link #replay} gives the same ticket again.
 * Proposals of other services are fenced by round and stay, and come out as an event whether taken
 * or refused; a proposal that is neither (nothing would change) comes out empty.
 */
final class Ticket {

    private final TicketCreated created;
    private TicketStatus status = TicketStatus.NEW;
    private @Nullable WaitingReason waitingReason;
    private @Nullable Territory territory;
    private @Nullable Territory servedBy;
    private @Nullable String team;
    private int tier;
    private @Nullable Person assignee;
    private @Nullable Person responsible;
    private int round;
    private int stay;
    private boolean agentWanted = true;
    private long version = 1;
    private Instant updatedAt;
    private @Nullable Instant resolvedAt;
    private @Nullable Instant closedAt;
    private final List<TicketEvent> news = new ArrayList<>();

    /** Somebody of ours, by account and display name. */
    record Person(String id, String name) {}

    private Ticket(TicketCreated created) {
        this.created = created;
        this.tier = created.tier();
        this.round = created.round();
        this.stay = created.stay();
        this.updatedAt = created.at();
    }

    static Ticket of(TicketCreated created) {
        return new Ticket(created);
    }

    /** The state kept beside the log, as {@link Tickets} reads it. */
    static Ticket restored(TicketCreated created, Memento memento) {
        var ticket = new Ticket(created);
        ticket.status = memento.status();
        ticket.waitingReason = memento.waitingReason();
        ticket.territory = memento.territory();
        ticket.servedBy = memento.servedBy();
        ticket.team = memento.team();
        ticket.tier = memento.tier();
        ticket.assignee = memento.assignee();
        ticket.responsible = memento.responsible();
        ticket.round = memento.round();
        ticket.stay = memento.stay();
        ticket.agentWanted = memento.agentWanted();
        ticket.version = memento.version();
        ticket.updatedAt = memento.updatedAt();
        ticket.resolvedAt = memento.resolvedAt();
        ticket.closedAt = memento.closedAt();
        return ticket;
    }

    /**
     * The ticket as its log tells it.
     *
     * @throws IllegalArgumentException if the first event does not create a ticket
     */
    static Ticket replay(List<TicketEvent> log) {
        if (log.isEmpty() || !(log.getFirst() instanceof TicketCreated created)) {
            throw new IllegalArgumentException("A ticket's log begins with its creation");
        }
        var ticket = new Ticket(created);
        ticket.replayMore(log.subList(1, log.size()));
        return ticket;
    }

    /** What the log tells after that. */
    void replayMore(List<TicketEvent> log) {
        log.forEach(this::apply);
    }

    void assign(AgentChosen choice, Instant now) {
        var agent = new Person(choice.agent(), choice.agentName());
        if (choice.round() != round || !agentWanted || !status.isOpen()) {
            say(
                    new AssignmentRefused(
                            id(),
                            round,
                            stay,
                            at(now),
                            choice.round(),
                            choice.agent(),
                            choice.round() != round
                                    ? "round %d is over, it is round %d"
                                            .formatted(choice.round(), round)
                                    : "no agent is wanted in state " + status));
            return;
        }
        sayAssigned(agent, choice.territory(), choice.servedBy(), choice.team(), now);
    }

    void place(AgentAwaited line, Instant now) {
        if (line.round() == round && agentWanted && status.isOpen()) {
            place(line.territory(), line.servedBy(), line.team(), now);
        }
    }

    void place(TeamChosen choice, Instant now) {
        if (choice.stay() == stay && status.isOpen()) {
            place(choice.territory(), choice.servedBy(), choice.team(), now);
        }
    }

    private void place(Territory territory, Territory servedBy, String team, Instant now) {
        if (territory != this.territory || servedBy != this.servedBy || !team.equals(this.team)) {
            say(new TicketPlaced(id(), round, stay, at(now), territory, servedBy, team));
        }
    }

    void escalate(EscalationRaised proposal, Instant now) {
        if (proposal.stay() != stay || !status.isOpen()) {
            var reason =
                    proposal.stay() != stay
                            ? "stay %d is over, it is stay %d".formatted(proposal.stay(), stay)
                            : "the ticket is " + status;
            refuse(proposal.escalationId(), proposal.stay(), reason, now);
            return;
        }
        say(
                new TicketEscalated(
                        id(),
                        round + 1,
                        stay + 1,
                        at(now),
                        proposal.escalationId(),
                        tier,
                        proposal.toTier(),
                        proposal.cause(),
                        proposal.dueAt(),
                        proposal.at()));
    }

    void assign(EscalationClaimed claim, Instant now) {
        if (claim.stay() != stay || !status.isOpen()) {
            var reason =
                    claim.stay() != stay
                            ? "stay %d is over, it is stay %d".formatted(claim.stay(), stay)
                            : "the ticket is " + status;
            refuse(claim.escalationId(), claim.stay(), reason, now);
            return;
        }
        if (status == TicketStatus.WAITING) {
            say(new WaitingEnded(id(), round, stay, at(now)));
        }
        var territory = this.territory == null ? Territory.UNKNOWN : this.territory;
        sayAssigned(
                new Person(claim.agent(), claim.agentName()),
                territory,
                claim.territory() == null ? territory : claim.territory(),
                claim.team(),
                now);
    }

    private void refuse(UUID escalationId, int refusedStay, String reason, Instant now) {
        say(new EscalationRefused(id(), round, stay, at(now), escalationId, refusedStay, reason));
    }

    private void sayAssigned(
            Person agent, Territory territory, Territory servedBy, String team, Instant now) {
        var accountable = responsible == null ? agent : responsible;
        say(
                new TicketAssigned(
                        id(),
                        round,
                        stay,
                        at(now),
                        territory,
                        servedBy,
                        team,
                        tier,
                        agent.id(),
                        agent.name(),
                        accountable.id(),
                        accountable.name()));
    }

    void accept(String agent, Instant now) {
        require(Command.ACCEPT);
        say(new TicketAccepted(id(), round, stay, at(now), agent));
    }

    void answer(UUID messageId, String agent, String text, Instant now) {
        require(Command.ANSWER);
        if (status == TicketStatus.ASSIGNED) {
            say(new TicketAccepted(id(), round, stay, at(now), agent));
        }
        say(new MessageSent(id(), round, stay, at(now), messageId, agent, text));
    }

    void hear(UUID messageId, String text, Instant now) {
        require(Command.HEAR);
        say(new MessageReceived(id(), round, stay, at(now), messageId, text));
        if (status == TicketStatus.WAITING) {
            say(new WaitingEnded(id(), round, stay, at(now)));
        } else if (status == TicketStatus.RESOLVED) {
            say(new TicketReopened(id(), round, stay + 1, at(now), assignee().id()));
        }
    }

    void await(WaitingReason reason, Instant now) {
        require(Command.WAIT);
        say(new WaitingStarted(id(), round, stay, at(now), reason));
    }

    void resume(Instant now) {
        require(Command.RESUME);
        say(new WaitingEnded(id(), round, stay, at(now)));
    }

    void resolve(String agent, String result, Instant now) {
        require(Command.RESOLVE);
        say(new TicketResolved(id(), round, stay, at(now), agent, result));
    }

    void confirm(Instant now) {
        require(Command.CONFIRM);
        say(new TicketClosed(id(), round, stay, at(now), CloseReason.CONFIRMED));
    }

    void close(CloseReason reason, Instant now) {
        require(Command.CLOSE);
        say(new TicketClosed(id(), round, stay, at(now), reason));
    }

    /** Silence after a resolution is consent, unless the customer has objected since. */
    void elapse(ClockElapsed clock, Instant now) {
        if (clock.clock() == ClockKind.CONFIRMATION
                && clock.stay() == stay
                && status == TicketStatus.RESOLVED) {
            say(new TicketClosed(id(), round, stay, at(now), CloseReason.NO_OBJECTION));
        }
    }

    private void require(Command command) {
        if (!command.isLegalIn(status)) {
            throw new TransitionRefused(id(), status, command);
        }
    }

    private void say(TicketEvent event) {
        apply(event);
        news.add(event);
    }

    private Instant at(Instant now) {
        return now.isBefore(updatedAt) ? updatedAt : now;
    }

    private void apply(TicketEvent event) {
        version++;
        updatedAt = event.at();
        round = event.round();
        stay = event.stay();
        switch (event) {
            case TicketCreated again ->
                    throw new IllegalArgumentException("Created again: " + again.ticketId());
            case TicketPlaced placed -> {
                territory = placed.territory();
                servedBy = placed.servedBy();
                team = placed.team();
            }
            case TicketAssigned assigned -> {
                territory = assigned.territory();
                servedBy = assigned.servedBy();
                team = assigned.team();
                assignee = new Person(assigned.agent(), assigned.agentName());
                responsible = new Person(assigned.responsible(), assigned.responsibleName());
                become(TicketStatus.ASSIGNED);
            }
            case TicketAccepted _ -> {
                agentWanted = false;
                become(TicketStatus.IN_PROGRESS);
            }
            case MessageSent _ -> {
                if (status == TicketStatus.REOPENED) {
                    become(TicketStatus.IN_PROGRESS);
                }
            }
            case WaitingStarted waiting -> {
                become(TicketStatus.WAITING);
                waitingReason = waiting.reason();
            }
            case WaitingEnded _ -> become(TicketStatus.IN_PROGRESS);
            case TicketResolved resolved -> {
                become(TicketStatus.RESOLVED);
                resolvedAt = resolved.at();
            }
            case TicketReopened _ -> {
                become(TicketStatus.REOPENED);
                resolvedAt = null;
            }
            case TicketClosed closed -> {
                become(TicketStatus.CLOSED);
                closedAt = closed.at();
            }
            case TicketEscalated escalated -> {
                tier = escalated.toTier();
                agentWanted = true;
            }
            case MessageReceived _, AssignmentRefused _, EscalationRefused _ -> {
                // said, and nothing about the ticket is different
            }
        }
    }

    private void become(TicketStatus next) {
        status = next;
        waitingReason = null;
    }

    /** The events since the ticket was loaded, in order; the next call gives none. */
    List<TicketEvent> drainNews() {
        var drained = List.copyOf(news);
        news.clear();
        return drained;
    }

    UUID id() {
        return created.ticketId();
    }

    TicketCreated created() {
        return created;
    }

    boolean isAssignedTo(String agent) {
        return assignee != null && assignee.id().equals(agent);
    }

    private Person assignee() {
        return Optional.ofNullable(assignee).orElseThrow();
    }

    Memento memento() {
        return new Memento(
                status,
                waitingReason,
                territory,
                servedBy,
                team,
                tier,
                assignee,
                responsible,
                round,
                stay,
                agentWanted,
                version,
                updatedAt,
                resolvedAt,
                closedAt);
    }

    /** All of a ticket that changes, as a value. */
    record Memento(
            TicketStatus status,
            @Nullable WaitingReason waitingReason,
            @Nullable Territory territory,
            @Nullable Territory servedBy,
            @Nullable String team,
            int tier,
            @Nullable Person assignee,
            @Nullable Person responsible,
            int round,
            int stay,
            boolean agentWanted,
            long version,
            Instant updatedAt,
            @Nullable Instant resolvedAt,
            @Nullable Instant closedAt) {}
}
