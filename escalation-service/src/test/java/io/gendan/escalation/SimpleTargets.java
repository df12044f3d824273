package io.gendan.escalation;

import io.gendan.events.ClockKind;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;

/** One target a kind of clock, for everybody; some tiers passed over. */
record SimpleTargets(Set<Integer> passedOver) implements Targets {

    static final Duration RING = Duration.ofMinutes(15);

    static SimpleTargets ofAllTiers() {
        return new SimpleTargets(Set.of());
    }

    @Override
    public String version() {
        return "simple";
    }

    @Override
    public @Nullable Target target(ClockKind clock, Facts facts, Moment moment) {
        return switch (clock) {
            case FIRST_RESPONSE -> minutes(30);
            case NEXT_RESPONSE -> minutes(120);
            case RESOLUTION -> minutes(72 * 60);
            case TIER_RESPONSE -> minutes(15);
            case TIER_RESOLUTION -> passedOver.contains(moment.tier()) ? null : minutes(24 * 60);
            case CONFIRMATION -> facts.major() == null ? minutes(3 * 24 * 60) : null;
            case WAITING -> limit(Objects.requireNonNull(moment.waitsFor()));
            case SURVEY -> minutes(72 * 60);
            case CLOSING -> minutes(facts.major() == null ? 24 * 60 : 4 * 60);
            case PROMISE, UNKNOWN -> null;
        };
    }

    private static @Nullable Target limit(Wait wait) {
        return switch (wait.reason()) {
            case CUSTOMER -> minutes(72 * 60);
            case AGREED -> null;
            case CARRIER -> minutes(wait.search() ? 48 * 60 : 4 * 60);
            case MERCHANT, WAREHOUSE, BANK, INTERNAL, UNKNOWN -> minutes(4 * 60);
        };
    }

    @Override
    public boolean passesOver(int tier, Facts facts) {
        return passedOver.contains(tier);
    }

    @Override
    public Duration ringAgain() {
        return RING;
    }

    private static Target minutes(int minutes) {
        return new Target(Duration.ofMinutes(minutes), Duration.ZERO);
    }
}
