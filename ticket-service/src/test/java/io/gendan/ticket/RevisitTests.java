package io.gendan.ticket;

import static io.gendan.ticket.FactsFixtures.ofKind;
import static io.gendan.ticket.TicketFixtures.BY_XU;
import static io.gendan.ticket.TicketFixtures.RULES;
import static io.gendan.ticket.TicketFixtures.XU;
import static io.gendan.ticket.TicketFixtures.acceptedTicket;
import static io.gendan.ticket.TicketFixtures.promiseOver;
import static io.gendan.ticket.TicketFixtures.resolvedTicket;
import static io.gendan.ticket.TicketFixtures.said;
import static io.gendan.ticket.TicketFixtures.solution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gendan.api.Problem;
import io.gendan.events.CallOutcome;
import io.gendan.events.ClockKind;
import io.gendan.events.CloseReason;
import io.gendan.events.EscalationEvent.ClockElapsed;
import io.gendan.events.Kind;
import io.gendan.events.Priority;
import io.gendan.events.PromisePurpose;
import io.gendan.events.Solved;
import io.gendan.events.SuggestionOutcome;
import io.gendan.events.TicketEvent.CallAttempted;
import io.gendan.events.TicketEvent.PromiseBroken;
import io.gendan.events.TicketEvent.PromiseKept;
import io.gendan.events.TicketEvent.PromiseMade;
import io.gendan.events.TicketEvent.TicketClosed;
import io.gendan.events.TicketEvent.TicketReopened;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Who is called again though the ticket is over, and what comes of it. */
class RevisitTests {

    private static final Instant LATER = Instant.parse("2026-11-22T15:00:00Z");
    private static final String LEADER = "leader-1";

    @Test
    void aPressingComplaintIsAskedAboutAgainByPlan() {
        var ticket = pressing();

        ticket.confirm(LATER);

        var said = ticket.drainNews();
        assertThat(said).first().isInstanceOf(TicketClosed.class);
        assertThat(said.stream().skip(1).map(PromiseMade.class::cast))
                .allSatisfy(
                        made -> {
                            assertThat(made.purpose()).isEqualTo(PromisePurpose.REVISIT);
                            assertThat(made.notBy()).isEqualTo(XU);
                        })
                .extracting(PromiseMade::dueAt)
                .containsExactly(
                        Instant.parse("2026-11-30T00:30:00Z"),
                        Instant.parse("2026-12-23T00:30:00Z"));
    }

    @Test
    void whatWasNoSolutionIsNotAskedAbout() {
        var ticket = pressing();

        ticket.close(CloseReason.INVALID, Map.of("WHY", "wrong number"), LEADER, LATER);

        assertThat(ticket.drainNews()).hasExactlyElementsOfTypes(TicketClosed.class);
    }

