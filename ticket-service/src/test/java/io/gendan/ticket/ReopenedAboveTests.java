package io.gendan.ticket;

import static io.gendan.ticket.TicketFixtures.acceptedTicket;
import static io.gendan.ticket.TicketFixtures.authorityTicketIn;
import static io.gendan.ticket.TicketFixtures.claim;
import static io.gendan.ticket.TicketFixtures.proposal;
import static io.gendan.ticket.TicketFixtures.resolvedTicket;
import static io.gendan.ticket.TicketFixtures.solution;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.events.ClockKind;
import io.gendan.events.EscalationCause;
import io.gendan.events.EscalationEvent.EscalationRaised;
import io.gendan.events.TicketEvent.EscalationRefused;
import io.gendan.events.TicketEvent.EscalationRequested;
import io.gendan.events.TicketEvent.TicketAssigned;
import io.gendan.events.TicketEvent.TicketEscalated;
import io.gendan.events.TicketEvent.TicketReopened;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.UUID;

/** Above the first tier a refused solution goes to who had it there, or to whoever claims it. */
class ReopenedAboveTests {

    private static final String XU = "agent-south-1";
    private static final String NOT_SOLVED = "还是坏的";
    private static final String SPECIALIST = "escalation-2-1";
    private static final Instant LATER = TicketFixtures.NOON.plusSeconds(100);

    @Test
    void goesBackToWhoClaimedItWhileTheyAreThere() {
        var ticket = solvedByASpecialist();

        ticket.reopen(Ticket.CUSTOMER.id(), NOT_SOLVED, LATER);

        assertThat(ticket.drainNews())
                .containsExactly(
                        new TicketReopened(
                                ticket.id(), 2, 3, LATER, SPECIALIST, "customer", NOT_SOLVED));
        assertThat(ticket.memento().inQueue()).isFalse();
        assertThat(ticket.memento().agentWanted()).isFalse();
    }

    @Test
    void waitsInTheQueueAgainWhileWhoClaimedItIsAway() {
        var ticket = solvedByASpecialist();
        ticket.ownerIsAway();

        ticket.reopen(Ticket.CUSTOMER.id(), NOT_SOLVED, LATER);

        assertThat(ticket.drainNews())
                .containsExactly(
                        new TicketReopened(ticket.id(), 3, 3, LATER, null, "customer", NOT_SOLVED));
        assertThat(ticket.memento().inQueue()).isTrue();
        assertThat(ticket.memento().agentWanted()).isTrue();
        assertThat(ticket.memento().assignee().id()).isEqualTo(SPECIALIST);

        ticket.assign(claim(ticket, 3), LATER);

        assertThat(ticket.drainNews()).singleElement().isInstanceOf(TicketAssigned.class);
        assertThat(ticket.status()).isEqualTo(TicketStatus.ASSIGNED);
        assertThat(ticket.memento().inQueue()).isFalse();
        assertThat(ticket.memento().responsible().id()).isEqualTo(XU);
    }

    @Test
    void comesBackToTheQueueWhenItWasSolvedBeforeAnybodyClaimedIt() {
        var ticket = solvedUnclaimed();
        assertThat(ticket.memento().inQueue()).isFalse();

        ticket.reopen(Ticket.CUSTOMER.id(), NOT_SOLVED, LATER);

        assertThat(ticket.drainNews())
                .containsExactly(
                        new TicketReopened(ticket.id(), 3, 3, LATER, null, "customer", NOT_SOLVED));
        assertThat(ticket.memento().inQueue()).isTrue();
        ticket.assign(claim(ticket, 2), LATER);
        assertThat(ticket.drainNews()).singleElement().isInstanceOf(EscalationRefused.class);
        ticket.assign(claim(ticket, 3), LATER);
        assertThat(ticket.isAssignedTo(SPECIALIST)).isTrue();
    }

