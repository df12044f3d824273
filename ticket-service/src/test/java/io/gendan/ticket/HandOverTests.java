package io.gendan.ticket;

import static io.gendan.ticket.TicketFixtures.ANSWER;
import static io.gendan.ticket.TicketFixtures.ASKED;
import static io.gendan.ticket.TicketFixtures.NOON;
import static io.gendan.ticket.TicketFixtures.OWNER;
import static io.gendan.ticket.TicketFixtures.PACKET;
import static io.gendan.ticket.TicketFixtures.SHEN;
import static io.gendan.ticket.TicketFixtures.XU;
import static io.gendan.ticket.TicketFixtures.acceptedTicket;
import static io.gendan.ticket.TicketFixtures.assignedTicket;
import static io.gendan.ticket.TicketFixtures.attempt;
import static io.gendan.ticket.TicketFixtures.choice;
import static io.gendan.ticket.TicketFixtures.claim;
import static io.gendan.ticket.TicketFixtures.consultedTicketIn;
import static io.gendan.ticket.TicketFixtures.offeredTicketIn;
import static io.gendan.ticket.TicketFixtures.otherTicket;
import static io.gendan.ticket.TicketFixtures.proposal;
import static io.gendan.ticket.TicketFixtures.question;
import static io.gendan.ticket.TicketFixtures.said;
import static io.gendan.ticket.TicketFixtures.solution;
import static io.gendan.ticket.TicketFixtures.wish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gendan.api.Problem;
import io.gendan.events.AssignmentEvent.TransferRefused;
import io.gendan.events.CallOutcome;
import io.gendan.events.CloseReason;
import io.gendan.events.EscalationCause;
import io.gendan.events.LinkRelation;
import io.gendan.events.Territory;
import io.gendan.events.TicketEvent.AssignmentRefused;
import io.gendan.events.TicketEvent.ConsultationAnswered;
import io.gendan.events.TicketEvent.TicketAccepted;
import io.gendan.events.TicketEvent.TicketAssigned;
import io.gendan.events.TicketEvent.TransferEnded;
import io.gendan.events.TicketEvent.TransferOffered;
import io.gendan.events.TicketEvent.TransferRequested;
import io.gendan.events.TicketEvent.WaitingEnded;
import io.gendan.events.TransferOutcome;
import io.gendan.ticket.HandOverDesk.Destination;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/** An owner asks, hands over, or sends up; the customer always has one who answers for it. */
class HandOverTests {

    private static final Instant LATER = NOON.plusSeconds(100);

    @Test
    void aTransferCountsOnceItIsAccepted() {
        var ticket = acceptedTicket();
        ticket.drainNews();

        ticket.handOver().transfer(wish(), LATER);
        assertThat(ticket.isAssignedTo(XU)).isTrue();
        ticket.assign(choice(ticket, 2, SHEN), LATER);
        assertThat(ticket.isAssignedTo(XU)).isTrue();
        ticket.handOver().takeOver(SHEN, LATER);

        assertThat(ticket.isAssignedTo(SHEN)).isTrue();
        assertThat(ticket.memento().responsible()).isEqualTo(OWNER);
        assertThat(ticket.memento().transfer()).isNull();
        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(
                        TransferRequested.class,
                        TransferOffered.class,
                        TicketAssigned.class,
                        TicketAccepted.class)
                .allSatisfy(event -> assertThat(event.round()).isEqualTo(2));
    }

    @Test
    void aTakenOverTicketWaitsNoMore() {
        var ticket = offeredTicketIn(TicketStatus.WAITING);

        ticket.handOver().takeOver(SHEN, LATER);

        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(
                        WaitingEnded.class, TicketAssigned.class, TicketAccepted.class);
    }

    @Test
    void isOnlyForWhomItIsOfferedTo() {
        var ticket = offeredTicketIn(TicketStatus.IN_PROGRESS);

        refuses("no-transfer", () -> ticket.handOver().takeOver("agent-south-3", LATER));
        refuses("no-transfer", () -> ticket.handOver().decline("agent-south-3", "no", LATER));
        refuses("transfer-pending", () -> ticket.handOver().transfer(wish(), LATER));
    }

