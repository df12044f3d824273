package io.gendan.escalation;

import io.gendan.escalation.calendar.Calendar;
import io.gendan.events.ClockKind;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * All targets of one version. Never changed once it was in force: a ticket keeps the version that
 * it was created under.
 *
 * @param divisor divides every target, for demonstrations; never below {@link #FLOOR}
 */
public record Policy(
        String version,
        Duration ringEvery,
        @Nullable Surge surge,
        List<PolicyRule> rules,
        int divisor) {

    /** Less than this and people could not follow. */
    static final Duration FLOOR = Duration.ofSeconds(2);

    public Policy {
        rules = List.copyOf(rules);
        var missing = PolicyPage.missing(rules, ClockKinds.NEEDED);
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(
                    "Policy " + version + " has no most general rule for " + missing);
        }
    }

    /** The most specific rule for such a ticket; there always is one for what is needed. */
    PolicyRule rule(ClockKind clock, Facts facts, int tier) {
        return rule(clock, facts, tier, null)
                .orElseThrow(() -> new IllegalArgumentException("No clock " + clock));
    }

    /** The most specific rule; absent when the version says nothing about such a clock. */
    Optional<PolicyRule> rule(ClockKind clock, Facts facts, int tier, @Nullable Wait wait) {
        return rules.stream()
                .filter(rule -> rule.matches(clock, facts, tier, wait))
                .max(Comparator.comparingInt(PolicyRule::weight));
    }

    @Nullable Target target(PolicyRule rule, Facts facts) {
        if (rule.target() == null) {
            return null;
        }
        var byLetter = byLetter(rule, facts);
        if (byLetter != null) {
            return byLetter;
        }
        var pressing = rule.pressingTarget();
        var time = hurried(rule.presses(facts) && pressing != null ? pressing : rule.target());
        var climbs = rule.climbsAfter() == null ? time : hurried(rule.climbsAfter());
        var grace = climbs.compareTo(time) > 0 ? climbs.minus(time) : Duration.ZERO;
        return new Target(time, grace)
                .startingAt(rule.fromNextDay() && keepsHours() ? dayAfterArrival(facts) : null)
                .with(
                        rule.steps().stream()
                                .map(step -> new Step(hurried(step.after()), step.what()))
                                .toList());
    }

    /** What an authority's letter says wins over what is usual. */
    private static @Nullable Target byLetter(PolicyRule rule, Facts facts) {
        var letter = facts.authority();
        return rule.clock() != ClockKind.RESOLUTION
                        || rule.authority() == null
                        || letter == null
                        || letter.dueOn() == null
                ? null
                : Target.byLetter(endOf(letter.dueOn()), facts.createdAt());
    }

    private static @Nullable Instant dayAfterArrival(Facts facts) {
        return facts.authority() == null ? null : endOf(facts.authority().arrivedOn());
    }

    private static Instant endOf(LocalDate day) {
        return day.plusDays(1).atStartOfDay(Calendar.CHINA).toInstant();
    }

    /** Whether calendars hold; in a hurry nobody waits until the office opens. */
    boolean keepsHours() {
        return divisor == 1;
    }

    /**
     * Never divided: it is no target, and a hurried system full of ringing tickets does nothing
     * else.
     */
    Duration ringAgain() {
        return ringEvery;
    }

    /** The work of hours and the length of a line are no times to be kept, and never divided. */
    @Nullable Surge hurriedSurge() {
        return surge == null
                ? null
                : new Surge(surge.hours(), surge.least(), hurried(surge.defer()));
    }

    private Duration hurried(Duration duration) {
        var divided = duration.dividedBy(divisor);
        var floor = FLOOR.compareTo(duration) < 0 ? FLOOR : duration;
        return divided.compareTo(floor) < 0 ? floor : divided;
    }
}
