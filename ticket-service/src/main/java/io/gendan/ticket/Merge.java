package io.gendan.ticket;

import io.gendan.events.Major;
import io.gendan.events.TicketEvent.MajorProposed;
import io.gendan.events.TicketEvent.MajorRefused;
import io.gendan.events.TicketEvent.MovedPromise;
import io.gendan.events.TicketEvent.TicketAbsorbed;
import io.gendan.events.TicketEvent.TicketCreated;
import io.gendan.events.TicketEvent.TicketMerged;
import io.gendan.events.TicketEvent.TicketUnmerged;
import io.gendan.events.WaitingReason;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Where the matter of a ticket is gone after instead, and what the undo restores.
 *
 * @param status of the ticket before, like the three after it
 * @param waitingSince when that wait began; absent in what an older version kept
 * @param waitingSearch whether the carrier that it waited for looked for the parcel
 * @param question whether it is major, which was not answered by then
 */
record Merge(
        UUID into,
        String intoNumber,
        String reason,
        Instant at,
        TicketStatus status,
        @Nullable WaitingReason waitingReason,
        @Nullable UUID awaitedPromise,
        @Nullable UUID waitId,
        Suspicion.@Nullable Question question,
        @Nullable Instant waitingSince,
        @Nullable Boolean waitingSearch) {

    /**
     * A ticket whose matter is gone after here.
     *
     * @param askedAt since when the customer waits for it
     * @param answered whether the customer has written since, and so answered what was asked there
     * @param refused the proposal by which somebody said here that it is not major as it sounded
     * @param calledAt when the last call began that was told of here
     * @param question whether it is major, which it brought
     * @param urgedAt when the customer asked again about it, which counts here
     */
    record Absorbed(
            UUID ticketId,
            String number,
            Instant askedAt,
            boolean answered,
            @Nullable UUID refused,
            @Nullable Instant calledAt,
            Suspicion.@Nullable Question question,
            List<Instant> urgedAt) {

        /** What an older version kept does not say. */
        Absorbed {
            urgedAt = Objects.requireNonNullElse(urgedAt, List.of());
        }

        static Absorbed of(TicketAbsorbed other) {
            return new Absorbed(
                    other.mergedTicket(),
                    other.mergedNumber(),
                    other.askedAt(),
                    false,
                    null,
                    null,
                    null,
                    Objects.requireNonNullElse(other.urgedAt(), List.of()));
        }

        Absorbed withAnswer() {
            return new Absorbed(
                    ticketId, number, askedAt, true, refused, calledAt, question, urgedAt);
        }

        Absorbed withCall(Instant at) {
            return calledAt != null && calledAt.isAfter(at)
                    ? this
                    : new Absorbed(
                            ticketId, number, askedAt, answered, refused, at, question, urgedAt);
        }

        /**
         * Whether the customer came to us since then.
         *
         * @param since when it began to wait for them; absent when nobody knows
         */
        boolean hasAnswer(@Nullable Instant since) {
            return answered || calledAt != null && (since == null || !calledAt.isBefore(since));
        }

        Absorbed after(MajorProposed proposed) {
            var asked = Suspicion.Question.of(proposed);
            return asked.isOf(ticketId)
                    ? new Absorbed(
                            ticketId, number, askedAt, answered, refused, calledAt, asked, urgedAt)
                    : this;
        }

        /** Whichever words of that kind somebody judged here. */
        Absorbed after(MajorRefused no) {
            return question != null && question.major() == no.major()
                    ? new Absorbed(
                            ticketId,
                            number,
                            askedAt,
                            answered,
                            no.proposalId(),
                            calledAt,
                            question,
                            urgedAt)
                    : this;
        }

        boolean isRefused(Major major) {
            return refused != null && question != null && question.major() == major;
        }

        Optional<Suspicion.Question> unanswered() {
            return refused == null ? Optional.ofNullable(question) : Optional.empty();
        }
    }

    static TicketMerged into(
            TicketCreated other, Stamp stamp, String reason, List<MovedPromise> leaving) {
        return new TicketMerged(
                stamp.ticketId(),
                stamp.round(),
                stamp.stay(),
                stamp.at(),
                other.ticketId(),
                other.number(),
                reason,
                leaving.stream().map(MovedPromise::promiseId).toList());
    }

    static TicketAbsorbed absorbing(
            TicketCreated merged, Stamp stamp, List<MovedPromise> arriving, List<Instant> urgedAt) {
        return new TicketAbsorbed(
                stamp.ticketId(),
                stamp.round(),
                stamp.stay(),
                stamp.at(),
                merged.ticketId(),
                merged.number(),
                merged.at(),
                arriving,
                urgedAt.isEmpty() ? null : urgedAt);
    }

    TicketUnmerged undo(Stamp stamp, @Nullable String reason, List<UUID> promises) {
        return new TicketUnmerged(
                stamp.ticketId(),
                stamp.round(),
                stamp.stay(),
                stamp.at(),
                into,
                reason,
                waitingReason,
                waitId,
                promises);
    }

    static Merge of(
            TicketMerged merged,
            TicketStatus status,
            @Nullable WaitingReason waitingReason,
            @Nullable UUID awaitedPromise,
            @Nullable UUID waitId,
            Suspicion.@Nullable Question question,
            @Nullable Instant waitingSince,
            @Nullable Boolean waitingSearch) {
        return new Merge(
                merged.into(),
                merged.intoNumber(),
                merged.reason(),
                merged.at(),
                status,
                waitingReason,
                awaitedPromise,
                waitId,
                question,
                waitingSince,
                waitingSearch);
    }
}
