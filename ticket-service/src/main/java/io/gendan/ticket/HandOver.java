package io.gendan.ticket;

import io.gendan.api.Problem;
import io.gendan.events.AssignmentEvent.TransferRefused;
import io.gendan.events.EscalationCause;
import io.gendan.events.HandOffPacket;
import io.gendan.events.TicketEvent.ConsultationAnswered;
import io.gendan.events.TicketEvent.TicketAccepted;
import io.gendan.events.Topics;
import io.gendan.events.TransferOutcome;
import io.gendan.events.WaitEnd;
import io.gendan.ticket.Ticket.Person;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** What the owner of a ticket does who cannot, or should not, go on alone. */
final class HandOver extends Telling {

    private final Waiting waiting;

    HandOver(Telling ticket, Waiting waiting) {
        super(ticket);
        this.waiting = waiting;
    }

    /**
     * Somebody else shall have it, and has it once they accept. Until then nothing is different,
     * but that the choices made for the round before are over.
     *
     * @throws Problem 409 while another wish is open, or while the ticket stands in a tier's queue
     */
    void transfer(Transfer.Wish wish, Instant now) {
        require(Command.TRANSFER);
        if (state.transfer() != null || state.agentWanted() || state.isInQueue()) {
            throw Problem.of(409, "transfer-pending");
        }
        say(wish.told(stamp(now).inNextRound()));
    }

    /** Routing found nobody there who can take it. */
    void refuse(TransferRefused refused, Instant now) {
        var transfer = state.transfer();
        if (transfer != null && transfer.offer() == null && refused.round() == round()) {
            say(transfer.end(stamp(now), TransferOutcome.REFUSED, refused.reason()));
        }
    }

    /**
     * @throws Problem 409 when it is not offered to them
     */
    void takeOver(String agent, Instant now) {
        require(Command.TAKE_OVER);
        var offer = Objects.requireNonNull(requireOffered(agent).offer());
        if (status() == TicketStatus.WAITING) {
            waiting.end(WaitEnd.TRANSFERRED, now);
        }
        var home = Objects.requireNonNullElse(state.territory(), offer.servedBy());
        sayAssigned(offer.agent(), home, offer.servedBy(), offer.team(), now);
        say(new TicketAccepted(id(), round(), stay(), at(now), agent));
    }

    /**
     * @throws Problem 409 when it is not offered to them
     */
    void decline(String agent, String reason, Instant now) {
        require(Command.DECLINE);
        passOn(requireOffered(agent), TransferOutcome.DECLINED, reason, now);
    }

    /** Whoever it was offered to did not answer in time; an answer meanwhile counts. */
    void endUnanswered(Duration answeredWithin, Instant now) {
        var transfer = state.transfer();
        if (transfer != null && transfer.isOver(answeredWithin, now)) {
            passOn(transfer, TransferOutcome.EXPIRED, null, now);
        }
    }

    /** Who does not take it is not asked again; the next one there is, unless it was for them. */
    private void passOn(
            Transfer transfer, TransferOutcome outcome, @Nullable String reason, Instant now) {
        var next = transfer.again(stamp(now).inNextRound());
        if (next.isPresent()) {
            say(next.get());
        } else {
            say(transfer.end(stamp(now), outcome, reason));
        }
    }

    /** Since when somebody has the offer of it; absent when nobody has. */
    @Nullable Instant offeredAt() {
        return state.transfer() == null ? null : state.transfer().offeredAt();
    }

    /**
     * @throws Problem 409 when there is no wish to take back
     */
    void withdraw(Instant now) {
        require(Command.WITHDRAW_TRANSFER);
        var transfer = state.transfer();
        if (transfer == null) {
            throw Problem.of(409, "no-transfer");
        }
        say(transfer.end(stamp(now), TransferOutcome.WITHDRAWN, null));
    }

    private Transfer requireOffered(String agent) {
        var transfer = state.transfer();
        if (transfer == null || !transfer.isOfferedTo(agent)) {
            throw Problem.of(409, "no-transfer");
        }
        return transfer;
    }

    void consult(Consultation.Question question, Instant now) {
        require(Command.CONSULT);
        requireRoom((int) state.consultations().stream().filter(Consultation::isOpen).count());
        say(question.told(stamp(now)));
    }

    /**
     * @param isLeader who may answer whatever was asked of no one else
     * @throws Problem 404 when nobody asked that, 403 when they were not asked, 409 when it was
     *     answered
     */
    void advise(UUID consultationId, String by, boolean isLeader, String text, Instant now) {
        require(Command.ADVISE);
        var asked = consultation(consultationId).orElseThrow(Problem::notFound);
        if (!isLeader && !by.equals(asked.superior())) {
            throw Problem.of(403, "not-consulted");
        }
        if (asked.answer() != null) {
            throw Problem.of(409, "consultation-over");
        }
        say(new ConsultationAnswered(id(), round(), stay(), at(now), consultationId, by, text));
    }

    private Optional<Consultation> consultation(UUID id) {
        return state.consultations().stream().filter(one -> one.id().equals(id)).findFirst();
    }

    Person asker(UUID consultationId) {
        return consultation(consultationId).orElseThrow().by();
    }

    /**
     * The next tier shall have it.
     *
     * @throws Problem 409 at the last tier, while it stands in a tier's queue, and when it was
     *     asked for in this stay already
     */
    void askToClimb(
            UUID requestId, Person by, EscalationCause cause, HandOffPacket packet, Instant now) {
        require(Command.ESCALATE);
        if (state.tier() >= Topics.LAST_TIER) {
            throw Problem.of(409, "last-tier");
        }
        if (state.isInQueue() || Objects.equals(state.askedToClimbIn(), stay())) {
            throw Problem.of(409, "climbs-already");
        }
        sayAskedToClimb(requestId, by, cause, packet, now);
    }
}
