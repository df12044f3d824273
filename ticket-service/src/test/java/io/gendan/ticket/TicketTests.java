package io.gendan.ticket;

import static io.gendan.ticket.TicketFixtures.CALL;
import static io.gendan.ticket.TicketFixtures.NOON;
import static io.gendan.ticket.TicketFixtures.RULES;
import static io.gendan.ticket.TicketFixtures.WAIT;
import static io.gendan.ticket.TicketFixtures.XU;
import static io.gendan.ticket.TicketFixtures.acceptedTicket;
import static io.gendan.ticket.TicketFixtures.assignedTicket;
import static io.gendan.ticket.TicketFixtures.authorityTicketIn;
import static io.gendan.ticket.TicketFixtures.call;
import static io.gendan.ticket.TicketFixtures.choice;
import static io.gendan.ticket.TicketFixtures.claim;
import static io.gendan.ticket.TicketFixtures.confirmation;
import static io.gendan.ticket.TicketFixtures.majorTicket;
import static io.gendan.ticket.TicketFixtures.newTicket;
import static io.gendan.ticket.TicketFixtures.personalDataTicket;
import static io.gendan.ticket.TicketFixtures.promiseOver;
import static io.gendan.ticket.TicketFixtures.promisedTicketIn;
import static io.gendan.ticket.TicketFixtures.proposal;
import static io.gendan.ticket.TicketFixtures.rate;
import static io.gendan.ticket.TicketFixtures.resolvedAndPromisedTicket;
import static io.gendan.ticket.TicketFixtures.resolvedTicket;
import static io.gendan.ticket.TicketFixtures.said;
import static io.gendan.ticket.TicketFixtures.solution;
import static io.gendan.ticket.TicketFixtures.takenTicket;
import static io.gendan.ticket.TicketFixtures.ticketIn;
import static io.gendan.ticket.TicketFixtures.waitOver;
import static io.gendan.ticket.TicketFixtures.waitingTicket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gendan.api.Problem;
import io.gendan.events.AssignmentEvent.TeamChosen;
import io.gendan.events.ClockKind;
import io.gendan.events.ClockStep;
import io.gendan.events.CloseReason;
import io.gendan.events.EscalationEvent.ClockStepped;
import io.gendan.events.EscalationEvent.EscalationRaised;
import io.gendan.events.Major;
import io.gendan.events.ResolvedAs;
import io.gendan.events.Solved;
import io.gendan.events.Territory;
import io.gendan.events.TicketEvent;
import io.gendan.events.TicketEvent.AnswerFiled;
import io.gendan.events.TicketEvent.AssignmentRefused;
import io.gendan.events.TicketEvent.CustomerReminded;
import io.gendan.events.TicketEvent.EscalationRefused;
import io.gendan.events.TicketEvent.MessageReceived;
import io.gendan.events.TicketEvent.MessageSent;
import io.gendan.events.TicketEvent.PromiseKept;
import io.gendan.events.TicketEvent.PromiseWithdrawn;
import io.gendan.events.TicketEvent.TicketAccepted;
import io.gendan.events.TicketEvent.TicketAssigned;
import io.gendan.events.TicketEvent.TicketCancelled;
import io.gendan.events.TicketEvent.TicketClosed;
import io.gendan.events.TicketEvent.TicketEscalated;
import io.gendan.events.TicketEvent.TicketPlaced;
import io.gendan.events.TicketEvent.TicketReopened;
import io.gendan.events.TicketEvent.TicketResolved;
import io.gendan.events.TicketEvent.WaitingEnded;
import io.gendan.events.TicketEvent.WaitingStarted;
import io.gendan.events.WaitEnd;
import io.gendan.events.WaitingReason;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What a ticket does by itself and by what others propose. */
class TicketTests {

