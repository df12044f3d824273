package io.gendan.ticket;

import static io.gendan.ticket.TicketFixtures.CALLBACK;
import static io.gendan.ticket.TicketFixtures.NOON;
import static io.gendan.ticket.TicketFixtures.XU;
import static io.gendan.ticket.TicketFixtures.acceptedTicket;
import static io.gendan.ticket.TicketFixtures.assignedTicket;
import static io.gendan.ticket.TicketFixtures.claim;
import static io.gendan.ticket.TicketFixtures.proposal;
import static io.gendan.ticket.TicketFixtures.takenTicket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gendan.api.Problem;
import io.gendan.events.CallOutcome;
import io.gendan.events.Channel;
import io.gendan.events.ContactOutcome;
import io.gendan.events.ResponsibleSide;
import io.gendan.events.RootCause;
import io.gendan.events.Solved;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** Of what was dangerous the customer is told by phone what came of it. */
class ToldByPhoneTests {

    private static final Resolution CONCLUDED =
            new Resolution(
                    "已召回",
                    "CONCLUDED",
                    ResponsibleSide.PLATFORM,
                    RootCause.BATCH_DEFECT,
                    null,
                    null,
                    Map.of("CONCLUSION", "FW-2026-17：插座缺陷"));

    @Test
    void notInTheCallByWhichWeHeardOfIt() {
        var ticket = dangerous(takenTicket());
        ring(ticket, NOON.minusSeconds(60), at(1));
        refuses(ticket, at(2));

        ring(ticket, at(3), at(4));

        resolves(ticket, at(5));
    }

    @Test
    void inACallOfOursByWhichItIsTakenUp() {
        var ticket = dangerous(assignedTicket());

        call(ticket, XU, null, at(2));

        resolves(ticket, at(3));
    }

    @Test
    void byWhoeverHasItNow() {
        var ticket = dangerous(acceptedTicket());
        call(ticket, XU, null, at(3));
        ring(ticket, at(4), at(5));
        ticket.escalate(proposal(ticket, 1), at(60));
        ticket.assign(claim(ticket, 2), at(90));
        ticket.accept("escalation-2-1", at(91));
        refuses(ticket, at(92));

        call(ticket, "escalation-2-1", null, at(93));

        resolves(ticket, at(94));
    }

    @Test
    void anewWhenThatWasNoSolution() {
        var ticket = dangerous(acceptedTicket());
        call(ticket, XU, null, at(3));
        ticket.resolve(XU, CONCLUDED, at(4));
        call(ticket, XU, Solved.NO, at(5));
        assertThat(ticket.status()).isEqualTo(TicketStatus.REOPENED);
        refuses(ticket, at(6));

        call(ticket, XU, null, at(7));

        resolves(ticket, at(8));
    }

    @Test
    void ofAWrittenConclusionThatIsNamed() {
        var ticket = dangerous(acceptedTicket());
        call(ticket, XU, null, at(3));
        var unwritten =
                new Resolution(
                        "已召回",
                        "CONCLUDED",
                        ResponsibleSide.PLATFORM,
                        RootCause.BATCH_DEFECT,
                        null,
                        null,
                        Map.of());

        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> ticket.resolve(XU, unwritten, at(4)))
                .matches(
                        problem ->
                                "/statements/CONCLUSION".equals(problem.members().get("pointer")));
    }

    private static Ticket dangerous(Ticket ticket) {
        var facts = ticket.memento().facts();
        ticket.change(
                new Facts(
                        facts.kind(),
                        facts.phase(),
                        "SAFETY.INJURY",
                        facts.priority(),
                        facts.major(),
                        facts.region(),
                        facts.claim(),
                        facts.authority(),
                        facts.taxonomy()),
                "孩子受伤",
                NOON);
        return ticket;
    }

    private static void ring(Ticket ticket, Instant startedAt, Instant toldAt) {
        ticket.record(
                new Talk.Contact(
                        UUID.randomUUID(),
                        Channel.PHONE,
                        ContactOutcome.ANSWERED,
                        startedAt,
                        null,
                        null),
                CALLBACK,
                toldAt);
    }

    private static void call(Ticket ticket, String by, @Nullable Solved solved, Instant now) {
        ticket.record(
                new Talk.Attempt(
                        UUID.randomUUID(),
                        new Ticket.Person(by, by),
                        CallOutcome.REACHED,
                        null,
                        null,
                        null,
                        solved),
                now);
    }

    private static void refuses(Ticket ticket, Instant now) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> ticket.resolve(XU, CONCLUDED, now))
                .withMessageContaining("proof-by-phone");
    }

    private static void resolves(Ticket ticket, Instant now) {
        ticket.resolve(XU, CONCLUDED, now);
        assertThat(ticket.status()).isEqualTo(TicketStatus.RESOLVED);
    }

    private static Instant at(int seconds) {
        return NOON.plusSeconds(seconds);
    }
}
