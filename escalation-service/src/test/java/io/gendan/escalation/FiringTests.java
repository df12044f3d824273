package io.gendan.escalation;

import static io.gendan.escalation.ClockState.ELAPSED;
import static io.gendan.escalation.TicketTold.watch;
import static io.gendan.escalation.WatchFixtures.START;
import static io.gendan.escalation.WatchFixtures.TARGETS;
import static io.gendan.escalation.WatchFixtures.after;
import static io.gendan.escalation.WatchFixtures.besidesWarnings;
import static io.gendan.escalation.WatchFixtures.hear;
import static io.gendan.escalation.WatchFixtures.only;
import static io.gendan.escalation.WatchFixtures.warnings;
import static io.gendan.events.ClockKind.FIRST_RESPONSE;
import static io.gendan.events.ClockKind.TIER_RESOLUTION;
import static io.gendan.events.ClockKind.TIER_RESPONSE;
import static io.gendan.events.ClockKind.WAITING;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.gendan.events.ClockKind;
import io.gendan.events.EscalationCause;
import io.gendan.events.EscalationEvent.ClockWarned;
import io.gendan.events.EscalationEvent.EscalationRaised;
import io.gendan.events.EscalationEvent.LastTierOverdue;
import io.gendan.events.Kind;
import io.gendan.events.Priority;
import io.gendan.events.TicketEvent;
import io.gendan.events.WaitingReason;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What happens when a clock is due, and what does not. */
class FiringTests {

    private final TicketTold ticket = new TicketTold();
    private final TicketEvent created = ticket.created(Kind.COMPLAINT, Priority.NORMAL, START);

    @Test
    void warnsAtHalfThreeQuartersAndNineTenthsOfItsTarget() {
        var watch = watch(TARGETS, created);

        assertThat(warnings(Firing.of(watch, after(15).minusNanos(1), TARGETS))).isEmpty();
        var half = Firing.of(watch, after(15), TARGETS);
        assertThat(warnings(half))
                .containsExactly(
                        new ClockWarned(
                                ticket.id, 1, after(15), FIRST_RESPONSE, 50, after(30), null));
        assertThat(warnings(Firing.of(half.watch(), after(16), TARGETS))).isEmpty();
        var nine = Firing.of(half.watch(), after(27), TARGETS);
        assertThat(warnings(nine)).extracting(ClockWarned::percent).containsExactly(90);
        assertThat(only(nine.watch(), FIRST_RESPONSE).firesAt()).isEqualTo(after(30));
        assertThat(Firing.of(nine.watch(), after(30), TARGETS).events())
                .hasSize(1)
                .first()
                .isInstanceOf(EscalationRaised.class);
        assertThat(half.watch().earliest()).contains(new Watch.Due(FIRST_RESPONSE, after(30), 50));
        assertThat(half.watch().dueChangedSince(watch, after(15))).isEmpty();
    }

    @Test
    void warnsByWhatHasRunAndNotWhileItRests() {
        var hours = 60;
        var resting =
                watch(
                        TARGETS,
                        created,
                        ticket.answered(after(10)),
                        ticket.waits(WaitingReason.CUSTOMER, after(10 * hours)));
        assertThat(Firing.of(resting, after(60 * hours), TARGETS).events())
                .allMatch(
                        event -> event instanceof ClockWarned warned && warned.clock() == WAITING);

        var goesOn = resting.after(ticket.goesOn(after(20 * hours)), TARGETS);

        assertThat(only(goesOn, TIER_RESOLUTION).firesAt()).isEqualTo(after(22 * hours));
        assertThat(warnings(Firing.of(goesOn, after(22 * hours), TARGETS)))
                .extracting(ClockWarned::clock, ClockWarned::percent)
                .containsExactly(tuple(TIER_RESOLUTION, 50));
    }

