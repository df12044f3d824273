package io.gendan.events;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * What ticket-service tells about a ticket, and the only source of a ticket's state. Topic {@link
 * Topics#TICKETS}.
 *
 * <p>Every event carries the ticket's {@code round} and {@code stay} as they are after it. They are
 * the fences: a proposal of another service names the one it was made for, and is refused by an
 * event of its own once that is over. {@code at} never decreases for one ticket.
 */
public sealed interface TicketEvent extends Event {

    UUID ticketId();

    /** +1 each time the ticket needs an agent. */
    int round();

    /** +1 each time the ticket enters a tier. */
    int stay();

    @Override
    default String key() {
        return ticketId().toString();
    }

    record TicketCreated(
            UUID ticketId,
            int round,
            int stay,
            Instant at,
            String number,
            Kind kind,
            @Nullable Phase phase,
            String category,
            Channel channel,
            Priority priority,
            @Nullable Major major,
            boolean vip,
            UUID customerId,
            @Nullable String orderId,
            @Nullable String sellerId,
            Region region,
            int tier,
            TicketTexts texts)
            implements TicketEvent {}

    /** The territory and the team that serves it are known; no agent has it yet. */
    record TicketPlaced(
            UUID ticketId,
            int round,
            int stay,
            Instant at,
            Territory territory,
            Territory servedBy,
            String team)
            implements TicketEvent {}

    /** An agent has it, by routing's choice or by a claim at a higher tier. */
    record TicketAssigned(
            UUID ticketId,
            int round,
            int stay,
            Instant at,
            Territory territory,
            Territory servedBy,
            String team,
            int tier,
            String agent,
            String agentName,
            String responsible,
            String responsibleName)
            implements TicketEvent {}

    /** A choice that came too late; the ticket stays as it is. */
    record AssignmentRefused(
            UUID ticketId,
            int round,
            int stay,
            Instant at,
            int refusedRound,
            String agent,
            String reason)
            implements TicketEvent {}

    record TicketAccepted(UUID ticketId, int round, int stay, Instant at, String agent)
            implements TicketEvent {}

    /** The customer said something. */
    record MessageReceived(
            UUID ticketId, int round, int stay, Instant at, UUID messageId, String text)
            implements TicketEvent {}

    /** An agent said something to the customer: stops the response clocks. */
    record MessageSent(
            UUID ticketId,
            int round,
            int stay,
            Instant at,
            UUID messageId,
            String agent,
            String text)
            implements TicketEvent {}

    record WaitingStarted(UUID ticketId, int round, int stay, Instant at, WaitingReason reason)
            implements TicketEvent {}

    record WaitingEnded(UUID ticketId, int round, int stay, Instant at) implements TicketEvent {}

    record TicketResolved(
            UUID ticketId, int round, int stay, Instant at, String agent, String result)
            implements TicketEvent {}

    /** Back to the same agent when there is one, else with a new round. */
    record TicketReopened(UUID ticketId, int round, int stay, Instant at, @Nullable String agent)
            implements TicketEvent {}

    record TicketClosed(UUID ticketId, int round, int stay, Instant at, CloseReason reason)
            implements TicketEvent {}

    /**
     * The ticket climbed: this, not the proposal, is the escalation. Until somebody of the new tier
     * claims it the old assignee stays answerable to the customer.
     */
    record TicketEscalated(
            UUID ticketId,
            int round,
            int stay,
            Instant at,
            UUID escalationId,
            int fromTier,
            int toTier,
            EscalationCause cause,
            Instant dueAt,
            Instant raisedAt)
            implements TicketEvent {}

    /** A proposal to climb, or a claim, that came too late; the ticket stays as it is. */
    record EscalationRefused(
            UUID ticketId,
            int round,
            int stay,
            Instant at,
            UUID escalationId,
            int refusedStay,
            String reason)
            implements TicketEvent {}
}
