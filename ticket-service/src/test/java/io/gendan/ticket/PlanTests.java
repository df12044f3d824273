package io.gendan.ticket;

import static io.gendan.ticket.TicketFixtures.BY_XU;
import static io.gendan.ticket.TicketFixtures.CALL;
import static io.gendan.ticket.TicketFixtures.NOON;
import static io.gendan.ticket.TicketFixtures.WAIT;
import static io.gendan.ticket.TicketFixtures.XU;
import static io.gendan.ticket.TicketFixtures.acceptedTicket;
import static io.gendan.ticket.TicketFixtures.call;
import static io.gendan.ticket.TicketFixtures.choice;
import static io.gendan.ticket.TicketFixtures.majorTicket;
import static io.gendan.ticket.TicketFixtures.newTicket;
import static io.gendan.ticket.TicketFixtures.promiseOver;
import static io.gendan.ticket.TicketFixtures.replayed;
import static io.gendan.ticket.TicketFixtures.solution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gendan.api.Problem;
import io.gendan.events.CloseReason;
import io.gendan.events.Major;
import io.gendan.events.PromisePurpose;
import io.gendan.events.TicketEvent.FactsChanged;
import io.gendan.events.TicketEvent.PromiseBroken;
import io.gendan.events.TicketEvent.PromiseKept;
import io.gendan.events.TicketEvent.PromiseMade;
import io.gendan.events.TicketEvent.PromiseWithdrawn;
import io.gendan.events.TicketEvent.StepDone;
import io.gendan.events.TicketEvent.TicketCancelled;
import io.gendan.events.TicketEvent.TicketClosed;
import io.gendan.events.TicketEvent.TicketResolved;
import io.gendan.events.TicketEvent.WaitingStarted;
import io.gendan.events.WaitingReason;
import io.gendan.ticket.rules.WorkingDays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** What the system promises of something major: that the customer hears what will be done. */
class PlanTests {

    private static final Instant LATER = NOON.plusSeconds(100);
    private static final Duration WITHIN = Duration.ofHours(4);
    private static final String LEADER = "supervisor-1";

    @Test
    void isPromisedOnceOfWhatIsOpenedAsMajor() {
        var ticket = majorTicket();

        seeTo(ticket, NOON);
        seeTo(ticket, LATER);

        assertThat(ticket.drainNews())
                .singleElement()
                .isInstanceOfSatisfying(
                        PromiseMade.class,
                        made -> {
                            assertThat(made.purpose()).isEqualTo(PromisePurpose.PLAN);
                            assertThat(made.dueAt()).isEqualTo(NOON.plus(WITHIN));
                            assertThat(made.owner()).isEqualTo(Ticket.SYSTEM.id());
                        });
    }

    @Test
    void isPromisedOfWhatTurnsOutToBeMajorAndOfNothingElse() {
        var ticket = acceptedTicket();
        seeTo(ticket, NOON.plusSeconds(3));
        assertThat(plans(ticket)).isZero();

        turnsOut(ticket, Major.SAFETY);
        seeTo(ticket, LATER);

        assertThat(plan(ticket).dueAt()).isEqualTo(LATER.plus(WITHIN));
        assertThat(ticket.rules().plans()).isNotEmpty();
    }

    @Test
    void isNotPromisedUnderOlderRules() {
        var major = majorTicket();
        var ticket =
                Ticket.restored(major.created(), major.memento(), TicketFixtures.rules("2026.4"));

        seeTo(ticket, NOON);

        assertThat(ticket.hasNews()).isFalse();
    }

    @Test
    void theStepKeepsIt() {
        var ticket = planned();

        ticket.takeStep("PLAN", BY_XU, null, LATER);
        seeTo(ticket, LATER);

        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(StepDone.class, PromiseKept.class)
                .last()
                .isInstanceOfSatisfying(
                        PromiseKept.class, kept -> assertThat(kept.agent()).isEqualTo(XU));
    }

    @Test
    void whatIsAgreedOnWithTheCustomerKeepsIt() {
        var ticket = planned();
        ticket.promise(call(CALL), LATER);

        ticket.await(CALL, XU, LATER);
        seeTo(ticket, LATER);

        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(
                        PromiseMade.class, WaitingStarted.class, PromiseKept.class);
        assertThat(plan(ticket).outcome()).isEqualTo(PromiseOutcome.KEPT);
    }

    @Test
    void whatIsPlannedAlreadyIsNotPromised() {
        var ticket = acceptedTicket();
        ticket.takeStep("PLAN", BY_XU, null, LATER);
        turnsOut(ticket, Major.SAFETY);

        seeTo(ticket, LATER);

        assertThat(plans(ticket)).isZero();
    }