    @Test
    void isNotInAQueueAgainThoughItWasSolvedInOneOnce() {
        var ticket = solvedUnclaimed();
        ticket.reopen(Ticket.CUSTOMER.id(), NOT_SOLVED, LATER);
        ticket.assign(claim(ticket, 3), LATER);
        ticket.accept(SPECIALIST, LATER);
        ticket.resolve(SPECIALIST, solution("已换货"), LATER);
        ticket.drainNews();

        ticket.reopen(Ticket.CUSTOMER.id(), NOT_SOLVED, LATER);

        assertThat(ticket.drainNews())
                .first()
                .isEqualTo(
                        new TicketReopened(
                                ticket.id(), 3, 4, LATER, SPECIALIST, "customer", NOT_SOLVED));
    }

    @Test
    void climbsFromTheQueueWhenItIsReopenedTwice() {
        var ticket = solvedByASpecialist();
        ticket.reopen(Ticket.CUSTOMER.id(), NOT_SOLVED, LATER);
        ticket.resolve(SPECIALIST, solution("已换货"), LATER);
        ticket.ownerIsAway();
        ticket.drainNews();

        ticket.reopen(Ticket.CUSTOMER.id(), NOT_SOLVED, LATER);

        var said = ticket.drainNews();
        assertThat(said)
                .startsWith(
                        new TicketReopened(ticket.id(), 3, 4, LATER, null, "customer", NOT_SOLVED))
                .filteredOn(EscalationRequested.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(
                        EscalationRequested.class,
                        asked -> {
                            assertThat(asked.cause()).isEqualTo(EscalationCause.REOPENED);
                            assertThat(asked.stay()).isEqualTo(4);
                        });

        ticket.escalate(raised(ticket, 4, 2, 3, ClockKind.TIER_RESPONSE), LATER);
        ticket.assign(claim(ticket, 4), LATER);

        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(TicketEscalated.class, EscalationRefused.class);
        assertThat(ticket.memento().tier()).isEqualTo(3);
        assertThat(ticket.memento().inQueue()).isTrue();
    }

    @Test
    void standsInOneQueueOnlyWhenItComesBackByClimbing() {
        var ticket = authorityTicketIn(TicketStatus.IN_PROGRESS);
        ticket.escalate(proposal(ticket, 1), LATER);
        ticket.resolve(XU, solution("已换货"), LATER);
        ticket.drainNews();

        ticket.escalate(raised(ticket, 2, 2, 3, ClockKind.RESOLUTION), LATER);

        var said = ticket.drainNews();
        assertThat(said).hasExactlyElementsOfTypes(TicketReopened.class, TicketEscalated.class);
        assertThat(said.getFirst())
                .isEqualTo(new TicketReopened(ticket.id(), 2, 3, LATER, XU, null, null));
        assertThat(ticket.memento().inQueue()).isTrue();
    }

    @Test
    void standsInNoQueueAtTheFirstTier() {
        var ticket = resolvedTicket();
        ticket.ownerIsAway();
        ticket.drainNews();

        ticket.reopen(Ticket.CUSTOMER.id(), NOT_SOLVED, LATER);

        assertThat(ticket.drainNews())
                .containsExactly(
                        new TicketReopened(ticket.id(), 2, 2, LATER, null, "customer", NOT_SOLVED));
        assertThat(ticket.memento().inQueue()).isFalse();
    }

    private static Ticket solvedByASpecialist() {
        var ticket = acceptedTicket();
        ticket.escalate(proposal(ticket, 1), LATER);
        ticket.assign(claim(ticket, 2), LATER);
        ticket.accept(SPECIALIST, LATER);
        ticket.resolve(SPECIALIST, solution("已换货"), LATER);
        ticket.drainNews();
        return ticket;
    }

    private static Ticket solvedUnclaimed() {
        var ticket = acceptedTicket();
        ticket.escalate(proposal(ticket, 1), LATER);
        ticket.resolve(XU, solution("已换货"), LATER);
        ticket.drainNews();
        return ticket;
    }

    private static EscalationRaised raised(
            Ticket ticket, int stay, int from, int to, ClockKind clock) {
        return new EscalationRaised(
                ticket.id(),
                stay,
                LATER,
                UUID.randomUUID(),
                from,
                to,
                EscalationCause.TIME,
                clock,
                LATER);
    }
}
