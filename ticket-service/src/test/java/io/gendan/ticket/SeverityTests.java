package io.gendan.ticket;

import static io.gendan.ticket.FactsFixtures.ofKind;
import static io.gendan.ticket.TicketFixtures.NOON;
import static io.gendan.ticket.TicketFixtures.RULES;
import static io.gendan.ticket.TicketFixtures.XU;
import static io.gendan.ticket.TicketFixtures.acceptedTicket;
import static io.gendan.ticket.TicketFixtures.closedTicket;
import static io.gendan.ticket.TicketFixtures.confirmation;
import static io.gendan.ticket.TicketFixtures.majorTicket;
import static io.gendan.ticket.TicketFixtures.otherTicket;
import static io.gendan.ticket.TicketFixtures.promiseOver;
import static io.gendan.ticket.TicketFixtures.replayed;
import static io.gendan.ticket.TicketFixtures.resolvedTicket;
import static io.gendan.ticket.TicketFixtures.solution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.tuple;

import io.gendan.api.Problem;
import io.gendan.events.CloseReason;
import io.gendan.events.Kind;
import io.gendan.events.Major;
import io.gendan.events.Priority;
import io.gendan.events.PromisePurpose;
import io.gendan.events.TicketEvent.ClosingRefused;
import io.gendan.events.TicketEvent.FactsChanged;
import io.gendan.events.TicketEvent.MajorProposed;
import io.gendan.events.TicketEvent.MajorRefused;
import io.gendan.events.TicketEvent.PromiseBroken;
import io.gendan.events.TicketEvent.PromiseKept;
import io.gendan.events.TicketEvent.PromiseMade;
import io.gendan.events.TicketEvent.PromiseWithdrawn;
import io.gendan.events.TicketEvent.TicketAbsorbed;
import io.gendan.events.TicketEvent.TicketCancelled;
import io.gendan.events.TicketEvent.TicketClosed;
import io.gendan.events.TicketEvent.TicketReleased;
import io.gendan.events.TicketEvent.TicketReopened;
import io.gendan.events.TicketEvent.TicketUnmerged;
import io.gendan.messaging.EventJson;
import io.gendan.ticket.rules.MajorWords.Found;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** What sounds major, and what people make of it. */
class SeverityTests {

    private static final Instant LATER = NOON.plusSeconds(100);
    private static final Duration JUDGED_WITHIN = Duration.ofMinutes(15);
    private static final Found HURT = new Found(Major.SAFETY, "受伤");
    private static final Found PRESS = new Found(Major.MEDIA, "记者");

    @Test
    void wordsOnlyPropose() {
        var ticket = acceptedTicket();
        ticket.drainNews();

        ticket.suspect(HURT, LATER);
        ticket.suspect(HURT, LATER);

        var news = ticket.drainNews();
        assertThat(news).hasExactlyElementsOfTypes(MajorProposed.class, PromiseMade.class);
        var promise = (PromiseMade) news.getLast();
        assertThat(promise.purpose()).isEqualTo(PromisePurpose.MAJOR_CHECK);
        assertThat(promise.dueAt()).isEqualTo(LATER.plus(Duration.ofMinutes(15)));
        assertThat(promise.owner()).isEqualTo(Ticket.LEADERS.id());
        assertThat(ticket.memento().facts().major()).isNull();
    }

    @Test
    void whoConfirmsMakesItMajor() {
        var ticket = suspected();

        ticket.confirmMajor(null, XU, LATER);

        var news = ticket.drainNews();
        assertThat(news)
                .hasExactlyElementsOfTypes(
                        PromiseKept.class, FactsChanged.class, PromiseMade.class);
        assertThat(((FactsChanged) news.get(1)).major()).isEqualTo(Major.SAFETY);
        assertThat(((FactsChanged) news.get(1)).reason()).contains("受伤");
        assertThat(ticket.memento().suspicion().question()).isNull();
        ticket.suspect(PRESS, LATER);
        assertThat(ticket.drainNews()).isEmpty();
    }