    @Test
    void isBrokenLikeAnyOtherAndNotPromisedAgain() {
        var ticket = planned();

        ticket.elapse(promiseOver(ticket, plan(ticket).id()), NOON.plus(WITHIN));
        seeTo(ticket, NOON.plus(WITHIN));

        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(PromiseBroken.class, FactsChanged.class);
        assertThat(ticket.memento().strain().brokenPromises()).isEqualTo(1);
        assertThat(plans(ticket)).isEqualTo(1);
    }

    @Test
    void nobodyKeepsItByWord() {
        var ticket = planned();
        var plan = plan(ticket).id();

        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> ticket.keep(plan, XU, solution(null), LATER))
                .matches(problem -> problem.slug().equals("promise-to-plan"));
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> ticket.withdraw(plan, XU, "不需要", LATER))
                .matches(problem -> problem.slug().equals("promise-to-plan"));
    }

    @Test
    void isWithdrawnWhenItIsNotMajorAfterAll() {
        var ticket = planned();

        ticket.change(ticket.memento().facts().withMajor(null), "误判", LATER);
        seeTo(ticket, LATER);
        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(FactsChanged.class, PromiseWithdrawn.class);
        turnsOut(ticket, Major.SAFETY);
        seeTo(ticket, LATER);

        assertThat(plans(ticket)).isEqualTo(1);
        assertThat(plan(ticket).outcome()).isEqualTo(PromiseOutcome.WITHDRAWN);
    }

    @Test
    void isWithdrawnBeforeItIsSolvedAndNotPromisedAgainWhenThatWasNone() {
        var ticket = planned();

        ticket.resolve(XU, solution("已换货"), LATER);
        seeTo(ticket, LATER);
        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(PromiseWithdrawn.class, TicketResolved.class);

        ticket.reopen(Ticket.CUSTOMER.id(), "还是坏的", LATER);
        seeTo(ticket, LATER);
        assertThat(plans(ticket)).isEqualTo(1);
    }

    @Test
    void isWithdrawnWhenItEndsUnsolved() {
        var closed = planned();
        var cancelled = planned();

        closed.close(CloseReason.INVALID, Map.of("WHY", "误拨"), LEADER, LATER);
        cancelled.cancel(LEADER, "误报", LATER);

        assertThat(closed.drainNews())
                .hasExactlyElementsOfTypes(PromiseWithdrawn.class, TicketClosed.class);
        assertThat(cancelled.drainNews())
                .hasExactlyElementsOfTypes(PromiseWithdrawn.class, TicketCancelled.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = WaitingReason.class,
            names = {"CUSTOMER", "CARRIER"})
    void runsOnWhoeverIsWaitedFor(WaitingReason reason) {
        var ticket = planned();
        ticket.await(reason, WAIT, XU, LATER);
        seeTo(ticket, LATER);

        assertThat(plan(ticket).isOpen()).isTrue();
    }

    @Test
    void movesWithAMergeAndBack() {
        var ticket = planned();
        var other = planned(new UUID(0, 3));

        ticket.ties().mergeInto(other, "同一包裹", LATER);
        seeTo(other, LATER);
        assertThat(other.memento().promises()).filteredOn(Promise::isPlan).hasSize(2);
        ticket.ties().unmergeFrom(other, null, LATER);
        seeTo(ticket, LATER);

        assertThat(plan(ticket).isOpen()).isTrue();
        assertThat(plans(ticket)).isEqualTo(1);
        assertThat(plan(other).isOpen()).isTrue();
    }

    @Test
    void whatBecameOfItFollowsFromTheLog() {
        var ticket = majorTicket();
        seeTo(ticket, NOON);
        ticket.assign(choice(ticket, 1, XU), NOON.plusSeconds(1));
        ticket.accept(XU, NOON.plusSeconds(2));
        ticket.takeStep("PLAN", BY_XU, null, LATER);
        seeTo(ticket, LATER);

        assertThat(replayed(ticket)).isEqualTo(ticket.memento());
    }

    private static Ticket planned() {
        return planned(new UUID(0, 2));
    }

    private static Ticket planned(UUID id) {
        var ticket = newTicket(id, Major.SAFETY, NOON);
        seeTo(ticket, NOON);
        ticket.assign(choice(ticket, 1, XU), NOON.plusSeconds(1));
        ticket.accept(XU, NOON.plusSeconds(2));
        ticket.drainNews();
        return ticket;
    }

    private static void turnsOut(Ticket ticket, Major major) {
        ticket.change(ticket.memento().facts().withMajor(major), "核实为重大", LATER);
    }

    /** Of all that follows by itself the plan alone. */
    private static void seeTo(Ticket ticket, Instant now) {
        ticket.seeToPlan(WorkingDays.UNTOLD, now);
    }

    private static Promise plan(Ticket ticket) {
        return ticket.memento().promises().stream()
                .filter(Promise::isPlan)
                .findFirst()
                .orElseThrow();
    }

    private static long plans(Ticket ticket) {
        return ticket.memento().promises().stream().filter(Promise::isPlan).count();
    }
}
