package io.gendan.ticket;

import static io.gendan.ticket.TicketFixtures.BY_XU;
import static io.gendan.ticket.TicketFixtures.CALL;
import static io.gendan.ticket.TicketFixtures.NOON;
import static io.gendan.ticket.TicketFixtures.XU;
import static io.gendan.ticket.TicketFixtures.acceptedTicket;
import static io.gendan.ticket.TicketFixtures.assignedTicket;
import static io.gendan.ticket.TicketFixtures.attempt;
import static io.gendan.ticket.TicketFixtures.authorityTicketIn;
import static io.gendan.ticket.TicketFixtures.choice;
import static io.gendan.ticket.TicketFixtures.claim;
import static io.gendan.ticket.TicketFixtures.newTicket;
import static io.gendan.ticket.TicketFixtures.otherTicket;
import static io.gendan.ticket.TicketFixtures.promisedTicket;
import static io.gendan.ticket.TicketFixtures.proposal;
import static io.gendan.ticket.TicketFixtures.said;
import static io.gendan.ticket.TicketFixtures.solution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gendan.api.Problem;
import io.gendan.events.CallOutcome;
import io.gendan.events.ClockKind;
import io.gendan.events.CloseReason;
import io.gendan.events.EscalationEvent.ClockElapsed;
import io.gendan.events.Priority;
import io.gendan.events.PromisePurpose;
import io.gendan.events.TicketEvent.FactsChanged;
import io.gendan.events.TicketEvent.MessageSent;
import io.gendan.events.TicketEvent.PromiseBroken;
import io.gendan.events.TicketEvent.PromiseKept;
import io.gendan.events.TicketEvent.PromiseMade;
import io.gendan.events.TicketEvent.PromiseWithdrawn;
import io.gendan.events.TicketEvent.TicketCancelled;
import io.gendan.events.TicketEvent.TicketClosed;
import io.gendan.events.TicketEvent.TicketMerged;
import io.gendan.events.TicketEvent.TicketResolved;
import io.gendan.events.WaitingReason;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/** What the system itself promises: that the customer hears how far it is. */
class ProgressTests {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration HALF_A_DAY = Duration.ofHours(12);
    private static final Instant TOMORROW = NOON.plus(DAY);
    private static final LocalDate FILED_ON = LocalDate.of(2026, 11, 22);

    @Test
    void isPromisedOnceFromTheOpeningOn() {
        var ticket = newTicket();
        ticket.promiseProgress(NOON.plusSeconds(2));
        ticket.assign(choice(ticket, 1, XU), NOON.plusSeconds(3));
        ticket.promiseProgress(NOON.plusSeconds(3));
        ticket.accept(XU, NOON.plusSeconds(4));
        ticket.promiseProgress(NOON.plusSeconds(4));

        assertThat(ticket.memento().promises())
                .singleElement()
                .satisfies(
                        promise -> {
                            assertThat(promise.purpose()).isEqualTo(PromisePurpose.PROGRESS);
                            assertThat(promise.dueAt()).isEqualTo(TOMORROW.plusSeconds(2));
                        });
    }

    @Test
    void whatPressesMoreIsToldOfSoonerAndWhatPressesLessIsNotToldLater() {
        var ticket = promisedProgress();
        var facts = ticket.memento().facts();
        ticket.change(facts.withPriority(Priority.HIGH), "丢件", NOON.plusSeconds(3600));
        ticket.promiseProgress(NOON.plusSeconds(3600));

        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(
                        FactsChanged.class, PromiseWithdrawn.class, PromiseMade.class);
        var sooner = progress(ticket).dueAt();
        assertThat(sooner).isEqualTo(NOON.plusSeconds(3600).plus(HALF_A_DAY));

        ticket.promiseProgress(NOON.plusSeconds(7200));
        ticket.change(facts, "已找到", NOON.plusSeconds(7200));
        ticket.promiseProgress(NOON.plusSeconds(7200));
        assertThat(progress(ticket).dueAt()).isEqualTo(sooner);
        assertThat(ticket.drainNews()).hasExactlyElementsOfTypes(FactsChanged.class);
    }

