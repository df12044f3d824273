package io.gendan.ticket;

import static io.gendan.ticket.TicketFixtures.CALL;
import static io.gendan.ticket.TicketFixtures.CALLBACK;
import static io.gendan.ticket.TicketFixtures.NOON;
import static io.gendan.ticket.TicketFixtures.XU;
import static io.gendan.ticket.TicketFixtures.acceptedTicket;
import static io.gendan.ticket.TicketFixtures.assignedTicket;
import static io.gendan.ticket.TicketFixtures.attempt;
import static io.gendan.ticket.TicketFixtures.contact;
import static io.gendan.ticket.TicketFixtures.missedTicket;
import static io.gendan.ticket.TicketFixtures.newTicket;
import static io.gendan.ticket.TicketFixtures.promisedTicket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gendan.api.Problem;
import io.gendan.events.CallOutcome;
import io.gendan.events.ContactOutcome;
import io.gendan.events.PromisePurpose;
import io.gendan.events.TicketEvent.CallAttempted;
import io.gendan.events.TicketEvent.ContactRecorded;
import io.gendan.events.TicketEvent.PromiseKept;
import io.gendan.events.TicketEvent.PromiseMade;
import io.gendan.events.TicketEvent.TicketAccepted;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Calls and chats of one ticket. */
class TalkTests {

    @ParameterizedTest
    @EnumSource(names = {"MISSED", "ABANDONED"})
    void whoWasNotAnsweredIsCalledBackByWhoeverHasIt(ContactOutcome outcome) {
        var ticket = acceptedTicket();
        ticket.drainNews();

        ticket.record(contact(outcome), CALLBACK, NOON.plusSeconds(9));

        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(ContactRecorded.class, PromiseMade.class);
        var promise = ticket.promise(CALL);
        assertThat(promise.purpose()).isEqualTo(PromisePurpose.CALLBACK);
        assertThat(promise.owner().id()).isEqualTo(XU);
        assertThat(promise.dueAt()).isEqualTo(CALLBACK.dueAt());
    }

    @Test
    void whoWasAnsweredIsNot() {
        var ticket = newTicket();

        ticket.record(contact(ContactOutcome.ANSWERED), CALLBACK, NOON.plusSeconds(9));

        assertThat(ticket.memento().promises()).isEmpty();
    }

    @Test
    void whoTriesOftenIsOwedOneCall() {
        var ticket = missedTicket();
        var again = new Conversation.Callback(new UUID(0, 78), NOON.plusSeconds(900));

        ticket.record(contact(ContactOutcome.MISSED), again, NOON.plusSeconds(60));

        assertThat(ticket.memento().promises()).hasSize(1);
        assertThat(ticket.memento().talk().contacts()).hasSize(2);
    }

    @Test
    void reachingTheCustomerKeepsThePromiseToCall() {
        var ticket = promisedTicket();
        ticket.drainNews();

        ticket.record(attempt(CallOutcome.REACHED, CALL), NOON.plusSeconds(60));

        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(CallAttempted.class, PromiseKept.class);
    }

    @ParameterizedTest
    @EnumSource(
            names = {"REACHED", "UNKNOWN"},
            mode = EnumSource.Mode.EXCLUDE)
    void otherwiseItIsStillPromised(CallOutcome outcome) {
        var ticket = promisedTicket();

        ticket.record(attempt(outcome, CALL), NOON.plusSeconds(60));

        assertThat(ticket.promise(CALL).isOpen()).isTrue();
    }

    @Test
    void aCallIsForAPromiseThatThereIs() {
        var ticket = acceptedTicket();
        ticket.drainNews();

        assertThatExceptionOfType(Problem.class)
                .isThrownBy(
                        () ->
                                ticket.record(
                                        attempt(CallOutcome.REACHED, CALL), NOON.plusSeconds(9)))
                .satisfies(refused -> assertThat(refused.status()).isEqualTo(404));
        assertThat(ticket.drainNews()).isEmpty();
    }

    @Test
    void whoCallsHasTakenItUp() {
        var ticket = assignedTicket();
        ticket.drainNews();

        ticket.record(attempt(CallOutcome.BUSY, null), NOON.plusSeconds(9));

        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(TicketAccepted.class, CallAttempted.class);
    }

    @Test
    void countsCallsThatReachedNobodyByDayAndPartOfDay() {
        var ticket = acceptedTicket();
        var morning = Instant.parse("2026-11-23T02:00:00Z");
        call(ticket, CallOutcome.NO_ANSWER, morning);
        call(ticket, CallOutcome.BUSY, morning.plus(Duration.ofHours(1)));
        assertThat(ticket.course().unreached()).isEqualTo(new Course.Unreached(2, 1, 1));

        call(ticket, CallOutcome.REFUSED, morning.plus(Duration.ofHours(29)));
        assertThat(ticket.course().unreached()).isEqualTo(new Course.Unreached(3, 2, 2));

        call(ticket, CallOutcome.REACHED, morning.plus(Duration.ofHours(30)));
        assertThat(ticket.course().unreached()).isEqualTo(new Course.Unreached(0, 0, 0));
    }

    @Test
    void keepsTheLastOfMany() {
        var ticket = acceptedTicket();
        for (int i = 1; i <= 40; i++) {
            call(ticket, CallOutcome.NO_ANSWER, NOON.plusSeconds(60 * i));
        }

        assertThat(ticket.memento().talk().calls()).hasSize(30);
        assertThat(ticket.memento().talk().calls().getLast().at())
                .isEqualTo(NOON.plusSeconds(2400));
    }

    private static void call(Ticket ticket, CallOutcome outcome, Instant at) {
        ticket.record(attempt(outcome, null), at);
    }
}
