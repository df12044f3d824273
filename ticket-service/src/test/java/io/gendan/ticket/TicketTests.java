package io.gendan.ticket;

import static io.gendan.ticket.TicketFixtures.ASKED;
import static io.gendan.ticket.TicketFixtures.BY_XU;
import static io.gendan.ticket.TicketFixtures.CALL;
import static io.gendan.ticket.TicketFixtures.CALLBACK;
import static io.gendan.ticket.TicketFixtures.CALL_DUE;
import static io.gendan.ticket.TicketFixtures.NOON;
import static io.gendan.ticket.TicketFixtures.OWNER;
import static io.gendan.ticket.TicketFixtures.PACKET;
import static io.gendan.ticket.TicketFixtures.RULES;
import static io.gendan.ticket.TicketFixtures.SHEN;
import static io.gendan.ticket.TicketFixtures.WAIT;
import static io.gendan.ticket.TicketFixtures.XU;
import static io.gendan.ticket.TicketFixtures.acceptedTicket;
import static io.gendan.ticket.TicketFixtures.assignedTicket;
import static io.gendan.ticket.TicketFixtures.attempt;
import static io.gendan.ticket.TicketFixtures.authorityTicketIn;
import static io.gendan.ticket.TicketFixtures.call;
import static io.gendan.ticket.TicketFixtures.choice;
import static io.gendan.ticket.TicketFixtures.claim;
import static io.gendan.ticket.TicketFixtures.closedTicket;
import static io.gendan.ticket.TicketFixtures.consultedTicketIn;
import static io.gendan.ticket.TicketFixtures.contact;
import static io.gendan.ticket.TicketFixtures.linkedTicketIn;
import static io.gendan.ticket.TicketFixtures.majorTicket;
import static io.gendan.ticket.TicketFixtures.newTicket;
import static io.gendan.ticket.TicketFixtures.offeredTicketIn;
import static io.gendan.ticket.TicketFixtures.otherTicket;
import static io.gendan.ticket.TicketFixtures.promisedTicket;
import static io.gendan.ticket.TicketFixtures.promisedTicketIn;
import static io.gendan.ticket.TicketFixtures.proposal;
import static io.gendan.ticket.TicketFixtures.question;
import static io.gendan.ticket.TicketFixtures.resolvedAndPromisedTicket;
import static io.gendan.ticket.TicketFixtures.resolvedTicket;
import static io.gendan.ticket.TicketFixtures.said;
import static io.gendan.ticket.TicketFixtures.solution;
import static io.gendan.ticket.TicketFixtures.takenTicket;
import static io.gendan.ticket.TicketFixtures.ticketIn;
import static io.gendan.ticket.TicketFixtures.waitingTicket;
import static io.gendan.ticket.TicketFixtures.wish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gendan.api.Problem;
import io.gendan.events.AssignmentEvent.TeamChosen;
import io.gendan.events.CallOutcome;
import io.gendan.events.ClockKind;
import io.gendan.events.ClockStep;
import io.gendan.events.CloseReason;
import io.gendan.events.ContactOutcome;
import io.gendan.events.EscalationCause;
import io.gendan.events.EscalationEvent.ClockElapsed;
import io.gendan.events.EscalationEvent.ClockStepped;
import io.gendan.events.LinkRelation;
import io.gendan.events.Major;
import io.gendan.events.Priority;
import io.gendan.events.PromisePurpose;
import io.gendan.events.ResolvedAs;
import io.gendan.events.Solved;
import io.gendan.events.Territory;
import io.gendan.events.TicketEvent;
import io.gendan.events.TicketEvent.AssignmentRefused;
import io.gendan.events.TicketEvent.ClosingRefused;
import io.gendan.events.TicketEvent.CustomerReminded;
import io.gendan.events.TicketEvent.EscalationRefused;
import io.gendan.events.TicketEvent.MessageReceived;
import io.gendan.events.TicketEvent.MessageSent;
import io.gendan.events.TicketEvent.PromiseBroken;
import io.gendan.events.TicketEvent.PromiseKept;
import io.gendan.events.TicketEvent.PromiseMade;
import io.gendan.events.TicketEvent.PromiseWithdrawn;
import io.gendan.events.TicketEvent.SurveyAnswered;
import io.gendan.events.TicketEvent.SurveyEnded;
import io.gendan.events.TicketEvent.TicketAbsorbed;
import io.gendan.events.TicketEvent.TicketAccepted;
import io.gendan.events.TicketEvent.TicketAssigned;
import io.gendan.events.TicketEvent.TicketCancelled;
import io.gendan.events.TicketEvent.TicketClosed;
import io.gendan.events.TicketEvent.TicketEscalated;
import io.gendan.events.TicketEvent.TicketLinked;
import io.gendan.events.TicketEvent.TicketMerged;
import io.gendan.events.TicketEvent.TicketPlaced;
import io.gendan.events.TicketEvent.TicketReleased;
import io.gendan.events.TicketEvent.TicketReopened;
import io.gendan.events.TicketEvent.TicketResolved;
import io.gendan.events.TicketEvent.TicketUnmerged;
import io.gendan.events.TicketEvent.WaitingEnded;
import io.gendan.events.WaitEnd;
import io.gendan.events.WaitingReason;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

class TicketTests {

    private static final Instant LATER = NOON.plusSeconds(100);
    private static final Duration WEEK = Duration.ofDays(7);
    private static final UUID MESSAGE = new UUID(0, 99);
    private static final LocalDate FILED_ON = LocalDate.of(2026, 11, 22);

    @Test
    void takesTheChosenAgentAndMakesTheFirstOneResponsible() {
        var ticket = newTicket();

        ticket.assign(choice(ticket, 1, XU), LATER);

        assertThat(ticket.drainNews())
                .singleElement()
                .isInstanceOfSatisfying(
                        TicketAssigned.class,
                        assigned -> {
                            assertThat(assigned.agent()).isEqualTo(XU);
                            assertThat(assigned.responsible()).isEqualTo(XU);
                            assertThat(assigned.round()).isEqualTo(1);
                        });
        assertThat(ticket.memento().status()).isEqualTo(TicketStatus.ASSIGNED);
    }

