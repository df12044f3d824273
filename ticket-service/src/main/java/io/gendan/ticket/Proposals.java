package io.gendan.ticket;

import io.gendan.events.AssignmentEvent.AgentAwaited;
import io.gendan.events.AssignmentEvent.AgentChosen;
import io.gendan.events.AssignmentEvent.TeamChosen;
import io.gendan.events.AssignmentEvent.TransferRefused;
import io.gendan.events.EscalationEvent.ClockElapsed;
import io.gendan.events.EscalationEvent.ClockStepped;
import io.gendan.events.EscalationEvent.ClockWarned;
import io.gendan.events.EscalationEvent.DueChanged;
import io.gendan.events.EscalationEvent.EscalationClaimed;
import io.gendan.events.EscalationEvent.EscalationRaised;
import io.gendan.messaging.Origin;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What the other services propose: the ticket takes it or refuses it. */
@Component
@Transactional
public class Proposals {

    private final Changes changes;
    private final Tickets tickets;

    Proposals(Changes changes, Tickets tickets) {
        this.changes = changes;
        this.tickets = tickets;
    }

    public void assign(AgentChosen choice) {
        changes.propose(
                choice.ticketId(),
                new Origin("system:routing", "rules " + choice.decision().ruleVersion()),
                (ticket, now) -> ticket.assign(choice, now));
    }

    public void place(AgentAwaited line) {
        changes.propose(
                line.ticketId(),
                new Origin("system:routing", "nobody is free"),
                (ticket, now) -> ticket.place(line, now));
    }

    public void place(TeamChosen choice) {
        changes.propose(
                choice.ticketId(),
                new Origin("system:routing", "tier " + choice.tier()),
                (ticket, now) -> ticket.place(choice, now));
    }

    public void escalate(EscalationRaised proposal) {
        changes.propose(
                proposal.ticketId(),
                new Origin(
                        "system:escalation",
                        "%s %s due %s"
                                .formatted(proposal.cause(), proposal.clock(), proposal.dueAt())),
                (ticket, now) -> ticket.escalate(proposal, now));
    }

    public void assign(EscalationClaimed claim) {
        changes.propose(
                claim.ticketId(),
                new Origin(
                        claim.agent(),
                        "%s from the queue of tier %d"
                                .formatted(
                                        Boolean.TRUE.equals(claim.picked()) ? "picked" : "claimed",
                                        claim.tier())),
                (ticket, now) -> ticket.assign(claim, now));
    }

    public void elapse(ClockElapsed elapsed) {
        changes.propose(
                elapsed.ticketId(),
                new Origin("system:escalation", elapsed.clock() + " due " + elapsed.dueAt()),
                (ticket, now) -> {
                    var waited = ticket.isOnWait(elapsed.about());
                    ticket.elapse(elapsed, now);
                    if (waited && ticket.memento().status() == TicketStatus.RESOLVED) {
                        tickets.noteResult(ticket.id(), Ticket.NO_REPLY);
                    }
                });
    }

    public void step(ClockStepped stepped) {
        changes.propose(
                stepped.ticketId(),
                new Origin(
                        "system:escalation",
                        "%s due %s".formatted(stepped.step(), stepped.dueAt())),
                (ticket, now) -> ticket.step(stepped, now));
    }

    public void noteDue(DueChanged due) {
        tickets.noteDue(due);
    }

    public void noteWarned(ClockWarned warned) {
        tickets.noteWarned(warned);
    }

    /** Nobody of those whom it should go to can have it. */
    public void refuse(TransferRefused refused) {
        changes.propose(
                refused.ticketId(),
                new Origin("system:routing", refused.reason()),
                (ticket, now) -> ticket.handOver().refuse(refused, now));
    }
}
