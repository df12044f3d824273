package io.gendan.ticket;

import static io.gendan.ticket.TicketFixtures.CALL;
import static io.gendan.ticket.TicketFixtures.CALL_DUE;
import static io.gendan.ticket.TicketFixtures.NOON;
import static io.gendan.ticket.TicketFixtures.WAIT;
import static io.gendan.ticket.TicketFixtures.XU;
import static io.gendan.ticket.TicketFixtures.acceptedTicket;
import static io.gendan.ticket.TicketFixtures.call;
import static io.gendan.ticket.TicketFixtures.confirmation;
import static io.gendan.ticket.TicketFixtures.promiseOver;
import static io.gendan.ticket.TicketFixtures.promisedTicket;
import static io.gendan.ticket.TicketFixtures.resolvedAndPromisedTicket;
import static io.gendan.ticket.TicketFixtures.solution;
import static io.gendan.ticket.TicketFixtures.waitingTicket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gendan.api.Problem;
import io.gendan.events.CloseReason;
import io.gendan.events.PromisePurpose;
import io.gendan.events.TicketEvent.ClosingRefused;
import io.gendan.events.TicketEvent.FactsChanged;
import io.gendan.events.TicketEvent.PromiseBroken;
import io.gendan.events.TicketEvent.PromiseKept;
import io.gendan.events.TicketEvent.PromiseWithdrawn;
import io.gendan.events.TicketEvent.TicketClosed;
import io.gendan.events.TicketEvent.TicketReopened;
import io.gendan.events.TicketEvent.TicketResolved;
import io.gendan.events.TicketEvent.WaitingEnded;
import io.gendan.events.WaitingReason;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What we promised, and what its end does to the ticket. */
class PromiseTests {

    private static final Instant LATER = NOON.plusSeconds(100);
    private static final UUID MESSAGE = new UUID(0, 99);

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
                                null,
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
    void mayBePromisedHoweverManyHaveEnded() {
        var ticket = acceptedTicket();
        ticket.promise(call(MESSAGE), LATER);
        for (var times = 1; times <= 60; times++) {
            var id = new UUID(7, times);
            ticket.promise(call(id), LATER.plusSeconds(times));
            ticket.keep(id, XU, solution(null), LATER.plusSeconds(times));
        }
        ticket.elapse(promiseOver(ticket, MESSAGE), LATER.plusSeconds(100));
        ticket.promise(call(new UUID(8, 1)), LATER.plusSeconds(101));

        assertThat(ticket.promise(MESSAGE).outcome()).isEqualTo(PromiseOutcome.BROKEN);
        assertThat(ticket.promise(new UUID(7, 60)).outcome()).isEqualTo(PromiseOutcome.KEPT);
        assertThat(ticket.memento().promises())
                .hasSize(51)
                .extracting(Promise::id)
                .doesNotContain(new UUID(7, 1));
        for (var times = 2; times <= 50; times++) {
            ticket.promise(call(new UUID(8, times)), LATER.plusSeconds(101));
        }
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> ticket.promise(call(new UUID(9, 1)), LATER.plusSeconds(101)))
                .withMessageContaining("too-many");
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
    void refusesToCloseByHandWhileSomethingIsPromised() {
        var ticket = promisedTicket();
        var before = ticket.memento();

        assertThatExceptionOfType(Problem.class)
                .isThrownBy(
                        () ->
                                ticket.close(
                                        CloseReason.INVALID,
                                        Map.of("WHY", "误拨"),
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

        var news = ticket.drainNews();
        assertThat(news).hasExactlyElementsOfTypes(PromiseBroken.class, FactsChanged.class);
        assertThat(news.getFirst())
                .isEqualTo(
                        new PromiseBroken(
                                ticket.id(), 1, 1, LATER, CALL, CALL_DUE, PromisePurpose.OWN));
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
                .hasExactlyElementsOfTypes(
                        TicketReopened.class, PromiseBroken.class, FactsChanged.class)
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
                .hasExactlyElementsOfTypes(
                        WaitingEnded.class, PromiseBroken.class, FactsChanged.class);
        assertThat(withdrawn.drainNews())
                .hasExactlyElementsOfTypes(WaitingEnded.class, PromiseWithdrawn.class);
    }

    @Test
    void leavesAnotherWaitAlone() {
        var ticket = promisedTicket();
        ticket.await(WaitingReason.CARRIER, WAIT, XU, LATER);
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
                .isThrownBy(() -> ticket.await(WaitingReason.AGREED, WAIT, XU, LATER))
                .satisfies(refused -> assertThat(refused.status()).isEqualTo(422));
        assertThatExceptionOfType(PromiseOver.class)
                .isThrownBy(() -> ticket.await(CALL, XU, LATER));
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> ticket.await(MESSAGE, XU, LATER))
                .satisfies(refused -> assertThat(refused.status()).isEqualTo(404));
    }
}
