package io.gendan.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What a ticket that turns out to be about something else presses. */
@TicketServiceTest
class FactsApiTests {

    @LocalServerPort int port;
    @Autowired Agents agents;
    @Autowired Proposals proposals;

    private TicketAtWork work;

    @BeforeEach
    void ticket() {
        work = TicketAtWork.accepted(port, agents, proposals);
    }

    @Test
    void whatWasRaisedStaysSoWhenItIsSortedAnew() {
        change(work.agent, "\"priority\":\"HIGH\"");

        assertThat(change(work.agent, "\"category\":\"DELIVERY.LATE\"").text("priority"))
                .isEqualTo("HIGH");
        var lowered = change(work.agent, "\"category\":\"INVOICE.TITLE\",\"priority\":\"NORMAL\"");
        assertThat(lowered.status()).isEqualTo(403);
        assertThat(lowered.text("type")).endsWith("presses-less");
        assertThat(
                        change(
                                        work.leader,
                                        "\"category\":\"INVOICE.TITLE\",\"priority\":\"NORMAL\"")
                                .text("priority"))
                .isEqualTo("NORMAL");
    }

    @Test
    void whatPressesByItsCategoryAloneDoesSoNoLonger() {
        assertThat(change(work.agent, "\"category\":\"DELIVERY.LOST\"").text("priority"))
                .isEqualTo("HIGH");

        assertThat(change(work.agent, "\"category\":\"DELIVERY.LATE\"").text("priority"))
                .isEqualTo("NORMAL");
    }

    @Test
    void whatMuchIsClaimedInPressesUntilALeaderSaysOtherwise() {
        var claimed = change(work.agent, "\"claim\":1500");

        assertThat(claimed.text("priority")).isEqualTo("HIGH");
        assertThat(claimed.json().path("claim").decimalValue()).isEqualByComparingTo("1500");
        assertThat(work.timeline())
                .endsWith("FactsChanged", "FactsChanged", "PromiseWithdrawn", "PromiseMade");
        assertThat(change(work.agent, "\"claim\":20").text("priority")).isEqualTo("HIGH");
        assertThat(change(work.agent, "\"claim\":20.001").text("pointer")).isEqualTo("/claim");
        assertThat(change(work.agent, "\"priority\":\"NORMAL\"").status()).isEqualTo(403);
        assertThat(change(work.leader, "\"priority\":\"NORMAL\"").text("priority"))
                .isEqualTo("NORMAL");
    }

    private Api.Reply change(Api who, String what) {
        return work.edit(who, "change", "{" + what + ",\"reason\":\"电话核实\"}");
    }
}