    @Test
    void anAnswerDoesNotEndItAndIsWhatKeepsIt() {
        var ticket = promisedProgress();
        ticket.answer(said(new UUID(0, 5), "您好"), XU, NOON.plusSeconds(3600));
        assertThat(ticket.drainNews()).hasExactlyElementsOfTypes(MessageSent.class);

        ticket.elapse(due(ticket), TOMORROW.plusSeconds(2));
        ticket.promiseProgress(TOMORROW.plusSeconds(2));

        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(PromiseKept.class, PromiseMade.class);
        assertThat(progress(ticket).dueAt()).isEqualTo(TOMORROW.plusSeconds(3600));
    }

    @Test
    void reachingThemByPhoneKeepsIt() {
        var ticket = promisedProgress();
        ticket.record(attempt(CallOutcome.BUSY, null), NOON.plusSeconds(3600));
        ticket.record(attempt(CallOutcome.REACHED, null), NOON.plusSeconds(7200));
        ticket.drainNews();

        ticket.elapse(due(ticket), TOMORROW.plusSeconds(2));

        assertThat(ticket.drainNews()).hasExactlyElementsOfTypes(PromiseKept.class);
    }

    @Test
    void isBrokenWhenNobodyToldThemAnythingSince() {
        var ticket = assignedTicket();
        ticket.answer(said(new UUID(0, 5), "您好"), XU, NOON.plusSeconds(2));
        ticket.promiseProgress(NOON.plusSeconds(2));
        ticket.record(attempt(CallOutcome.NO_ANSWER, null), NOON.plusSeconds(7200));
        ticket.drainNews();

        ticket.elapse(due(ticket), TOMORROW.plusSeconds(2));
        ticket.promiseProgress(TOMORROW.plusSeconds(2));

        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(
                        PromiseBroken.class, FactsChanged.class, PromiseMade.class);
        assertThat(progress(ticket).dueAt()).isEqualTo(TOMORROW.plus(HALF_A_DAY).plusSeconds(2));
    }

    @Test
    void isBrokenOfWhatNobodyHas() {
        var ticket = newTicket();
        ticket.promiseProgress(NOON.plusSeconds(2));
        ticket.drainNews();

        ticket.elapse(due(ticket), TOMORROW.plusSeconds(2));
        ticket.promiseProgress(TOMORROW.plusSeconds(2));

        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(
                        PromiseBroken.class, FactsChanged.class, PromiseMade.class);
        assertThat(ticket.status()).isEqualTo(TicketStatus.NEW);
    }

    @ParameterizedTest
    @EnumSource(
            value = WaitingReason.class,
            names = {"CUSTOMER", "CARRIER"})
    void whoIsWaitedForKnowsHowFarItIs(WaitingReason reason) {
        var ticket = promisedProgress();
        ticket.await(reason, new UUID(0, 5), XU, NOON.plusSeconds(60));
        ticket.drainNews();

        ticket.elapse(due(ticket), TOMORROW.plusSeconds(2));

        assertThat(ticket.drainNews())
                .first()
                .isInstanceOf(
                        reason == WaitingReason.CUSTOMER ? PromiseKept.class : PromiseBroken.class);
    }

    @Test
    void goesOnWhileAnotherIsSoughtForIt() {
        var ticket = promisedProgress();
        ticket.escalate(proposal(ticket, 1), NOON.plusSeconds(60));
        ticket.assign(claim(ticket, 2), NOON.plusSeconds(90));

        ticket.elapse(due(ticket), TOMORROW.plusSeconds(2));
        ticket.promiseProgress(TOMORROW.plusSeconds(2));

        assertThat(progress(ticket).isOpen()).isTrue();
    }

    @Test
    void endsAsKeptWithTheSolutionAndBeginsAnewWithTheObjection() {
        var ticket = promisedProgress();

        ticket.resolve(XU, solution("已换货"), NOON.plusSeconds(60));
        ticket.promiseProgress(NOON.plusSeconds(60));
        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(PromiseKept.class, TicketResolved.class);

        ticket.reopen(Ticket.CUSTOMER.id(), "还是坏的", NOON.plusSeconds(120));
        ticket.promiseProgress(NOON.plusSeconds(120));
        assertThat(progress(ticket).dueAt()).isEqualTo(TOMORROW.plusSeconds(120));
    }

