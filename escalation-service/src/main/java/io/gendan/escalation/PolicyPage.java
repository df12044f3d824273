package io.gendan.escalation;

import io.gendan.api.Problem;
import io.gendan.events.ClockKind;
import io.gendan.events.ClockStep;
import io.gendan.events.WaitingReason;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/**
 * One version of the policy as it is written and kept, complete.
 *
 * @param validFrom for tickets created from then on
 * @param validUntil until when it is laid over the versions without an end, as for a peak; absent
 *     for one that stays until the next
 * @param base the version whose lines it took over and changed
 * @param ringEvery how often the last tier is told again that it is late
 * @param surge absent when no climb is ever put off
 */
public record PolicyPage(
        String version,
        Instant validFrom,
        @Nullable Instant validUntil,
        @Nullable String base,
        Duration ringEvery,
        @Nullable Surge surge,
        List<PolicyRule> rules) {

    static final Duration LONGEST = Duration.ofDays(3660);
    private static final int MOST_HOURS = 24 * 7;

    public PolicyPage {
        rules = List.copyOf(rules);
    }

    /** The lines of a version that takes over those of another and changes some of them. */
    static List<PolicyRule> over(List<PolicyRule> base, List<PolicyRule> changes) {
        var merged = new LinkedHashMap<PolicyRule.Conditions, PolicyRule>();
        base.forEach(rule -> merged.put(rule.conditions(), rule));
        changes.forEach(rule -> merged.put(rule.conditions(), rule));
        return new ArrayList<>(merged.values());
    }

    /**
     * Of the lines as they were sent.
     *
     * @throws Problem 422 with the pointer of what makes no sense
     */
    static void check(List<PolicyRule> rules, Set<String> calendars) {
        var seen = new HashSet<PolicyRule.Conditions>();
        for (int i = 0; i < rules.size(); i++) {
            var rule = rules.get(i);
            var here = "/rules/" + i;
            if (!seen.add(rule.conditions())) {
                throw invalid(here, "OnlyOnce");
            }
            if (!ClockKinds.BY_POLICY.contains(rule.clock())) {
                throw invalid(here + "/clock", "ByPolicy");
            }
            if (rule.waiting() != null && rule.clock() != ClockKind.WAITING) {
                throw invalid(here + "/waiting", "OnlyWithWaiting");
            }
            if (rule.search() != null && rule.waiting() != WaitingReason.CARRIER) {
                throw invalid(here + "/search", "OnlyWithCarrier");
            }
            if (rule.fromNextDay() && rule.authority() == null) {
                throw invalid(here + "/fromNextDay", "OnlyWithAuthority");
            }
            if (!calendars.contains(rule.calendar())) {
                throw invalid(here + "/calendar", "Exists");
            }
            check(rule.target(), here + "/target");
            check(rule.pressingTarget(), here + "/pressingTarget");
            check(rule.climbsAfter(), here + "/climbsAfter");
            if (rule.target() == null && rule.pressingTarget() != null) {
                throw invalid(here + "/pressingTarget", "OnlyWithTarget");
            }
            checkSteps(rule, here + "/steps");
        }
    }

    /**
     * Of the guard as it was sent.
     *
     * @throws Problem 422 with the pointer of what makes no sense
     */
    static void check(@Nullable Surge surge) {
        if (surge == null) {
            return;
        }
        if (surge.hours() < 1 || surge.hours() > MOST_HOURS) {
            throw invalid("/surge/hours", "Range");
        }
        if (surge.least() < 1) {
            throw invalid("/surge/least", "Positive");
        }
        check(surge.defer(), "/surge/defer");
    }

    private static void checkSteps(PolicyRule rule, String here) {
        var end = rule.end();
        var before = Duration.ZERO;
        for (int i = 0; i < rule.steps().size(); i++) {
            var step = rule.steps().get(i);
            var pointer = here + "/" + i;
            check(step.after(), pointer + "/after");
            if (end == null) {
                throw invalid(pointer, "OnlyWithTarget");
            }
            if (step.after().compareTo(before) <= 0) {
                throw invalid(pointer + "/after", "Order");
            }
            if (step.after().compareTo(end) >= 0) {
                throw invalid(pointer + "/after", "BeforeItClimbs");
            }
            if (step.what() == ClockStep.REMIND_CUSTOMER && rule.clock() != ClockKind.WAITING) {
                throw invalid(pointer + "/what", "OnlyWithWaiting");
            }
            before = step.after();
        }
    }

    /**
     * @throws Problem 422 when some clock has no most general line: time would be silent
     */
    void checkComplete() {
        var missing = missing(rules, ClockKinds.WRITTEN);
        if (!missing.isEmpty()) {
            throw invalid("/rules", "CoversAll").with("clocks", missing);
        }
    }

    static Set<ClockKind> missing(List<PolicyRule> rules, Set<ClockKind> needed) {
        var missing = EnumSet.copyOf(needed);
        rules.stream()
                .filter(rule -> rule.weight() == 0)
                .map(PolicyRule::clock)
                .forEach(missing::remove);
        return missing;
    }

    static Problem invalid(String pointer, String rule) {
        return Problem.of(422, "field-invalid", pointer).at(pointer).with("rule", rule);
    }

    private static void check(@Nullable Duration time, String pointer) {
        if (time != null
                && (!time.isPositive() || time.getNano() != 0 || time.compareTo(LONGEST) > 0)) {
            throw invalid(pointer, "WholeSeconds");
        }
    }
}
