package io.gendan.escalation;

import static io.gendan.escalation.ClockState.RUNNING;
import static io.gendan.escalation.ClockState.STOPPED;
import static io.gendan.escalation.TicketTold.watch;
import static io.gendan.escalation.WatchFixtures.START;
import static io.gendan.escalation.WatchFixtures.TARGETS;
import static io.gendan.escalation.WatchFixtures.after;
import static io.gendan.escalation.WatchFixtures.clocks;
import static io.gendan.escalation.WatchFixtures.only;
import static io.gendan.events.ClockKind.CONFIRMATION;
import static io.gendan.events.ClockKind.FIRST_RESPONSE;
import static io.gendan.events.ClockKind.NEXT_RESPONSE;
import static io.gendan.events.ClockKind.RESOLUTION;
import static io.gendan.events.ClockKind.TIER_RESOLUTION;
import static io.gendan.events.ClockKind.TIER_RESPONSE;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.gendan.events.EscalationCause;
import io.gendan.events.EscalationEvent.EscalationRaised;
import io.gendan.events.Kind;
import io.gendan.events.Priority;
import io.gendan.events.TicketEvent;

import org.junit.jupiter.api.Test;

import java.util.Set;

/** The clocks of each stay at a tier, and the tiers that serve nobody like it. */
class TierClockTests {

    private final TicketTold ticket = new TicketTold();
    private final TicketEvent created = ticket.created(Kind.COMPLAINT, Priority.NORMAL, START);

    @Test
    void restartsTheTiersClocksAndNeverTheCustomersWhenReopened() {
        var watch =
                watch(TARGETS, created, ticket.resolved(after(60)), ticket.reopened(after(600)));

        assertThat(only(watch, CONFIRMATION).state()).isEqualTo(STOPPED);
        assertThat(clocks(watch, TIER_RESOLUTION)).hasSize(2);
        assertThat(clocks(watch, TIER_RESOLUTION).getLast().dueAt())
                .isEqualTo(after(600 + 24 * 60));
        assertThat(only(watch, RESOLUTION).dueAt()).isEqualTo(after(72 * 60 + 540));
        assertThat(only(watch, RESOLUTION).startedAt()).isEqualTo(START);
        assertThat(only(watch, NEXT_RESPONSE).dueAt()).isEqualTo(after(600 + 120));
    }

    @Test
    void startsTheNextTiersClocksAndLeavesTheCustomersWhenEscalated() {
        var watch = watch(TARGETS, created, ticket.escalated(2, after(31)));

        assertThat(clocks(watch, TIER_RESOLUTION))
                .extracting(Clock::stay, Clock::state)
                .containsExactly(tuple(1, STOPPED), tuple(2, RUNNING));
        assertThat(only(watch, TIER_RESPONSE).dueAt()).isEqualTo(after(31 + 15));
        assertThat(only(watch, FIRST_RESPONSE).dueAt()).isEqualTo(after(30));
        assertThat(only(watch, RESOLUTION).dueAt()).isEqualTo(after(72 * 60));
    }

    @Test
    void stopsTheTiersResponseWhenSomebodyOfItHasTheTicket() {
        var watch =
                watch(
                        TARGETS,
                        created,
                        ticket.escalated(2, after(31)),
                        ticket.assigned("escalation-2-1", after(35)));

        assertThat(only(watch, TIER_RESPONSE).state()).isEqualTo(STOPPED);
        assertThat(clocks(watch, TIER_RESOLUTION).getLast().state()).isEqualTo(RUNNING);
    }

    @Test
    void raisesAgainInTheNextStayByTheTiersOwnClocks() {
        var raised = Firing.of(watch(TARGETS, created), after(30), TARGETS).watch();
        var climbed = raised.after(ticket.escalated(2, after(31)), TARGETS);

        var firing = Firing.of(climbed, after(31 + 15), TARGETS);

        assertThat(firing.events())
                .singleElement()
                .isInstanceOfSatisfying(
                        EscalationRaised.class,
                        again -> {
                            assertThat(again.stay()).isEqualTo(2);
                            assertThat(again.toTier()).isEqualTo(3);
                            assertThat(again.clock()).isEqualTo(TIER_RESPONSE);
                        });
    }

    @Test
    void passesOverTiersThatThePolicyLeavesOut() {
        var targets = new SimpleTargets(Set.of(2));

        var firing = Firing.of(watch(targets, created), after(30), targets);

        assertThat(firing.events())
                .singleElement()
                .isInstanceOfSatisfying(
                        EscalationRaised.class, raised -> assertThat(raised.toTier()).isEqualTo(3));
    }

    @Test
    void raisesAtOnceWhatCameToATierThatDoesNotServeIt() {
        var targets = new SimpleTargets(Set.of(1, 2, 3));

        var firing = Firing.whenPassedOver(watch(targets, created), after(0), targets);

        assertThat(firing.events())
                .singleElement()
                .isInstanceOfSatisfying(
                        EscalationRaised.class,
                        raised -> {
                            assertThat(raised.toTier()).isEqualTo(4);
                            assertThat(raised.cause()).isEqualTo(EscalationCause.PASSED_OVER);
                            assertThat(raised.clock()).isNull();
                        });
        assertThat(Firing.whenPassedOver(watch(TARGETS, created), after(0), TARGETS).events())
                .isEmpty();
    }

    @Test
    void raisesAgainWhatClimbedToATierThatDoesNotServeIt() {
        var targets = new SimpleTargets(Set.of(1, 2, 3));
        var before = Firing.whenPassedOver(watch(targets, created), after(0), targets).watch();

        var firing = Firing.hearing(before, ticket.escalated(2, after(1)), targets, () -> after(1));

        assertThat(firing.events())
                .singleElement()
                .isInstanceOfSatisfying(
                        EscalationRaised.class,
                        raised -> {
                            assertThat(raised.stay()).isEqualTo(2);
                            assertThat(raised.toTier()).isEqualTo(4);
                            assertThat(raised.cause()).isEqualTo(EscalationCause.PASSED_OVER);
                        });
    }
}
