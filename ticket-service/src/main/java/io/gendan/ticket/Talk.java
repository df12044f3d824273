package io.gendan.ticket;

import io.gendan.events.CallOutcome;
import io.gendan.events.Channel;
import io.gendan.events.ContactOutcome;
import io.gendan.events.Solved;
import io.gendan.events.TicketEvent.CallAttempted;
import io.gendan.events.TicketEvent.ContactRecorded;
import io.gendan.ticket.Ticket.Person;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * How the customer and we reached each other, or tried to: the last of it.
 *
 * @param toldAt when one of us last told the customer something
 */
record Talk(@Nullable Instant toldAt, List<Contact> contacts, List<Call> calls, Silence silence) {

    static final Talk NONE = new Talk(null, List.of(), List.of(), Silence.NONE);

    private static final int KEPT = 30;

    /** What an older version kept does not say. */
    Talk {
        silence = Objects.requireNonNullElse(silence, Silence.NONE);
    }

    /**
     * How we tried to reach the customer since they were last reached or came to us. Whoever calls
     * a wrong number has not tried the customer, whoever gave it.
     *
     * @param calls when we called and reached nobody
     * @param messages how many we sent
     */
    record Silence(List<Instant> calls, int messages) {

        static final Silence NONE = new Silence(List.of(), 0);

        private Silence withCall(Instant at) {
            return new Silence(last(calls, at), messages);
        }

        private Silence withMessage() {
            return new Silence(calls, messages + 1);
        }
    }

    /**
     * A call or a chat of the customer.
     *
     * @param endedAt absent while it goes on
     * @param solved whether it is, as the customer says in it
     */
    record Contact(
            UUID id,
            Channel channel,
            ContactOutcome outcome,
            Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable Solved solved) {

        ContactRecorded told(Stamp stamp, @Nullable UUID urgeId) {
            return new ContactRecorded(
                    stamp.ticketId(),
                    stamp.round(),
                    stamp.stay(),
                    stamp.at(),
                    id,
                    channel,
                    outcome,
                    startedAt,
                    endedAt,
                    urgeId,
                    solved);
        }

        boolean isUnanswered() {
            return switch (outcome) {
                case MISSED, ABANDONED -> true;
                case ANSWERED, UNKNOWN -> false;
            };
        }

        boolean isAnswered() {
            return outcome == ContactOutcome.ANSWERED;
        }

        /** The last of it that is known. */
        Instant lastedUntil() {
            return endedAt == null ? startedAt : endedAt;
        }

        /** What was said in it was said of what was there before. */
        boolean wasOverBefore(@Nullable Instant then) {
            return then != null && endedAt != null && endedAt.isBefore(then);
        }

        private boolean isAfter(Contact other) {
            return startedAt.isAfter(other.startedAt);
        }
    }

    /** A call of ours that is about to be told of; the note masked. */
    record Attempt(
            UUID id,
            Person by,
            CallOutcome outcome,
            @Nullable UUID promiseId,
            @Nullable Instant nextTryAt,
            @Nullable String note,
            @Nullable Solved solved) {

        CallAttempted told(Stamp stamp) {
            return new CallAttempted(
                    stamp.ticketId(),
                    stamp.round(),
                    stamp.stay(),
                    stamp.at(),
                    id,
                    by.id(),
                    outcome,
                    promiseId,
                    nextTryAt,
                    note,
                    solved);
        }
    }

    record Call(
            UUID id,
            String agent,
            CallOutcome outcome,
            Instant at,
            @Nullable UUID promiseId,
            @Nullable Instant nextTryAt) {

        /** Whether it could have reached the customer. */
        boolean isATry() {
            return outcome != CallOutcome.WRONG_NUMBER;
        }
    }

    /**
     * @param answeredAt until when we told the customer something by it; absent when we did not
     */
    Talk with(ContactRecorded recorded, @Nullable Instant answeredAt) {
        var contact =
                new Contact(
                        recorded.contactId(),
                        recorded.channel(),
                        recorded.outcome(),
                        recorded.startedAt(),
                        recorded.endedAt(),
                        recorded.solved());
        var more = last(contacts, contact);
        return contact.isAnswered()
                ? new Talk(last(toldAt, answeredAt), more, calls, Silence.NONE)
                : new Talk(toldAt, more, calls, silence);
    }

    private static @Nullable Instant last(@Nullable Instant before, @Nullable Instant one) {
        return before == null || one != null && one.isAfter(before) ? one : before;
    }

    static boolean isAnswer(ContactRecorded contact) {
        return contact.outcome() == ContactOutcome.ANSWERED;
    }

    /** Lines tell of calls late, and in any order. */
    boolean wasAnsweredAfter(Contact missed) {
        return contacts.stream().anyMatch(one -> one.isAnswered() && one.isAfter(missed))
                || calls.stream()
                        .filter(call -> call.outcome().hasReached())
                        .anyMatch(call -> call.at().isAfter(missed.startedAt()));
    }

    /**
     * Whether the customer and one of us have talked on the phone since then, whoever called. Who
     * only names another hour has talked to us of nothing.
     *
     * @param taken when whoever has the ticket took it up, which they may do by calling
     * @param reopened when it was last; absent when it never was
     */
    boolean hasSpokenSince(Instant taken, @Nullable Instant reopened) {
        return calls.stream()
                        .filter(call -> call.outcome() == CallOutcome.REACHED)
                        .map(Call::at)
                        .anyMatch(at -> !at.isBefore(taken) && isAfter(at, reopened))
                || contacts.stream()
                        .filter(one -> one.isAnswered() && one.channel() == Channel.PHONE)
                        .map(Contact::startedAt)
                        .anyMatch(at -> at.isAfter(taken) && isAfter(at, reopened));
    }

    /** The same, ever. */
    boolean hasSpoken() {
        return hasSpokenSince(Instant.MIN, null);
    }

    private static boolean isAfter(Instant at, @Nullable Instant reopened) {
        return reopened == null || at.isAfter(reopened);
    }

    boolean wasMissedAfter(Contact answered) {
        return contacts.stream().anyMatch(one -> one.isUnanswered() && one.isAfter(answered));
    }

    Talk with(CallAttempted attempted) {
        var call =
                new Call(
                        attempted.callId(),
                        attempted.agent(),
                        attempted.outcome(),
                        attempted.at(),
                        attempted.promiseId(),
                        attempted.nextTryAt());
        var more = last(calls, call);
        return call.outcome().hasReached()
                ? new Talk(call.at(), contacts, more, Silence.NONE)
                : new Talk(
                        toldAt,
                        contacts,
                        more,
                        call.isATry() ? silence.withCall(call.at()) : silence);
    }

    /** Of what was told at the same time one cannot tell the order, and it is no news. */
    boolean wasToldAfter(Instant then) {
        return toldAt != null && toldAt.isAfter(then);
    }

    /** The customer was written to. */
    Talk told(Instant at) {
        return new Talk(at, contacts, calls, silence.withMessage());
    }

    /** The customer came to us by themselves. */
    Talk heard() {
        return new Talk(toldAt, contacts, calls, Silence.NONE);
    }

    private static <T> List<T> last(List<T> before, T one) {
        return Stream.concat(
                        before.stream().skip(Math.max(0, before.size() - KEPT + 1)), Stream.of(one))
                .toList();
    }
}
