package io.gendan.escalation;

import static io.gendan.escalation.ClockState.ELAPSED;
import static io.gendan.escalation.ClockState.PAUSED;
import static io.gendan.escalation.ClockState.RUNNING;
import static io.gendan.escalation.ClockState.STOPPED;
import static io.gendan.escalation.TicketTold.watch;
import static io.gendan.events.ClockKind.CLOSING;
import static io.gendan.events.ClockKind.CONFIRMATION;
import static io.gendan.events.ClockKind.FIRST_RESPONSE;
import static io.gendan.events.ClockKind.NEXT_RESPONSE;
import static io.gendan.events.ClockKind.PROMISE;
import static io.gendan.events.ClockKind.RESOLUTION;
import static io.gendan.events.ClockKind.SURVEY;
import static io.gendan.events.ClockKind.TIER_RESOLUTION;
import static io.gendan.events.ClockKind.TIER_RESPONSE;
import static io.gendan.events.ClockKind.WAITING;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.gendan.events.CallOutcome;
import io.gendan.events.Channel;
import io.gendan.events.ClockKind;
import io.gendan.events.ContactOutcome;
import io.gendan.events.EscalationCause;
import io.gendan.events.EscalationEvent;
import io.gendan.events.EscalationEvent.ClockElapsed;
import io.gendan.events.EscalationEvent.ClockWarned;
import io.gendan.events.EscalationEvent.DueChanged;
import io.gendan.events.EscalationEvent.EscalationRaised;
import io.gendan.events.EscalationEvent.LastTierOverdue;
import io.gendan.events.Kind;
import io.gendan.events.Major;
import io.gendan.events.Priority;
import io.gendan.events.PromisePurpose;
import io.gendan.events.Solved;
import io.gendan.events.TicketEvent;
import io.gendan.events.WaitingReason;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

class WatchTests {

    private static final Instant START = Instant.parse("2026-02-28T23:30:00Z");
    private static final Targets TARGETS = SimpleTargets.ofAllTiers();

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

    private static final UUID CALL = UUID.randomUUID();

    private final TicketTold ticket = new TicketTold();
    private final TicketEvent created = ticket.created(Kind.COMPLAINT, Priority.NORMAL, START);

    @Test
    void startsThreeClocksAtCreation() {
        var watch = watch(TARGETS, created);

        assertThat(watch.clocks())
                .extracting(Clock::kind)
                .containsExactly(FIRST_RESPONSE, RESOLUTION, TIER_RESOLUTION);
        assertThat(watch.clocks()).allMatch(Clock::isRunning);
        assertThat(watch.earliest()).contains(new Watch.Due(FIRST_RESPONSE, after(30), 0));
    }

    @Test
    void stopsTheFirstResponseAtTheFirstAnswer() {
        var watch = watch(TARGETS, created, ticket.answered(after(10)));

        assertThat(only(watch, FIRST_RESPONSE).state()).isEqualTo(STOPPED);
        assertThat(only(watch, FIRST_RESPONSE).firesAt()).isNull();
        assertThat(watch.earliest()).contains(new Watch.Due(TIER_RESOLUTION, after(24 * 60), 0));
    }

    @ParameterizedTest
    @EnumSource(Channel.class)
    void countsAsAnsweredWhatTheAgentTakesFromACustomerOnTheLine(Channel channel) {
        var watch =
                watch(
                        TARGETS,
                        ticket.taken(channel, "agent-south-1", START),
                        ticket.assigned("agent-south-1", START));

        boolean isOnTheLine = channel == Channel.PHONE || channel == Channel.CHAT;
        assertThat(only(watch, FIRST_RESPONSE).state()).isEqualTo(isOnTheLine ? STOPPED : RUNNING);
        assertThat(only(watch, RESOLUTION).state()).isEqualTo(RUNNING);
        assertThat(watch.standing().answered()).isEqualTo(isOnTheLine);
    }

    @Test
    void hasTheTargetsOfWhatItTurnsOutToBeAsIfThatHadBeenKnown() {
        var turnedOut = ticket.turnsOut(Kind.COMPLAINT, Priority.HIGH, null, after(60));

        var firing = Firing.hearing(watch(BY_FACTS, created), turnedOut, BY_FACTS, () -> after(60));

        assertThat(firing.events()).isEmpty();
        assertThat(only(firing.watch(), RESOLUTION).startedAt()).isEqualTo(START);
        assertThat(only(firing.watch(), RESOLUTION).dueAt()).isEqualTo(after(4 * 60));
    }

