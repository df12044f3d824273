package io.gendan.ticket;

import static io.gendan.ticket.TicketFixtures.NOON;
import static io.gendan.ticket.TicketFixtures.RULES;
import static io.gendan.ticket.TicketFixtures.WAIT;
import static io.gendan.ticket.TicketFixtures.WEEK;
import static io.gendan.ticket.TicketFixtures.XU;
import static io.gendan.ticket.TicketFixtures.acceptedTicket;
import static io.gendan.ticket.TicketFixtures.choice;
import static io.gendan.ticket.TicketFixtures.claim;
import static io.gendan.ticket.TicketFixtures.closedTicket;
import static io.gendan.ticket.TicketFixtures.majorTicket;
import static io.gendan.ticket.TicketFixtures.otherTicket;
import static io.gendan.ticket.TicketFixtures.rate;
import static io.gendan.ticket.TicketFixtures.resolvedTicket;
import static io.gendan.ticket.TicketFixtures.said;
import static io.gendan.ticket.TicketFixtures.solution;
import static io.gendan.ticket.TicketFixtures.waitOver;
import static io.gendan.ticket.TicketFixtures.waitingTicket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gendan.api.Problem;
import io.gendan.events.ClockKind;
import io.gendan.events.CloseReason;
import io.gendan.events.EscalationCause;
import io.gendan.events.EscalationEvent.ClockElapsed;
import io.gendan.events.LinkRelation;
import io.gendan.events.PromisePurpose;
import io.gendan.events.Solved;
import io.gendan.events.TicketEvent.ClosingRefused;
import io.gendan.events.TicketEvent.PromiseKept;
import io.gendan.events.TicketEvent.PromiseMade;
import io.gendan.events.TicketEvent.SurveyAnswered;
import io.gendan.events.TicketEvent.SurveyEnded;
import io.gendan.events.TicketEvent.TicketClosed;
import io.gendan.events.TicketEvent.TicketEscalated;
import io.gendan.events.TicketEvent.TicketLinked;
import io.gendan.events.TicketEvent.TicketReopened;
import io.gendan.events.WaitingReason;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** What the customer says of a resolution, and what follows. */
class SurveyTests {

    private static final Instant LATER = NOON.plusSeconds(100);
    private static final UUID MESSAGE = new UUID(0, 99);

    @ParameterizedTest
    @CsvSource({"YES, 2", "YES, 1", "PARTLY, 2"})
    void promisesThatSomebodyElseCallsWhoWasNotContent(Solved solved, int score) {
        var ticket = resolvedTicket();
        ticket.drainNews();

        assertThat(rate(ticket, solved, score, LATER)).isFalse();

        var news = ticket.drainNews();
        assertThat(news).hasExactlyElementsOfTypes(SurveyAnswered.class, PromiseMade.class);
        var promise = (PromiseMade) news.getLast();
        assertThat(promise.purpose()).isEqualTo(PromisePurpose.REVISIT);
        assertThat(promise.dueAt()).isEqualTo(LATER.plus(Duration.ofHours(2)));
        assertThat(promise.notBy()).isEqualTo(XU);
        ticket.confirm(LATER);
        assertThat(ticket.drainNews()).hasExactlyElementsOfTypes(ClosingRefused.class);
        refusesTheRatedPerson(ticket, promise.promiseId());
        ticket.keep(promise.promiseId(), "supervisor-1", solution(null), LATER);
        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(PromiseKept.class, TicketClosed.class);
    }

    private static void refusesTheRatedPerson(Ticket ticket, UUID promise) {
        for (Runnable settling :
                List.<Runnable>of(
                        () -> ticket.keep(promise, XU, solution(null), LATER),
                        () -> ticket.withdraw(promise, XU, "不用了", LATER))) {
            assertThatExceptionOfType(Problem.class)
                    .isThrownBy(settling::run)
                    .withMessageContaining("rated-person");
        }
        assertThat(ticket.drainNews()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"NO, 5, true", "NO, 1, true", "YES, 3, false", "PARTLY, 4, false"})
    void isFollowedUpAfterClosingWhenItIsNotSolved(Solved solved, int score, boolean followed) {
        var ticket = closedTicket();
        ticket.drainNews();

        assertThat(rate(ticket, solved, score, LATER)).isEqualTo(followed);

        assertThat(ticket.drainNews()).hasExactlyElementsOfTypes(SurveyAnswered.class);
        assertThat(ticket.memento().status()).isEqualTo(TicketStatus.CLOSED);
    }

