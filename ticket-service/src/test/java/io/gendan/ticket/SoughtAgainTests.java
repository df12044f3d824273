package io.gendan.ticket;

import static io.gendan.ticket.TicketFixtures.ANSWER;
import static io.gendan.ticket.TicketFixtures.CALL;
import static io.gendan.ticket.TicketFixtures.NOON;
import static io.gendan.ticket.TicketFixtures.SHEN;
import static io.gendan.ticket.TicketFixtures.WAIT;
import static io.gendan.ticket.TicketFixtures.XU;
import static io.gendan.ticket.TicketFixtures.choice;
import static io.gendan.ticket.TicketFixtures.resolvedAndPromisedTicket;
import static io.gendan.ticket.TicketFixtures.said;
import static io.gendan.ticket.TicketFixtures.solution;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.events.Territory;
import io.gendan.events.TicketEvent.AssignmentRefused;
import io.gendan.events.TicketEvent.MessageSent;
import io.gendan.events.TicketEvent.TicketAccepted;
import io.gendan.events.TicketEvent.TicketAssigned;
import io.gendan.events.TicketEvent.TicketResolved;
import io.gendan.events.TicketEvent.WaitingEnded;
import io.gendan.events.TicketEvent.WaitingStarted;
import io.gendan.events.WaitEnd;
import io.gendan.events.WaitingReason;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Instant;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** A ticket that came back while whoever had it was away: somebody else is sought. */
class SoughtAgainTests {

    private static final Instant LATER = NOON.plusSeconds(100);
    private static final String LEADER = "supervisor-1";

    /** Any way to put a ticket to rest. */
    private interface Rest extends BiConsumer<Ticket, String> {}

    static Stream<Rest> rests() {
        return Stream.of(
                (ticket, by) -> ticket.await(WaitingReason.BANK, WAIT, by, LATER),
                (ticket, by) -> ticket.awaitSearch(WAIT, by, LATER),
                (ticket, by) -> ticket.await(CALL, by, LATER));
    }

    @Test
    void aLeaderWhoAnswersDoesNotGiveItBack() {
        var ticket = soughtAgain();

        ticket.answer(said(ANSWER, "正在为您核实"), LEADER, LATER);

        assertThat(ticket.drainNews()).hasExactlyElementsOfTypes(MessageSent.class);
        assertThat(ticket.status()).isEqualTo(TicketStatus.IN_PROGRESS);
        assertIsTakenByWhoIsChosen(ticket);
    }

    @ParameterizedTest
    @MethodSource("rests")
    void aLeaderWhoLetsItWaitDoesNotGiveItBackEither(Rest rest) {
        var ticket = soughtAgain();

        rest.accept(ticket, LEADER);

        assertThat(ticket.drainNews()).hasExactlyElementsOfTypes(WaitingStarted.class);
        assertThat(ticket.status()).isEqualTo(TicketStatus.WAITING);
        assertIsTakenByWhoIsChosen(ticket);
    }

    @Test
    void theWaitIsOverOnceAnAgentIsFound() {
        var ticket = soughtAgain();
        ticket.await(WaitingReason.BANK, WAIT, LEADER, LATER);
        ticket.drainNews();

        ticket.assign(choice(ticket, 2, SHEN), LATER);

        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(WaitingEnded.class, TicketAssigned.class)
                .first()
                .isInstanceOfSatisfying(
                        WaitingEnded.class,
                        ended -> assertThat(ended.reason()).isEqualTo(WaitEnd.ASSIGNED));
    }

    @Test
    void aLeaderWhoSolvesItDoesNotGiveItBackAndNobodyIsSoughtAnyMore() {
        var ticket = soughtAgain();

        ticket.resolve(LEADER, solution("已换货"), LATER);
        ticket.assign(choice(ticket, 2, SHEN), LATER);

        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(TicketResolved.class, AssignmentRefused.class);
    }

    @Test
    void whoHadItGoesOnWithItBeforeAnotherIsFound() {
        var ticket = soughtAgain();

        ticket.answer(said(ANSWER, "我来处理"), XU, LATER);

        assertGoesOn(ticket);
    }

    @ParameterizedTest
    @MethodSource("rests")
    void soTheyDoByLettingItWait(Rest rest) {
        var ticket = soughtAgain();

        rest.accept(ticket, XU);

        assertGoesOn(ticket);
        assertThat(ticket.status()).isEqualTo(TicketStatus.WAITING);
    }

    @Test
    void soTheyDoAfterALeaderAnsweredInTheirPlace() {
        var ticket = soughtAgain();
        ticket.answer(said(ANSWER, "正在为您核实"), LEADER, LATER);
        ticket.drainNews();

        ticket.promise(TicketFixtures.call(WAIT), LATER);

        assertGoesOn(ticket);
    }

    private static void assertGoesOn(Ticket ticket) {
        assertThat(ticket.drainNews())
                .hasSize(3)
                .startsWith(
                        new TicketAssigned(
                                ticket.id(),
                                2,
                                2,
                                LATER,
                                Territory.SOUTH,
                                Territory.SOUTH,
                                "south-1",
                                1,
                                XU,
                                "许文",
                                XU,
                                "许文"),
                        new TicketAccepted(ticket.id(), 2, 2, LATER, XU));
        assertThat(ticket.memento().agentWanted()).isFalse();
        ticket.assign(choice(ticket, 2, SHEN), LATER);
        assertThat(ticket.drainNews()).hasExactlyElementsOfTypes(AssignmentRefused.class);
    }

    private static void assertIsTakenByWhoIsChosen(Ticket ticket) {
        assertThat(ticket.memento().agentWanted()).isTrue();
        ticket.assign(choice(ticket, 2, SHEN), LATER);
        ticket.accept(SHEN, LATER);
        assertThat(ticket.isAssignedTo(SHEN)).isTrue();
        assertThat(ticket.status()).isEqualTo(TicketStatus.IN_PROGRESS);
        assertThat(ticket.memento().waitingReason()).isNull();
    }

    private static Ticket soughtAgain() {
        var ticket = resolvedAndPromisedTicket();
        ticket.ownerIsAway();
        ticket.reopen(Ticket.CUSTOMER.id(), "还是坏的", NOON.plusSeconds(60));
        ticket.drainNews();
        return ticket;
    }
}