    @Test
    void whatIsFoundMajorIsAnUrgentComplaintWhateverItWasTakenFor() {
        var ticket = suspected();
        var question = ofKind(Kind.CONSULTATION, ticket);
        ticket.change(question, "客户只是询问", LATER);
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> ticket.change(question.withMajor(Major.MEDIA), "记者", LATER))
                .matches(problem -> problem.slug().equals("major-complaints-only"));

        ticket.confirmMajor(null, XU, LATER);

        var found = ticket.memento().facts();
        assertThat(found.major()).isEqualTo(Major.SAFETY);
        assertThat(found.kind()).isEqualTo(Kind.COMPLAINT);
        assertThat(found.priority()).isEqualTo(Priority.URGENT);
    }

    @Test
    void whoRefusesIsNotAskedTheSameAgain() {
        var ticket = suspected();

        ticket.refuseMajor(null, XU, "旧伤", LATER);

        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(PromiseKept.class, MajorRefused.class);
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> ticket.confirmMajor(null, XU, LATER))
                .matches(problem -> problem.slug().equals("not-suspected"));
        ticket.suspect(HURT, LATER);
        assertThat(ticket.drainNews()).isEmpty();
        ticket.suspect(PRESS, LATER);
        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(MajorProposed.class, PromiseMade.class);
    }

    @Test
    void aLeaderWhoSaysSoOtherwiseAnswersIt() {
        var ticket = suspected();

        ticket.change(ticket.memento().facts().withMajor(Major.MEDIA), "电视台来电", LATER);

        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(
                        FactsChanged.class, PromiseKept.class, PromiseMade.class);
        assertThat(ticket.memento().suspicion().question()).isNull();
    }

    @Test
    void whatNobodyJudgesIsBrokenAndCanStillBeJudged() {
        var ticket = suspected();
        var resolved = resolvedTicket();
        resolved.suspect(HURT, LATER);
        resolved.drainNews();

        ticket.elapse(promiseOver(ticket, check(ticket).id()), LATER);
        resolved.elapse(promiseOver(resolved, check(resolved).id()), LATER);

        assertThat(ticket.drainNews()).hasExactlyElementsOfTypes(PromiseBroken.class);
        assertThat(resolved.drainNews()).hasExactlyElementsOfTypes(PromiseBroken.class);
        assertThat(resolved.memento().status()).isEqualTo(TicketStatus.RESOLVED);
        assertThat(ticket.memento().strain()).isEqualTo(Strain.NONE);
        assertThat(ticket.memento().facts().priority()).isEqualTo(Priority.NORMAL);
        ticket.confirmMajor(null, XU, LATER);
        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(FactsChanged.class, PromiseMade.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = CloseReason.class,
            names = {"CONFIRMED", "NO_OBJECTION"})
    void isNotClosedAsSolvedBeforeSomebodyJudges(CloseReason reason) {
        for (var isJudgedInTime : List.of(true, false)) {
            var ticket = suspectedWhenResolved();
            if (!isJudgedInTime) {
                ticket.elapse(promiseOver(ticket, check(ticket).id()), LATER);
                ticket.drainNews();
            }

            comesDue(ticket, reason);

            var asked = Suspicion.proposalId(ticket.id(), Major.SAFETY);
            assertThat(ticket.drainNews())
                    .containsExactly(
                            new ClosingRefused(
                                    ticket.id(),
                                    1,
                                    1,
                                    LATER,
                                    reason,
                                    List.of(),
                                    null,
                                    List.of(asked)));
            ticket.refuseMajor(null, XU, "旧伤", LATER);
            assertThat(ticket.drainNews())
                    .filteredOn(TicketClosed.class::isInstance)
                    .containsExactly(
                            new TicketClosed(ticket.id(), 1, 1, LATER, reason, null, null));
        }
    }

    private static void comesDue(Ticket ticket, CloseReason reason) {
        if (reason == CloseReason.CONFIRMED) {
            ticket.confirm(LATER);
        } else {
            ticket.elapse(confirmation(ticket, 1), LATER);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = CloseReason.class,
            names = {"CONFIRMED", "NO_OBJECTION"})
    void whatTurnsOutToBeMajorAfterItWasSolvedComesBackToWork(CloseReason reason) {
        var ticket = suspectedWhenResolved();
        comesDue(ticket, reason);
        ticket.drainNews();

        ticket.confirmMajor(null, XU, LATER);

        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(
                        PromiseKept.class,
                        TicketReopened.class,
                        FactsChanged.class,
                        PromiseMade.class);
        assertThat(ticket.memento().closingDue()).isNull();
        ticket.elapse(confirmation(ticket, 1), LATER);
        assertThat(ticket.drainNews()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = CloseReason.class,
            names = {"WITHDRAWN", "DUPLICATE", "INVALID"})
    void isNotClosedByHandBeforeSomebodyJudgesUnlessItIsNoTicket(CloseReason reason) {
        var ticket = suspected();
        var said =
                switch (reason) {
                    case WITHDRAWN -> Map.of("WITHDRAWAL", "来电撤回");
                    case DUPLICATE -> Map.of("ORIGINAL", "1");
                    default -> Map.of("WHY", "误拨");
                };
        ThrowingCallable closing =
                () -> {
                    if (reason == CloseReason.DUPLICATE) {
                        ticket.closeAsDuplicate(otherTicket(), said, "supervisor-1", LATER);
                    } else {
                        ticket.close(reason, said, "supervisor-1", LATER);
                    }
                };

        if (reason == CloseReason.INVALID) {
            assertThatNoException().isThrownBy(closing);
            assertThat(check(ticket).outcome()).isEqualTo(PromiseOutcome.WITHDRAWN);
            assertThat(ticket.memento().suspicion().question()).isNull();
        } else {
            assertThatExceptionOfType(Problem.class)
                    .isThrownBy(closing)
                    .matches(problem -> problem.status() == 409)
                    .matches(problem -> problem.slug().equals("major-unjudged"));
            assertThat(ticket.drainNews()).isEmpty();
        }
    }

    @Test
    void isCancelledAsItIs() {
        var ticket = suspected();

        ticket.cancel("app", "不需要了", LATER);

        assertThat(ticket.drainNews()).last().isInstanceOf(TicketCancelled.class);
        assertThat(check(ticket).outcome()).isEqualTo(PromiseOutcome.WITHDRAWN);
    }

    private static Ticket suspectedWhenResolved() {
        var ticket = resolvedTicket();
        ticket.suspect(HURT, LATER);
        ticket.drainNews();
        return ticket;
    }

    @Test
    void isKeptByJudgingOnly() {
        var ticket = suspected();

        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> ticket.keep(check(ticket).id(), XU, solution(null), LATER))
                .matches(problem -> problem.slug().equals("promise-to-judge"));
    }

    @Test
    void isAskedOfTheTicketThatItIsMergedInto() {
        var ticket = suspected();
        var other = otherTicket();

        ticket.ties().mergeInto(other, "同一包裹", LATER);

        assertThat(ticket.memento().suspicion().question()).isNull();
        assertThat(other.drainNews())
                .hasExactlyElementsOfTypes(
                        TicketAbsorbed.class, MajorProposed.class, PromiseMade.class);
        assertThat(Objects.requireNonNull(other.memento().suspicion().question()).word())
                .isEqualTo("受伤");
    }

    @Test
    void isAskedUnderOlderRulesByWhenItWasDue() {
        var ticket = suspected();
        var other = Ticket.of(otherTicket().created(), TicketFixtures.rules("2026.1"));

        ticket.ties().mergeInto(other, "同一包裹", LATER.plusSeconds(60));

        assertThat(question(other).major()).isEqualTo(Major.SAFETY);
        assertThat(check(other).dueAt()).isEqualTo(LATER.plus(JUDGED_WITHIN));
        other.refuseMajor(null, XU, "旧伤", LATER.plusSeconds(90));
        assertThat(check(other).outcome()).isEqualTo(PromiseOutcome.KEPT);
    }

    @Test
    void twoQuestionsDoNotGoAlongWithAMerge() {
        var ticket = suspected();
        ticket.suspect(PRESS, LATER);
        var into = suspected(new UUID(0, 3));

        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> ticket.ties().mergeInto(into, "同一包裹", LATER))
                .matches(problem -> problem.slug().equals("major-unjudged"));

        ticket.refuseMajor(null, XU, "旧伤", LATER);
        ticket.ties().mergeInto(into, "同一包裹", LATER);
        assertThat(ticket.memento().status()).isEqualTo(TicketStatus.MERGED);
    }

    @Test
    void isAskedOfTheTicketAloneAgainWhenTheMergeIsUndone() {
        var ticket = suspected();
        var other = otherTicket();
        ticket.ties().mergeInto(other, "同一包裹", LATER);
        ticket.drainNews();
        other.drainNews();

        ticket.ties().unmergeFrom(other, null, LATER.plusSeconds(60));

        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(
                        TicketUnmerged.class, MajorProposed.class, PromiseMade.class);
        assertThat(question(ticket).word()).isEqualTo("受伤");
        assertThat(check(ticket).isOpen()).isTrue();
        assertThat(check(ticket).dueAt()).isEqualTo(LATER.plus(JUDGED_WITHIN));
        assertThat(other.drainNews())
                .hasExactlyElementsOfTypes(PromiseWithdrawn.class, TicketReleased.class);
        assertThat(other.memento().suspicion()).isEqualTo(Suspicion.NONE);
        other.suspect(HURT, LATER.plusSeconds(90));
        assertThat(question(other).word()).isEqualTo("受伤");
        ticket.confirmMajor(null, XU, LATER.plusSeconds(90));
        assertThat(ticket.memento().facts().major()).isEqualTo(Major.SAFETY);
    }

    @Test
    void whatTheOtherTicketIsAskedItselfStaysAndTheRestIsAskedAfterTheUndo() {
        var ticket = suspected();
        var other = otherTicket();
        other.suspect(PRESS, LATER.minusSeconds(60));
        other.drainNews();

        ticket.ties().mergeInto(other, "同一包裹", LATER);
        assertThat(other.drainNews())
                .hasExactlyElementsOfTypes(
                        TicketAbsorbed.class, MajorProposed.class, PromiseMade.class);
        assertThat(question(other).major()).isEqualTo(Major.MEDIA);
        ticket.ties().unmergeFrom(other, null, LATER.plusSeconds(60));

        assertThat(question(other).major()).isEqualTo(Major.MEDIA);
        assertThat(check(other).isOpen()).isTrue();
        assertThat(question(ticket).major()).isEqualTo(Major.SAFETY);
        assertThat(check(ticket).dueAt()).isEqualTo(LATER.plus(JUDGED_WITHIN));
    }

    @Test
    void whatWasRefusedInTheOtherTicketIsNotAskedAgain() {
        var ticket = suspected();
        var other = otherTicket();
        ticket.ties().mergeInto(other, "同一包裹", LATER);
        other.refuseMajor(null, XU, "旧伤", LATER.plusSeconds(30));
        ticket.drainNews();

        ticket.ties().unmergeFrom(other, null, LATER.plusSeconds(60));

        assertThat(ticket.drainNews()).hasExactlyElementsOfTypes(TicketUnmerged.class);
        assertThat(ticket.memento().suspicion().question()).isNull();
        ticket.suspect(HURT, LATER.plusSeconds(90));
        assertThat(ticket.memento().suspicion().question()).isNull();
    }

    @Test
    void whatTheOtherTicketTurnedOutToBeIsToBeFoundOutOfThisOne() {
        var ticket = suspected();
        var other = otherTicket();
        ticket.ties().mergeInto(other, "同一包裹", LATER);
        other.confirmMajor(null, XU, LATER.plusSeconds(30));

        ticket.ties().unmergeFrom(other, null, LATER.plusSeconds(60));

        assertThat(other.memento().facts().major()).isEqualTo(Major.SAFETY);
        assertThat(question(ticket).major()).isEqualTo(Major.SAFETY);
    }

    @Test
    void whatNobodyJudgedInTimeIsAskedInTheOtherTicketAndBackWithoutAnotherTime() {
        for (var isOverBefore : List.of(true, false)) {
            var ticket = suspected();
            var other = otherTicket();
            if (isOverBefore) {
                ticket.elapse(promiseOver(ticket, check(ticket).id()), LATER);
            }
            ticket.ties().mergeInto(other, "同一包裹", LATER);
            if (!isOverBefore) {
                other.elapse(promiseOver(other, check(other).id()), LATER);
            }
            assertThat(question(other).major()).isEqualTo(Major.SAFETY);
            assertThat(other.memento().promises()).noneMatch(Promise::isOpen);
            ticket.drainNews();

            ticket.ties().unmergeFrom(other, null, LATER.plusSeconds(60));

            assertThat(ticket.drainNews())
                    .hasExactlyElementsOfTypes(TicketUnmerged.class, MajorProposed.class);
            assertThat(question(ticket).word()).isEqualTo("受伤");
            assertThat(other.memento().suspicion().question()).isNull();
        }
    }

    @Test
    void whatNobodyWasToJudgeUntilNowIsAskedAfterTheUndoWithATimeOfItsOwn() {
        var judged = suspected();
        var confirmed = otherTicket();
        judged.ties().mergeInto(confirmed, "同一包裹", LATER);
        confirmed.confirmMajor(null, XU, LATER.plusSeconds(30));
        var unasked = suspected();
        var busy = otherTicket();
        busy.suspect(PRESS, LATER.minusSeconds(60));
        unasked.ties().mergeInto(busy, "同一包裹", LATER);
        var later = LATER.plus(JUDGED_WITHIN);

        judged.ties().unmergeFrom(confirmed, null, later);
        unasked.ties().unmergeFrom(busy, null, later);

        for (var ticket : List.of(judged, unasked)) {
            assertThat(question(ticket).major()).isEqualTo(Major.SAFETY);
            assertThat(check(ticket).isOpen()).isTrue();
            assertThat(check(ticket).dueAt()).isEqualTo(later.plus(JUDGED_WITHIN));
        }
    }

    @Test
    void whatAnotherBroughtIsStillAskedWhenTheFirstIsMergedNoMore() {
        var first = suspected();
        var second = suspected(new UUID(0, 3));
        var other = otherTicket();
        first.ties().mergeInto(other, "同一包裹", LATER);
        second.ties().mergeInto(other, "同一包裹", LATER);
        assertThat(question(other).isOf(first.id())).isTrue();
        other.drainNews();

        first.ties().unmergeFrom(other, null, LATER.plusSeconds(60));

        assertThat(other.drainNews())
                .hasExactlyElementsOfTypes(PromiseWithdrawn.class, TicketReleased.class);
        assertThat(question(other).isOf(second.id())).isTrue();
        assertThat(openChecks(other))
                .singleElement()
                .extracting(Promise::dueAt)
                .isEqualTo(LATER.plus(JUDGED_WITHIN));
        other.refuseMajor(null, XU, "旧伤", LATER.plusSeconds(90));
        second.ties().unmergeFrom(other, null, LATER.plusSeconds(120));
        assertThat(second.memento().suspicion().question()).isNull();
    }

    @Test
    void whoSaysThatItIsNotSaysSoOfAllThatSoundThatWay() {
        var first = suspected();
        var second = suspected(new UUID(0, 3));
        var other = otherTicket();
        first.ties().mergeInto(other, "同一包裹", LATER);
        second.ties().mergeInto(other, "同一包裹", LATER);

        other.refuseMajor(null, XU, "旧伤", LATER.plusSeconds(30));

        assertThat(other.memento().suspicion().question()).isNull();
        other.suspect(HURT, LATER.plusSeconds(40));
        assertThat(other.memento().suspicion().question()).isNull();
        for (var ticket : List.of(first, second)) {
            ticket.ties().unmergeFrom(other, null, LATER.plusSeconds(60));
            assertThat(ticket.memento().suspicion().question()).isNull();
        }
        other.suspect(HURT, LATER.plusSeconds(90));
        assertThat(question(other).isOf(other.id())).isTrue();
    }

    @Test
    void whatItsOwnCustomerSaysOfTheSameKindStaysAskedAfterTheUndo() {
        var ticket = suspected();
        var other = otherTicket();
        ticket.ties().mergeInto(other, "同一包裹", LATER);
        other.drainNews();

        other.suspect(HURT, LATER.plusSeconds(30));

        assertThat(other.drainNews())
                .hasExactlyElementsOfTypes(MajorProposed.class, PromiseMade.class);
        assertThat(question(other).isOf(other.id())).isTrue();
        other.suspect(HURT, LATER.plusSeconds(40));
        assertThat(other.drainNews()).isEmpty();
        ticket.ties().unmergeFrom(other, null, LATER.plusSeconds(60));
        for (var one : List.of(ticket, other)) {
            assertThat(question(one).isOf(one.id())).isTrue();
            assertThat(openChecks(one))
                    .singleElement()
                    .extracting(Promise::dueAt)
                    .isEqualTo(LATER.plus(JUDGED_WITHIN));
        }
    }

    @Test
    void whatItsOwnWordsSoundLikeBesidesIsAskedInItsTurnByATimeOfItsOwn() {
        var ticket = suspected();

        ticket.suspect(PRESS, LATER.plusSeconds(60));
        ticket.suspect(PRESS, LATER.plusSeconds(90));

        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(MajorProposed.class, PromiseMade.class);
        assertThat(ticket.memento().suspicion().open())
                .extracting(Suspicion.Question::major)
                .containsExactly(Major.SAFETY, Major.MEDIA);
        assertThat(openChecks(ticket))
                .extracting(Promise::dueAt)
                .containsExactly(
                        LATER.plus(JUDGED_WITHIN), LATER.plusSeconds(60).plus(JUDGED_WITHIN));
    }

    @Test
    void whatItsOwnWordsSoundLikeGoesBeforeWhatAnotherBrought() {
        var ticket = suspected();
        var other = Ticket.of(otherTicket().created(), RULES);
        other.suspect(HURT, LATER);
        ticket.ties().mergeInto(other, "同一包裹", LATER.plusSeconds(10));

        other.suspect(PRESS, LATER.plusSeconds(60));

        assertThat(other.memento().suspicion().open())
                .extracting(Suspicion.Question::major, one -> one.isOf(ticket.id()))
                .containsExactly(
                        tuple(Major.SAFETY, false),
                        tuple(Major.MEDIA, false),
                        tuple(Major.SAFETY, true));
        assertThat(replayed(other)).isEqualTo(other.memento());
    }

    @ParameterizedTest
    @EnumSource(
            value = CloseReason.class,
            names = {"CONFIRMED", "NO_OBJECTION"})
    void isNotClosedAsSolvedBeforeSomebodyJudgesAllThatItSoundsLike(CloseReason reason) {
        var ticket = suspectedWhenResolved();
        ticket.suspect(PRESS, LATER);
        comesDue(ticket, reason);
        ticket.drainNews();

        ticket.refuseMajor(null, XU, "旧伤", LATER);
        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(PromiseKept.class, MajorRefused.class);
        assertThat(question(ticket).major()).isEqualTo(Major.MEDIA);
        ticket.refuseMajor(null, XU, "没有记者", LATER);

        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(
                        PromiseKept.class, MajorRefused.class, TicketClosed.class);
    }

    @Test
    void whatSoundsOtherwiseIsAskedBesideItByATimeOfItsOwn() {
        var ticket = suspected();
        var other = otherTicket();
        other.suspect(PRESS, LATER);
        ticket.ties().mergeInto(other, "同一包裹", LATER.plusSeconds(10));
        assertThat(openChecks(other))
                .extracting(Promise::dueAt)
                .containsOnly(LATER.plus(JUDGED_WITHIN))
                .hasSize(2);
        other.drainNews();

        other.refuseMajor(null, XU, "没有记者", LATER.plusSeconds(30));

        assertThat(other.drainNews())
                .hasExactlyElementsOfTypes(PromiseKept.class, MajorRefused.class);
        assertThat(question(other).isOf(ticket.id())).isTrue();
        assertThat(openChecks(other)).hasSize(1);
        other.confirmMajor(null, XU, LATER.plusSeconds(60));
        assertThat(other.memento().facts().major()).isEqualTo(Major.SAFETY);
        assertThat(openChecks(other)).isEmpty();
    }

    @Test
    void anyOfTheQuestionsIsAnsweredByItsName() {
        var ticket = suspected();
        var other = otherTicket();
        other.suspect(PRESS, LATER);
        ticket.ties().mergeInto(other, "同一包裹", LATER);
        var brought = Suspicion.proposalId(ticket.id(), Major.SAFETY);
        other.drainNews();

        other.refuseMajor(brought, XU, "旧伤", LATER.plusSeconds(30));

        assertThat(other.drainNews())
                .hasExactlyElementsOfTypes(PromiseKept.class, MajorRefused.class)
                .last()
                .isInstanceOfSatisfying(
                        MajorRefused.class,
                        refused -> assertThat(refused.proposalId()).isEqualTo(brought));
        assertThat(question(other).major()).isEqualTo(Major.MEDIA);
        for (var answered : List.of(brought, new UUID(0, 4))) {
            assertThatExceptionOfType(Problem.class)
                    .isThrownBy(() -> other.confirmMajor(answered, XU, LATER.plusSeconds(40)))
                    .matches(problem -> problem.slug().equals("not-suspected"));
        }
        ticket.ties().unmergeFrom(other, null, LATER.plusSeconds(60));
        assertThat(ticket.memento().suspicion().question()).isNull();
    }

    @Test
    void whoeverConfirmsOneAnswersAll() {
        var ticket = suspected();
        var other = otherTicket();
        other.suspect(PRESS, LATER);
        ticket.ties().mergeInto(other, "同一包裹", LATER);
        other.drainNews();

        other.confirmMajor(
                Suspicion.proposalId(ticket.id(), Major.SAFETY), XU, LATER.plusSeconds(30));

        assertThat(other.drainNews())
                .hasExactlyElementsOfTypes(
                        PromiseKept.class,
                        PromiseKept.class,
                        FactsChanged.class,
                        PromiseMade.class);
        assertThat(other.memento().facts().major()).isEqualTo(Major.SAFETY);
        assertThat(other.memento().suspicion().open()).isEmpty();
    }

    @Test
    void eachOfTheQuestionsBreaksByItself() {
        var ticket = suspected();
        var other = otherTicket();
        other.suspect(PRESS, LATER.plusSeconds(60));
        ticket.ties().mergeInto(other, "同一包裹", LATER.plusSeconds(60));
        var first = openChecks(other).getFirst();
        var second = openChecks(other).getLast();
        assertThat(first.dueAt()).isAfter(second.dueAt());
        other.drainNews();

        other.elapse(promiseOver(other, second.id()), second.dueAt());

        assertThat(other.drainNews())
                .singleElement()
                .isInstanceOfSatisfying(
                        PromiseBroken.class,
                        broken -> assertThat(broken.promiseId()).isEqualTo(second.id()));
        assertThat(other.memento().suspicion().open()).hasSize(2);
        assertThat(openChecks(other)).containsExactly(first);
    }

    @Test
    void whatAnOlderVersionLetWaitIsAskedWithATimeFromItsTurnOn() {
        var ticket = suspected();
        var other = otherTicket();
        other.suspect(PRESS, LATER);
        ticket.ties().mergeInto(other, "同一包裹", LATER);
        var older = asKeptByAnOlderVersion(other);
        assertThat(older.memento().suspicion().open()).hasSize(2);
        assertThat(openChecks(older)).hasSize(1);

        older.refuseMajor(null, XU, "没有记者", LATER.plusSeconds(30));

        assertThat(question(older).isOf(ticket.id())).isTrue();
        assertThat(openChecks(older))
                .singleElement()
                .extracting(Promise::dueAt)
                .isEqualTo(LATER.plusSeconds(30).plus(JUDGED_WITHIN));
    }

    /** One question only, and only its promise; the other waits with what brought it. */
    private static Ticket asKeptByAnOlderVersion(Ticket ticket) {
        var json = EventJson.mapper();
        var kept = json.<ObjectNode>valueToTree(ticket.memento());
        ((ObjectNode) kept.path("suspicion")).remove("more");
        var promises = (ArrayNode) kept.path("promises");
        var last = openChecks(ticket).getLast().id().toString();
        promises.removeIf(promise -> promise.path("id").asString().equals(last));
        return Ticket.restored(
                ticket.created(), json.treeToValue(kept, Memento.class), ticket.rules());
    }

    @Test
    void whatWasRefusedOfItsOwnWordsIsAskedOfThoseThatAreMergedIntoIt() {
        var ticket = suspected();
        var other = otherTicket();
        other.suspect(HURT, LATER);
        other.refuseMajor(null, XU, "旧伤", LATER);

        ticket.ties().mergeInto(other, "同一包裹", LATER.plusSeconds(30));
        other.suspect(HURT, LATER.plusSeconds(40));

        assertThat(question(other).isOf(ticket.id())).isTrue();
        assertThat(openChecks(other))
                .singleElement()
                .extracting(Promise::dueAt)
                .isEqualTo(LATER.plus(JUDGED_WITHIN));
    }

    @Test
    void replayingTheLogOfQuestionsThatWaitGivesTheSame() {
        var first = suspected();
        var second = suspected(new UUID(0, 3));
        var other = Ticket.of(otherTicket().created(), RULES);
        other.suspect(PRESS, LATER);
        first.ties().mergeInto(other, "同一包裹", LATER);
        second.ties().mergeInto(other, "同一包裹", LATER);
        other.refuseMajor(null, XU, "没有记者", LATER.plusSeconds(30));
        other.suspect(HURT, LATER.plusSeconds(40));
        first.ties().unmergeFrom(other, null, LATER.plusSeconds(60));
        other.refuseMajor(null, XU, "旧伤", LATER.plusSeconds(90));

        assertThat(replayed(other)).isEqualTo(other.memento());
    }

    @Test
    void replayingTheLogOfAnUndoneMergeGivesTheSameQuestions() {
        var ticket = acceptedTicket();
        var other = Ticket.of(otherTicket().created(), RULES);
        ticket.suspect(HURT, LATER);
        ticket.ties().mergeInto(other, "同一包裹", LATER);
        ticket.ties().unmergeFrom(other, null, LATER.plusSeconds(60));
        ticket.ties().mergeInto(other, "还是同一包裹", LATER.plusSeconds(90));

        assertThat(question(other).word()).isEqualTo("受伤");
        assertThat(replayed(ticket)).isEqualTo(ticket.memento());
        assertThat(replayed(other)).isEqualTo(other.memento());
    }

    @Test
    void isNotAskedOfWhatIsMajorOrOver() {
        var major = majorTicket();
        var closed = closedTicket();
        closed.drainNews();

        major.suspect(HURT, LATER);
        closed.suspect(HURT, LATER);

        assertThat(major.drainNews()).isEmpty();
        assertThat(closed.drainNews()).isEmpty();
    }

    private static Ticket suspected() {
        var ticket = acceptedTicket();
        ticket.suspect(HURT, LATER);
        ticket.drainNews();
        return ticket;
    }

    /** Another of the same customer. */
    private static Ticket suspected(UUID id) {
        var ticket = TicketFixtures.newTicket(id, null, NOON);
        ticket.suspect(HURT, LATER);
        ticket.drainNews();
        return ticket;
    }

    private static List<Promise> openChecks(Ticket ticket) {
        return ticket.memento().promises().stream()
                .filter(promise -> promise.isMajorCheck() && promise.isOpen())
                .toList();
    }

    private static Suspicion.Question question(Ticket ticket) {
        return Objects.requireNonNull(ticket.memento().suspicion().question());
    }

    private static Promise check(Ticket ticket) {
        return ticket.memento().promises().stream()
                .filter(Promise::isMajorCheck)
                .findFirst()
                .orElseThrow();
    }
}
