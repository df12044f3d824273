package io.gendan.ticket;

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
import java.util.UUID;

/**
 * Where the matter of a ticket is gone after instead, and what the undo restores.
 *
 * @param status of the ticket before, like the three after it
 * @param waitingSince when that wait began; absent in what an older version kept
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
        @Nullable Instant waitingSince) {

    /**
     * A ticket whose matter is gone after here.
     *
     * @param askedAt since when the customer waits for it
     * @param answered whether the customer has written since, and so answered what was asked there
     * @param refused which proposal that it is major somebody refused here
     * @param calledAt when the last call began that was told of here
     */
    record Absorbed(
            UUID ticketId,
            String number,
            Instant askedAt,
            boolean answered,
            @Nullable UUID refused,
            @Nullable Instant calledAt) {

        Absorbed withAnswer() {
            return new Absorbed(ticketId, number, askedAt, true, refused, calledAt);
        }

        Absorbed withCall(Instant at) {
            return calledAt != null && calledAt.isAfter(at)
                    ? this
                    : new Absorbed(ticketId, number, askedAt, answered, refused, at);
        }

        /**
         * Whether the customer came to us since then.
         *
         * @param since when it began to wait for them; absent when nobody knows
         */
        boolean hasAnswer(@Nullable Instant since) {
            return answered || calledAt != null && (since == null || !calledAt.isBefore(since));
        }

        Absorbed after(MajorRefused no) {
            var isOfIt = no.proposalId().equals(Suspicion.proposalId(ticketId, no.major()));
            return isOfIt
                    ? new Absorbed(ticketId, number, askedAt, answered, no.proposalId(), calledAt)
                    : this;
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
            TicketCreated merged, Stamp stamp, List<MovedPromise> arriving) {
        return new TicketAbsorbed(
                stamp.ticketId(),
                stamp.round(),
                stamp.stay(),
                stamp.at(),
                merged.ticketId(),
                merged.number(),
                merged.at(),
                arriving);
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
            @Nullable Instant waitingSince) {
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
                waitingSince);
    }
}
