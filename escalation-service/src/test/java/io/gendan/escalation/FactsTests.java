package io.gendan.escalation;

import static io.gendan.escalation.TicketTold.watch;
import static io.gendan.escalation.WatchFixtures.START;
import static io.gendan.escalation.WatchFixtures.TARGETS;
import static io.gendan.escalation.WatchFixtures.after;
import static io.gendan.escalation.WatchFixtures.only;
import static io.gendan.events.ClockKind.RESOLUTION;
import static io.gendan.events.ClockKind.TIER_RESOLUTION;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.events.ClockKind;
import io.gendan.events.EscalationCause;
import io.gendan.events.EscalationEvent.EscalationRaised;
import io.gendan.events.Kind;
import io.gendan.events.Major;
import io.gendan.events.Priority;
import io.gendan.events.TicketEvent;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;

/** What it turns out to be about, and what that makes of its clocks. */
class FactsTests {

    /** What is major is the last tier's, and what is of high priority has four hours. */
    private static final Targets BY_FACTS =
            new Targets() {
                @Override
                public String version() {
                    return "by facts";
                }

                @Override
                public @Nullable Target target(ClockKind clock, Facts facts, Moment moment) {
                    if (clock == RESOLUTION && facts.priority() == Priority.HIGH) {
                        return new Target(Duration.ofHours(4), Duration.ZERO);
                    }
                    return clock == TIER_RESOLUTION && passesOver(moment.tier(), facts)
                            ? null
                            : TARGETS.target(clock, facts, moment);
                }

                @Override
                public boolean passesOver(int tier, Facts facts) {
                    return facts.major() != null && tier < 4;
                }

                @Override
                public Duration ringAgain() {
                    return TARGETS.ringAgain();
                }
            };

    private final TicketTold ticket = new TicketTold();
    private final TicketEvent created = ticket.created(Kind.COMPLAINT, Priority.NORMAL, START);

    @Test
    void hasTheTargetsOfWhatItTurnsOutToBeAsIfThatHadBeenKnown() {
        var turnedOut = ticket.turnsOut(Kind.COMPLAINT, Priority.HIGH, null, after(60));

        var firing = Firing.hearing(watch(BY_FACTS, created), turnedOut, BY_FACTS, () -> after(60));

        assertThat(firing.events()).isEmpty();
        assertThat(only(firing.watch(), RESOLUTION).startedAt()).isEqualTo(START);
        assertThat(only(firing.watch(), RESOLUTION).dueAt()).isEqualTo(after(4 * 60));
    }

    @Test
    void climbsAtOnceAndOnceWhenItTurnsOutToBeMajor() {
        var turnedOut = ticket.turnsOut(Kind.COMPLAINT, Priority.URGENT, Major.SAFETY, after(20));

        var raised = Firing.hearing(watch(BY_FACTS, created), turnedOut, BY_FACTS, () -> after(20));

        assertThat(raised.events())
                .singleElement()
                .isInstanceOfSatisfying(
                        EscalationRaised.class,
                        up -> {
                            assertThat(up.cause()).isEqualTo(EscalationCause.MAJOR);
                            assertThat(up.toTier()).isEqualTo(4);
                        });
        assertThat(Firing.hearing(raised.watch(), turnedOut, BY_FACTS, () -> after(21)).events())
                .isEmpty();
    }
}