    @Test
    void staysWithItsOwnerWhenItIsDeclined() {
        var ticket = offeredTicketIn(TicketStatus.IN_PROGRESS);

        ticket.handOver().decline(SHEN, "已下班", LATER);

        assertThat(ticket.drainNews())
                .singleElement()
                .isInstanceOfSatisfying(
                        TransferEnded.class,
                        ended -> {
                            assertThat(ended.outcome()).isEqualTo(TransferOutcome.DECLINED);
                            assertThat(ended.agent()).isEqualTo(SHEN);
                        });
        assertThat(ticket.isAssignedTo(XU)).isTrue();
        refuses("no-transfer", () -> ticket.handOver().takeOver(SHEN, LATER));
    }

    @Test
    void goesToTheNextOfATeamUntilSomebodyTakesIt() {
        var ticket = acceptedTicket();
        ticket.handOver().transfer(wish(new Destination(null, null, Territory.EAST)), LATER);
        ticket.assign(choice(ticket, 2, SHEN), LATER);
        ticket.drainNews();

        ticket.handOver().decline(SHEN, "已下班", LATER);

        assertThat(ticket.drainNews())
                .singleElement()
                .isInstanceOfSatisfying(
                        TransferRequested.class,
                        again -> {
                            assertThat(again.round()).isEqualTo(3);
                            assertThat(again.toTerritory()).isEqualTo(Territory.EAST);
                            assertThat(again.notTo()).containsExactly(SHEN);
                        });
        refuses("no-transfer", () -> ticket.handOver().takeOver(SHEN, LATER));
        ticket.assign(choice(ticket, 3, "agent-east-2"), LATER);
        ticket.drainNews();
        ticket.handOver().endUnanswered(Duration.ofMinutes(3), LATER.plusSeconds(180));
        assertThat(ticket.drainNews())
                .singleElement()
                .isInstanceOfSatisfying(
                        TransferRequested.class,
                        again -> assertThat(again.notTo()).containsExactly(SHEN, "agent-east-2"));
        ticket.assign(choice(ticket, 4, "agent-east-3"), LATER.plusSeconds(181));
        ticket.handOver().takeOver("agent-east-3", LATER.plusSeconds(182));
        assertThat(ticket.isAssignedTo("agent-east-3")).isTrue();
    }

    @Test
    void isOfferedToSoManyAndNoMore() {
        var ticket = acceptedTicket();
        ticket.handOver().transfer(wish(new Destination(null, "east", null)), LATER);

        for (var offers = 1; offers <= 20; offers++) {
            assertThat(ticket.memento().transfer()).as("offer %d", offers).isNotNull();
            var agent = "agent-east-" + offers;
            ticket.assign(choice(ticket, 1 + offers, agent), LATER);
            ticket.handOver().decline(agent, "no", LATER);
        }

        assertThat(ticket.memento().transfer()).isNull();
        assertThat(ticket.drainNews().getLast()).isInstanceOf(TransferEnded.class);
    }

    @Test
    void anOfferThatIsNotAnsweredEnds() {
        var within = Duration.ofMinutes(3);
        var offeredAt = NOON.plusSeconds(7);
        var ticket = offeredTicketIn(TicketStatus.IN_PROGRESS);

        ticket.handOver().endUnanswered(within, offeredAt.plus(within).minusMillis(1));
        assertThat(ticket.drainNews()).isEmpty();
        ticket.handOver().endUnanswered(within, offeredAt.plus(within));

        assertThat(ticket.drainNews())
                .singleElement()
                .isInstanceOfSatisfying(
                        TransferEnded.class,
                        ended -> {
                            assertThat(ended.outcome()).isEqualTo(TransferOutcome.EXPIRED);
                            assertThat(ended.agent()).isEqualTo(SHEN);
                        });
        assertThat(ticket.isAssignedTo(XU)).isTrue();
        refuses("no-transfer", () -> ticket.handOver().takeOver(SHEN, LATER));
        ticket.handOver().endUnanswered(within, LATER.plus(within));
        assertThat(ticket.drainNews()).isEmpty();
    }

    @Test
    void whatIsNotOfferedYetWaitsForRouting() {
        var ticket = acceptedTicket();
        ticket.handOver().transfer(wish(), LATER);
        ticket.drainNews();

        ticket.handOver().endUnanswered(Duration.ofMinutes(3), LATER.plusSeconds(999));

        assertThat(ticket.drainNews()).isEmpty();
    }

    @Test
    void comesToNothingWhenNobodyThereCanHaveIt() {
        var ticket = acceptedTicket();
        ticket.handOver().transfer(wish(), LATER);
        ticket.drainNews();

        ticket.handOver()
                .refuse(new TransferRefused(ticket.id(), 1, LATER, "of another round"), LATER);
        assertThat(ticket.drainNews()).isEmpty();
        ticket.handOver()
                .refuse(new TransferRefused(ticket.id(), 2, LATER, "presence: off duty"), LATER);

        assertThat(ticket.drainNews()).hasExactlyElementsOfTypes(TransferEnded.class);
    }

