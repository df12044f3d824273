package io.gendan.escalation;

import static io.gendan.escalation.ClockState.ELAPSED;
import static io.gendan.escalation.ClockState.RUNNING;
import static io.gendan.escalation.ClockState.STOPPED;
import static io.gendan.escalation.TicketTold.watch;
import static io.gendan.escalation.WatchFixtures.START;
import static io.gendan.escalation.WatchFixtures.TARGETS;
import static io.gendan.escalation.WatchFixtures.after;
import static io.gendan.escalation.WatchFixtures.clocks;
import static io.gendan.escalation.WatchFixtures.only;
import static io.gendan.events.ClockKind.FIRST_RESPONSE;
import static io.gendan.events.ClockKind.NEXT_RESPONSE;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.gendan.events.ContactOutcome;
import io.gendan.events.EscalationEvent.LastTierOverdue;
import io.gendan.events.Kind;
import io.gendan.events.Priority;
import io.gendan.events.TicketEvent;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Calls that are told after what came later, and what they answered. */
class LateCallTests {

    private final TicketTold ticket = new TicketTold();
    private final TicketEvent created = ticket.created(Kind.COMPLAINT, Priority.NORMAL, START);

    @Test
    void aCallThatIsToldLateAnswersWhatWasAskedByThen() {
        var asked = watch(TARGETS, created, ticket.answered(after(5)), ticket.asked(after(20)));

        var before = asked.after(rang(after(10), after(15), after(60)), TARGETS);
        assertThat(only(before, NEXT_RESPONSE).isRunning()).isTrue();
        assertThat(only(before, NEXT_RESPONSE).startedAt()).isEqualTo(after(20));
        var during = asked.after(rang(after(10), after(20), after(60)), TARGETS);
        assertThat(only(during, NEXT_RESPONSE).state()).isEqualTo(STOPPED);
        assertThat(only(during, NEXT_RESPONSE).endedAt()).isEqualTo(after(20));
        var goesOn = asked.after(rang(after(10), null, after(60)), TARGETS);
        assertThat(only(goesOn, NEXT_RESPONSE).isRunning()).isTrue();
    }

    @Test
    void whatWasAskedAfterACallThatIsToldLateIsOwedAnAnswerSinceThen() {
        var asked =
                watch(
                        TARGETS,
                        created,
                        ticket.answered(after(5)),
                        ticket.asked(after(20)),
                        ticket.asked(after(40)),
                        ticket.asked(after(50)));

        var told = asked.after(rang(after(30), after(35), after(60)), TARGETS);

        assertThat(told.clocks())
                .filteredOn(clock -> clock.kind() == NEXT_RESPONSE)
                .extracting(Clock::startedAt, Clock::state)
                .containsExactly(tuple(after(20), STOPPED), tuple(after(40), RUNNING));
    }

    @Test
    void whatWasAskedAfterACallThatIsToldLateIsOwedOneAnswerThoughThatIsLateAlready() {
        var asked = watch(TARGETS, created, ticket.answered(after(5)), ticket.asked(after(20)));
        var climbed =
                Firing.of(asked, after(140), TARGETS)
                        .watch()
                        .after(ticket.escalated(2, after(141)), TARGETS);

        var told = climbed.after(rang(after(10), after(15), after(200)), TARGETS);

        assertThat(clocks(told, NEXT_RESPONSE))
                .extracting(Clock::startedAt, Clock::state)
                .containsExactly(tuple(after(20), ELAPSED));
    }