    @Test
    void isTheirsWhoOpenItWhereverTheCustomerBelongs() {
        var ticket = takenTicket();
        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(TicketAssigned.class, TicketAccepted.class);
        ticket.assign(choice(ticket, 1, "agent-south-2"), LATER);
        assertThat(ticket.drainNews()).singleElement().isInstanceOf(AssignmentRefused.class);
        ticket.answer(said(MESSAGE, "已补发"), XU, LATER);
        ticket.resolve(XU, solution("已补发"), LATER);
        ticket.confirm(LATER);
        ticket.drainNews();

        ticket.place(belongsTo(ticket, Territory.EAST), LATER);
        ticket.place(belongsTo(ticket, Territory.NORTH), LATER);

        assertThat(ticket.drainNews())
                .containsExactly(
                        new TicketPlaced(
                                ticket.id(),
                                1,
                                1,
                                LATER,
                                Territory.EAST,
                                Territory.SOUTH,
                                "south-1"));
        assertThat(ticket.memento().responsible().id()).isEqualTo(XU);
    }

    private static TeamChosen belongsTo(Ticket ticket, Territory territory) {
        return new TeamChosen(ticket.id(), 1, 1, NOON, territory, Territory.SOUTH, 1, "south-1");
    }

    @Test
    void refusesAChoiceOfARoundThatIsOver() {
        var ticket = assignedTicket();
        ticket.escalate(proposal(ticket, 1), LATER);
        ticket.drainNews();

        ticket.assign(choice(ticket, 1, "agent-south-2"), LATER);

        assertThat(ticket.drainNews())
                .singleElement()
                .isInstanceOfSatisfying(
                        AssignmentRefused.class,
                        refused -> assertThat(refused.refusedRound()).isEqualTo(1));
        assertThat(ticket.isAssignedTo(XU)).isTrue();
    }

    @Test
    void becomesAnothersInTheSameRoundUntilSomebodyAccepted() {
        var ticket = assignedTicket();
        ticket.drainNews();

        ticket.assign(choice(ticket, 1, "agent-south-2"), LATER);

        assertThat(ticket.drainNews())
                .singleElement()
                .isInstanceOfSatisfying(
                        TicketAssigned.class,
                        assigned -> {
                            assertThat(assigned.round()).isEqualTo(1);
                            assertThat(assigned.agent()).isEqualTo("agent-south-2");
                            assertThat(assigned.responsible()).isEqualTo(XU);
                        });
        assertThat(ticket.isAssignedTo("agent-south-2")).isTrue();
    }

    @Test
    void remindsTheCustomerOfTheWaitThatRunsOnly() {
        var ticket = waitingTicket(WaitingReason.CUSTOMER);
        var wait = ticket.memento().waitId();
        ticket.drainNews();

        ticket.step(step(ticket, ClockStep.REMIND_CUSTOMER, wait), LATER);
        assertThat(ticket.drainNews())
                .singleElement()
                .isInstanceOfSatisfying(
                        CustomerReminded.class,
                        reminded -> assertThat(reminded.waitId()).isEqualTo(wait));
        assertThat(ticket.memento().status()).isEqualTo(TicketStatus.WAITING);

        ticket.step(step(ticket, ClockStep.REMIND_CUSTOMER, MESSAGE), LATER);
        ticket.step(step(ticket, ClockStep.OFFER_AGAIN, wait), LATER);
        ticket.resume(LATER);
        ticket.drainNews();
        ticket.step(step(ticket, ClockStep.REMIND_CUSTOMER, wait), LATER);
        assertThat(ticket.drainNews()).isEmpty();
    }

    private static ClockStepped step(Ticket ticket, ClockStep what, UUID about) {
        return new ClockStepped(ticket.id(), 1, LATER, ClockKind.WAITING, what, LATER, about);
    }

    @Test
    void refusesAChoiceOnceSomebodyAccepted() {
        var ticket = acceptedTicket();
        ticket.drainNews();

        ticket.assign(choice(ticket, 1, "agent-south-2"), LATER);

        assertThat(ticket.drainNews()).singleElement().isInstanceOf(AssignmentRefused.class);
    }

    @Test
    void climbsWithANewRoundAndStayAndKeepsItsAssignee() {
        var ticket = acceptedTicket();
        ticket.drainNews();

        ticket.escalate(proposal(ticket, 1), LATER);

        assertThat(ticket.drainNews())
                .singleElement()
                .isInstanceOfSatisfying(
                        TicketEscalated.class,
                        escalated -> {
                            assertThat(escalated.round()).isEqualTo(2);
                            assertThat(escalated.stay()).isEqualTo(2);
                            assertThat(escalated.fromTier()).isEqualTo(1);
                            assertThat(escalated.toTier()).isEqualTo(2);
                        });
        assertThat(ticket.isAssignedTo(XU)).isTrue();
    }

    @Test
    void climbsOncePerStay() {
        var ticket = acceptedTicket();
        ticket.escalate(proposal(ticket, 1), LATER);
        ticket.drainNews();

        ticket.escalate(proposal(ticket, 1), LATER);

        assertThat(ticket.drainNews()).singleElement().isInstanceOf(EscalationRefused.class);
        assertThat(ticket.memento().tier()).isEqualTo(2);
    }

    @Test
    void doesNotClimbAfterItsResolution() {
        var ticket = resolvedTicket();
        ticket.drainNews();

        ticket.escalate(proposal(ticket, 1), LATER);

        assertThat(ticket.drainNews()).singleElement().isInstanceOf(EscalationRefused.class);
    }