    @Test
    void aCallThatReachesTheCustomerIsAnAnswer() {
        var rang = watch(TARGETS, created, ticket.called(CallOutcome.NO_ANSWER, after(5)));
        assertThat(only(rang, FIRST_RESPONSE).isRunning()).isTrue();

        for (var outcome : List.of(CallOutcome.REACHED, CallOutcome.CALL_LATER)) {
            var reached = rang.after(ticket.called(outcome, after(10)), TARGETS);
            assertThat(only(reached, FIRST_RESPONSE).isRunning()).isFalse();
        }

        var picked = watch(TARGETS, created, ticket.rang(ContactOutcome.ANSWERED, after(5)));
        assertThat(only(picked, FIRST_RESPONSE).isRunning()).isFalse();
        var missed = watch(TARGETS, created, ticket.rang(ContactOutcome.MISSED, after(5)));
        assertThat(only(missed, FIRST_RESPONSE).isRunning()).isTrue();
    }

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
                        .after(escalated(2, after(141)), TARGETS);

        var told = climbed.after(rang(after(10), after(15), after(200)), TARGETS);

        assertThat(of(told, NEXT_RESPONSE))
                .extracting(Clock::startedAt, Clock::state)
                .containsExactly(tuple(after(20), ELAPSED));
    }

    @Test
    void aSilenceThatTheTicketClimbedByIsNotCountedAgainByACallThatIsToldLate() {
        var asked = watch(TARGETS, created, ticket.asked(after(15)));
        var climbed =
                Firing.of(asked, after(30), TARGETS)
                        .watch()
                        .after(escalated(2, after(31)), TARGETS)
                        .after(ticket.assigned("agent-south-2", after(40)), TARGETS);
        var call = rang(after(10), after(12), after(200));

        var told = climbed.after(call, TARGETS);
        assertThat(Firing.of(told, after(200), TARGETS).events()).isEmpty();
        assertThat(of(told, NEXT_RESPONSE)).isEmpty();
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
                        escalated(4, after(5)),
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
                        .after(escalated(2, after(141)), TARGETS)
                        .after(ticket.asked(after(150)), TARGETS);

        var told = askedAgain.after(rang(after(30), after(35), after(160)), TARGETS);

        assertThat(of(told, NEXT_RESPONSE))
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

        assertThat(of(late, NEXT_RESPONSE))
                .usingRecursiveFieldByFieldElementComparator()
                .isEqualTo(of(inTime, NEXT_RESPONSE))
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
        assertThat(of(told, NEXT_RESPONSE))
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

        assertThat(of(told, NEXT_RESPONSE))
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
    void standsStillWhileMergedAndFiresOnceAfterwardsWhatBecameOverdue() {
        var merged = watch(TARGETS, created, ticket.answered(after(10)), ticket.merged(after(20)));

        assertThat(merged.earliest()).isEmpty();
        assertThat(Firing.of(merged, after(100_000), TARGETS).events()).isEmpty();

        var undone = merged.after(ticket.unmerged(Set.of(), after(25 * 60)), TARGETS);

        assertThat(only(undone, TIER_RESOLUTION).dueAt()).isEqualTo(after(24 * 60));
        assertThat(only(undone, RESOLUTION).dueAt()).isEqualTo(after(72 * 60));
        var firing = Firing.of(undone, after(25 * 60), TARGETS);
        assertThat(besidesWarnings(firing)).singleElement().isInstanceOf(EscalationRaised.class);
        assertThat(besidesWarnings(Firing.of(firing.watch(), after(26 * 60), TARGETS))).isEmpty();
    }

    @Test
    void raisesAgainAfterTheUndoWhatAMergedTicketRefused() {
        var raised = Firing.of(watch(TARGETS, created), after(30), TARGETS).watch();
        var merged = raised.after(ticket.merged(after(30)), TARGETS);
        var refused = merged.after(ticket.refused(1, after(31)), TARGETS);
        var unmerged = ticket.unmerged(Set.of(), after(40));

        assertThat(Firing.hearing(refused, unmerged, TARGETS, () -> after(40)).events())
                .singleElement()
                .isInstanceOfSatisfying(
                        EscalationRaised.class,
                        again -> {
                            assertThat(again.stay()).isEqualTo(2);
                            assertThat(again.clock()).isEqualTo(FIRST_RESPONSE);
                            assertThat(again.dueAt()).isEqualTo(after(30));
                        });
    }

    @Test
    void isResolvedByWhenTheFirstOfTwoMergedWasAsked() {
        var other = UUID.randomUUID();
        var absorbed =
                watch(
                        TARGETS,
                        created,
                        ticket.answered(after(10)),
                        ticket.absorbs(other, after(-60), Map.of(CALL, after(90)), after(20)));

        assertThat(only(absorbed, RESOLUTION).dueAt()).isEqualTo(after(71 * 60));
        assertThat(only(absorbed, TIER_RESOLUTION).dueAt()).isEqualTo(after(24 * 60));
        assertThat(only(absorbed, PROMISE).dueAt()).isEqualTo(after(90));
        assertThat(only(absorbed, NEXT_RESPONSE).isRunning()).isTrue();

        var released = absorbed.after(ticket.releases(other, after(30)), TARGETS);

        assertThat(only(released, RESOLUTION).dueAt()).isEqualTo(after(72 * 60));
        assertThat(of(released, PROMISE)).isEmpty();
    }

    @Test
    void warnsOfNoConfirmation() {
        var watch = watch(TARGETS, created, ticket.resolved(after(10)));

        assertThat(only(watch, CONFIRMATION).firesAt()).isEqualTo(after(10 + 3 * 24 * 60));
    }

    private static List<EscalationEvent> besidesWarnings(Firing firing) {
        return firing.events().stream().filter(event -> !(event instanceof ClockWarned)).toList();
    }

    private static List<ClockWarned> warnings(Firing firing) {
        return firing.events().stream()
                .filter(ClockWarned.class::isInstance)
                .map(ClockWarned.class::cast)
                .toList();
    }

    @Test
    void startsOneNextResponseHoweverOftenTheCustomerAsks() {
        var watch =
                watch(
                        TARGETS,
                        created,
                        ticket.answered(after(10)),
                        ticket.asked(after(20)),
                        ticket.asked(after(25)));

        assertThat(only(watch, NEXT_RESPONSE).dueAt()).isEqualTo(after(20 + 120));
    }

    @Test
    void owesAnAnswerToWhoAsksAgain() {
        var watch =
                watch(
                        TARGETS,
                        created,
                        ticket.answered(after(10)),
                        ticket.waits(WaitingReason.CARRIER, after(15)),
                        ticket.urged(after(20)),
                        ticket.urged(after(25)));

        assertThat(only(watch, NEXT_RESPONSE).dueAt()).isEqualTo(after(20 + 120));
    }

    @Test
    void startsNoNextResponseBeforeTheFirst() {
        var watch = watch(TARGETS, created, ticket.asked(after(5)));

        assertThat(of(watch, NEXT_RESPONSE)).isEmpty();
        assertThat(only(watch, FIRST_RESPONSE).dueAt()).isEqualTo(after(30));
    }

    @Test
    void owesNoAnswerToMereThanks() {
        var watch = watch(TARGETS, created, ticket.answered(after(10)), ticket.thanked(after(20)));

        assertThat(of(watch, NEXT_RESPONSE)).isEmpty();
        assertThat(only(watch.after(ticket.asked(after(30)), TARGETS), NEXT_RESPONSE).dueAt())
                .isEqualTo(after(30 + 120));
    }

    @Test
    void startsAnotherNextResponseAfterAnAnswer() {
        var watch =
                watch(
                        TARGETS,
                        created,
                        ticket.answered(after(10)),
                        ticket.asked(after(20)),
                        ticket.answered(after(30)),
                        ticket.asked(after(40)));

        assertThat(of(watch, NEXT_RESPONSE))
                .extracting(Clock::state, Clock::number)
                .containsExactly(tuple(STOPPED, 1), tuple(RUNNING, 2));
    }

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
    void leavesOnlyTheConfirmationAfterAResolution() {
        var watch = watch(TARGETS, created, ticket.resolved(after(60)));

        assertThat(watch.clocks())
                .filteredOn(Clock::isRunning)
                .extracting(Clock::kind)
                .containsExactly(CONFIRMATION);
        assertThat(watch.clocks())
                .filteredOn(clock -> clock.kind() != CONFIRMATION)
                .allMatch(clock -> clock.state() == STOPPED && clock.firesAt() == null);
    }

    @Test
    void neverClosesAMajorTicketBySilence() {
        var major =
                ticket.created(
                        Kind.COMPLAINT, Priority.URGENT, Channel.APP, Major.MEDIA, false, START);

        var watch = watch(TARGETS, major, ticket.resolved(after(60)));

        assertThat(of(watch, CONFIRMATION)).isEmpty();
        assertThat(watch.earliest()).contains(new Watch.Due(CLOSING, after(60 + 4 * 60), 0));
    }

    @Test
    void givesTimeToWhatIsLeftFromWhenClosingIsFirstRefused() {
        var watch =
                watch(
                        TARGETS,
                        created,
                        ticket.resolved(after(60)),
                        ticket.stillPromises(after(100)),
                        ticket.stillPromises(after(200)));

        assertThat(only(watch, CLOSING).startedAt()).isEqualTo(after(100));
        assertThat(watch.earliest()).contains(new Watch.Due(CLOSING, after(100 + 24 * 60), 0));
    }

    @Test
    void saysThatATicketIsToBeClosedAgainAndAgainAndKeepsTheLastTimeOnly() {
        var watch =
                watch(
                        TARGETS,
                        created,
                        ticket.resolved(after(60)),
                        ticket.stillPromises(after(100)));
        for (int day = 1; day <= 9; day++) {
            var due = after(100 + day * 24 * 60);
            var firing = Firing.of(watch, due, TARGETS);

            assertThat(firing.events())
                    .filteredOn(event -> event instanceof ClockElapsed)
                    .last()
                    .isEqualTo(new ClockElapsed(ticket.id, ticket.stay(), due, CLOSING, due, null));
            assertThat(Firing.of(firing.watch(), due, TARGETS).events()).isEmpty();

            watch = firing.watch().after(ticket.lingers(due, due), TARGETS);
            assertThat(only(watch, CLOSING).number()).isEqualTo(day + 1);
            assertThat(only(watch, CLOSING).startedAt()).isEqualTo(due);
            assertThat(watch.after(ticket.lingers(due, due), TARGETS)).isEqualTo(watch);
        }
    }

    @Test
    void keepsTheLastAnswersOfALongConversation() {
        var watch = watch(TARGETS, created, ticket.answered(after(1)));
        for (int asked = 1; asked <= 40; asked++) {
            watch = watch.after(ticket.asked(after(10 * asked)), TARGETS);
            watch = watch.after(ticket.answered(after(10 * asked + 5)), TARGETS);
        }

        assertThat(of(watch, NEXT_RESPONSE))
                .extracting(Clock::number)
                .containsExactly(35, 36, 37, 38, 39, 40);
        assertThat(of(watch, NEXT_RESPONSE)).allMatch(clock -> clock.state() == STOPPED);
    }

    @Test
    void givesNoTimeToCloseWhatIsNotResolved() {
        var watch = watch(TARGETS, created, ticket.stillPromises(after(100)));
        assertThat(of(watch, CLOSING)).isEmpty();

        for (var over : List.of(ticket.closed(after(300)), ticket.reopened(after(300)))) {
            var ended =
                    watch(
                            TARGETS,
                            created,
                            ticket.resolved(after(60)),
                            ticket.stillPromises(after(100)),
                            over,
                            ticket.lingers(after(300), after(301)));

            assertThat(only(ended, CLOSING).state()).isEqualTo(STOPPED);
            assertThat(only(ended, CLOSING).firesAt()).isNull();
        }
    }

    @Test
    void restartsTheTiersClocksAndNeverTheCustomersWhenReopened() {
        var watch =
                watch(TARGETS, created, ticket.resolved(after(60)), ticket.reopened(after(600)));

        assertThat(only(watch, CONFIRMATION).state()).isEqualTo(STOPPED);
        assertThat(of(watch, TIER_RESOLUTION)).hasSize(2);
        assertThat(of(watch, TIER_RESOLUTION).getLast().dueAt()).isEqualTo(after(600 + 24 * 60));
        assertThat(only(watch, RESOLUTION).dueAt()).isEqualTo(after(72 * 60 + 540));
        assertThat(only(watch, RESOLUTION).startedAt()).isEqualTo(START);
        assertThat(only(watch, NEXT_RESPONSE).dueAt()).isEqualTo(after(600 + 120));
    }

    @Test
    void stopsEverythingAtTheEnd() {
        var watch = watch(TARGETS, created, ticket.resolved(after(60)), ticket.closed(after(90)));

        assertThat(watch.clocks()).allMatch(clock -> clock.state() == STOPPED);
        assertThat(watch.clocks()).allMatch(clock -> clock.firesAt() == null);
        assertThat(watch.earliest()).isEmpty();
    }

    @Test
    void startsTheNextTiersClocksAndLeavesTheCustomersWhenEscalated() {
        var watch = watch(TARGETS, created, escalated(2, after(31)));

        assertThat(of(watch, TIER_RESOLUTION))
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
                        escalated(2, after(31)),
                        ticket.assigned("escalation-2-1", after(35)));

        assertThat(only(watch, TIER_RESPONSE).state()).isEqualTo(STOPPED);
        assertThat(of(watch, TIER_RESOLUTION).getLast().state()).isEqualTo(RUNNING);
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

    @Test
    void raisesAgainInTheNextStayByTheTiersOwnClocks() {
        var raised = Firing.of(watch(TARGETS, created), after(30), TARGETS).watch();
        var climbed = raised.after(escalated(2, after(31)), TARGETS);

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

        var firing = Firing.hearing(before, escalated(2, after(1)), targets, () -> after(1));

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

    @Test
    void ringsAgainAndAgainAtTheLastTier() {
        var last = watch(TARGETS, created, escalated(4, after(1)));

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
                Firing.of(watch(TARGETS, created, escalated(4, after(1))), after(16), TARGETS);

        var taken = ringing.watch().after(ticket.assigned("escalation-4-1", after(20)), TARGETS);

        assertThat(besidesWarnings(Firing.of(taken, after(29), TARGETS))).isEmpty();
    }

    @Test
    void tellsSilenceAfterAResolution() {
        var resolved = watch(TARGETS, created, ticket.resolved(after(60)));

        var firing = Firing.of(resolved, after(60 + 3 * 24 * 60), TARGETS);

        assertThat(firing.events())
                .containsExactly(
                        new ClockElapsed(
                                ticket.id,
                                1,
                                after(60 + 3 * 24 * 60),
                                CONFIRMATION,
                                after(60 + 3 * 24 * 60),
                                null));
        assertThat(Firing.of(firing.watch(), after(100 * 24 * 60), TARGETS).events()).isEmpty();
    }

    @Test
    void isDueExactlyWhenItWasPromisedWhateverTheTicketDoes() {
        var dueAt = after(100).plusNanos(1_000);
        var watch =
                watch(
                        TARGETS,
                        created,
                        ticket.promises(CALL, dueAt, after(40)),
                        ticket.waits(WaitingReason.CUSTOMER, after(50)),
                        ticket.goesOn(after(60)),
                        escalated(2, after(70)),
                        ticket.resolved(after(80)));

        assertThat(only(watch, PROMISE).isRunning()).isTrue();
        assertThat(only(watch, PROMISE).pauses()).isEmpty();
        assertThat(watch.earliest()).contains(new Watch.Due(PROMISE, dueAt, 0));
        assertThat(besidesWarnings(Firing.of(watch, dueAt.minusNanos(1_000), TARGETS))).isEmpty();
        var over = Firing.of(watch, dueAt, TARGETS);
        assertThat(besidesWarnings(over))
                .containsExactly(new ClockElapsed(ticket.id, 2, dueAt, PROMISE, dueAt, CALL));
        assertThat(Firing.of(over.watch(), after(200), TARGETS).events()).isEmpty();
    }

    @Test
    void keepsAClockForEachPromiseThatIsOpen() {
        var other = UUID.randomUUID();
        var both =
                watch(
                        TARGETS,
                        created,
                        ticket.promises(CALL, after(100), after(1)),
                        ticket.promises(other, after(50), after(2)));

        assertThat(of(both, PROMISE)).extracting(Clock::about).containsExactly(CALL, other);

        var one = both.after(ticket.keeps(other, after(20)), TARGETS);
        assertThat(of(one, PROMISE)).extracting(Clock::about).containsExactly(CALL);

        var none = one.after(ticket.withdraws(CALL, after(21)), TARGETS);
        assertThat(of(none, PROMISE)).isEmpty();
        assertThat(none.earliest()).contains(new Watch.Due(FIRST_RESPONSE, after(30), 0));
    }

    @Test
    void keepsNoMoreClocksHoweverManyPromisesThereWere() {
        var watch = watch(TARGETS, created, ticket.answered(after(1)));
        var clocks = watch.clocks().size();
        var open = new UUID(0, 0);
        watch = watch.after(ticket.promises(open, after(1), after(1)), TARGETS);
        for (int n = 1; n <= 300; n++) {
            var next = new UUID(0, n);
            watch = watch.after(ticket.promises(next, after(n + 1), after(n)), TARGETS);
            var ended =
                    switch (n % 3) {
                        case 0 -> ticket.keeps(open, after(n));
                        case 1 -> ticket.withdraws(open, after(n));
                        default -> ticket.breaks(open, after(n), after(n));
                    };
            watch = Firing.hearing(watch, ended, TARGETS, ended::at).watch();
            open = next;

            assertThat(watch.clocks()).hasSize(clocks + 1);
            assertThat(only(watch, PROMISE).about()).isEqualTo(open);
        }
    }

    @Test
    void raisesAgainForABrokenPromiseWhenAMergeIsUndone() {
        var over =
                Firing.of(
                                watch(
                                        TARGETS,
                                        created,
                                        ticket.answered(after(1)),
                                        ticket.promises(CALL, after(20), after(2))),
                                after(20),
                                TARGETS)
                        .watch();
        var raised = hear(over, ticket.breaks(CALL, after(20), after(21))).watch();
        var merged = raised.after(ticket.merged(after(22)), TARGETS);

        var unmerged = hear(merged, ticket.unmerged(Set.of(), after(25)));

        assertThat(unmerged.events())
                .singleElement()
                .isInstanceOfSatisfying(
                        EscalationRaised.class,
                        again -> {
                            assertThat(again.cause()).isEqualTo(EscalationCause.PROMISE);
                            assertThat(again.dueAt()).isEqualTo(after(20));
                        });
    }

    @Test
    void goesOnWithWhatIsPromisedForADayAfterTheEnd() {
        var due = after(100 * 24 * 60);
        var closed =
                watch(
                        TARGETS,
                        created,
                        ticket.promises(new UUID(0, 1), after(200), after(2)),
                        ticket.resolved(after(60)),
                        ticket.promises(CALL, due, after(60)),
                        ticket.withdraws(new UUID(0, 1), after(90)),
                        ticket.closed(after(90)));

        assertThat(closed.clocks()).filteredOn(Clock::isOpen).hasSize(1);
        assertThat(only(closed, PROMISE).about()).isEqualTo(CALL);
        assertThat(closed.earliest()).contains(new Watch.Due(PROMISE, due, 0));
        var over = Firing.of(closed, due, TARGETS);
        assertThat(over.events())
                .contains(new ClockElapsed(ticket.id, 1, due, PROMISE, due, CALL))
                .noneMatch(EscalationRaised.class::isInstance);

        var broken = hear(over.watch(), ticket.breaks(CALL, due, due));

        assertThat(broken.events()).isEmpty();
        assertThat(of(broken.watch(), PROMISE)).isEmpty();
        assertThat(Firing.of(broken.watch(), due.plusSeconds(86_400), TARGETS).events()).isEmpty();
    }

    @Test
    void warnsOfAPromise() {
        var watch = watch(TARGETS, created, ticket.promises(CALL, after(12), after(2)));

        assertThat(warnings(Firing.of(watch, after(7), TARGETS)))
                .containsExactly(
                        new ClockWarned(ticket.id, 1, after(7), PROMISE, 50, after(12), CALL));
    }

    @Test
    void leavesPromisesAloneUnderAnotherPolicy() {
        var watch = watch(TARGETS, created, ticket.promises(CALL, after(12), after(2)));

        assertThat(only(watch.under(TARGETS, after(3)), PROMISE)).isEqualTo(only(watch, PROMISE));
    }

    @Test
    void raisesOnceAStayWhenAPromiseIsBroken() {
        var watch =
                watch(
                        TARGETS,
                        created,
                        ticket.answered(after(1)),
                        ticket.promises(CALL, after(20), after(2)));
        var over = Firing.of(watch, after(20), TARGETS).watch();

        var broken = hear(over, ticket.breaks(CALL, after(20), after(21)));

        assertThat(broken.events())
                .containsExactly(
                        new EscalationRaised(
                                ticket.id,
                                1,
                                after(21),
                                Firing.escalationId(ticket.id, 1),
                                1,
                                2,
                                EscalationCause.PROMISE,
                                PROMISE,
                                after(20)));
        assertThat(hear(broken.watch(), ticket.breaks(CALL, after(20), after(22))).events())
                .isEmpty();
    }

    @Test
    void climbsByTheResponseThatIsOwedAndNotByTheCallBackBefore() {
        var unanswered = watch(TARGETS, created, ticket.promises(CALL, after(5), START));
        var asked =
                watch(
                        TARGETS,
                        created,
                        ticket.answered(after(1)),
                        ticket.asked(after(2)),
                        ticket.promises(CALL, after(5), after(2)));

        for (var owed : List.of(unanswered, asked)) {
            var broken =
                    hear(
                            Firing.of(owed, after(5), TARGETS).watch(),
                            ticket.breaks(CALL, PromisePurpose.CALLBACK, after(5), after(5)));
            assertThat(broken.events()).isEmpty();
            var response = owed == asked ? NEXT_RESPONSE : FIRST_RESPONSE;
            var dueAt = only(owed, response).dueAt();

            assertThat(Firing.of(broken.watch(), dueAt, TARGETS).events())
                    .filteredOn(EscalationRaised.class::isInstance)
                    .singleElement()
                    .isInstanceOfSatisfying(
                            EscalationRaised.class,
                            raised -> assertThat(raised.clock()).isEqualTo(response));
        }
    }

    @Test
    void climbsByTheCallBackWhereNothingElseIsOwed() {
        var answered =
                watch(
                        TARGETS,
                        created,
                        ticket.answered(after(1)),
                        ticket.promises(CALL, after(5), after(2)));

        assertThat(hear(answered, broken(PromisePurpose.CALLBACK)).events())
                .singleElement()
                .isInstanceOfSatisfying(
                        EscalationRaised.class,
                        raised -> assertThat(raised.cause()).isEqualTo(EscalationCause.PROMISE));
    }

    @ParameterizedTest
    @NullSource
    @EnumSource(value = PromisePurpose.class, names = "CALLBACK", mode = EnumSource.Mode.EXCLUDE)
    void climbsByWhatElseWasPromisedWhateverIsOwed(@Nullable PromisePurpose purpose) {
        var watch = watch(TARGETS, created, ticket.promises(CALL, after(5), START));

        assertThat(hear(watch, broken(purpose)).events())
                .hasExactlyElementsOfTypes(EscalationRaised.class);
    }

    private TicketEvent broken(@Nullable PromisePurpose purpose) {
        return ticket.breaks(CALL, purpose, after(5), after(5));
    }

    @Test
    void ringsOnceWhenAPromiseIsBrokenAtTheLastTier() {
        var last =
                watch(
                        TARGETS,
                        created,
                        escalated(4, after(1)),
                        ticket.promises(CALL, after(10), after(2)));

        var broken = hear(last, ticket.breaks(CALL, after(10), after(10)));

        assertThat(broken.events())
                .containsExactly(
                        new LastTierOverdue(ticket.id, 2, after(10), PROMISE, after(10), 1));
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
                        of(
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

        assertThat(of(resting, WAITING))
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

        assertThat(of(once, WAITING).getLast().target()).isEqualTo(Duration.ofHours(32));
        assertThat(of(once, WAITING).getLast().basis()).endsWith(PolicyRule.LEFT);
        assertThat(only(once, RESOLUTION).state()).isEqualTo(PAUSED);

        var usedUp =
                once.after(ticket.goesOn(after(92 * hours)), TARGETS)
                        .after(ticket.waits(WaitingReason.CUSTOMER, after(93 * hours)), TARGETS);

        assertThat(of(usedUp, WAITING)).hasSize(2);
        assertThat(only(usedUp, RESOLUTION).state()).isEqualTo(RUNNING);
    }

    @Test
    void hasNoLimitOfItsOwnForWhatIsPromised() {
        var watch = watch(TARGETS, created, ticket.waits(WaitingReason.AGREED, after(60)));

        assertThat(of(watch, WAITING)).isEmpty();
    }

    @Test
    void asksTheCustomerForADurationThatIsNotOurs() {
        var closed =
                watch(
                        TARGETS,
                        created,
                        ticket.resolvedAndAsks(CALL, after(60)),
                        ticket.closed(after(70)));

        assertThat(only(closed, SURVEY).isRunning()).isTrue();
        assertThat(only(closed, SURVEY).firesAt()).isEqualTo(after(60 + 72 * 60));
        assertThat(closed.earliest()).isEmpty();
        var over = Firing.of(closed, after(60 + 72 * 60), TARGETS);
        assertThat(over.events())
                .extracting(event -> ((ClockElapsed) event).about())
                .containsExactly(CALL);
        assertThat(only(hear(closed, ticket.rated(Solved.YES, after(80))).watch(), SURVEY).state())
                .isEqualTo(STOPPED);
    }

    @Test
    void givesTheCustomerTheirTimeFromWhenTheyAreAsked() {
        var morning = after(14 * 60);
        var closed =
                watch(
                        TARGETS,
                        created,
                        ticket.resolvedAndAsks(CALL, morning, after(60)),
                        ticket.closed(after(70)));
        var survey = only(closed, SURVEY);

        assertThat(survey.startedAt()).isEqualTo(morning);
        assertThat(survey.firesAt()).isEqualTo(morning.plus(Duration.ofHours(72)));
        assertThat(Firing.of(closed, after(60 + 72 * 60), TARGETS).events()).isEmpty();
        assertThat(Firing.of(closed, morning.plus(Duration.ofHours(72)), TARGETS).events())
                .singleElement()
                .isInstanceOf(ClockElapsed.class);
    }

    @Test
    void asksNoMoreWhatItWasToAskLater() {
        var reopened =
                watch(
                        TARGETS,
                        created,
                        ticket.resolvedAndAsks(CALL, after(14 * 60), after(60)),
                        ticket.reopened(after(70)),
                        ticket.resolvedAndAsks(UUID.randomUUID(), after(15 * 60), after(80)));

        assertThat(of(reopened, SURVEY))
                .extracting(Clock::state, Clock::startedAt)
                .containsExactly(tuple(STOPPED, after(14 * 60)), tuple(RUNNING, after(15 * 60)));
    }

    @Test
    void asksNoMoreOnceTheTicketIsReopened() {
        var reopened =
                watch(
                        TARGETS,
                        created,
                        ticket.resolvedAndAsks(CALL, after(60)),
                        ticket.reopened(after(70)));

        assertThat(only(reopened, SURVEY).state()).isEqualTo(STOPPED);
    }

    @Test
    void raisesWhatTheCustomerSaysIsNotSolvedUnlessItIsClosed() {
        var closed =
                watch(
                        TARGETS,
                        created,
                        ticket.resolvedAndAsks(CALL, after(60)),
                        ticket.closed(after(65)));
        assertThat(hear(closed, ticket.rated(Solved.NO, after(70))).events()).isEmpty();
        var reopened =
                watch(
                        TARGETS,
                        created,
                        ticket.resolvedAndAsks(CALL, after(60)),
                        ticket.reopened(after(70)));

        assertThat(hear(reopened, ticket.rated(Solved.NO, after(70))).events())
                .singleElement()
                .isInstanceOfSatisfying(
                        EscalationRaised.class,
                        raised -> {
                            assertThat(raised.cause()).isEqualTo(EscalationCause.LOW_SCORE);
                            assertThat(raised.stay()).isEqualTo(2);
                        });
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

    private static Firing hear(Watch watch, TicketEvent event) {
        return Firing.hearing(watch, event, TARGETS, event::at);
    }

    @Test
    void tellsWhatIsDueNextOnlyWhenItChanged() {
        var before = watch(TARGETS, created);
        var answered = before.after(ticket.answered(after(10)), TARGETS);
        var asked = answered.after(ticket.asked(after(20)), TARGETS);

        assertThat(before.dueChangedSince(before, START)).isEmpty();
        assertThat(asked.dueChangedSince(before, after(20)))
                .contains(
                        new DueChanged(
                                ticket.id, after(20), NEXT_RESPONSE, after(140), null, null));
        assertThat(
                        watch(TARGETS, created, ticket.closed(after(1)))
                                .dueChangedSince(before, after(1)))
                .isEqualTo(
                        Optional.of(new DueChanged(ticket.id, after(1), null, null, null, null)));
    }

    @Test
    void tellsHowMuchWasWarnedOfWhatIsDueNext() {
        var halfTime = after(12 * 60);
        var watch =
                watch(
                        TARGETS,
                        created,
                        ticket.answered(after(1)),
                        ticket.promises(CALL, after(13 * 60), halfTime));
        var warned = Firing.of(watch, halfTime, TARGETS);
        assertThat(warnings(warned)).extracting(ClockWarned::clock).contains(TIER_RESOLUTION);
        assertThat(warned.watch().dueChangedSince(watch, halfTime)).isEmpty();

        var kept = warned.watch().after(ticket.keeps(CALL, halfTime), TARGETS);

        assertThat(kept.dueChangedSince(watch, halfTime))
                .contains(
                        new DueChanged(
                                ticket.id, halfTime, TIER_RESOLUTION, after(24 * 60), 50, null));
    }

    @Test
    void tellsThatWhatWasWarnedOfWhatIsDueNextNoLongerHolds() {
        var due = after(100);
        var sooner = new UUID(0, 1);
        var later = new UUID(0, 2);
        var watch =
                watch(
                        TARGETS,
                        created,
                        ticket.answered(after(1)),
                        ticket.promises(sooner, due, after(2)),
                        ticket.promises(later, due, after(80)));
        var warned = Firing.of(watch, after(95), TARGETS).watch();
        assertThat(warned.earliest()).contains(new Watch.Due(PROMISE, due, 90));
        assertThat(warned.dueChangedSince(watch, after(95))).isEmpty();

        var kept = warned.after(ticket.keeps(sooner, after(95)), TARGETS);

        assertThat(kept.dueChangedSince(warned, after(95)))
                .contains(new DueChanged(ticket.id, after(95), PROMISE, due, 75, null));
    }

    @Test
    void tellsSinceWhenItIsOverdueAsAWholeAsLongAsItIsToBeSolved() {
        var late = after(72 * 60);
        var watch =
                watch(
                        TARGETS,
                        created,
                        ticket.answered(after(1)),
                        ticket.promises(CALL, after(80 * 60), after(2)));
        var overdue = Firing.of(watch, late, TARGETS).watch();
        assertThat(overdue.dueChangedSince(watch, late))
                .contains(new DueChanged(ticket.id, late, PROMISE, after(80 * 60), 75, late));
        assertThat(overdue.dueChangedSince(overdue, late)).isEmpty();

        var kept = overdue.after(ticket.keeps(CALL, after(73 * 60)), TARGETS);
        assertThat(kept.dueChangedSince(overdue, after(73 * 60)))
                .contains(new DueChanged(ticket.id, after(73 * 60), null, null, null, late));

        var merged = kept.after(ticket.merged(after(74 * 60)), TARGETS);
        assertThat(merged.dueChangedSince(kept, after(74 * 60)))
                .contains(new DueChanged(ticket.id, after(74 * 60), null, null, null, null));
        var undone = merged.after(ticket.unmerged(Set.of(), after(75 * 60)), TARGETS);
        assertThat(undone.overdueSince()).isEqualTo(late);

        var resolved = undone.after(ticket.resolved(after(76 * 60)), TARGETS);
        assertThat(resolved.overdueSince()).isNull();
        assertThat(resolved.after(ticket.reopened(after(77 * 60)), TARGETS).overdueSince())
                .isEqualTo(late);
        assertThat(resolved.after(ticket.closed(after(77 * 60)), TARGETS).overdueSince()).isNull();
    }

    private TicketEvent escalated(int tier, Instant at) {
        return ticket.escalated(tier, EscalationCause.TIME, at, at);
    }

    private static ClockKind clock(Object event) {
        return ((LastTierOverdue) event).clock();
    }

    private static Instant after(int minutes) {
        return START.plus(Duration.ofMinutes(minutes));
    }

    private static List<Clock> of(Watch watch, ClockKind kind) {
        return watch.clocks().stream().filter(clock -> clock.kind() == kind).toList();
    }

    private static Clock only(Watch watch, ClockKind kind) {
        assertThat(of(watch, kind)).hasSize(1);
        return of(watch, kind).getFirst();
    }
}
