package io.gendan.escalation.web;

import io.gendan.escalation.Escalation;
import io.gendan.escalation.EscalationState;
import io.gendan.escalation.Listed;
import io.gendan.events.ClockKind;
import io.gendan.events.EscalationCause;
import io.gendan.events.HandOffPacket;
import io.gendan.events.Kind;
import io.gendan.events.Major;
import io.gendan.events.Priority;
import io.gendan.events.Territory;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/** An escalation as the API shows it. */
record EscalationView(
        UUID id,
        UUID ticketId,
        String number,
        Kind kind,
        Priority priority,
        @Nullable Major major,
        boolean vip,
        @Nullable Territory territory,
        @Nullable Integer stay,
        int fromTier,
        int tier,
        EscalationCause cause,
        @Nullable ClockKind clock,
        Instant dueAt,
        Instant raisedAt,
        @Nullable Instant escalatedAt,
        @Nullable Instant answerBy,
        EscalationState state,
        @Nullable ClaimedBy claimedBy,
        @Nullable String settledBecause,
        @Nullable HandOffPacket packet) {

    record ClaimedBy(String id, String name, String team, Instant at, @Nullable Boolean picked) {

        static @Nullable ClaimedBy of(Escalation.@Nullable Claim claim) {
            return claim == null
                    ? null
                    : new ClaimedBy(
                            claim.agent(), claim.name(), claim.team(), claim.at(), claim.picked());
        }
    }

    static EscalationView of(Listed listed) {
        var escalation = listed.escalation();
        return new EscalationView(
                escalation.id(),
                escalation.ticketId(),
                listed.number(),
                listed.kind(),
                listed.priority(),
                listed.major(),
                escalation.order().vip(),
                listed.territory(),
                escalation.stay(),
                escalation.fromTier(),
                escalation.toTier(),
                escalation.cause(),
                escalation.clock(),
                escalation.dueAt(),
                escalation.raisedAt(),
                escalation.escalatedAt(),
                escalation.order().answerBy(),
                escalation.state(),
                ClaimedBy.of(escalation.claim()),
                escalation.settledBecause(),
                listed.packet());
    }
}