    @ParameterizedTest
    @CsvSource({"YES, 2", "YES, 1", "PARTLY, 2"})
    void isRevisitedAfterClosingBySomebodyElseWhenSolvedWithALowScore(Solved solved, int score) {
        var ticket = closedTicket();
        ticket.drainNews();

        assertThat(rate(ticket, solved, score, LATER)).isFalse();

        var news = ticket.drainNews();
        assertThat(news).hasExactlyElementsOfTypes(SurveyAnswered.class, PromiseMade.class);
        var promise = (PromiseMade) news.getLast();
        assertThat(promise.purpose()).isEqualTo(PromisePurpose.REVISIT);
        assertThat(promise.dueAt()).isEqualTo(LATER.plus(Duration.ofDays(1)));
        refusesTheRatedPerson(ticket, promise.promiseId());
        ticket.keep(promise.promiseId(), "supervisor-1", solution(null), LATER);
        assertThat(ticket.drainNews()).hasExactlyElementsOfTypes(PromiseKept.class);
        assertThat(ticket.memento().status()).isEqualTo(TicketStatus.CLOSED);
    }

    @Test
    void aFollowUpBeginsAtTheSecondTierWithARevisitBySomebodyElse() {
        var closed = closedTicket();
        rate(closed, Solved.NO, 1, LATER);
        closed.drainNews();
        var followUp = Ticket.of(otherTicket().created(), RULES);

        var survey = Objects.requireNonNull(closed.memento().survey());
        followUp.ties().goAfter(closed, survey.discontent(), LATER);

        assertThat(closed.drainNews())
                .containsExactly(
                        new TicketLinked(
                                closed.id(),
                                1,
                                1,
                                LATER,
                                followUp.id(),
                                followUp.created().number(),
                                LinkRelation.FOLLOWED_BY));
        var begun = followUp.drainNews();
        assertThat(begun)
                .hasExactlyElementsOfTypes(
                        TicketLinked.class, PromiseMade.class, TicketEscalated.class);
        var promise = (PromiseMade) begun.get(1);
        assertThat(promise.dueAt()).isEqualTo(LATER.plus(Duration.ofDays(1)));
        assertThat(promise.notBy()).isEqualTo(XU);
        var climbed = (TicketEscalated) begun.getLast();
        assertThat(climbed.toTier()).isEqualTo(2);
        assertThat(climbed.cause()).isEqualTo(EscalationCause.LOW_SCORE);
        assertThat(followUp.memento().tier()).isEqualTo(2);
        followUp.assign(claim(followUp, 2), LATER);
        followUp.drainNews();
        refusesTheRatedPerson(followUp, promise.promiseId());
        followUp.keep(promise.promiseId(), "escalation-2-1", solution(null), LATER);
        assertThat(followUp.drainNews()).hasExactlyElementsOfTypes(PromiseKept.class);
    }

    @Test
    void takesAlongInAMergeWhoMayNotKeepAPromise() {
        var ticket = resolvedTicket();
        rate(ticket, Solved.YES, 1, LATER);
        ticket.hear(said(MESSAGE, "还是不对"), LATER);
        var other = otherTicket();

        ticket.ties().mergeInto(other, "same parcel", LATER);

        other.drainNews();
        refusesTheRatedPerson(other, other.memento().promises().getFirst().id());
    }

    @Test
    void asksNobodyWhomItIsToldToSpare() {
        var ticket = acceptedTicket();
        ticket.askNobody();

        ticket.resolve(XU, solution("换货已送达"), LATER);

        assertThat(ticket.memento().survey()).isNull();
    }

    @Test
    void asksAboutASolutionAndNotAboutSilenceOrWhatIsMajor() {
        var solved = acceptedTicket();
        var silent = waitingTicket(WaitingReason.CUSTOMER);
        var major = majorTicket();
        major.assign(choice(major, 1, XU), LATER);
        major.accept(XU, LATER);
        major.resolve(XU, solution("result"), LATER);
        solved.resolve(XU, solution("result"), LATER);
        silent.elapse(waitOver(silent, WAIT), LATER);

        assertThat(solved.memento().survey())
                .isEqualTo(
                        new Survey(
                                Survey.id(solved.id(), 1),
                                1,
                                XU,
                                LATER,
                                null,
                                null,
                                LATER.plus(Duration.ofMinutes(30)),
                                null));
        assertThat(silent.memento().survey()).isNull();
        assertThat(major.memento().survey()).isNull();
    }