    @Test
    void isInNobodysWayAndWithdrawnAtTheEnd() {
        ends(
                ticket ->
                        ticket.close(
                                CloseReason.WITHDRAWN,
                                Map.of("WITHDRAWAL", "by phone"),
                                "supervisor-1",
                                NOON.plusSeconds(60)),
                TicketClosed.class);
        ends(ticket -> ticket.cancel("app", "不需要了", NOON.plusSeconds(60)), TicketCancelled.class);
    }

    @Test
    void endsAsKeptWithTheSolutionThatClosesWhatAnAuthorityAsked() {
        var now = NOON.plusSeconds(3600);
        var ticket = authorityTicketIn(TicketStatus.IN_PROGRESS);
        ticket.promiseProgress(now);
        ticket.file(XU, "已和解", FILED_ON, null, now);
        ticket.review(BY_XU, "页面未更新", "上新前核对", now);
        ticket.drainNews();

        ticket.resolve(XU, solution("已换货"), now);

        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(
                        PromiseKept.class,
                        TicketResolved.class,
                        TicketClosed.class,
                        PromiseMade.class,
                        PromiseMade.class);
    }

    private static void ends(Consumer<Ticket> command, Class<?> end) {
        var ticket = promisedProgress();
        command.accept(ticket);
        assertThat(ticket.drainNews()).hasExactlyElementsOfTypes(PromiseWithdrawn.class, end);
    }

    @Test
    void staysBehindInAMergeAndBeginsAnewWhenThatIsUndone() {
        var ticket = promisedProgress();
        var other = otherTicket();

        ticket.ties().mergeInto(other, "同一包裹", NOON.plusSeconds(60));
        ticket.promiseProgress(NOON.plusSeconds(60));
        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(PromiseWithdrawn.class, TicketMerged.class);
        assertThat(other.memento().promises()).isEmpty();

        ticket.ties().unmergeFrom(other, null, NOON.plusSeconds(90));
        ticket.promiseProgress(NOON.plusSeconds(90));
        assertThat(progress(ticket).dueAt()).isEqualTo(TOMORROW.plusSeconds(90));
    }

    @Test
    void isNotForPeopleToEnd() {
        var ticket = promisedProgress();
        var id = progress(ticket).id();
        var now = NOON.plusSeconds(60);

        refused(() -> ticket.keep(id, XU, solution(null), now));
        refused(() -> ticket.withdraw(id, XU, "不需要", now));
        refused(() -> ticket.await(id, XU, now));
        refused(() -> ticket.record(attempt(CallOutcome.REACHED, id), now));
    }

    private static void refused(Runnable command) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(command::run)
                .satisfies(refused -> assertThat(refused.status()).isEqualTo(422));
    }

    @Test
    void oldOnesAreForgottenAndOthersAreNot() {
        var ticket = promisedTicket();
        var now = NOON.plusSeconds(4);
        for (int day = 0; day < 20; day++) {
            ticket.promiseProgress(now);
            now = now.plus(DAY);
            ticket.elapse(due(ticket), now);
        }

        assertThat(ticket.memento().promises()).hasSizeLessThan(7);
        assertThat(ticket.promise(CALL).isOpen()).isTrue();
    }

    private static Ticket promisedProgress() {
        var ticket = acceptedTicket();
        ticket.promiseProgress(NOON.plusSeconds(2));
        ticket.drainNews();
        return ticket;
    }

    private static Promise progress(Ticket ticket) {
        return ticket.memento().promises().stream()
                .filter(promise -> promise.isProgress() && promise.isOpen())
                .findFirst()
                .orElseThrow();
    }

    private static ClockElapsed due(Ticket ticket) {
        var promise = progress(ticket);
        return new ClockElapsed(
                ticket.id(),
                ticket.memento().stay(),
                promise.dueAt(),
                ClockKind.PROMISE,
                promise.dueAt(),
                promise.id());
    }
}
