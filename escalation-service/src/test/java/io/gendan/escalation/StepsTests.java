package io.gendan.escalation;

import static io.gendan.events.ClockStep.OFFER_AGAIN;
import static io.gendan.events.ClockStep.TELL_LEADER;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.events.ClockKind;
import io.gendan.events.ClockStep;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

class StepsTests {

    private static final Instant START = Instant.parse("2026-11-22T04:00:00Z");

    @Test
    void takesNoStepTwiceUnderAnotherVersion() {
        var chat = Target.until(after(180), START).with(steps(15, OFFER_AGAIN, 60, TELL_LEADER));
        var slower = chat.with(steps(30, OFFER_AGAIN, 50, TELL_LEADER, 90, OFFER_AGAIN));
        var clock = Clock.start(ClockKind.FIRST_RESPONSE, 1, null, 1, "one", chat, START);
        var offered = clock.stepped(clock.stepsDueBy(after(15)), after(15)).warned(0);

        var moved = offered.under("other", slower);

        assertThat(moved.firesAt()).isEqualTo(after(50));
        assertThat(moved.stepsDueBy(after(90)))
                .extracting(Step::what)
                .containsExactly(TELL_LEADER, OFFER_AGAIN);
        assertThat(moved.under("one", chat).steps()).isEqualTo(offered.steps());
    }

    @Test
    void restsAsTheClockRests() {
        var target =
                new Target(Duration.ofHours(2), Duration.ofHours(1))
                        .with(steps(3600, TELL_LEADER, 9000, OFFER_AGAIN));
        var clock = Clock.start(ClockKind.RESOLUTION, 1, null, 1, "one", target, START);

        var rested = clock.pause(after(1800), "CUSTOMER").resume(after(5400));

        assertThat(clock.pause(after(1800), "CUSTOMER").firesBy(after(36_000))).isFalse();
        assertThat(rested.stepsDueBy(after(7200).minusNanos(1))).isEmpty();
        assertThat(rested.stepsDueBy(after(7200))).hasSize(1);
        assertThat(rested.stepsDueBy(after(3600 + 9000))).hasSize(2);
    }

    private static List<Step> steps(Object... afterAndWhat) {
        return IntStream.range(0, afterAndWhat.length / 2)
                .mapToObj(
                        i ->
                                new Step(
                                        Duration.ofSeconds((int) afterAndWhat[2 * i]),
                                        (ClockStep) afterAndWhat[2 * i + 1]))
                .toList();
    }

    private static Instant after(int seconds) {
        return START.plusSeconds(seconds);
    }
}
