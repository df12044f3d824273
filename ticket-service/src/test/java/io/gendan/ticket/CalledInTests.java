package io.gendan.ticket;

import static io.gendan.ticket.TicketFixtures.CALLBACK;
import static io.gendan.ticket.TicketFixtures.NOON;
import static io.gendan.ticket.TicketFixtures.acceptedTicket;
import static io.gendan.ticket.TicketFixtures.authorityTicketIn;
import static io.gendan.ticket.TicketFixtures.closedTicket;
import static io.gendan.ticket.TicketFixtures.contact;
import static io.gendan.ticket.TicketFixtures.missedTicket;
import static io.gendan.ticket.TicketFixtures.resolvedTicket;
import static io.gendan.ticket.TicketFixtures.solution;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.events.Channel;
import io.gendan.events.ContactOutcome;
import io.gendan.events.Solved;
import io.gendan.events.TicketEvent.ContactRecorded;
import io.gendan.events.TicketEvent.PromiseKept;
import io.gendan.events.TicketEvent.TicketClosed;
import io.gendan.events.TicketEvent.TicketReopened;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Instant;
import java.util.UUID;

/** What a customer says of the solution who calls us. */
class CalledInTests {

    private static final Instant LATER = NOON.plusSeconds(100);

    @Test
    void thatItIsSolvedConfirmsIt() {
        var ticket = resolvedTicket();
        ticket.drainNews();

        assertThat(ticket.record(contact(Solved.YES), CALLBACK, LATER)).isFalse();

        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(ContactRecorded.class, TicketClosed.class);
    }

    @Test
    void itIsConfirmedAfterTheyAreCalledBack() {
        var ticket = missedTicket();
        ticket.assign(TicketFixtures.choice(ticket, 1, TicketFixtures.XU), NOON.plusSeconds(2));
        ticket.answer(
                TicketFixtures.said(TicketFixtures.ANSWER, "已寄出"),
                TicketFixtures.XU,
                NOON.plusSeconds(3));
        ticket.resolve(TicketFixtures.XU, solution("已换货"), NOON.plusSeconds(4));
        ticket.drainNews();

        ticket.record(called(Solved.YES, NOON.plusSeconds(60), null), CALLBACK, LATER);

        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(
                        ContactRecorded.class, PromiseKept.class, TicketClosed.class);
    }

    @Test
    void thatItIsNotBringsItBack() {
        var ticket = resolvedTicket();
        ticket.drainNews();

        assertThat(ticket.record(contact(Solved.NO), CALLBACK, LATER)).isFalse();

        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(ContactRecorded.class, TicketReopened.class);
    }

    @Test
    void thatPartOfItIsChangesNothing() {
        var ticket = resolvedTicket();

        ticket.record(contact(Solved.PARTLY), CALLBACK, LATER);

        assertThat(ticket.status()).isEqualTo(TicketStatus.RESOLVED);
        assertThat(ticket.memento().talk().contacts().getLast().solved()).isEqualTo(Solved.PARTLY);
    }

    @ParameterizedTest
    @EnumSource(names = {"YES", "NO"})
    void beforeThereIsASolutionItSaysNothingOfOne(Solved solved) {
        var ticket = acceptedTicket();
        ticket.drainNews();

        ticket.record(contact(solved), CALLBACK, LATER);

        assertThat(ticket.drainNews()).hasExactlyElementsOfTypes(ContactRecorded.class);
    }

    @Test
    void whatEndsWithAnAnswerIsNotConfirmedByIt() {
        var ticket = authorityTicketIn(TicketStatus.RESOLVED);

        ticket.record(contact(Solved.YES), CALLBACK, LATER);

        assertThat(ticket.drainNews()).hasExactlyElementsOfTypes(ContactRecorded.class);
    }

    @Test
    void whatWasNotSolvedInACallBeforeTheSolutionMayBeSolvedByIt() {
        var ticket = resolvedTicket();

        ticket.record(called(Solved.NO, NOON, NOON.plusSeconds(3)), CALLBACK, LATER);

        assertThat(ticket.status()).isEqualTo(TicketStatus.RESOLVED);
    }

    @Test
    void whatWasSolvedInACallBeforeItCameBackIsToBeConfirmedAnew() {
        var ticket = resolvedTicket();
        ticket.reopen(Ticket.CUSTOMER.id(), "还是坏的", NOON.plusSeconds(60));
        ticket.resolve(TicketFixtures.XU, solution("已换货"), NOON.plusSeconds(90));

        ticket.record(called(Solved.YES, NOON, NOON.plusSeconds(50)), CALLBACK, LATER);
        assertThat(ticket.status()).isEqualTo(TicketStatus.RESOLVED);

        ticket.record(called(Solved.YES, NOON, NOON.plusSeconds(70)), CALLBACK, LATER);
        assertThat(ticket.status()).isEqualTo(TicketStatus.CLOSED);
    }

    @ParameterizedTest
    @EnumSource(names = {"YES", "PARTLY", "NO"})
    void whatIsClosedStaysSoAndIsGoneAfterWhenItIsNot(Solved solved) {
        var ticket = closedTicket();
        ticket.drainNews();

        assertThat(ticket.record(contact(solved), CALLBACK, LATER)).isEqualTo(solved == Solved.NO);

        assertThat(ticket.drainNews()).hasExactlyElementsOfTypes(ContactRecorded.class);
        assertThat(ticket.status()).isEqualTo(TicketStatus.CLOSED);
    }

    private static Talk.Contact called(
            Solved solved, Instant startedAt, @Nullable Instant endedAt) {
        return new Talk.Contact(
                new UUID(0, 59),
                Channel.PHONE,
                ContactOutcome.ANSWERED,
                startedAt,
                endedAt,
                solved);
    }
}