    @Test
    void aSilenceThatTheTicketClimbedByIsNotCountedAgainByACallThatIsToldLate() {
        var asked = watch(TARGETS, created, ticket.asked(after(15)));
        var climbed =
                Firing.of(asked, after(30), TARGETS)
                        .watch()
                        .after(ticket.escalated(2, after(31)), TARGETS)
                        .after(ticket.assigned("agent-south-2", after(40)), TARGETS);
        var call = rang(after(10), after(12), after(200));

        var told = climbed.after(call, TARGETS);
        assertThat(Firing.of(told, after(200), TARGETS).events()).isEmpty();
        assertThat(clocks(told, NEXT_RESPONSE)).isEmpty();
        var askedAgain = told.after(ticket.asked(after(210)), TARGETS);
        assertThat(only(askedAgain, NEXT_RESPONSE).startedAt()).isEqualTo(after(210));

        var askedBefore = climbed.after(ticket.asked(after(60)), TARGETS).after(call, TARGETS);
        assertThat(only(askedBefore, NEXT_RESPONSE).startedAt()).isEqualTo(after(60));
    }

    @Test
    void aSilenceThatTheLastTierHearsOfAgainAndAgainGoesOnAfterACallThatIsToldLate() {
        var asked =
                watch(
                        TARGETS,
                        created,
                        ticket.escalated(4, after(5)),
                        ticket.asked(after(15)),
                        ticket.asked(after(60)));
        var rings = Firing.of(asked, after(70), TARGETS).watch();

        var told = rings.after(rang(after(10), after(12), after(200)), TARGETS);
        assertThat(Firing.of(told, after(200), TARGETS).events())
                .contains(
                        new LastTierOverdue(
                                ticket.id, 2, after(200), NEXT_RESPONSE, after(135), 1));
        var toldAgain = told.after(rang(after(13), after(14), after(201)), TARGETS);
        assertThat(only(toldAgain, NEXT_RESPONSE).startedAt()).isEqualTo(after(15));
    }

    @Test
    void whatWasAskedAfterACallThatIsToldLateIsOwedAnAnswerFromTheFirstOfItOn() {
        var asked =
                watch(
                        TARGETS,
                        created,
                        ticket.answered(after(5)),
                        ticket.asked(after(20)),
                        ticket.asked(after(100)));
        var askedAgain =
                Firing.of(asked, after(140), TARGETS)
                        .watch()
                        .after(ticket.escalated(2, after(141)), TARGETS)
                        .after(ticket.asked(after(150)), TARGETS);

        var told = askedAgain.after(rang(after(30), after(35), after(160)), TARGETS);

        assertThat(clocks(told, NEXT_RESPONSE))
                .extracting(Clock::startedAt, Clock::state)
                .containsExactly(tuple(after(20), ELAPSED), tuple(after(100), RUNNING));
    }

    /** Who heard of a merge is to hear of its undoing, too. */
    @Test
    void aCallThatIsToldLateLeavesWhatAMergeThatWasUndoneMakesUsOwe() {
        var other = new UUID(0, 98);
        var asked = watch(TARGETS, created, ticket.answered(after(5)), ticket.asked(after(20)));
        var call = rang(after(22), after(25), after(25));
        var absorbed = ticket.absorbs(other, after(10), Map.of(), after(30));
        var released = ticket.releases(other, after(40));
        var inTime = asked.after(call, TARGETS).after(absorbed, TARGETS).after(released, TARGETS);

        var late =
                asked.after(absorbed, TARGETS)
                        .after(released, TARGETS)
                        .after(rang(after(22), after(25), after(50)), TARGETS);

        assertThat(clocks(late, NEXT_RESPONSE))
                .usingRecursiveFieldByFieldElementComparator()
                .isEqualTo(clocks(inTime, NEXT_RESPONSE))
                .extracting(Clock::startedAt, Clock::state)
                .containsExactly(tuple(after(20), STOPPED), tuple(after(30), RUNNING));
    }

    @Test
    void keepsWhatWasAskedFirstAndLastOfVeryMuch() {
        var watch = watch(TARGETS, created, ticket.answered(after(1)));
        for (int minute = 2; minute <= 40; minute++) {
            watch = watch.after(ticket.asked(after(minute)), TARGETS);
        }

        assertThat(watch.standing().asked())
                .hasSize(20)
                .isSorted()
                .startsWith(after(2), after(3), after(4), after(5))
                .endsWith(after(39), after(40));
        var told = watch.after(rang(after(2), after(4), after(50)), TARGETS);
        assertThat(clocks(told, NEXT_RESPONSE))
                .extracting(Clock::startedAt, Clock::state)
                .containsExactly(tuple(after(2), STOPPED), tuple(after(5), RUNNING));
    }