    @ParameterizedTest
    @EnumSource(
            value = Solved.class,
            names = {"YES", "PARTLY"})
    void takesAnAnswerOnce(Solved solved) {
        var ticket = resolvedTicket();
        ticket.drainNews();

        rate(ticket, solved, LATER);

        assertThat(ticket.drainNews())
                .containsExactly(
                        new SurveyAnswered(
                                ticket.id(),
                                1,
                                1,
                                LATER,
                                Survey.id(ticket.id(), 1),
                                XU,
                                solved,
                                4,
                                false,
                                "好"));
        assertThatExceptionOfType(SurveyOver.class).isThrownBy(() -> rate(ticket, solved, LATER));
        ticket.elapse(surveyOver(ticket), LATER);
        assertThat(ticket.drainNews()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void reopensWhatTheCustomerSaysIsNotSolvedAndSomebodyElseCalls(int score) {
        var ticket = resolvedTicket();
        ticket.drainNews();

        assertThat(rate(ticket, Solved.NO, score, LATER)).isFalse();

        var news = ticket.drainNews();
        assertThat(news)
                .hasExactlyElementsOfTypes(
                        TicketReopened.class, SurveyAnswered.class, PromiseMade.class)
                .allSatisfy(event -> assertThat(event.stay()).isEqualTo(2));
        assertThat(ticket.memento().status()).isEqualTo(TicketStatus.REOPENED);
        var promise = (PromiseMade) news.getLast();
        assertThat(promise.purpose()).isEqualTo(PromisePurpose.REVISIT);
        assertThat(promise.dueAt()).isEqualTo(LATER.plus(Duration.ofHours(2)));
        refusesTheRatedPerson(ticket, promise.promiseId());
    }

    @Test
    void takesALateAnswerAsLateAndNoneAfterThat() {
        var ticket = closedTicket();
        ticket.elapse(surveyOver(ticket), LATER);
        ticket.elapse(surveyOver(ticket), LATER);
        assertThat(ticket.drainNews()).filteredOn(SurveyEnded.class::isInstance).hasSize(1);
        var asksAt = ticket.memento().survey().asksAt();

        assertThat(asksAt).isAfter(ticket.memento().resolvedAt());
        assertThatExceptionOfType(SurveyOver.class)
                .isThrownBy(() -> rate(ticket, Solved.YES, asksAt.plus(WEEK).plusNanos(1_000)));
        rate(ticket, Solved.YES, asksAt.plus(WEEK));

        assertThat(ticket.drainNews())
                .singleElement()
                .isInstanceOfSatisfying(
                        SurveyAnswered.class, answered -> assertThat(answered.late()).isTrue());
    }

    @Test
    void hearsAnswersAWeekFromTheMorningAfterWhatWasSolvedAtNight() {
        var night = Instant.parse("2026-11-22T15:00:00Z");
        var morning = Instant.parse("2026-11-23T01:00:00Z");
        var ticket = acceptedTicket();
        ticket.resolve(XU, solution("换货已送达"), night);

        assertThat(ticket.memento().survey().asksAt()).isEqualTo(morning);
        rate(ticket, Solved.YES, morning.plus(WEEK));

        assertThat(ticket.memento().survey().answer()).isNotNull();
    }

    @Test
    void knowsByTheRulesWhenItAsksAboutAResolutionThatAnOlderVersionTold() {
        var ticket = resolvedTicket();
        var survey = ticket.memento().survey();
        var older =
                new Survey(
                        survey.id(),
                        survey.stay(),
                        survey.agent(),
                        survey.openedAt(),
                        null,
                        null,
                        null,
                        null);

        assertThat(ticket.asksAt(older)).isEqualTo(survey.asksAt());
    }

    @Test
    void takesNoAnswerAboutAResolutionThatTheCustomerHasRefusedOtherwise() {
        var ticket = resolvedTicket();
        ticket.hear(said(MESSAGE, "还是不对"), LATER);

        assertThatExceptionOfType(SurveyOver.class)
                .isThrownBy(() -> rate(ticket, Solved.YES, LATER));
    }

    @ParameterizedTest
    @CsvSource({
        "WITHDRAWN, false",
        "UNREACHABLE, false",
        "DUPLICATE, false",
        "INVALID, false",
        "NO_AGREEMENT, true",
        "NO_OBJECTION, true"
    })
    void takesNoAnswerAboutWhatWasClosedAsNoSolution(CloseReason reason, boolean isAsked) {
        var ticket = resolvedTicket();
        var closed = new TicketClosed(ticket.id(), 1, 1, LATER, reason, null, null);

        ticket.replayMore(List.of(closed));

        assertThat(ChannelOutbox.asksNoMore(closed)).isEqualTo(!isAsked);
        if (isAsked) {
            assertThat(rate(ticket, Solved.YES, 5, LATER)).isFalse();
        } else {
            assertThatExceptionOfType(SurveyOver.class)
                    .isThrownBy(() -> rate(ticket, Solved.NO, LATER));
            ticket.drainNews();
            ticket.elapse(surveyOver(ticket), LATER);
            assertThat(ticket.drainNews()).isEmpty();
        }
    }

    @Test
    void takesNoAnswerAboutAnEarlierResolution() {
        var ticket = resolvedTicket();
        ticket.hear(said(MESSAGE, "还是不对"), LATER);
        ticket.resolve(XU, solution("now it is"), LATER);

        assertThatExceptionOfType(SurveyOver.class)
                .isThrownBy(
                        () ->
                                ticket.rate(
                                        Survey.id(ticket.id(), 1),
                                        new Survey.Draft(Solved.NO, 1, null),
                                        WEEK,
                                        LATER));
    }

    private static ClockElapsed surveyOver(Ticket ticket) {
        return new ClockElapsed(
                ticket.id(), 1, LATER, ClockKind.SURVEY, LATER, Survey.id(ticket.id(), 1));
    }
}