    @Test
    void aCallBySomebodyElseKeepsIt() {
        var ticket = closed();
        var promise = firstOpen(ticket);

        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> ticket.record(call(XU, promise, Solved.YES), LATER))
                .matches(problem -> problem.slug().equals("rated-person"));
        assertThat(ticket.record(call(LEADER, promise, Solved.YES), LATER)).isFalse();

        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(CallAttempted.class, PromiseKept.class);
        assertThat(ticket.memento().status()).isEqualTo(TicketStatus.CLOSED);
    }

    @Test
    void whoIsNotContentThenIsGoneAfterByAnother() {
        var ticket = closed();

        assertThat(ticket.record(call(LEADER, firstOpen(ticket), Solved.NO), LATER)).isTrue();
    }

    @Test
    void alsoWhereNobodyEverHadIt() {
        var ticket = TicketFixtures.newTicket();
        ticket.close(CloseReason.INVALID, Map.of("WHY", "wrong number"), LEADER, LATER);

        assertThat(ticket.record(call(LEADER, null, Solved.NO), LATER)).isTrue();
        assertThat(ticket.solver()).isNull();
    }

    @Test
    void whoIsNotContentBeforeItIsClosedBringsItBack() {
        var ticket = resolvedTicket();
        ticket.drainNews();

        assertThat(ticket.record(call(XU, null, Solved.NO), LATER)).isFalse();

        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(CallAttempted.class, TicketReopened.class);
    }

    @Test
    void oneThatIsForgottenIsBrokenAndNothingElse() {
        var ticket = closed();
        var promise = firstOpen(ticket);

        ticket.elapse(
                new ClockElapsed(
                        ticket.id(),
                        1,
                        LATER.plusSeconds(1_000_000),
                        ClockKind.PROMISE,
                        LATER,
                        promise),
                LATER.plusSeconds(1_000_000));

        assertThat(ticket.drainNews()).hasExactlyElementsOfTypes(PromiseBroken.class);
        assertThat(ticket.memento().status()).isEqualTo(TicketStatus.CLOSED);
    }

    @Test
    void isMadeOnceHoweverOftenThePlanAsks() {
        var plan = Objects.requireNonNull(RULES.revisits().regular());
        var ticket = TicketFixtures.ticketIn(TicketStatus.CLOSED);
        var open = acceptedTicket();
        ticket.drainNews();
        open.drainNews();

        ticket.revisit(plan, LATER);
        ticket.revisit(plan, LATER.plusSeconds(1));
        open.revisit(plan, LATER);

        assertThat(ticket.drainNews()).hasExactlyElementsOfTypes(PromiseMade.class);
        assertThat(open.drainNews()).isEmpty();
    }

    @Test
    void whatIsPlannedIsPromisedForItsDayAndKeepsNothingOpen() {
        var ticket = suggestion();

        ticket.resolve(XU, planned(LocalDate.of(2027, 3, 1)), LATER);
        ticket.answer(said(UUID.randomUUID(), "已采纳"), XU, LATER);
        ticket.confirm(LATER);

        var promise =
                ticket.memento().promises().stream()
                        .filter(one -> one.purpose() == PromisePurpose.PLANNED)
                        .findFirst()
                        .orElseThrow();
        assertThat(ticket.memento().status()).isEqualTo(TicketStatus.CLOSED);
        assertThat(promise.dueAt()).isEqualTo(Instant.parse("2027-03-01T13:30:00Z"));
        assertThat(promise.isOpen()).isTrue();
        ticket.keep(promise.id(), XU, solution(null), LATER);
        assertThat(ticket.promise(promise.id()).outcome()).isEqualTo(PromiseOutcome.KEPT);
    }

    @Test
    void whatIsPlannedIsBrokenAfterTheEndAndBringsNothingBack() {
        var ticket = suggestion();
        ticket.resolve(XU, planned(LocalDate.of(2027, 3, 1)), LATER);
        ticket.answer(said(UUID.randomUUID(), "已采纳"), XU, LATER);
        ticket.confirm(LATER);
        var promise = ticket.promise(firstOpen(ticket));
        ticket.drainNews();

        ticket.elapse(promiseOver(ticket, promise.id()), promise.dueAt());

        assertThat(ticket.drainNews()).hasExactlyElementsOfTypes(PromiseBroken.class);
        assertThat(ticket.status()).isEqualTo(TicketStatus.CLOSED);
    }

    @Test
    void whatIsPlannedIsPlannedNoMoreWhenItWasNoSolution() {
        var ticket = suggestion();
        ticket.resolve(XU, planned(LocalDate.of(2027, 3, 1)), LATER);

        ticket.reopen(Ticket.CUSTOMER.id(), "还是坏的", LATER);

        assertThat(ticket.memento().promises())
                .filteredOn(one -> one.purpose() == PromisePurpose.PLANNED)
                .extracting(Promise::outcome)
                .containsExactly(PromiseOutcome.WITHDRAWN);
    }

    private static Ticket suggestion() {
        var ticket = acceptedTicket();
        ticket.change(
                ofKind(Kind.SUGGESTION, ticket).withPriority(Priority.LOW), "it is one", LATER);
        for (var stage : ticket.course().stages()) {
            if (stage.isMandatory() && stage.step().canBeDoneByHand() && stage.done() == null) {
                ticket.takeStep(stage.step().code(), BY_XU, null, LATER);
            }
        }
        return ticket;
    }

    private static Resolution planned(LocalDate day) {
        return new Resolution("已采纳", null, null, null, SuggestionOutcome.ADOPTED, day, Map.of());
    }

    /** About to be confirmed, with all that its procedure asks for. */
    private static Ticket pressing() {
        var ticket = acceptedTicket();
        ticket.change(ticket.memento().facts().withPriority(Priority.HIGH), "it presses", LATER);
        ticket.answer(said(UUID.randomUUID(), "已换货"), XU, LATER);
        for (var step : List.of("VERIFY", "PLAN", "AGREE")) {
            ticket.takeStep(step, BY_XU, null, LATER);
        }
        ticket.resolve(XU, solution("已换货"), LATER);
        ticket.review(BY_XU, "cause", "measure", LATER);
        ticket.drainNews();
        return ticket;
    }

    private static Ticket closed() {
        var ticket = pressing();
        ticket.confirm(LATER);
        ticket.drainNews();
        return ticket;
    }

    private static UUID firstOpen(Ticket ticket) {
        return ticket.memento().promises().stream()
                .filter(Promise::isOpen)
                .findFirst()
                .orElseThrow()
                .id();
    }

    private static Talk.Attempt call(String by, @Nullable UUID promiseId, Solved solved) {
        return new Talk.Attempt(
                UUID.randomUUID(),
                new Ticket.Person(by, by),
                CallOutcome.REACHED,
                promiseId,
                null,
                null,
                solved);
    }
}
