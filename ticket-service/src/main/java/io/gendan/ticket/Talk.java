package io.gendan.ticket;

import io.gendan.events.CallOutcome;
import io.gendan.events.Channel;
import io.gendan.events.ContactOutcome;
import io.gendan.events.Solved;
import io.gendan.events.TicketEvent.CallAttempted;
import io.gendan.events.TicketEvent.ContactRecorded;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * How the customer and we reached each other, or tried to: the last of it.
 *
 * @param toldAt when one of us last told the customer something
 */
record Talk(@Nullable Instant toldAt, List<Contact> contacts, List<Call> calls) {

    static final Talk NONE = new Talk(null, List.of(), List.of());

    private static final int KEPT = 30;

    /** A call or a chat of the customer. */
    record Contact(
            UUID id,
            Channel channel,
            ContactOutcome outcome,
            Instant startedAt,
            @Nullable Instant endedAt) {

        ContactRecorded told(Stamp stamp) {
            return new ContactRecorded(
                    stamp.ticketId(),
                    stamp.round(),
                    stamp.stay(),
                    stamp.at(),
                    id,
                    channel,
                    outcome,
                    startedAt,
                    endedAt);
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

        private boolean isAfter(Contact other) {
            return startedAt.isAfter(other.startedAt);
        }
    }

    /** A call of ours that is about to be told of; the note masked. */
    record Attempt(
            UUID id,
            String agent,
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
                    agent,
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

        boolean hasReached() {
            return switch (outcome) {
                case REACHED, CALL_LATER -> true;
                case NO_ANSWER, BUSY, SWITCHED_OFF, WRONG_NUMBER, REFUSED, UNKNOWN -> false;
            };
        }
    }

    Talk with(ContactRecorded recorded) {
        var contact =
                new Contact(
                        recorded.contactId(),
                        recorded.channel(),
                        recorded.outcome(),
                        recorded.startedAt(),
                        recorded.endedAt());
        return new Talk(
                contact.isAnswered() ? recorded.at() : toldAt, last(contacts, contact), calls);
    }

    /** Lines tell of calls late, and in any order. */
    boolean wasAnsweredAfter(Contact missed) {
        return contacts.stream().anyMatch(one -> one.isAnswered() && one.isAfter(missed));
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
        return new Talk(call.hasReached() ? call.at() : toldAt, contacts, last(calls, call));
    }

    /** Of what was told at the same time one cannot tell the order, and it is no news. */
    boolean wasToldAfter(Instant then) {
        return toldAt != null && toldAt.isAfter(then);
    }

    Talk told(Instant at) {
        return new Talk(at, contacts, calls);
    }

    private static <T> List<T> last(List<T> before, T one) {
        return Stream.concat(
                        before.stream().skip(Math.max(0, before.size() - KEPT + 1)), Stream.of(one))
                .toList();
    }

    /** When we called and reached nobody, since the last time that we did. */
    List<Instant> unreachedAt() {
        return calls.reversed().stream()
                .takeWhile(call -> !call.hasReached())
                .map(Call::at)
                .toList()
                .reversed();
    }
}
