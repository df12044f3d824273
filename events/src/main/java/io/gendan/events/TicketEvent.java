package io.gendan.events;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
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

    /**
     * @param promiseId what an {@code AGREED} wait is for; it ends with the promise
     * @param waitId which wait it is, of those that have a limit of their own
     */
    record WaitingStarted(
            UUID ticketId,
            int round,
            int stay,
            Instant at,
            WaitingReason reason,
            @Nullable UUID promiseId,
            @Nullable UUID waitId)
            implements TicketEvent {}

    /**
     * @param reason absent where an older version told it
     */
    record WaitingEnded(UUID ticketId, int round, int stay, Instant at, @Nullable WaitEnd reason)
            implements TicketEvent {}

    /**
     * @param resolvedAs solved, when absent
     * @param surveyId the customer is asked by it whether it is solved; absent when nobody is
     */
    record TicketResolved(
            UUID ticketId,
            int round,
            int stay,
            Instant at,
            String agent,
            String result,
            @Nullable ResolvedAs resolvedAs,
            @Nullable UUID surveyId)
            implements TicketEvent {}

    /** Back to the same agent when there is one, else with a new round. */
    record TicketReopened(UUID ticketId, int round, int stay, Instant at, @Nullable String agent)
            implements TicketEvent {}

    record TicketClosed(UUID ticketId, int round, int stay, Instant at, CloseReason reason)
            implements TicketEvent {}

    /**
     * The customer told what it was like.
     *
     * @param agent whom the score is about
     * @param late after its time: heard, and not held against the agent
     */
    record SurveyAnswered(
            UUID ticketId,
            int round,
            int stay,
            Instant at,
            UUID surveyId,
            String agent,
            Solved solved,
            int score,
            boolean late,
            @Nullable String text)
            implements TicketEvent {}

    /** Its time passed without an answer. */
    record SurveyEnded(UUID ticketId, int round, int stay, Instant at, UUID surveyId)
            implements TicketEvent {}

    /**
     * Closing was due and is not possible while promises are open. The ticket closes for this
     * reason when the last of them was kept or withdrawn, unless it is reopened before.
     */
    record ClosingRefused(
            UUID ticketId,
            int round,
            int stay,
            Instant at,
            CloseReason reason,
            List<UUID> openPromises)
            implements TicketEvent {}

    /**
     * Somebody of ours told the customer what will be done until when. It ends once: kept, broken
     * or withdrawn.
     *
     * @param owner who made it
     * @param dueAt by the clock on the wall
     * @param channel on which it was made
     */
    record PromiseMade(
            UUID ticketId,
            int round,
            int stay,
            Instant at,
            UUID promiseId,
            String owner,
            String ownerName,
            Instant dueAt,
            @Nullable Channel channel,
            String what)
            implements TicketEvent {}

    record PromiseKept(UUID ticketId, int round, int stay, Instant at, UUID promiseId, String agent)
            implements TicketEvent {}

    /** Its time passed and nobody said that it was kept: a cause to climb. */
    record PromiseBroken(
            UUID ticketId, int round, int stay, Instant at, UUID promiseId, Instant dueAt)
            implements TicketEvent {}

    /** It no longer holds, for a reason that the customer can be told. */
    record PromiseWithdrawn(
            UUID ticketId,
            int round,
            int stay,
            Instant at,
            UUID promiseId,
            String agent,
            String reason)
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