    @Test
    void refusesAChoiceThatCameAfterTheWishWasTakenBack() {
        var ticket = acceptedTicket();
        ticket.handOver().transfer(wish(), LATER);
        ticket.handOver().withdraw(LATER);
        ticket.drainNews();

        ticket.assign(choice(ticket, 2, SHEN), LATER);

        assertThat(ticket.drainNews()).hasExactlyElementsOfTypes(AssignmentRefused.class);
    }

    @Test
    void isTheNextTiersWhenItClimbsMeanwhile() {
        var ticket = offeredTicketIn(TicketStatus.IN_PROGRESS);

        ticket.escalate(proposal(ticket, 1), LATER);

        refuses("no-transfer", () -> ticket.handOver().takeOver(SHEN, LATER));
        refuses("transfer-pending", () -> ticket.handOver().transfer(wish(), LATER));
    }

    @Test
    void isAnsweredOnceByWhoWasAskedOrALeader() {
        var ticket = acceptedTicket();
        ticket.handOver().consult(question("escalation-2-1"), LATER);

        refuses("not-consulted", () -> ticket.handOver().advise(ASKED, SHEN, false, "可以", LATER));
        ticket.handOver().advise(ASKED, "escalation-2-1", false, "可以", LATER);
        refuses(
                "consultation-over",
                () -> ticket.handOver().advise(ASKED, SHEN, true, "不可以", LATER));

        assertThat(ticket.isAssignedTo(XU)).isTrue();
        assertThat(ticket.memento().consultations())
                .singleElement()
                .satisfies(
                        asked ->
                                assertThat(asked.answer())
                                        .isEqualTo(
                                                new Consultation.Answer(
                                                        "escalation-2-1", "可以", LATER)));
    }

    @Test
    void anUnnamedQuestionIsForLeaders() {
        var ticket = consultedTicketIn(TicketStatus.IN_PROGRESS);

        refuses("not-consulted", () -> ticket.handOver().advise(ASKED, SHEN, false, "可以", LATER));
        ticket.handOver().advise(ASKED, "supervisor-1", true, "可以", LATER);

        assertThat(ticket.memento().consultations())
                .singleElement()
                .extracting(Consultation::answer)
                .isEqualTo(new Consultation.Answer("supervisor-1", "可以", LATER));
    }

    @Test
    void asksAgainHoweverOftenItWasAnsweredAndKeepsTheLastAnswers() {
        var ticket = acceptedTicket();
        for (var times = 1; times <= 60; times++) {
            var id = new UUID(7, times);
            ticket.handOver().consult(new Consultation.Question(id, OWNER, null, "可否补发"), LATER);
            ticket.handOver().advise(id, "supervisor-1", true, "可以", LATER);
        }

        assertThat(ticket.memento().consultations())
                .hasSizeBetween(50, 51)
                .last()
                .extracting(Consultation::id)
                .isEqualTo(new UUID(7, 60));
        for (var times = 1; times <= 50; times++) {
            ticket.handOver()
                    .consult(
                            new Consultation.Question(new UUID(8, times), OWNER, null, "可否补发"),
                            LATER);
        }
        refuses("too-many", () -> ticket.handOver().consult(question(null), LATER));
    }

    @Test
    void whoAskedIsAnsweredThoughItWasMergedMeanwhile() {
        var ticket = consultedTicketIn(TicketStatus.MERGED);

        ticket.handOver().advise(ASKED, "supervisor-1", true, "可以", LATER);

        assertThat(ticket.drainNews()).hasExactlyElementsOfTypes(ConsultationAnswered.class);
        assertThat(ticket.memento().consultations()).noneMatch(Consultation::isOpen);
        assertThat(ticket.status()).isEqualTo(TicketStatus.MERGED);
    }

