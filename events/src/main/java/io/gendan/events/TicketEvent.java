package io.gendan.events;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
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

    /** +1 each time the ticket enters a tier, or comes back from a merge. */
    int stay();

    @Override
    default String key() {
        return ticketId().toString();
    }

    /**
     * What the ticket's own people know and did, told for its timeline: who has the ticket, where
     * it stands and when anything is due are as before. A listener to whom such an event comes to
     * mean something names it before it passes over the rest.
     */
    sealed interface OnRecord {}

    /**
     * @param authority through whom it came, of a complaint from outside; also of a request about
     *     personal data
     * @param takenBy the agent who opened it and keeps it: {@link TicketAssigned} follows, and
     *     nobody is to be sought
     * @param followUpOf the closed ticket that the customer wrote to
     * @param repeatOf the ticket that was closed a short time ago about the same matter: that was
     *     not solved at the first contact
     * @param rules version of the rules that it is served by
     * @param reopens of a follow-up: whether it came soon enough to go to the same agent and to
     *     count as a reopening of the closed ticket; absent before the closed ticket's rules were
     *     asked
     * @param claim what the customer claims in money, in yuan; absent when nothing
     * @param taxonomy version of the taxonomy that the category is of
     * @param productId what it is about, as the shop names it; absent when nobody said
     */
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
            TicketTexts texts,
            @Nullable Authority authority,
            @Nullable String takenBy,
            @Nullable UUID followUpOf,
            @Nullable UUID repeatOf,
            @Nullable String rules,
            @Nullable Boolean reopens,
            @Nullable BigDecimal claim,
            @Nullable String taxonomy,
            @Nullable String productId)
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

    /**
     * The customer said something.
     *
     * @param contactId the call or chat that it belongs to
     * @param sentAt when it was written, as its channel says
     * @param thanks true for mere thanks, which bring nothing back to work and are owed no answer;
     *     an older version tells so of those only that came after a solution
     */
    record MessageReceived(
            UUID ticketId,
            int round,
            int stay,
            Instant at,
            UUID messageId,
            String text,
            @Nullable UUID contactId,
            @Nullable Instant sentAt,
            @Nullable Boolean thanks)
            implements TicketEvent {}

    /**
     * An agent said something to the customer: stops the response clocks.
     *
     * @param contactId the call or chat that it belongs to
     */
    record MessageSent(
            UUID ticketId,
            int round,
            int stay,
            Instant at,
            UUID messageId,
            String agent,
            String text,
            @Nullable UUID contactId)
            implements TicketEvent {}

    /**
     * @param promiseId what an {@code AGREED} wait is for; it ends with the promise
     * @param waitId which wait it is, of those that have a limit of their own
     * @param search whether the carrier looks for the parcel meanwhile, which takes its own time;
     *     absent when not
     */
    record WaitingStarted(
            UUID ticketId,
            int round,
            int stay,
            Instant at,
            WaitingReason reason,
            @Nullable UUID promiseId,
            @Nullable UUID waitId,
            @Nullable Boolean search)
            implements TicketEvent {}

    /**
     * The customer is to be told again that we wait for them.
     *
     * @param waitId which wait it is about; it goes on
     */
    record CustomerReminded(UUID ticketId, int round, int stay, Instant at, UUID waitId)
            implements TicketEvent, OnRecord {}

    /**
     * @param reason absent where an older version told it
     * @param waitedFor so, too
     * @param search whether the carrier looked for the parcel; absent when not
     */
    record WaitingEnded(
            UUID ticketId,
            int round,
            int stay,
            Instant at,
            @Nullable WaitEnd reason,
            @Nullable WaitingReason waitedFor,
            @Nullable Boolean search)
            implements TicketEvent {}

    /**
     * @param resolvedAs solved, when absent
     * @param surveyId the customer is asked by it whether it is solved; absent when nobody is
     * @param responsibleSide who is at fault, of a complaint
     * @param rootCause what went wrong, of a complaint
     * @param suggestionOutcome what becomes of a suggestion
     * @param proof by which of the signs that its category knows it counts as solved
     * @param asksAt when the customer is asked, which may be the next morning; absent when nobody
     *     is, and where an older version told it
     * @param explanation what more they say about that, a line for each thing that it asks for
     */
    record TicketResolved(
            UUID ticketId,
            int round,
            int stay,
            Instant at,
            String agent,
            String result,
            @Nullable ResolvedAs resolvedAs,
            @Nullable UUID surveyId,
            @Nullable ResponsibleSide responsibleSide,
            @Nullable RootCause rootCause,
            @Nullable SuggestionOutcome suggestionOutcome,
            @Nullable String proof,
            @Nullable Instant asksAt,
            @Nullable String explanation)
            implements TicketEvent {}

    /**
     * Back to the same agent when they can go on with it, else with a new round: at the first tier
     * somebody is sought, above it the ticket stands in the queue of its tier again.
     *
     * @param by who says that it is no solution: {@code customer}, or one of us; absent when that
     *     follows from something else
     * @param said how they say it; masked
     */
    record TicketReopened(
            UUID ticketId,
            int round,
            int stay,
            Instant at,
            @Nullable String agent,
            @Nullable String by,
            @Nullable String said)
            implements TicketEvent {}

    /**
     * @param by who closed it by hand
     * @param explanation what they say about it
     */
    record TicketClosed(
            UUID ticketId,
            int round,
            int stay,
            Instant at,
            CloseReason reason,
            @Nullable String by,
            @Nullable String explanation)
            implements TicketEvent {}

    /** Nothing is left to do: the customer wants it no more, or a leader says why. */
    record TicketCancelled(UUID ticketId, int round, int stay, Instant at, String by, String reason)
            implements TicketEvent {}

    /** One of us tells the others something that the customer never sees. */
    record NoteAdded(
            UUID ticketId, int round, int stay, Instant at, UUID noteId, String author, String text)
            implements TicketEvent, OnRecord {}

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
     * Closing was due and is not possible while promises are open, something of its procedure is
     * missing, or nobody has said whether it is major as it sounds. The ticket closes for this
     * reason when nothing of that is left, unless it is reopened before.
     *
     * @param missing codes of the steps that are mandatory and not done
     * @param unjudged what is proposed by {@link MajorProposed} and not answered
     */
    record ClosingRefused(
            UUID ticketId,
            int round,
            int stay,
            Instant at,
            CloseReason reason,
            List<UUID> openPromises,
            @Nullable List<String> missing,
            @Nullable List<UUID> unjudged)
            implements TicketEvent {}

    /**
     * The ticket is solved and not closed, longer than it may be. It stays so; whoever has it and
     * the leaders are told what is left, and the time runs anew.
     *
     * @param dueAt by when it was to be closed
     * @param reason for which it closes when nothing is left; absent while it waits to be confirmed
     * @param missing codes of the steps that are mandatory and not done
     * @param unjudged what is proposed by {@link MajorProposed} and not answered
     */
    record ClosingOverdue(
            UUID ticketId,
            int round,
            int stay,
            Instant at,
            Instant dueAt,
            @Nullable CloseReason reason,
            List<UUID> openPromises,
            @Nullable List<String> missing,
            @Nullable List<UUID> unjudged)
            implements TicketEvent {}

    /**
     * Somebody of ours told the customer what will be done until when. It ends once: kept, broken
     * or withdrawn.
     *
     * @param owner who is to keep it
     * @param dueAt by the clock on the wall
     * @param channel on which it was made
     * @param purpose an agent's own, when absent
     * @param notBy who may not be the one who keeps it: the customer complained about them
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
            String what,
            @Nullable PromisePurpose purpose,
            @Nullable String notBy)
            implements TicketEvent {}

    record PromiseKept(UUID ticketId, int round, int stay, Instant at, UUID promiseId, String agent)
            implements TicketEvent {}

    /**
     * Its time passed and nobody said that it was kept: a cause to climb.
     *
     * @param purpose absent when an older version told it, whatever it was for
     */
    record PromiseBroken(
            UUID ticketId,
            int round,
            int stay,
            Instant at,
            UUID promiseId,
            Instant dueAt,
            @Nullable PromisePurpose purpose)
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

    /**
     * A promise that goes on at another ticket, as it was.
     *
     * @param madeAt when the customer was told
     */
    record MovedPromise(
            UUID promiseId,
            String owner,
            String ownerName,
            Instant dueAt,
            @Nullable Channel channel,
            String what,
            Instant madeAt,
            @Nullable PromisePurpose purpose,
            @Nullable String notBy) {}

    /**
     * The same matter is gone after in another ticket, which tells {@link TicketAbsorbed}. Nothing
     * happens here any more, unless the merge is undone.
     *
     * @param promises those that were open: they go on at the other one
     */
    record TicketMerged(
            UUID ticketId,
            int round,
            int stay,
            Instant at,
            UUID into,
            String intoNumber,
            String reason,
            List<UUID> promises)
            implements TicketEvent {}

    /**
     * Another ticket was merged into this one.
     *
     * @param mergedNumber the other one's number
     * @param askedAt since when the customer waits for the other one
     * @param promises the other one's open ones: they are this one's now
     * @param urgedAt when the customer asked again about the other one, as far as that counts here
     *     now; absent when they did not of late
     */
    record TicketAbsorbed(
            UUID ticketId,
            int round,
            int stay,
            Instant at,
            UUID mergedTicket,
            String mergedNumber,
            Instant askedAt,
            List<MovedPromise> promises,
            @Nullable List<Instant> urgedAt)
            implements TicketEvent {}

    /**
     * The merge was undone: the ticket is where it was before, with the same agent if it had one,
     * but in a new round and a new stay, so that nothing counts that was proposed before.
     *
     * @param from where it was merged into
     * @param waitingReason what it waits for again; absent when it did not wait
     * @param waitId which wait that is, if it has a limit of its own
     * @param promises those that are still open, and its own again
     */
    record TicketUnmerged(
            UUID ticketId,
            int round,
            int stay,
            Instant at,
            UUID from,
            @Nullable String reason,
            @Nullable WaitingReason waitingReason,
            @Nullable UUID waitId,
            List<UUID> promises)
            implements TicketEvent {}

    /**
     * A ticket that was merged into this one is on its own again.
     *
     * @param askedAt since when the customer waits for what is left
     * @param promises those that went back with the other one
     */
    record TicketReleased(
            UUID ticketId,
            int round,
            int stay,
            Instant at,
            UUID mergedTicket,
            Instant askedAt,
            List<UUID> promises)
            implements TicketEvent {}

    /**
     * What the ticket is about turned out otherwise: all of it, as it is now. In a new round when
     * another agent may be the right one for that.
     *
     * @param claim what the customer claims in money, in yuan; absent when nothing
     * @param authority through whom it came, also when that was known before; absent in what was
     *     said before such a letter could come later
     * @param taxonomy version of the taxonomy that the category is of
     * @param noAuthority true when the letter that it carried is not its own after all; absent
     *     otherwise
     */
    record FactsChanged(
            UUID ticketId,
            int round,
            int stay,
            Instant at,
            Kind kind,
            @Nullable Phase phase,
            String category,
            Priority priority,
            @Nullable Major major,
            Region region,
            @Nullable String reason,
            @Nullable BigDecimal claim,
            @Nullable Authority authority,
            @Nullable String taxonomy,
            @Nullable Boolean noAuthority)
            implements TicketEvent {}

    /**
     * What the customer says sounds major. Somebody is to say whether it is: {@link FactsChanged}
     * tells that it is, {@link MajorRefused} that it is not.
     *
     * @param word of the rules, by which it sounds so
     */
    record MajorProposed(
            UUID ticketId,
            int round,
            int stay,
            Instant at,
            UUID proposalId,
            Major major,
            String word)
            implements TicketEvent, OnRecord {}

    /** It is not major, whatever it sounds like. */
    record MajorRefused(
            UUID ticketId,
            int round,
            int stay,
            Instant at,
            UUID proposalId,
            Major major,
            String by,
            String reason)
            implements TicketEvent, OnRecord {}

    /** A step of the ticket's procedure was done. */
    record StepDone(
            UUID ticketId,
            int round,
            int stay,
            Instant at,
            String step,
            String by,
            @Nullable String note)
            implements TicketEvent, OnRecord {}

    /** What a complaint taught us. */
    record ReviewWritten(
            UUID ticketId, int round, int stay, Instant at, String by, String cause, String measure)
            implements TicketEvent, OnRecord {}

    /**
     * The authority, or who asks about their data, has our answer.
     *
     * @param reference under which they keep it
     */
    record AnswerFiled(
            UUID ticketId,
            int round,
            int stay,
            Instant at,
            String by,
            String text,
            LocalDate filedOn,
            @Nullable String reference)
            implements TicketEvent, OnRecord {}

    /**
     * The customer asked again about it: the owner owes an answer.
     *
     * @param count how often that is in all
     * @param channel where they asked
     * @param text what they said; empty when nothing
     */
    record TicketUrged(
            UUID ticketId,
            int round,
            int stay,
            Instant at,
            UUID urgeId,
            Channel channel,
            int count,
            String text)
            implements TicketEvent {}

    /**
     * One call or one chat, answered or not; may be told days later.
     *
     * @param urgeId by which the customer asked again in it; told with it, just before
     * @param solved whether it is, as the customer says in it
     */
    record ContactRecorded(
            UUID ticketId,
            int round,
            int stay,
            Instant at,
            UUID contactId,
            Channel channel,
            ContactOutcome outcome,
            Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable UUID urgeId,
            @Nullable Solved solved)
            implements TicketEvent {

        /** The last of it that is known: of one that goes on, when it began. */
        public Instant lastedUntil() {
            return endedAt == null ? startedAt : endedAt;
        }

        /**
         * Until when it answers what the customer asked: nothing that came after it. Absent when
         * nobody answered, or it was over before there was the ticket, unless that was opened with
         * it.
         */
        public Optional<Instant> answersUntil(Instant createdAt) {
            var isBefore = lastedUntil().isBefore(createdAt) && !at.equals(createdAt);
            if (outcome != ContactOutcome.ANSWERED || isBefore) {
                return Optional.empty();
            }
            var isOver = lastedUntil().isBefore(at) && !at.equals(createdAt);
            return Optional.of(isOver ? lastedUntil() : at);
        }

        /** Whether it answers what the customer asked again in it, which was told with it only. */
        public boolean answersItsUrge() {
            return urgeId != null && outcome == ContactOutcome.ANSWERED;
        }
    }

    /**
     * One of us called the customer.
     *
     * @param promiseId which promise the call is for
     * @param nextTryAt when it is tried again
     * @param solved whether it is, as the customer says on the phone
     */
    record CallAttempted(
            UUID ticketId,
            int round,
            int stay,
            Instant at,
            UUID callId,
            String agent,
            CallOutcome outcome,
            @Nullable UUID promiseId,
            @Nullable Instant nextTryAt,
            @Nullable String note,
            @Nullable Solved solved)
            implements TicketEvent {}

    /**
     * The owner asks somebody above, and stays the owner.
     *
     * @param superior absent when any leader may answer
     */
    record Consulted(
            UUID ticketId,
            int round,
            int stay,
            Instant at,
            UUID consultationId,
            String by,
            String byName,
            @Nullable String superior,
            String question)
            implements TicketEvent, OnRecord {}

    record ConsultationAnswered(
            UUID ticketId,
            int round,
            int stay,
            Instant at,
            UUID consultationId,
            String by,
            String text)
            implements TicketEvent, OnRecord {}

    /**
     * The owner wants somebody else to have it, and stays the owner until somebody accepted. The
     * round is a new one: routing's choice for it is an offer.
     *
     * @param toAgent one of these three says to whom
     * @param notTo to whom it was offered in vain; absent when to nobody yet
     */
    record TransferRequested(
            UUID ticketId,
            int round,
            int stay,
            Instant at,
            UUID transferId,
            String by,
            String byName,
            @Nullable String toAgent,
            @Nullable String toTeam,
            @Nullable Territory toTerritory,
            String reason,
            @Nullable List<String> notTo)
            implements TicketEvent {}

    /** Somebody may have it; {@link TicketAssigned} follows when they accept. */
    record TransferOffered(
            UUID ticketId,
            int round,
            int stay,
            Instant at,
            UUID transferId,
            String agent,
            String agentName,
            Territory servedBy,
            String team)
            implements TicketEvent, OnRecord {}

    /**
     * A transfer came to nothing; the owner has the ticket as before.
     *
     * @param agent to whom it was offered
     */
    record TransferEnded(
            UUID ticketId,
            int round,
            int stay,
            Instant at,
            UUID transferId,
            TransferOutcome outcome,
            @Nullable String agent,
            @Nullable String reason)
            implements TicketEvent {}

    /**
     * Somebody wants the next tier to have it: a cause to climb.
     *
     * @param cause why: who asks, or what the customer said of a solution
     */
    record EscalationRequested(
            UUID ticketId,
            int round,
            int stay,
            Instant at,
            UUID requestId,
            String by,
            String byName,
            EscalationCause cause,
            HandOffPacket packet)
            implements TicketEvent {}

    /** It has to do with another ticket, which tells the same from its side. */
    record TicketLinked(
            UUID ticketId,
            int round,
            int stay,
            Instant at,
            UUID other,
            String otherNumber,
            LinkRelation relation)
            implements TicketEvent, OnRecord {}

    record TicketUnlinked(UUID ticketId, int round, int stay, Instant at, UUID other)
            implements TicketEvent, OnRecord {}

    /**
     * A channel could not hand something to the customer.
     *
     * @param reason in the channel's words
     */
    record MessageUndelivered(
            UUID ticketId,
            int round,
            int stay,
            Instant at,
            UUID deliveryId,
            @Nullable UUID messageId,
            String reason)
            implements TicketEvent, OnRecord {}
}