    private static final Instant LATER = NOON.plusSeconds(100);

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
    void comesBackToWorkAndClimbsWhenAnAuthorityWasToHaveItsAnswerByThen() {
        var ticket = authorityTicketIn(TicketStatus.RESOLVED);
        var late = by(ClockKind.RESOLUTION, proposal(ticket, 1));

        ticket.escalate(late, LATER);

        var said = ticket.drainNews();
        assertThat(said).hasExactlyElementsOfTypes(TicketReopened.class, TicketEscalated.class);
        assertThat(said).extracting(TicketEvent::stay).containsExactly(2, 3);
        assertThat(said).extracting(TicketEvent::round).containsExactly(1, 2);
        assertThat(ticket.memento().tier()).isEqualTo(2);

        ticket.escalate(late, LATER);
        assertThat(ticket.drainNews()).singleElement().isInstanceOf(EscalationRefused.class);
    }

    @Test
    void climbsNoMoreOnceTheAuthorityHasItsAnswerOrByAnotherClock() {
        var ticket = authorityTicketIn(TicketStatus.RESOLVED);
        ticket.escalate(by(ClockKind.TIER_RESOLUTION, proposal(ticket, 1)), LATER);
        assertThat(ticket.drainNews()).singleElement().isInstanceOf(EscalationRefused.class);
        ticket.file(XU, "已和解", FILED_ON, null, LATER);
        assertThat(ticket.memento().status()).isEqualTo(TicketStatus.RESOLVED);
        ticket.drainNews();

        ticket.escalate(by(ClockKind.RESOLUTION, proposal(ticket, 1)), LATER);

        assertThat(ticket.drainNews()).singleElement().isInstanceOf(EscalationRefused.class);
    }