    @Test
    void asksToClimbOnceAStayAndNotAboveTheLastTier() {
        var ticket = acceptedTicket();
        ticket.handOver().askToClimb(ASKED, OWNER, EscalationCause.AGENT, PACKET, LATER);

        refuses(
                "climbs-already",
                () ->
                        ticket.handOver()
                                .askToClimb(ASKED, OWNER, EscalationCause.AGENT, PACKET, LATER));
        assertThat(ticket.memento().tier()).isEqualTo(1);
        ticket.escalate(proposal(ticket, 1), LATER);
        refuses(
                "climbs-already",
                () ->
                        ticket.handOver()
                                .askToClimb(ASKED, OWNER, EscalationCause.AGENT, PACKET, LATER));
        ticket.assign(claim(ticket, 2), LATER);
        ticket.accept("escalation-2-1", LATER);
        ticket.handOver().askToClimb(ASKED, OWNER, EscalationCause.CUSTOMER, PACKET, LATER);
        assertThat(ticket.memento().askedToClimbIn()).isEqualTo(2);
    }

    @Test
    void whoClaimedItSendsItUpBeforeTheyAcceptIt() {
        var ticket = acceptedTicket();
        ticket.escalate(proposal(ticket, 1), LATER);
        ticket.assign(claim(ticket, 2), LATER);
        assertThat(ticket.memento().inQueue()).isFalse();

        ticket.handOver().askToClimb(ASKED, OWNER, EscalationCause.AGENT, PACKET, LATER);

        assertThat(ticket.memento().askedToClimbIn()).isEqualTo(2);
    }

    @Test
    void whatClimbedBeforeAnybodyTookItUpStaysInItsQueueWhoeverTakesItUpThen() {
        List<Consumer<Ticket>> takings =
                List.of(
                        ticket -> ticket.accept(XU, LATER),
                        ticket -> ticket.answer(said(ANSWER, "专家正在处理"), XU, LATER),
                        ticket -> ticket.record(attempt(CallOutcome.REACHED, null), LATER));
        for (var takes : takings) {
            var ticket = assignedTicket();
            ticket.escalate(proposal(ticket, 1), LATER);

            takes.accept(ticket);

            assertThat(ticket.status()).isEqualTo(TicketStatus.IN_PROGRESS);
            assertThat(ticket.memento().inQueue()).isTrue();
            refuses("transfer-pending", () -> ticket.handOver().transfer(wish(), LATER));
            refuses(
                    "climbs-already",
                    () ->
                            ticket.handOver()
                                    .askToClimb(
                                            ASKED, OWNER, EscalationCause.AGENT, PACKET, LATER));
            ticket.assign(claim(ticket, 2), LATER);
            assertThat(ticket.memento().inQueue()).isFalse();
            assertThat(ticket.memento().responsible()).isEqualTo(OWNER);
        }
    }

    @Test
    void whatIsResolvedOrOverStandsInNoQueueAndWhatWasMergedDoesAgain() {
        var resolved = climbed();
        resolved.resolve(XU, solution("已换货"), LATER);
        assertThat(resolved.memento().inQueue()).isFalse();
        var closed = climbed();
        closed.close(CloseReason.INVALID, Map.of("WHY", "误拨"), "leader", LATER);
        assertThat(closed.memento().inQueue()).isFalse();
        var cancelled = climbed();
        cancelled.cancel("app", "不需要了", LATER);
        assertThat(cancelled.memento().inQueue()).isFalse();

        var merged = acceptedTicket();
        var other = otherTicket();
        other.escalate(proposal(other, 1), LATER);
        other.ties().mergeInto(merged, "同一包裹", LATER);
        other.ties().unmergeFrom(merged, null, LATER);
        assertThat(other.memento().inQueue()).isTrue();
        refuses("transfer-pending", () -> other.handOver().transfer(wish(), LATER));
    }

    private static Ticket climbed() {
        var ticket = acceptedTicket();
        ticket.escalate(proposal(ticket, 1), LATER);
        assertThat(ticket.memento().inQueue()).isTrue();
        return ticket;
    }

    @Test
    void bothSidesOfALinkTellIt() {
        var ticket = acceptedTicket();
        var other = otherTicket();

        ticket.ties().link(other, LATER);

        assertThat(ticket.memento().links())
                .containsExactly(
                        new Link(other.id(), other.created().number(), LinkRelation.RELATED));
        assertThat(other.memento().links())
                .containsExactly(
                        new Link(ticket.id(), ticket.created().number(), LinkRelation.RELATED));
        refuses("links", () -> ticket.ties().link(other, LATER));
        refuses("link-other", () -> ticket.ties().link(ticket, LATER));
        other.ties().unlink(ticket, LATER);
        assertThat(ticket.memento().links()).isEmpty();
        assertThat(other.memento().links()).isEmpty();
    }

    private static void refuses(String type, Runnable command) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(command::run)
                .withMessageContaining(type);
    }
}
