package io.gendan.escalation;

import static io.gendan.escalation.ClockState.PAUSED;
import static io.gendan.escalation.ClockState.RUNNING;
import static io.gendan.escalation.ClockState.STOPPED;
import static io.gendan.escalation.TicketTold.watch;
import static io.gendan.escalation.WatchFixtures.START;
import static io.gendan.escalation.WatchFixtures.TARGETS;
import static io.gendan.escalation.WatchFixtures.after;
import static io.gendan.escalation.WatchFixtures.clocks;
import static io.gendan.escalation.WatchFixtures.only;
import static io.gendan.events.ClockKind.RESOLUTION;
import static io.gendan.events.ClockKind.TIER_RESOLUTION;
import static io.gendan.events.ClockKind.WAITING;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.gendan.events.EscalationEvent.ClockElapsed;
import io.gendan.events.Kind;
import io.gendan.events.Priority;
import io.gendan.events.TicketEvent;
import io.gendan.events.WaitingReason;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.UUID;

/** What rests while somebody is waited for, and how long that may last. */
class WaitingClockTests {

    private final TicketTold ticket = new TicketTold();
    private final TicketEvent created = ticket.created(Kind.COMPLAINT, Priority.NORMAL, START);

    @ParameterizedTest
    @EnumSource(
            value = WaitingReason.class,
            names = {"CUSTOMER", "AGREED"})
    void restsWhileTheCustomerIsWaitedFor(WaitingReason reason) {
        var watch = watch(TARGETS, created, ticket.waits(reason, after(60)));

        assertThat(only(watch, RESOLUTION).state()).isEqualTo(PAUSED);
        assertThat(only(watch, TIER_RESOLUTION).state()).isEqualTo(PAUSED);
        assertThat(only(watch, TIER_RESOLUTION).firesAt()).isNull();
        assertThat(only(watch, TIER_RESOLUTION).remaining()).isEqualTo(Duration.ofHours(23));
    }

    @ParameterizedTest
    @EnumSource(
            value = WaitingReason.class,
            names = {"CUSTOMER", "AGREED"},
            mode = EnumSource.Mode.EXCLUDE)
    void runsOnWhileOthersAreWaitedFor(WaitingReason reason) {
        var watch = watch(TARGETS, created, ticket.waits(reason, after(60)));

        assertThat(only(watch, RESOLUTION).state()).isEqualTo(RUNNING);
        assertThat(only(watch, TIER_RESOLUTION).dueAt()).isEqualTo(after(24 * 60));
    }

    @Test
    void goesOnWithWhatWasLeft() {
        var watch =
                watch(
                        TARGETS,
                        created,
                        ticket.waits(WaitingReason.CUSTOMER, after(60)),
                        ticket.goesOn(after(1000)),
                        ticket.waits(WaitingReason.AGREED, after(1010)),
                        ticket.goesOn(after(5000)));

        var clock = only(watch, TIER_RESOLUTION);
        assertThat(clock.state()).isEqualTo(RUNNING);
        assertThat(clock.dueAt()).isEqualTo(after(5000 + 24 * 60 - 70));
        assertThat(clock.climbsAt()).isEqualTo(clock.dueAt());
        assertThat(clock.pauses())
                .containsExactly(
                        new Pause(after(60), after(1000), "CUSTOMER"),
                        new Pause(after(1010), after(5000), "AGREED"));
    }

    @Test
    void letsAWaitThatCameTooLateSaveNobody() {
        var watch = watch(TARGETS, created, ticket.waits(WaitingReason.CUSTOMER, after(24 * 60)));

        assertThat(only(watch, TIER_RESOLUTION).state()).isEqualTo(RUNNING);
        assertThat(only(watch, TIER_RESOLUTION).elapsesBy(after(24 * 60))).isTrue();
        assertThat(only(watch, RESOLUTION).state()).isEqualTo(PAUSED);
    }

    @Test
    void endsAWaitAtTheLimitOfItsReason() {
        var wait = UUID.randomUUID();
        var watch = watch(TARGETS, created, ticket.waits(WaitingReason.CARRIER, wait, after(60)));

        assertThat(only(watch, WAITING).dueAt()).isEqualTo(after(60 + 4 * 60));
        var over = Firing.of(watch, after(60 + 4 * 60), TARGETS);
        assertThat(over.events())
                .contains(new ClockElapsed(ticket.id, 1, after(300), WAITING, after(300), wait));
        assertThat(
                        clocks(
                                watch.after(ticket.goesOn(after(70)), TARGETS)
                                        .after(
                                                ticket.waits(WaitingReason.BANK, after(80)),
                                                TARGETS),
                                WAITING))
                .extracting(Clock::state, Clock::dueAt)
                .containsExactly(tuple(STOPPED, after(300)), tuple(RUNNING, after(80 + 240)));
    }

    @Test
    void givesTheCarrierItsTimeToSearchFromWhenItDoes() {
        var resting =
                watch(
                        TARGETS,
                        created,
                        ticket.waits(WaitingReason.CARRIER, after(60)),
                        ticket.goesOn(after(200)),
                        ticket.searches(after(200)));

        assertThat(clocks(resting, WAITING))
                .extracting(Clock::state, Clock::dueAt)
                .containsExactly(tuple(STOPPED, after(300)), tuple(RUNNING, after(200 + 48 * 60)));
        assertThat(only(resting, RESOLUTION).state()).isEqualTo(RUNNING);
    }

    @Test
    void restsForTheCustomerSoLongInAll() {
        var hours = 60;
        var once =
                watch(
                        TARGETS,
                        created,
                        ticket.waits(WaitingReason.CUSTOMER, after(10 * hours)),
                        ticket.goesOn(after(50 * hours)),
                        ticket.waits(WaitingReason.CUSTOMER, after(60 * hours)));

        assertThat(clocks(once, WAITING).getLast().target()).isEqualTo(Duration.ofHours(32));
        assertThat(clocks(once, WAITING).getLast().basis()).endsWith(PolicyRule.LEFT);
        assertThat(only(once, RESOLUTION).state()).isEqualTo(PAUSED);

        var usedUp =
                once.after(ticket.goesOn(after(92 * hours)), TARGETS)
                        .after(ticket.waits(WaitingReason.CUSTOMER, after(93 * hours)), TARGETS);

        assertThat(clocks(usedUp, WAITING)).hasSize(2);
        assertThat(only(usedUp, RESOLUTION).state()).isEqualTo(RUNNING);
    }

    @Test
    void hasNoLimitOfItsOwnForWhatIsPromised() {
        var watch = watch(TARGETS, created, ticket.waits(WaitingReason.AGREED, after(60)));

        assertThat(clocks(watch, WAITING)).isEmpty();
    }
}