    @Test
    void becomesTheClaimersAndKeepsTheFirstOneResponsible() {
        var ticket = waitingTicket(WaitingReason.CARRIER);
        ticket.escalate(proposal(ticket, 1), LATER);
        ticket.drainNews();

        ticket.assign(claim(ticket, 2), LATER);

        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(WaitingEnded.class, TicketAssigned.class);
        assertThat(ticket.isAssignedTo("escalation-2-1")).isTrue();
        assertThat(ticket.memento().responsible().id()).isEqualTo(XU);
    }

    @Test
    void refusesAClaimWhenItWasResolvedMeanwhile() {
        var ticket = acceptedTicket();
        ticket.escalate(proposal(ticket, 1), LATER);
        ticket.resolve(XU, solution("done"), LATER);
        ticket.drainNews();

        ticket.assign(claim(ticket, 2), LATER);

        assertThat(ticket.drainNews()).singleElement().isInstanceOf(EscalationRefused.class);
    }

    @Test
    void anAnswerTakesTheTicketUp() {
        var ticket = assignedTicket();
        ticket.drainNews();

        ticket.answer(said(MESSAGE, "您好"), XU, LATER);

        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(TicketAccepted.class, MessageSent.class);
    }

    @ParameterizedTest
    @EnumSource(value = WaitingReason.class, names = "UNKNOWN", mode = EnumSource.Mode.EXCLUDE)
    void theCustomersMessageEndsAWait(WaitingReason reason) {
        var ticket = waitingTicket(reason);
        ticket.drainNews();

        ticket.hear(said(MESSAGE, "照片已发"), LATER);

        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(MessageReceived.class, WaitingEnded.class);
        assertThat(ticket.memento().status()).isEqualTo(TicketStatus.IN_PROGRESS);
    }

    @Test
    void theCustomersMessageReopensAResolutionForTheSameAgent() {
        var ticket = resolvedTicket();
        ticket.drainNews();

        ticket.hear(said(MESSAGE, "还是不对"), LATER);

        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(MessageReceived.class, TicketReopened.class);
        assertThat(ticket.memento().stay()).isEqualTo(2);
        assertThat(ticket.isAssignedTo(XU)).isTrue();
    }

    @Test
    void silenceClosesTheResolutionThatTheClockWasFor() {
        var ticket = resolvedTicket();
        ticket.drainNews();

        ticket.elapse(confirmation(ticket, 1), LATER);

        assertThat(ticket.drainNews())
                .singleElement()
                .isInstanceOfSatisfying(
                        TicketClosed.class,
                        closed -> assertThat(closed.reason()).isEqualTo(CloseReason.NO_OBJECTION));
    }

    @Test
    void silenceAfterAnEarlierResolutionClosesNothing() {
        var ticket = resolvedTicket();
        ticket.hear(said(MESSAGE, "还是不对"), LATER);
        ticket.resolve(XU, solution("now it is"), LATER);
        ticket.drainNews();

        ticket.elapse(confirmation(ticket, 1), LATER);

        assertThat(ticket.drainNews()).isEmpty();
        assertThat(ticket.memento().status()).isEqualTo(TicketStatus.RESOLVED);
    }

    @Test
    void closesWhenTheLastPromiseIsKeptIfClosingWasDue() {
        var ticket = resolvedAndPromisedTicket();
        ticket.promise(call(MESSAGE), LATER);
        ticket.drainNews();

        ticket.elapse(confirmation(ticket, 1), LATER);
        ticket.elapse(confirmation(ticket, 1), LATER);
        assertThat(ticket.drainNews())
                .first()
                .isEqualTo(
                        new ClosingRefused(
                                ticket.id(),
                                1,
                                1,
                                LATER,
                                CloseReason.NO_OBJECTION,
                                List.of(CALL, MESSAGE),
                                null));
        ticket.keep(CALL, XU, solution(null), LATER);
        assertThat(ticket.drainNews()).hasExactlyElementsOfTypes(PromiseKept.class);
        ticket.withdraw(MESSAGE, XU, "客户已收到", LATER);

        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(PromiseWithdrawn.class, TicketClosed.class)
                .last()
                .isEqualTo(
                        new TicketClosed(
                                ticket.id(), 1, 1, LATER, CloseReason.NO_OBJECTION, null, null));
    }

    @Test
    void remembersThatTheCustomerConfirmedWhileSomethingIsPromised() {
        var ticket = resolvedAndPromisedTicket();
        ticket.elapse(confirmation(ticket, 1), LATER);
        ticket.confirm(LATER);
        ticket.drainNews();

        ticket.keep(CALL, XU, solution(null), LATER);

        assertThat(ticket.drainNews())
                .last()
                .isInstanceOfSatisfying(
                        TicketClosed.class,
                        closed -> assertThat(closed.reason()).isEqualTo(CloseReason.CONFIRMED));
    }

    @Test
    void silenceDoesNotOverrideThatTheCustomerConfirmed() {
        var ticket = resolvedAndPromisedTicket();
        ticket.confirm(LATER);
        ticket.drainNews();

        ticket.elapse(confirmation(ticket, 1), LATER);

        assertThat(ticket.drainNews()).isEmpty();
        assertThat(ticket.memento().closingDue()).isEqualTo(CloseReason.CONFIRMED);
    }

    @Test
    void doesNotCloseAfterTheCustomerObjected() {
        var ticket = resolvedAndPromisedTicket();
        ticket.elapse(confirmation(ticket, 1), LATER);
        ticket.hear(said(MESSAGE, "还是不对"), LATER);
        ticket.drainNews();

        ticket.keep(CALL, XU, solution(null), LATER);

        assertThat(ticket.drainNews()).hasExactlyElementsOfTypes(PromiseKept.class);
        assertThat(ticket.memento().status()).isEqualTo(TicketStatus.REOPENED);
    }