    private static EscalationRaised by(ClockKind clock, EscalationRaised raised) {
        return new EscalationRaised(
                raised.ticketId(),
                raised.stay(),
                raised.at(),
                raised.escalationId(),
                raised.fromTier(),
                raised.toTier(),
                raised.cause(),
                clock,
                raised.dueAt());
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

    @Test
    void aLeadersAnswerTakesItFromNobody() {
        var ticket = assignedTicket();
        ticket.drainNews();

        ticket.answer(said(MESSAGE, "您好"), "supervisor-1", LATER);

        assertThat(ticket.drainNews()).hasExactlyElementsOfTypes(MessageSent.class);
        assertThat(ticket.memento().status()).isEqualTo(TicketStatus.ASSIGNED);
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
    void doesNotCloseAfterTheCustomerObjected() {
        var ticket = resolvedAndPromisedTicket();
        ticket.elapse(confirmation(ticket, 1), LATER);
        ticket.hear(said(MESSAGE, "还是不对"), LATER);
        ticket.drainNews();

        ticket.keep(CALL, XU, solution(null), LATER);

        assertThat(ticket.drainNews()).hasExactlyElementsOfTypes(PromiseKept.class);
        assertThat(ticket.memento().status()).isEqualTo(TicketStatus.REOPENED);
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
                .containsExactly(
                        new WaitingEnded(ticket.id(), 1, 1, LATER, WaitEnd.LIMIT, reason, null));
        assertThat(ticket.memento().status()).isEqualTo(TicketStatus.IN_PROGRESS);
    }

    @Test
    void waitsForACarrierThatSearchesAfterItWaitedForAnAnswer() {
        var ticket = waitingTicket(WaitingReason.CARRIER);
        ticket.resume(LATER);
        ticket.drainNews();

        ticket.awaitSearch(MESSAGE, XU, LATER);
        assertThat(ticket.memento().waitingSearch()).isTrue();
        ticket.elapse(waitOver(ticket, MESSAGE), LATER);

        assertThat(ticket.drainNews())
                .containsExactly(
                        new WaitingStarted(
                                ticket.id(),
                                1,
                                1,
                                LATER,
                                WaitingReason.CARRIER,
                                null,
                                MESSAGE,
                                true),
                        new WaitingEnded(
                                ticket.id(),
                                1,
                                1,
                                LATER,
                                WaitEnd.LIMIT,
                                WaitingReason.CARRIER,
                                true));
        assertThat(ticket.memento().waitingSearch()).isNull();
    }

    @Test
    void isResolvedAsNoReplyWhenTheCustomerWasWaitedForLongEnough() {
        var ticket = waitingTicket(WaitingReason.CUSTOMER);
        ticket.drainNews();

        ticket.elapse(waitOver(ticket, WAIT), LATER);

        assertThat(ticket.drainNews())
                .containsExactly(
                        new WaitingEnded(
                                ticket.id(),
                                1,
                                1,
                                LATER,
                                WaitEnd.LIMIT,
                                WaitingReason.CUSTOMER,
                                null),
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
                                null,
                                null,
                                null));
    }

    @Test
    void resolvesNothingMajorBySilence() {
        var ticket = majorTicket();
        ticket.assign(choice(ticket, 1, XU), LATER);
        ticket.accept(XU, LATER);
        ticket.await(WaitingReason.CUSTOMER, WAIT, XU, LATER);
        ticket.drainNews();

        ticket.elapse(waitOver(ticket, WAIT), LATER);

        assertThat(ticket.drainNews()).hasExactlyElementsOfTypes(WaitingEnded.class);
    }

    @Test
    void endsNoOtherWaitThanTheOneWhoseTimeIsOver() {
        var ticket = waitingTicket(WaitingReason.CARRIER);
        ticket.resume(LATER);
        ticket.await(WaitingReason.CARRIER, MESSAGE, XU, LATER);
        ticket.drainNews();

        ticket.elapse(waitOver(ticket, WAIT), LATER);

        assertThat(ticket.drainNews()).isEmpty();
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
        ticket.await(WaitingReason.CUSTOMER, WAIT, XU, LATER);
        ticket.hear(said(MESSAGE, "照片已发"), LATER);
        ticket.promise(call(CALL), LATER);
        ticket.promise(call(MESSAGE), LATER);
        ticket.await(CALL, XU, LATER);
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
    void whatIsToBeAnsweredInWritingIsNotEndedByHand() {
        for (var ticket : List.of(newTicket(Major.REGULATOR), personalDataTicket())) {
            ticket.drainNews();
            for (Runnable end :
                    List.<Runnable>of(
                            () -> ticket.cancel("app", "changed their mind", LATER),
                            () ->
                                    ticket.close(
                                            CloseReason.INVALID,
                                            Map.of(),
                                            "supervisor-1",
                                            LATER))) {
                assertThatExceptionOfType(Problem.class)
                        .isThrownBy(end::run)
                        .withMessageContaining("answer-to-file");
            }
            assertThat(ticket.drainNews()).isEmpty();
        }
    }

    @Test
    void answersARequestAboutPersonalDataInWritingWhateverTheCustomerSaysOrDoesNot() {
        var ticket = personalDataTicket();
        ticket.assign(choice(ticket, 1, XU), NOON);
        ticket.accept(XU, NOON);
        ticket.await(WaitingReason.CUSTOMER, WAIT, XU, NOON);
        ticket.elapse(waitOver(ticket, WAIT), LATER);
        assertThat(ticket.memento().status()).isEqualTo(TicketStatus.IN_PROGRESS);

        ticket.resolve(XU, solution("已提供个人信息副本"), LATER);
        ticket.drainNews();
        ticket.elapse(confirmation(ticket, 1), LATER);
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> ticket.confirm(LATER))
                .withMessageContaining("answer-to-file");
        assertThat(ticket.drainNews()).isEmpty();

        ticket.file(XU, "已书面答复", LocalDate.of(2026, 11, 23), null, LATER);

        assertThat(ticket.drainNews())
                .extracting(Object::getClass)
                .isEqualTo(List.of(AnswerFiled.class, TicketClosed.class));
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

        ticket.reopen(Ticket.CUSTOMER.id(), "还是坏的", LATER);

        assertThat(ticket.drainNews())
                .containsExactly(
                        new TicketReopened(ticket.id(), 1, 2, LATER, XU, "customer", "还是坏的"));
    }
}
