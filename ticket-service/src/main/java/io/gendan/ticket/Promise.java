package io.gendan.ticket;

import io.gendan.events.Channel;
import io.gendan.events.PromisePurpose;
import io.gendan.events.TicketEvent.PromiseMade;
import io.gendan.ticket.Ticket.Person;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * What we told the customer will be done until when, and what came of it.
 *
 * @param owner who is to keep it
 * @param what with number-like strings masked, as the event tells it
 * @param outcome absent while it is open
 * @param notBy who may neither keep nor withdraw it
 */
record Promise(
        UUID id,
        Person owner,
        String what,
        Instant dueAt,
        @Nullable Channel channel,
        Instant madeAt,
        @Nullable PromiseOutcome outcome,
        @Nullable Instant endedAt,
        PromisePurpose purpose,
        @Nullable String notBy) {

    /** What these are for is told among us only. */
    static final Set<PromisePurpose> AMONG_US =
            EnumSet.of(PromisePurpose.REVISIT, PromisePurpose.MAJOR_CHECK);

    Promise {
        purpose = orOwn(purpose);
    }

    /** One that is about to be made. */
    record Draft(
            UUID id,
            Person owner,
            String what,
            Instant dueAt,
            @Nullable Channel channel,
            PromisePurpose purpose,
            @Nullable String notBy) {

        /** One that whoever has the ticket may keep. */
        Draft(
                UUID id,
                Person owner,
                String what,
                Instant dueAt,
                @Nullable Channel channel,
                PromisePurpose purpose) {
            this(id, owner, what, dueAt, channel, purpose, null);
        }

        PromiseMade told(Stamp stamp) {
            return new PromiseMade(
                    stamp.ticketId(),
                    stamp.round(),
                    stamp.stay(),
                    stamp.at(),
                    id,
                    owner.id(),
                    owner.name(),
                    dueAt,
                    channel,
                    what,
                    purpose,
                    notBy);
        }
    }

    /** What an older version wrote has none. */
    static PromisePurpose orOwn(@Nullable PromisePurpose purpose) {
        return Objects.requireNonNullElse(purpose, PromisePurpose.OWN);
    }

    static Promise of(Draft draft, Instant at) {
        return new Promise(
                draft.id(),
                draft.owner(),
                draft.what(),
                draft.dueAt(),
                draft.channel(),
                at,
                null,
                null,
                draft.purpose(),
                draft.notBy());
    }

    boolean isOpen() {
        return outcome == null;
    }

    /** Who is to keep it: what the system promises, whoever has the ticket. */
    @Nullable Person keeper(@Nullable Person assignee) {
        return owner.equals(Ticket.SYSTEM) ? assignee : owner;
    }

    /** Whether it is the system's own, to tell how far it is. */
    boolean isProgress() {
        return purpose == PromisePurpose.PROGRESS;
    }

    /** Whether it is for a day that may be long after the ticket is over. */
    boolean isPlanned() {
        return purpose == PromisePurpose.PLANNED;
    }

    /** Whether it is the system's own, to tell what will be done. */
    boolean isPlan() {
        return purpose == PromisePurpose.PLAN;
    }

    /** Whether it is the system's own, to call as soon as the ticket is such. */
    boolean isFirstCall() {
        return purpose == PromisePurpose.FIRST_CALL;
    }

    /** Whether it is a call that whoever has the ticket makes, whoever promised it. */
    boolean isToCall() {
        return purpose == PromisePurpose.CALLBACK || isFirstCall();
    }

    /** Not what the undo of a merge brings back, nor what is promised once. */
    boolean canBeForgotten() {
        return outcome != PromiseOutcome.MOVED && !isPlan() && !isFirstCall();
    }

    /** Whether it is ours alone, to find out whether the ticket is major. */
    boolean isMajorCheck() {
        return purpose == PromisePurpose.MAJOR_CHECK;
    }

    /** Who is to be called about how it was, is not told why; nor what is ours alone. */
    boolean isTheCustomersToKnow() {
        return !AMONG_US.contains(purpose);
    }

    Promise ended(PromiseOutcome how, Instant at) {
        return new Promise(id, owner, what, dueAt, channel, madeAt, how, at, purpose, notBy);
    }

    Promise movedBack() {
        return new Promise(id, owner, what, dueAt, channel, madeAt, null, null, purpose, notBy);
    }
}
