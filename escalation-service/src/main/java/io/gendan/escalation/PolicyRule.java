package io.gendan.escalation;

import io.gendan.events.Channel;
import io.gendan.events.ClockKind;
import io.gendan.events.Kind;
import io.gendan.events.Major;
import io.gendan.events.Priority;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * One line of a policy. What is absent matches everything.
 *
 * @param target absent when there is to be no such clock; for {@code TIER_RESOLUTION} this passes
 *     over the tier
 * @param pressingTarget for VIP and urgent tickets
 * @param climbsAfter when the ticket climbs, if later than the target
 * @param lastResort whether using it means that nobody thought of such a ticket
 */
public record PolicyRule(
        ClockKind clock,
        @Nullable Major major,
        @Nullable Kind kind,
        @Nullable Priority priority,
        @Nullable Channel channel,
        @Nullable Integer tier,
        @Nullable Duration target,
        @Nullable Duration pressingTarget,
        @Nullable Duration climbsAfter,
        boolean lastResort) {

    boolean matches(ClockKind wanted, Facts facts, int onTier) {
        return clock == wanted
                && (major == null || major == facts.major())
                && (kind == null || kind == facts.kind())
                && (priority == null || priority == facts.priority())
                && (channel == null || channel == facts.channel())
                && (tier == null || tier == onTier);
    }

    /** More specific is higher: what is major weighs more than the kind, the kind than the rest. */
    int weight() {
        return (major == null ? 0 : 16)
                + (kind == null ? 0 : 8)
                + (priority == null ? 0 : 4)
                + (channel == null ? 0 : 2)
                + (tier == null ? 0 : 1);
    }
}
