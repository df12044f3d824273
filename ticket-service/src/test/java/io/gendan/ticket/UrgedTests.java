package io.gendan.ticket;

import static io.gendan.ticket.TicketFixtures.NOON;
import static io.gendan.ticket.TicketFixtures.XU;
import static io.gendan.ticket.TicketFixtures.solution;
import static io.gendan.ticket.TicketFixtures.ticketIn;
import static io.gendan.ticket.TicketFixtures.waitingTicket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gendan.events.Channel;
import io.gendan.events.EscalationCause;
import io.gendan.events.Priority;
import io.gendan.events.TicketEvent;
import io.gendan.events.TicketEvent.EscalationRequested;
import io.gendan.events.TicketEvent.FactsChanged;
import io.gendan.events.TicketEvent.TicketReopened;
import io.gendan.events.TicketEvent.TicketUrged;
import io.gendan.events.TicketEvent.WaitingEnded;
import io.gendan.events.WaitingReason;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What asking again does to a ticket. */
class UrgedTests {

    private static final BigDecimal MUCH = new BigDecimal("1000");

    @ParameterizedTest
    @EnumSource(
            value = TicketStatus.class,
            names = {"CLOSED", "CANCELLED", "MERGED"})
    void isNothingToATicketThatIsOver(TicketStatus over) {
        assertThatThrownBy(() -> urge(ticketIn(over), NOON)).isInstanceOf(TransitionRefused.class);
    }

    @Test
    void endsAWaitForTheCustomerAndNoOther() {
        assertThat(urge(waitingFor(WaitingReason.CUSTOMER), at(1)))
                .hasExactlyElementsOfTypes(TicketUrged.class, WaitingEnded.class);
        assertThat(urge(waitingFor(WaitingReason.CARRIER), at(1)))
                .hasExactlyElementsOfTypes(TicketUrged.class);
    }

    @Test
    void bringsBackAResolution() {
        assertThat(urge(ticketIn(TicketStatus.RESOLVED), at(1)))
                .hasExactlyElementsOfTypes(TicketUrged.class, TicketReopened.class);
    }

    @Test
    void makesItClimbAtTheThirdWithinTheTimeAndAgainOnlyAfterThreeMore() {
        var ticket = ticketIn(TicketStatus.IN_PROGRESS);
        urge(ticket, at(1));
        assertThat(urge(ticket, at(2)))
                .hasExactlyElementsOfTypes(TicketUrged.class, FactsChanged.class);
        assertThat(urge(ticket, at(73)))
                .last()
                .isInstanceOfSatisfying(
                        EscalationRequested.class,
                        request -> {
                            assertThat(request.cause()).isEqualTo(EscalationCause.CUSTOMER);
                            assertThat(request.packet().asked()).isEqualTo("还没有收到");
                        });
        assertThat(urge(ticket, at(74))).hasExactlyElementsOfTypes(TicketUrged.class);
        assertThat(urge(ticket, at(75))).hasExactlyElementsOfTypes(TicketUrged.class);
        assertThat(urge(ticket, at(76)))
                .hasExactlyElementsOfTypes(TicketUrged.class, EscalationRequested.class);
    }

    @Test
    void doesNotMakeItClimbWhenTheFirstIsTooLongAgo() {
        var ticket = ticketIn(TicketStatus.IN_PROGRESS);
        urge(ticket, at(1));
        urge(ticket, at(2));

        assertThat(urge(ticket, at(74))).hasExactlyElementsOfTypes(TicketUrged.class);
        assertThat(ticket.memento().urged()).extracting(Urged::count).isEqualTo(3);
    }

    @Test
    void pressesOnceByAnUrgeThatIsAlsoTheSecondReopening() {
        var ticket = ticketIn(TicketStatus.RESOLVED);
        urge(ticket, at(1));
        ticket.resolve(XU, solution("已换货"), at(2));
        ticket.drainNews();

        assertThat(urge(ticket, at(3)))
                .hasExactlyElementsOfTypes(
                        TicketUrged.class,
                        TicketReopened.class,
                        FactsChanged.class,
                        EscalationRequested.class);
        assertThat(ticket.memento().facts().priority()).isEqualTo(Priority.HIGH);
    }

    @Test
    void pressesByAllThatCameWithAnUrgeAsMuchAsTheMostOfItDoes() {
        for (var isPressedFirst : List.of(true, false)) {
            for (var before : List.of(Priority.LOW, Priority.NORMAL, Priority.HIGH)) {
                var ticket = ticketOf(before);
                urge(ticket, at(1));
                if (!isPressedFirst) {
                    ticket.claim(MUCH, at(2));
                }
                ticket.urge(UUID.randomUUID(), Channel.PHONE, "还没有收到", at(2));
                ticket.claim(MUCH, at(2));

                assertThat(ticket.memento().facts().priority())
                        .isEqualTo(before == Priority.HIGH ? Priority.URGENT : Priority.HIGH);
            }
        }
    }

    private static Ticket ticketOf(Priority priority) {
        var ticket = ticketIn(TicketStatus.IN_PROGRESS);
        var facts = ticket.memento().facts();
        ticket.change(facts.withPriority(priority), "误会", at(0));
        ticket.drainNews();
        return ticket;
    }

    @Test
    void asksOnceToClimbByAnUrgeThatIsAlsoTheSecondReopening() {
        var ticket = ticketIn(TicketStatus.IN_PROGRESS);
        urge(ticket, at(1));
        ticket.resolve(XU, solution("已换货"), at(2));
        urge(ticket, at(3));
        ticket.resolve(XU, solution("已换货"), at(4));
        ticket.drainNews();

        assertThat(urge(ticket, at(5)))
                .filteredOn(EscalationRequested.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(
                        EscalationRequested.class,
                        request -> {
                            assertThat(request.cause()).isEqualTo(EscalationCause.REOPENED);
                            assertThat(request.packet().evidence()).isEqualTo("还没有收到");
                        });
    }

    private static Ticket waitingFor(WaitingReason reason) {
        var ticket = waitingTicket(reason);
        ticket.drainNews();
        return ticket;
    }

    private static Instant at(int hours) {
        return NOON.plus(Duration.ofHours(hours));
    }

    private static List<TicketEvent> urge(Ticket ticket, Instant now) {
        ticket.urge(UUID.randomUUID(), Channel.PHONE, "还没有收到", now);
        return ticket.drainNews();
    }
}
