package io.gendan.escalation;

import io.gendan.escalation.calendar.Calendar;
import io.gendan.events.AuthoritySource;
import io.gendan.events.Channel;
import io.gendan.events.ClockKind;
import io.gendan.events.Kind;
import io.gendan.events.Major;
import io.gendan.events.Priority;
import io.gendan.events.WaitingReason;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A version of the policy as somebody writes it.
 *
 * @param validFrom now when absent
 * @param validUntil for a peak: laid over the other versions until then
 * @param base takes over the lines of this version; those with the same conditions are replaced
 * @param ringEvery that of the base, else 15 minutes, when absent
 * @param surge that of the base, else none, when absent
 */
public record PolicyDraft(
        @NotNull @Pattern(regexp = "[A-Za-z0-9][A-Za-z0-9._+-]{0,63}") String version,
        @Nullable Instant validFrom,
        @Nullable Instant validUntil,
        @Nullable String base,
        @Nullable Duration ringEvery,
        @Nullable Guard surge,
        @NotNull @Size(max = 500) List<@NotNull @Valid Line> rules) {

    static final Duration RING_EVERY = Duration.ofMinutes(15);

    /** See {@link Surge}. */
    public record Guard(@NotNull Integer hours, @NotNull Integer least, @NotNull Duration defer) {

        Surge surge() {
            return new Surge(hours, least, defer);
        }
    }

    /** What is absent matches everything; without a target there is no such clock. */
    public record Line(
            @NotNull ClockKind clock,
            @Nullable AuthoritySource authority,
            @Nullable WaitingReason waiting,
            @Nullable Boolean search,
            @Nullable Major major,
            @Nullable Kind kind,
            @Nullable Boolean vip,
            @Nullable Priority priority,
            @Nullable Channel channel,
            @Nullable @Min(1) @Max(4) Integer tier,
            @Nullable Duration target,
            @Nullable Duration pressingTarget,
            @Nullable Duration climbsAfter,
            @Nullable @Size(max = 10) List<@NotNull @Valid Step> steps,
            @Nullable String calendar,
            @Nullable Boolean fromNextDay,
            @Nullable Boolean lastResort) {

        PolicyRule rule() {
            return new PolicyRule(
                    clock,
                    authority,
                    waiting,
                    search,
                    major,
                    kind,
                    vip,
                    priority,
                    channel,
                    tier,
                    target,
                    pressingTarget,
                    climbsAfter,
                    steps == null ? List.of() : steps,
                    calendar == null ? Calendar.ALWAYS.code() : calendar,
                    fromNextDay != null && fromNextDay,
                    lastResort != null && lastResort);
        }
    }

    @Nullable Surge guard() {
        return surge == null ? null : surge.surge();
    }

    List<PolicyRule> lines() {
        return rules.stream().map(Line::rule).toList();
    }

    PolicyPage page(@Nullable PolicyPage under, Instant now) {
        var inherited = under == null ? RING_EVERY : under.ringEvery();
        return new PolicyPage(
                version,
                validFrom == null ? now : validFrom,
                validUntil,
                base,
                ringEvery == null ? inherited : ringEvery,
                surge == null && under != null ? under.surge() : guard(),
                under == null ? lines() : PolicyPage.over(under.rules(), lines()));
    }
}