    @Test
    void firesNothingBeforeItIsDue() {
        var watch = watch(TARGETS, created);

        var beforeAll = Firing.of(watch, after(15).minusNanos(1000), TARGETS);
        var beforeDue = Firing.of(watch, after(30).minusNanos(1000), TARGETS);

        assertThat(beforeAll.events()).isEmpty();
        assertThat(beforeAll.watch()).isEqualTo(watch);
        assertThat(besidesWarnings(beforeDue)).isEmpty();
        assertThat(beforeDue.watch().standing()).isEqualTo(watch.standing());
        assertThat(beforeDue.watch().clocks()).allMatch(Clock::isRunning);
    }

    @Test
    void raisesAtTheMomentItIsDue() {
        var firing = Firing.of(watch(TARGETS, created), after(30), TARGETS);

        assertThat(firing.events())
                .containsExactly(
                        new EscalationRaised(
                                ticket.id,
                                1,
                                after(30),
                                Firing.escalationId(ticket.id, 1),
                                1,
                                2,
                                EscalationCause.TIME,
                                FIRST_RESPONSE,
                                after(30)));
        assertThat(only(firing.watch(), FIRST_RESPONSE).state()).isEqualTo(ELAPSED);
    }

    @Test
    void raisesOnceAStayWhateverElseRunsOut() {
        var first = Firing.of(watch(TARGETS, created), after(30), TARGETS);
        var second = Firing.of(first.watch(), after(100 * 60), TARGETS);

        assertThat(second.events()).isEmpty();
        assertThat(second.watch().clocks()).allMatch(clock -> clock.state() == ELAPSED);
    }

    @ParameterizedTest
    @EnumSource(
            value = EscalationCause.class,
            names = {"CUSTOMER", "REOPENED"})
    void raisesOnceAStayWhenItIsAskedFor(EscalationCause cause) {
        var watch = watch(TARGETS, created, ticket.answered(after(10)));
        var first = hear(watch, ticket.wantsUp(cause, after(20)));

        assertThat(first.events())
                .singleElement()
                .isInstanceOfSatisfying(
                        EscalationRaised.class,
                        raised -> {
                            assertThat(raised.cause()).isEqualTo(cause);
                            assertThat(raised.toTier()).isEqualTo(2);
                        });
        assertThat(hear(first.watch(), ticket.wantsUp(cause, after(21))).events()).isEmpty();
        var resolved = watch(TARGETS, created, ticket.resolved(after(20)));
        assertThat(hear(resolved, ticket.wantsUp(cause, after(21))).events()).isEmpty();
    }

    @Test
    void raisesNothingAboveTheLastTier() {
        var watch =
                watch(
                        TARGETS,
                        created,
                        ticket.escalated(4, EscalationCause.MAJOR, after(5), after(5)));

        assertThat(hear(watch, ticket.wantsUp(EscalationCause.CUSTOMER, after(20))).events())
                .isEmpty();
    }

    @Test
    void ringsAgainAndAgainAtTheLastTier() {
        var last = watch(TARGETS, created, ticket.escalated(4, after(1)));

        var first = Firing.of(last, after(16), TARGETS);
        var tooSoon = Firing.of(first.watch(), after(30), TARGETS);
        var second = Firing.of(tooSoon.watch(), after(31), TARGETS);

        assertThat(besidesWarnings(first))
                .containsExactly(
                        new LastTierOverdue(ticket.id, 2, after(16), TIER_RESPONSE, after(16), 1));
        assertThat(besidesWarnings(tooSoon))
                .extracting(event -> clock(event))
                .containsExactly(FIRST_RESPONSE);
        assertThat(besidesWarnings(second))
                .containsExactly(
                        new LastTierOverdue(ticket.id, 2, after(31), TIER_RESPONSE, after(16), 2));
    }

    @Test
    void ringsNoMoreOnceSomebodyHasIt() {
        var ringing =
                Firing.of(
                        watch(TARGETS, created, ticket.escalated(4, after(1))), after(16), TARGETS);

        var taken = ringing.watch().after(ticket.assigned("escalation-4-1", after(20)), TARGETS);

        assertThat(besidesWarnings(Firing.of(taken, after(29), TARGETS))).isEmpty();
    }

    private static ClockKind clock(Object event) {
        return ((LastTierOverdue) event).clock();
    }
}
