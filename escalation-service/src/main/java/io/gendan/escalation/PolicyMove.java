package io.gendan.escalation;

import io.gendan.events.ClockKind;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** What another version of the policy does to the running clocks of a ticket. */
public record PolicyMove(UUID ticketId, String number, String from, List<ClockMove> clocks) {

    /**
     * One clock that moves.
     *
     * @param dueAt absent while it rests, as {@code wouldBeDueAt}
     * @param remaining only while it rests, as {@code wouldRemain}
     * @param by how much later; negative when sooner
     */
    public record ClockMove(
            ClockKind clock,
            int number,
            @Nullable Instant dueAt,
            @Nullable Instant wouldBeDueAt,
            @Nullable Duration remaining,
            @Nullable Duration wouldRemain,
            Duration by) {

        static ClockMove of(Clock before, Clock after) {
            var left = before.remaining();
            var wouldLeave = after.remaining();
            return left == null || wouldLeave == null
                    ? new ClockMove(
                            before.kind(),
                            before.number(),
                            before.dueAt(),
                            after.dueAt(),
                            null,
                            null,
                            Duration.between(before.dueAt(), after.dueAt()))
                    : new ClockMove(
                            before.kind(),
                            before.number(),
                            null,
                            null,
                            left,
                            wouldLeave,
                            wouldLeave.minus(left));
        }
    }

    static PolicyMove of(Watch before, Watch after) {
        return new PolicyMove(
                before.facts().id(),
                before.facts().number(),
                before.facts().policyVersion(),
                IntStream.range(0, before.clocks().size())
                        .filter(i -> before.clocks().get(i).isOpen())
                        .mapToObj(i -> ClockMove.of(before.clocks().get(i), after.clocks().get(i)))
                        .filter(move -> !move.by().isZero())
                        .toList());
    }
}