    @Test
    void refusesToCloseByHandWhileSomethingIsPromised() {
        var ticket = promisedTicket();
        var before = ticket.memento();

        assertThatExceptionOfType(Problem.class)
                .isThrownBy(
                        () ->
                                ticket.close(
                                        CloseReason.DUPLICATE,
                                        Map.of("ORIGINAL", "20261122000001"),
                                        "supervisor-1",
                                        LATER))
                .satisfies(
                        refused -> {
                            assertThat(refused.slug()).isEqualTo("promises-open");
                            assertThat(refused.members()).containsEntry("promises", List.of(CALL));
                        });
        assertThat(ticket.memento()).isEqualTo(before);
    }

    @Test
    void breaksAPromiseOnceAndOnlyAnOpenOne() {
        var ticket = promisedTicket();
        ticket.promise(call(MESSAGE), LATER);
        ticket.keep(MESSAGE, XU, solution(null), LATER);
        ticket.drainNews();

        ticket.elapse(promiseOver(ticket, MESSAGE), LATER);
        ticket.elapse(promiseOver(ticket, CALL), LATER);
        ticket.elapse(promiseOver(ticket, CALL), LATER);

        assertThat(ticket.drainNews())
                .containsExactly(new PromiseBroken(ticket.id(), 1, 1, LATER, CALL, CALL_DUE));
        assertThat(ticket.memento().promises())
                .extracting(Promise::outcome)
                .containsExactly(PromiseOutcome.BROKEN, PromiseOutcome.KEPT);
        assertThatExceptionOfType(PromiseOver.class)
                .isThrownBy(() -> ticket.keep(CALL, XU, solution(null), LATER));
        assertThatExceptionOfType(PromiseOver.class)
                .isThrownBy(() -> ticket.withdraw(MESSAGE, XU, "reason", LATER));
    }

    @Test
    void comesBackToWorkBeforeItBreaksAPromiseAfterItsResolution() {
        var ticket = resolvedAndPromisedTicket();
        ticket.elapse(confirmation(ticket, 1), LATER);
        ticket.drainNews();

        ticket.elapse(promiseOver(ticket, CALL), LATER);

        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(TicketReopened.class, PromiseBroken.class)
                .allSatisfy(event -> assertThat(event.stay()).isEqualTo(2));
        assertThat(ticket.memento().closingDue()).isNull();
    }

    @Test
    void aKeptAgreementSolvesTheTicketThatWaitedForIt() {
        var ticket = waitingTicket(WaitingReason.AGREED);
        ticket.drainNews();

        ticket.keep(CALL, XU, solution(null), LATER);

        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(PromiseKept.class, TicketResolved.class)
                .last()
                .isInstanceOfSatisfying(
                        TicketResolved.class,
                        resolved -> assertThat(resolved.result()).isEqualTo("回电告知检测结果"));
    }

    @Test
    void aBrokenOrWithdrawnAgreementEndsTheWait() {
        var broken = waitingTicket(WaitingReason.AGREED);
        var withdrawn = waitingTicket(WaitingReason.AGREED);
        broken.drainNews();
        withdrawn.drainNews();

        broken.elapse(promiseOver(broken, CALL), LATER);
        withdrawn.withdraw(CALL, XU, "客户改期", LATER);

        assertThat(broken.drainNews())
                .hasExactlyElementsOfTypes(WaitingEnded.class, PromiseBroken.class);
        assertThat(withdrawn.drainNews())
                .hasExactlyElementsOfTypes(WaitingEnded.class, PromiseWithdrawn.class);
    }

    @Test
    void leavesAnotherWaitAlone() {
        var ticket = promisedTicket();
        ticket.await(WaitingReason.CARRIER, WAIT, LATER);
        ticket.drainNews();

        ticket.keep(CALL, XU, solution(null), LATER);

        assertThat(ticket.drainNews()).hasExactlyElementsOfTypes(PromiseKept.class);
        assertThat(ticket.memento().status()).isEqualTo(TicketStatus.WAITING);
    }

