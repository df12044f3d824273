package io.gendan.ticket;

import io.gendan.api.Problem;
import io.gendan.api.Role;
import io.gendan.events.EscalationCause;
import io.gendan.events.HandOffPacket;
import io.gendan.events.Territory;
import io.gendan.messaging.Origin;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import java.util.UUID;

/** What an owner does who cannot, or should not, go on alone. */
@Component
@Transactional
public class HandOverDesk {

    private final Changes changes;
    private final Agents agents;
    private final TransferOffers offers;

    /** To whom a ticket shall go: one of the three. */
    public record Destination(
            @Nullable String agent, @Nullable String team, @Nullable Territory territory) {}

    HandOverDesk(Changes changes, Agents agents, TransferOffers offers) {
        this.changes = changes;
        this.agents = agents;
        this.offers = offers;
    }

    /**
     * Asks somebody of a higher tier, or any leader.
     *
     * @throws Problem 422 for somebody who is not above
     */
    public TicketSnapshot consult(Act act, @Nullable String superior, String question) {
        var asked =
                new Consultation.Question(
                        UUID.randomUUID(),
                        agents.person(act.caller()),
                        superior,
                        Masking.mask(question));
        return changes.work(
                act,
                (ticket, now) -> {
                    if (superior != null && !isAbove(superior, ticket.memento().tier())) {
                        throw Problem.of(422, "not-above", superior).at("/superior");
                    }
                    ticket.handOver().consult(asked, now);
                });
    }

    private boolean isAbove(String account, int tier) {
        return agents.find(account).filter(agent -> agent.tier() > tier).isPresent();
    }

    /** By whoever was asked, or a leader. */
    public TicketSnapshot advise(Act act, UUID consultationId, String text) {
        var caller = act.caller();
        var isLeader = caller.isOneOf(Role.SUPERVISOR);
        var masked = Masking.mask(text);
        return changes.change(
                act,
                null,
                (ticket, now) ->
                        ticket.handOver()
                                .advise(consultationId, caller.id(), isLeader, masked, now));
    }

    /** Wishes that somebody else has it; routing answers whom it is offered to. */
    public TicketSnapshot transfer(Act act, Destination to, String reason) {
        var wish =
                new Transfer.Wish(
                        UUID.randomUUID(), agents.person(act.caller()), to, Masking.mask(reason));
        return changes.work(act, (ticket, now) -> ticket.handOver().transfer(wish, now));
    }

    public TicketSnapshot takeOver(Act act) {
        return changes.change(
                act, null, (ticket, now) -> ticket.handOver().takeOver(act.caller().id(), now));
    }

    public TicketSnapshot decline(Act act, String reason) {
        var masked = Masking.mask(reason);
        return changes.change(
                act,
                reason,
                (ticket, now) -> ticket.handOver().decline(act.caller().id(), masked, now));
    }

    public TicketSnapshot withdrawTransfer(Act act) {
        return changes.work(act, (ticket, now) -> ticket.handOver().withdraw(now));
    }

    /** Nobody is blocked by an offer that is not answered: it goes to the next. */
    void endUnanswered(UUID ticketId) {
        changes.propose(
                ticketId,
                new Origin("system:ticket", "nobody answered the offer in time"),
                (ticket, now) -> {
                    ticket.handOver().endUnanswered(offers.answeredWithin(ticket), now);
                    offers.settle(ticket);
                });
    }

    /**
     * Wants the next tier to have it; the packet is what they need to know.
     *
     * @param byCustomer whether it is the customer who wants that
     */
    public TicketSnapshot escalate(Act act, HandOffPacket packet, boolean byCustomer) {
        var requestId = UUID.randomUUID();
        var masked =
                new HandOffPacket(
                        Masking.mask(packet.tried()),
                        mask(packet.evidence()),
                        Masking.mask(packet.asked()),
                        mask(packet.promised()));
        var cause = byCustomer ? EscalationCause.CUSTOMER : EscalationCause.AGENT;
        return changes.work(
                act,
                (ticket, now) ->
                        ticket.handOver()
                                .askToClimb(
                                        requestId,
                                        agents.person(act.caller()),
                                        cause,
                                        masked,
                                        now));
    }

    private static @Nullable String mask(@Nullable String text) {
        return text == null ? null : Masking.mask(text);
    }

    /** By whoever has the ticket; the other is one that they may see. */
    public TicketSnapshot link(Act act, UUID other) {
        return changes.together(
                act, other, (ticket, linked, now) -> ticket.ties().link(linked, now));
    }

    public TicketSnapshot unlink(Act act, UUID other) {
        return changes.together(
                act, other, (ticket, linked, now) -> ticket.ties().unlink(linked, now));
    }
}