    @Test
    void theFirstResponseIsTheCallWheneverThatIsToldUnlessItWasBeforeTheTicket() {
        var told = watch(TARGETS, created, rang(after(10), after(12), after(20)));
        assertThat(only(told, FIRST_RESPONSE).endedAt()).isEqualTo(after(12));
        var earlier = watch(TARGETS, created, rang(after(-10), after(-5), after(20)));
        assertThat(only(earlier, FIRST_RESPONSE).isRunning()).isTrue();
        var openedWith = watch(TARGETS, created, rang(after(-10), after(-5), START));
        assertThat(only(openedWith, FIRST_RESPONSE).isRunning()).isFalse();

        var asked =
                watch(
                        TARGETS,
                        created,
                        ticket.asked(after(15)),
                        rang(after(10), after(12), after(20)));
        assertThat(only(asked, FIRST_RESPONSE).endedAt()).isEqualTo(after(12));
        assertThat(only(asked, NEXT_RESPONSE).startedAt()).isEqualTo(after(15));
    }

    @Test
    void whoAsksAgainInACallIsAnsweredByItWheneverItWas() {
        var waiting = watch(TARGETS, created, ticket.answered(after(5)), ticket.urged(after(20)));
        var resolved =
                watch(
                        TARGETS,
                        created,
                        ticket.answered(after(5)),
                        ticket.resolved(after(10)),
                        ticket.urged(after(20)),
                        ticket.reopened(after(20)));
        for (var asked : List.of(waiting, resolved)) {
            for (var endedAt : Arrays.asList(after(19), null)) {
                var told = asked.after(askedIn(after(17), endedAt), TARGETS);
                assertThat(only(told, NEXT_RESPONSE).state()).isEqualTo(STOPPED);
                assertThat(told.standing().asked()).isEmpty();
            }
        }

        var missed =
                ticket.rang(
                        ContactOutcome.MISSED, after(17), after(19), UUID.randomUUID(), after(20));
        assertThat(only(waiting.after(missed, TARGETS), NEXT_RESPONSE).state()).isEqualTo(RUNNING);
    }

    @Test
    void whatWasAskedAfterTheCallInWhichTheyAskedAgainIsOwedAnAnswer() {
        var asked =
                watch(
                        TARGETS,
                        created,
                        ticket.answered(after(5)),
                        ticket.asked(after(8)),
                        ticket.asked(after(15)),
                        ticket.urged(after(20)));

        var told = asked.after(askedIn(after(9), after(12)), TARGETS);

        assertThat(clocks(told, NEXT_RESPONSE))
                .extracting(Clock::startedAt, Clock::state)
                .containsExactly(tuple(after(8), STOPPED), tuple(after(15), RUNNING));
    }

    @Test
    void aCallFromBeforeTheTicketAnswersWhatWasAskedInItAlone() {
        var asked = watch(TARGETS, created, ticket.urged(after(20)));

        var told = asked.after(askedIn(after(-10), after(-5)), TARGETS);

        assertThat(only(told, FIRST_RESPONSE).isRunning()).isTrue();
        assertThat(told.standing().asked()).isEmpty();
    }

    private TicketEvent askedIn(Instant startedAt, @Nullable Instant endedAt) {
        return ticket.rang(
                ContactOutcome.ANSWERED, startedAt, endedAt, UUID.randomUUID(), after(20));
    }

    private TicketEvent rang(Instant startedAt, @Nullable Instant endedAt, Instant at) {
        return ticket.rang(ContactOutcome.ANSWERED, startedAt, endedAt, at);
    }
}
