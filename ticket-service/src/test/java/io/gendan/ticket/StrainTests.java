package io.gendan.ticket;

import static io.gendan.ticket.TicketFixtures.NOON;
import static io.gendan.ticket.TicketFixtures.XU;
import static io.gendan.ticket.TicketFixtures.resolvedTicket;
import static io.gendan.ticket.TicketFixtures.solution;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.events.EscalationCause;
import io.gendan.events.EscalationEvent.EscalationRaised;
import io.gendan.events.TicketEvent;
import io.gendan.events.TicketEvent.EscalationRequested;
import io.gendan.events.TicketEvent.TicketReopened;
import io.gendan.ticket.rules.ServiceRules;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.json.JsonMapper;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What shows that a ticket goes badly, and what it does by itself then. */
class StrainTests {

    private static final Instant LATER = NOON.plusSeconds(100);

    @Test
    void whatIsReopenedTwiceIsToClimbToAnotherOwner() {
        var ticket = resolvedTicket();
        ticket.reopen(LATER);
        ticket.resolve(XU, solution("已换货"), LATER);
        assertThat(ticket.drainNews()).noneMatch(EscalationRequested.class::isInstance);

        ticket.reopen(LATER);

        assertThat(ticket.drainNews())
                .filteredOn(EscalationRequested.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(
                        EscalationRequested.class,
                        asked -> {
                            assertThat(asked.cause()).isEqualTo(EscalationCause.REOPENED);
                            assertThat(asked.stay()).isEqualTo(3);
                            assertThat(asked.by()).isEqualTo(Ticket.SYSTEM.id());
                            assertThat(asked.packet().asked()).contains("2");
                        });
        assertThat(ticket.memento().askedToClimbIn()).isEqualTo(3);
        ticket.resolve(XU, solution("已换货"), LATER);
        ticket.reopen(LATER);
        assertThat(ticket.drainNews()).noneMatch(EscalationRequested.class::isInstance);
    }

    @Test
    void atTheLastTierThereIsNobodyAbove() {
        var ticket = resolvedTicket();
        ticket.reopen(LATER);
        ticket.escalate(toTheLastTier(ticket), LATER);
        ticket.assign(TicketFixtures.claim(ticket, 3), LATER);
        ticket.accept("escalation-2-1", LATER);
        ticket.resolve("escalation-2-1", solution("已换货"), LATER);
        ticket.drainNews();

        ticket.reopen(LATER);

        assertThat(ticket.drainNews()).first().isInstanceOf(TicketReopened.class);
        assertThat(ticket.memento().strain().reopenings()).isEqualTo(2);
        assertThat(ticket.memento().askedToClimbIn()).isNull();
    }

    @Test
    void whatIsServedByOlderRulesStaysWhereItIs() {
        var log = new ArrayList<TicketEvent>(List.of(resolvedTicket().created()));
        log.addAll(resolvedTicket().drainNews());
        var older =
                JsonMapper.builder()
                        .build()
                        .readValue(
                                StrainTests.class.getResourceAsStream("/rules/2026.2.json"),
                                ServiceRules.class);
        var ticket = Ticket.replay(log, _ -> older);
        ticket.reopen(LATER);
        ticket.resolve(XU, solution("已换货"), LATER);

        ticket.reopen(LATER);

        assertThat(ticket.drainNews()).noneMatch(EscalationRequested.class::isInstance);
    }

    private static EscalationRaised toTheLastTier(Ticket ticket) {
        var raised = TicketFixtures.proposal(ticket, 2);
        return new EscalationRaised(
                raised.ticketId(),
                raised.stay(),
                raised.at(),
                raised.escalationId(),
                1,
                4,
                raised.cause(),
                raised.clock(),
                raised.dueAt());
    }
}
