package io.gendan.endtoend;

import static io.gendan.endtoend.NewTicket.complaint;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.events.Territory;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From the customer's word to the customer's voice. */
@Order(1)
@OnARunningSystem
class TicketJourneyIT {

    private final ApplicationUnderTest application;
    private Customer customer;

    TicketJourneyIT(ApplicationUnderTest application) {
        this.application = application;
    }

    @BeforeEach
    void aCustomerHasAProblem() {
        customer = Customer.inTheApp(application);
    }

    @ParameterizedTest
    @CsvSource({
        "北京, NORTH",
        "黑龙江, NORTHEAST",
        "江苏, EAST",
        "广东, SOUTH",
        "湖北, CENTRAL",
        "新疆维吾尔自治区, NORTHWEST",
        "Sichuan, SOUTHWEST"
    })
    void aTicketGoesToAnAgentOfItsTerritory(String province, Territory territory) {
        var ticket = customer.opens(complaint(province));

        ticket.isAssignedIn(territory);
        ticket.isInvalid();
    }

    @Test
    void aProblemIsFollowedUntilItIsSolvedAndBecomesAVoice() {
        var voices = new Voices(application);
        var ticket = customer.opens(complaint("广东"));
        ticket.isAssignedIn(Territory.SOUTH);
        var category = ticket.now().path("category").asString();
        var before = voices.of(category, Territory.SOUTH);

        var agent = Agent.of(ticket, application);
        agent.accepts(ticket);
        agent.answers(ticket);
        agent.resolves(ticket);
        customer.confirms(ticket);

        ticket.is("CLOSED");
        assertThat(ticket.steps())
                .containsSubsequence(
                        "TicketCreated",
                        "TicketAssigned",
                        "TicketAccepted",
                        "MessageSent",
                        "TicketResolved",
                        "TicketClosed");
        ticket.tellsWhoWhenAndWhy();
        Patience.untilAsserted(
                () ->
                        assertThat(voices.of(category, Territory.SOUTH))
                                .isGreaterThanOrEqualTo(before + 1));
    }
}
