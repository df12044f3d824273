package io.gendan.escalation;

import io.gendan.events.ClockKind;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;

/** One version of the policy, as clocks see it. */
interface Targets {

    String version();

    /**
     * How long it may take; absent when the policy wants no such clock, or passes over the tier.
     */
    @Nullable Target target(ClockKind clock, Facts facts, Moment moment);

    boolean passesOver(int tier, Facts facts);

    /** All that were ever declared, as they stand. */
    default List<Emergency> emergencies() {
        return List.of();
    }

    /** When climbs to a tier with a long line are put off; absent when they never are. */
    default @Nullable Surge surge() {
        return null;
    }

    /** How long after the last tier let its time pass it is told so again. */
    Duration ringAgain();
}