    @Test
    void waitsAsAgreedForAnOpenPromiseOnly() {
        var ticket = promisedTicket();
        ticket.keep(CALL, XU, solution(null), LATER);

        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> ticket.await(WaitingReason.AGREED, WAIT, LATER))
                .satisfies(refused -> assertThat(refused.status()).isEqualTo(422));
        assertThatExceptionOfType(PromiseOver.class).isThrownBy(() -> ticket.await(CALL, LATER));
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> ticket.await(MESSAGE, LATER))
                .satisfies(refused -> assertThat(refused.status()).isEqualTo(404));
    }

    @ParameterizedTest
    @EnumSource(
            value = WaitingReason.class,
            names = {"MERCHANT", "WAREHOUSE", "CARRIER", "BANK", "INTERNAL"})
    void goesOnWhenAWaitLastedItsLimit(WaitingReason reason) {
        var ticket = waitingTicket(reason);
        ticket.drainNews();

        ticket.elapse(waitOver(ticket, WAIT), LATER);
        ticket.elapse(waitOver(ticket, WAIT), LATER);

        assertThat(ticket.drainNews())
                .containsExactly(new WaitingEnded(ticket.id(), 1, 1, LATER, WaitEnd.LIMIT));
        assertThat(ticket.memento().status()).isEqualTo(TicketStatus.IN_PROGRESS);
    }

    @Test
    void isResolvedAsNoReplyWhenTheCustomerWasWaitedForLongEnough() {
        var ticket = waitingTicket(WaitingReason.CUSTOMER);
        ticket.drainNews();

        ticket.elapse(waitOver(ticket, WAIT), LATER);

        assertThat(ticket.drainNews())
                .containsExactly(
                        new WaitingEnded(ticket.id(), 1, 1, LATER, WaitEnd.LIMIT),
                        new TicketResolved(
                                ticket.id(),
                                1,
                                1,
                                LATER,
                                XU,
                                Ticket.NO_REPLY,
                                ResolvedAs.NO_REPLY,
                                null,
                                null,
                                null,
                                null,
                                null));
    }

    @Test
    void resolvesNothingMajorBySilence() {
        var ticket = majorTicket();
        ticket.assign(choice(ticket, 1, XU), LATER);
        ticket.accept(XU, LATER);
        ticket.await(WaitingReason.CUSTOMER, WAIT, LATER);
        ticket.drainNews();

        ticket.elapse(waitOver(ticket, WAIT), LATER);

        assertThat(ticket.drainNews()).hasExactlyElementsOfTypes(WaitingEnded.class);
    }

    @Test
    void endsNoOtherWaitThanTheOneWhoseTimeIsOver() {
        var ticket = waitingTicket(WaitingReason.CARRIER);
        ticket.resume(LATER);
        ticket.await(WaitingReason.CARRIER, MESSAGE, LATER);
        ticket.drainNews();

        ticket.elapse(waitOver(ticket, WAIT), LATER);

        assertThat(ticket.drainNews()).isEmpty();
    }

    private static void rate(Ticket ticket, Solved solved, Instant at) {
        rate(ticket, solved, 4, at);
    }

    private static boolean rate(Ticket ticket, Solved solved, int score, Instant at) {
        var survey = Survey.id(ticket.id(), ticket.memento().stay());
        return ticket.rate(survey, new Survey.Draft(solved, score, "好"), WEEK, at);
    }

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
    @CsvSource({
        "NO, 5, true",
        "NO, 1, true",
        "YES, 2, true",
        "PARTLY, 1, true",
        "YES, 3, false",
        "PARTLY, 4, false"
    })
    void isFollowedUpAfterClosingWhenTheCustomerIsNotContent(
            Solved solved, int score, boolean followed) {
        var ticket = closedTicket();
        ticket.drainNews();

        assertThat(rate(ticket, solved, score, LATER)).isEqualTo(followed);

        assertThat(ticket.drainNews()).hasExactlyElementsOfTypes(SurveyAnswered.class);
        assertThat(ticket.memento().status()).isEqualTo(TicketStatus.CLOSED);
    }

    @Test
    void aFollowUpBeginsAtTheSecondTierWithARevisitBySomebodyElse() {
        var closed = closedTicket();
        rate(closed, Solved.NO, 1, LATER);
        closed.drainNews();
        var followUp = Ticket.of(otherTicket().created(), RULES);

        var survey = Objects.requireNonNull(closed.memento().survey());
        followUp.goAfter(closed, survey.discontent(), LATER);

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

        ticket.mergeInto(other, "same parcel", LATER);

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
                .isEqualTo(new Survey(Survey.id(solved.id(), 1), 1, XU, LATER, null, null));
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

    @Test
    void reopensWhatTheCustomerSaysIsNotSolved() {
        var ticket = resolvedTicket();
        ticket.drainNews();

        rate(ticket, Solved.NO, LATER);

        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(TicketReopened.class, SurveyAnswered.class)
                .allSatisfy(event -> assertThat(event.stay()).isEqualTo(2));
        assertThat(ticket.memento().status()).isEqualTo(TicketStatus.REOPENED);
    }

    @Test
    void takesALateAnswerAsLateAndNoneAfterThat() {
        var ticket = closedTicket();
        ticket.elapse(surveyOver(ticket), LATER);
        ticket.elapse(surveyOver(ticket), LATER);
        assertThat(ticket.drainNews()).filteredOn(SurveyEnded.class::isInstance).hasSize(1);
        var resolvedAt = ticket.memento().resolvedAt();

        assertThatExceptionOfType(SurveyOver.class)
                .isThrownBy(() -> rate(ticket, Solved.YES, resolvedAt.plus(WEEK).plusNanos(1_000)));
        rate(ticket, Solved.YES, resolvedAt.plus(WEEK));

        assertThat(ticket.drainNews())
                .singleElement()
                .isInstanceOfSatisfying(
                        SurveyAnswered.class, answered -> assertThat(answered.late()).isTrue());
    }

    @Test
    void takesNoAnswerAboutAResolutionThatTheCustomerHasRefusedOtherwise() {
        var ticket = resolvedTicket();
        ticket.hear(said(MESSAGE, "还是不对"), LATER);

        assertThatExceptionOfType(SurveyOver.class)
                .isThrownBy(() -> rate(ticket, Solved.YES, LATER));
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

    private static ClockElapsed waitOver(Ticket ticket, UUID waitId) {
        return new ClockElapsed(ticket.id(), 1, LATER, ClockKind.WAITING, LATER, waitId);
    }

    private static ClockElapsed promiseOver(Ticket ticket, UUID promiseId) {
        return new ClockElapsed(ticket.id(), 1, CALL_DUE, ClockKind.PROMISE, CALL_DUE, promiseId);
    }

    @Test
    void timeOfEventsNeverDecreases() {
        var ticket = assignedTicket();
        var before = ticket.memento().updatedAt();

        ticket.accept(XU, before.minusSeconds(3600));

        assertThat(ticket.memento().updatedAt()).isEqualTo(before);
    }

    @Test
    void replayingTheLogGivesTheSameTicket() {
        var ticket = newTicket();
        var log = new ArrayList<TicketEvent>(List.of(ticket.created()));
        ticket.assign(choice(ticket, 1, XU), LATER);
        ticket.answer(said(MESSAGE, "您好"), XU, LATER);
        ticket.await(WaitingReason.CUSTOMER, WAIT, LATER);
        ticket.hear(said(MESSAGE, "照片已发"), LATER);
        ticket.promise(call(CALL), LATER);
        ticket.promise(call(MESSAGE), LATER);
        ticket.await(CALL, LATER);
        ticket.elapse(promiseOver(ticket, CALL), LATER);
        ticket.escalate(proposal(ticket, 1), LATER);
        ticket.assign(claim(ticket, 2), LATER);
        ticket.accept("escalation-2-1", LATER);
        ticket.resolve("escalation-2-1", solution("换货已送达"), LATER);
        ticket.confirm(LATER);
        rate(ticket, Solved.PARTLY, 1, LATER);
        log.addAll(ticket.drainNews());

        assertThat(Ticket.replay(log, _ -> RULES).memento()).isEqualTo(ticket.memento());
    }

    @Test
    void theMatterAndItsPromisesGoOnAtTheOtherTicketUntilThatIsUndone() {
        var ticket = waitingTicket(WaitingReason.AGREED);
        var before = ticket.memento();
        var other = otherTicket();
        ticket.drainNews();

        ticket.mergeInto(other, "same parcel", LATER);

        assertThat(ticket.memento().status()).isEqualTo(TicketStatus.MERGED);
        assertThat(ticket.drainNews())
                .containsExactly(
                        new TicketMerged(
                                ticket.id(),
                                1,
                                1,
                                LATER,
                                other.id(),
                                other.created().number(),
                                "same parcel",
                                List.of(CALL)));
        assertThat(other.drainNews())
                .singleElement()
                .isInstanceOfSatisfying(
                        TicketAbsorbed.class,
                        absorbed -> {
                            assertThat(absorbed.mergedTicket()).isEqualTo(ticket.id());
                            assertThat(absorbed.askedAt()).isEqualTo(ticket.created().at());
                            assertThat(absorbed.promises())
                                    .singleElement()
                                    .satisfies(
                                            promise -> {
                                                assertThat(promise.promiseId()).isEqualTo(CALL);
                                                assertThat(promise.owner()).isEqualTo(XU);
                                                assertThat(promise.dueAt()).isEqualTo(CALL_DUE);
                                            });
                        });
        assertThat(other.promise(CALL).isOpen()).isTrue();
        assertThat(ticket.promise(CALL).outcome()).isEqualTo(PromiseOutcome.MOVED);

        ticket.unmergeFrom(other, null, LATER);

        var after = ticket.memento();
        assertThat(after)
                .usingRecursiveComparison()
                .ignoringFields("round", "stay", "version", "updatedAt")
                .isEqualTo(before);
        assertThat(after.round()).isEqualTo(before.round() + 1);
        assertThat(after.stay()).isEqualTo(before.stay() + 1);
        assertThat(ticket.drainNews())
                .singleElement()
                .isInstanceOfSatisfying(
                        TicketUnmerged.class,
                        undone -> assertThat(undone.promises()).containsExactly(CALL));
        assertThat(other.drainNews())
                .singleElement()
                .isInstanceOfSatisfying(
                        TicketReleased.class,
                        released -> {
                            assertThat(released.promises()).containsExactly(CALL);
                            assertThat(released.askedAt()).isEqualTo(other.created().at());
                        });
        assertThat(other.promise(CALL).outcome()).isEqualTo(PromiseOutcome.MOVED);
        assertThat(other.memento().absorbed()).isEmpty();
    }

    @Test
    void noLongerWaitsForAPromiseThatWasKeptMeanwhile() {
        var ticket = waitingTicket(WaitingReason.AGREED);
        var other = otherTicket();
        ticket.mergeInto(other, "same parcel", LATER);
        other.keep(CALL, XU, solution(null), LATER);
        ticket.drainNews();

        ticket.unmergeFrom(other, null, LATER);

        assertThat(ticket.drainNews())
                .extracting(Object::getClass)
                .isEqualTo(List.of(TicketUnmerged.class, WaitingEnded.class));
        assertThat(ticket.memento().status()).isEqualTo(TicketStatus.IN_PROGRESS);
        assertThat(ticket.promise(CALL).outcome()).isEqualTo(PromiseOutcome.MOVED);
    }

    @Test
    void refusesWhatCannotBeMergedAndChangesNothing() {
        var authority = newTicket(Major.REGULATOR);
        refusesToMerge(authority, otherTicket(), "never-merged");
        refusesToMerge(otherTicket(), authority, "never-merged");
        refusesToMerge(newTicket(), newTicket(), "merge-other");
        refusesToMerge(otherTicket(), resolvedTicket(), "merge-not-open");
        refusesToMerge(otherTicket(), ticketIn(TicketStatus.MERGED), "merge-not-open");
        var absorbing = otherTicket();
        acceptedTicket().mergeInto(absorbing, "same parcel", LATER);
        absorbing.drainNews();
        refusesToMerge(absorbing, acceptedTicket(), "has-absorbed");
        refusesToMerge(newTicket(Major.SAFETY), otherTicket(), "merge-hides");
    }

    @Test
    void goesOnAfterTheUndoWhenTheCustomerHasAnsweredInTheOther() {
        var ticket = waitingTicket(WaitingReason.CUSTOMER);
        var other = otherTicket();
        ticket.mergeInto(other, "same parcel", LATER);
        other.hear(said(MESSAGE, "照片已发"), LATER);
        ticket.drainNews();

        ticket.unmergeFrom(other, null, LATER);

        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(TicketUnmerged.class, WaitingEnded.class);
        assertThat(ticket.memento().status()).isEqualTo(TicketStatus.IN_PROGRESS);
    }

    @Test
    void anAuthoritysComplaintIsNotEndedByHand() {
        var complaint = newTicket(Major.REGULATOR);

        for (Runnable end :
                List.<Runnable>of(
                        () -> complaint.cancel("app", "changed their mind", LATER),
                        () ->
                                complaint.close(
                                        CloseReason.INVALID, Map.of(), "supervisor-1", LATER))) {
            assertThatExceptionOfType(Problem.class)
                    .isThrownBy(end::run)
                    .withMessageContaining("answer-to-file");
        }
        assertThat(complaint.drainNews()).isEmpty();
    }

    private static void refusesToMerge(Ticket ticket, Ticket into, String type) {
        into.drainNews();
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> ticket.mergeInto(into, "same parcel", LATER))
                .withMessageContaining(type);
        assertThat(ticket.drainNews()).isEmpty();
        assertThat(into.drainNews()).isEmpty();
    }

    @Test
    void aMergedTicketRefusesWhatWasProposedAndIsDeafToTime() {
        var ticket = waitingTicket(WaitingReason.AGREED);
        ticket.mergeInto(otherTicket(), "same parcel", LATER);
        ticket.drainNews();

        ticket.assign(choice(ticket, 1, "agent-south-2"), LATER);
        ticket.escalate(proposal(ticket, 1), LATER);
        ticket.elapse(promiseOver(ticket, CALL), LATER);

        assertThat(ticket.drainNews())
                .extracting(Object::getClass)
                .isEqualTo(List.of(AssignmentRefused.class, EscalationRefused.class));
    }

    @Test
    void refusesAfterTheUndoWhatWasProposedBeforeTheMerge() {
        var ticket = assignedTicket();
        var other = otherTicket();
        ticket.mergeInto(other, "same parcel", LATER);
        ticket.unmergeFrom(other, "two parcels", LATER);
        ticket.drainNews();

        ticket.assign(choice(ticket, 1, "agent-south-2"), LATER);
        ticket.escalate(proposal(ticket, 1), LATER);

        assertThat(ticket.drainNews())
                .extracting(Object::getClass)
                .isEqualTo(List.of(AssignmentRefused.class, EscalationRefused.class));
        assertThat(ticket.memento().status()).isEqualTo(TicketStatus.ASSIGNED);
        assertThat(ticket.isAssignedTo(XU)).isTrue();
    }

    @Test
    void replayingTheLogOfAMergeGivesTheSameTickets() {
        var ticket = waitingTicket(WaitingReason.CUSTOMER);
        var other = Ticket.of(otherTicket().created(), RULES);
        ticket.promise(call(CALL), LATER);
        ticket.mergeInto(other, "same parcel", LATER);
        ticket.unmergeFrom(other, null, LATER);
        ticket.mergeInto(other, "the same all the same", LATER);

        assertThat(replayed(ticket)).isEqualTo(ticket.memento());
        assertThat(replayed(other)).isEqualTo(other.memento());
    }

    @Test
    void isCancelledWithWhatWasPromised() {
        var ticket = promisedTicketIn(TicketStatus.WAITING);

        ticket.cancel("app", "changed their mind", LATER);

        assertThat(ticket.drainNews())
                .containsExactly(
                        new PromiseWithdrawn(
                                ticket.id(), 1, 1, LATER, CALL, "app", "changed their mind"),
                        new TicketCancelled(ticket.id(), 1, 1, LATER, "app", "changed their mind"));
        assertThat(ticket.memento().promises()).allMatch(promise -> promise.outcome() != null);
        assertThat(ticket.memento().closedAt()).isEqualTo(LATER);
    }

    @Test
    void refusesToClimbOnceCancelled() {
        var ticket = ticketIn(TicketStatus.CANCELLED);

        ticket.escalate(proposal(ticket, 1), LATER);
        ticket.assign(choice(ticket, 1, XU), LATER);

        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(EscalationRefused.class, AssignmentRefused.class);
    }

    @Test
    void aNoteChangesNothingElse() {
        var ticket = ticketIn(TicketStatus.RESOLVED);
        var before = ticket.memento();

        ticket.note(MESSAGE, XU, "called the warehouse", LATER);

        assertThat(ticket.memento())
                .usingRecursiveComparison()
                .ignoringFields("version", "updatedAt")
                .isEqualTo(before);
    }

    @Test
    void comesBackToTheSameAgentInANewStayWhenItWasNoSolution() {
        var ticket = ticketIn(TicketStatus.RESOLVED);

        ticket.reopen(LATER);

        assertThat(ticket.drainNews())
                .containsExactly(new TicketReopened(ticket.id(), 1, 2, LATER, XU));
    }

    private static Memento replayed(Ticket ticket) {
        var log = new ArrayList<TicketEvent>(List.of(ticket.created()));
        log.addAll(ticket.drainNews());
        return Ticket.replay(log, _ -> RULES).memento();
    }

    /** The table of {@link Command}, written a second time, so that no cell changes unnoticed. */
    private static Set<TicketStatus> legal(Command command) {
        return switch (command) {
            case ACCEPT -> EnumSet.of(TicketStatus.ASSIGNED);
            case ANSWER -> alive(TicketStatus.RESOLVED);
            case HEAR, CONTACT -> alive(TicketStatus.NEW, TicketStatus.RESOLVED);
            case WAIT -> EnumSet.of(TicketStatus.IN_PROGRESS, TicketStatus.REOPENED);
            case RESUME -> EnumSet.of(TicketStatus.WAITING);
            case RESOLVE ->
                    EnumSet.of(
                            TicketStatus.IN_PROGRESS, TicketStatus.WAITING, TicketStatus.REOPENED);
            case PROMISE ->
                    EnumSet.of(
                            TicketStatus.IN_PROGRESS,
                            TicketStatus.WAITING,
                            TicketStatus.RESOLVED,
                            TicketStatus.REOPENED);
            case CALL -> alive(TicketStatus.RESOLVED, TicketStatus.CLOSED);
            case KEEP, WITHDRAW ->
                    alive(TicketStatus.NEW, TicketStatus.RESOLVED, TicketStatus.CLOSED);
            case RATE -> EnumSet.of(TicketStatus.RESOLVED, TicketStatus.CLOSED);
            case CONFIRM -> EnumSet.of(TicketStatus.RESOLVED);
            case CLOSE -> alive(TicketStatus.NEW, TicketStatus.RESOLVED);
            case MERGE, CANCEL, CHANGE -> alive(TicketStatus.NEW);
            case REOPEN -> EnumSet.of(TicketStatus.RESOLVED);
            case STEP, FILE ->
                    EnumSet.of(
                            TicketStatus.IN_PROGRESS,
                            TicketStatus.WAITING,
                            TicketStatus.RESOLVED,
                            TicketStatus.REOPENED);
            case REVIEW ->
                    EnumSet.of(
                            TicketStatus.IN_PROGRESS,
                            TicketStatus.WAITING,
                            TicketStatus.RESOLVED,
                            TicketStatus.REOPENED,
                            TicketStatus.CLOSED);
            case CONSULT -> alive();
            case TRANSFER, TAKE_OVER, DECLINE, WITHDRAW_TRANSFER ->
                    EnumSet.of(
                            TicketStatus.IN_PROGRESS, TicketStatus.WAITING, TicketStatus.REOPENED);
            case ESCALATE -> alive(TicketStatus.NEW);
            case ADVISE -> alive(TicketStatus.RESOLVED);
            case NOTE, LINK, UNLINK -> EnumSet.allOf(TicketStatus.class);
            case UNDO_MERGE -> EnumSet.of(TicketStatus.MERGED);
        };
    }

    /** Somebody works on it; and these. */
    private static Set<TicketStatus> alive(TicketStatus... also) {
        var states =
                EnumSet.of(
                        TicketStatus.ASSIGNED,
                        TicketStatus.IN_PROGRESS,
                        TicketStatus.WAITING,
                        TicketStatus.REOPENED);
        states.addAll(List.of(also));
        return states;
    }

    static Stream<Arguments> everyCell() {
        return Stream.of(TicketStatus.values())
                .flatMap(
                        status ->
                                Stream.of(Command.values())
                                        .map(command -> Arguments.of(status, command)));
    }

    @ParameterizedTest
    @MethodSource("everyCell")
    void allowsACommandInItsStatesOnly(TicketStatus status, Command command) {
        var ticket =
                switch (command) {
                    case KEEP, WITHDRAW -> promisedTicketIn(status);
                    case FILE -> authorityTicketIn(status);
                    case TAKE_OVER, DECLINE, WITHDRAW_TRANSFER -> offeredTicketIn(status);
                    case ADVISE -> consultedTicketIn(status);
                    case UNLINK -> linkedTicketIn(status);
                    default -> ticketIn(status);
                };
        Runnable act =
                () -> {
                    switch (command) {
                        case ACCEPT -> ticket.accept(XU, LATER);
                        case ANSWER -> ticket.answer(said(MESSAGE, "text"), XU, LATER);
                        case HEAR -> ticket.hear(said(MESSAGE, "text"), LATER);
                        case CONTACT ->
                                ticket.record(contact(ContactOutcome.MISSED), CALLBACK, LATER);
                        case CALL -> ticket.record(attempt(CallOutcome.BUSY, null), LATER);
                        case WAIT -> ticket.await(WaitingReason.BANK, WAIT, LATER);
                        case RESUME -> ticket.resume(LATER);
                        case RESOLVE -> ticket.resolve(XU, solution("result"), LATER);
                        case PROMISE -> ticket.promise(call(CALL), LATER);
                        case KEEP -> ticket.keep(CALL, XU, solution(null), LATER);
                        case WITHDRAW -> ticket.withdraw(CALL, XU, "reason", LATER);
                        case RATE -> rate(ticket, Solved.YES, LATER);
                        case CONFIRM -> ticket.confirm(LATER);
                        case CONSULT -> ticket.consult(question(null), LATER);
                        case ADVISE -> ticket.advise(ASKED, SHEN, true, "yes", LATER);
                        case TRANSFER -> ticket.transfer(wish(), LATER);
                        case TAKE_OVER -> ticket.takeOver(SHEN, LATER);
                        case DECLINE -> ticket.decline(SHEN, "off duty", LATER);
                        case WITHDRAW_TRANSFER -> ticket.withdrawTransfer(LATER);
                        case ESCALATE ->
                                ticket.askToClimb(
                                        ASKED, OWNER, EscalationCause.AGENT, PACKET, LATER);
                        case LINK -> ticket.link(otherTicket(), LATER);
                        case UNLINK -> ticket.unlink(otherTicket(), LATER);
                        case CHANGE -> ticket.change(pressing(ticket), "reason", LATER);
                        case STEP -> ticket.takeStep("PLAN", BY_XU, null, LATER);
                        case REVIEW -> ticket.review(BY_XU, "cause", "measure", LATER);
                        case FILE -> ticket.file(XU, "text", FILED_ON, null, LATER);
                        case NOTE -> ticket.note(MESSAGE, XU, "text", LATER);
                        case REOPEN -> ticket.reopen(LATER);
                        case CANCEL -> ticket.cancel("app", "reason", LATER);
                        case CLOSE ->
                                ticket.close(
                                        CloseReason.WITHDRAWN,
                                        Map.of("WITHDRAWAL", "by phone"),
                                        "supervisor-1",
                                        LATER);
                        case MERGE -> ticket.mergeInto(otherTicket(), "same parcel", LATER);
                        case UNDO_MERGE -> ticket.unmergeFrom(otherTicket(), null, LATER);
                    }
                };

        if (legal(command).contains(status)) {
            act.run();
            assertThat(ticket.drainNews()).isNotEmpty();
        } else {
            var before = ticket.memento();
            // A stranger who has the link of a survey is told nothing of our states.
            var refusal = command == Command.RATE ? SurveyOver.class : TransitionRefused.class;
            assertThatExceptionOfType(refusal).isThrownBy(act::run);
            assertThat(ticket.memento()).isEqualTo(before);
            assertThat(ticket.drainNews()).isEmpty();
        }
    }

    private static Facts pressing(Ticket ticket) {
        var facts = ticket.memento().facts();
        return new Facts(
                facts.kind(),
                facts.phase(),
                facts.category(),
                Priority.URGENT,
                facts.major(),
                facts.region());
    }

    private static ClockElapsed confirmation(Ticket ticket, int stay) {
        return new ClockElapsed(ticket.id(), stay, LATER, ClockKind.CONFIRMATION, LATER, null);
    }
}
