package io.gendan.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.api.Role;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import java.util.List;
import java.util.UUID;

/** What the programs of channels see of tickets, and what stays among us. */
@TicketServiceTest
class ChannelViewTests {

    @LocalServerPort int port;
    @Autowired Agents agents;
    @Autowired Proposals proposals;
    @Autowired Outbox outbox;

    private TicketAtWork work;

    @BeforeEach
    void ticket() {
        work = TicketAtWork.accepted(port, agents, proposals);
    }

    @Test
    void neverSeeWhyWeDoWhatWeDoAmongUs() {
        var other = TicketAtWork.opened(port, agents, proposals);
        work.edit(work.agent, "transfer", "{\"territory\":\"EAST\",\"reason\":\"难缠的客户\"}");
        work.edit(work.agent, "transfer/withdraw", "");
        work.edit(work.agent, "change", "{\"priority\":\"HIGH\",\"reason\":\"难缠的客户\"}");
        work.edit(work.agent, "links", "{\"other\":\"" + other.id + "\"}");
        work.says(work.agent, "新品已为您寄出");
        assertThat(work.edit(work.agent, "resolve", TicketAtWork.SOLVED).status()).isEqualTo(200);

        var told = work.client.get("/api/tickets/" + work.id + "/timeline").response().body();

        assertThat(told)
                .contains("TransferRequested", "FactsChanged", "TicketResolved")
                .doesNotContain("难缠的客户", "PAGE_CONTENT", "PLATFORM", other.id);
        assertThat(work.client.get("/api/tickets/" + work.id).json().path("links")).isEmpty();
        assertThat(work.leader.get("/api/tickets/" + work.id + "/timeline").response().body())
                .contains("难缠的客户", "PAGE_CONTENT");
    }

    @Test
    void neverSeeHowWeExplainAnEnd() {
        work.edit(work.leader, "close", TicketAtWork.INVALID);

        assertThat(work.client.get("/api/tickets/" + work.id + "/timeline").response().body())
                .contains("TicketClosed", "INVALID")
                .doesNotContain("误拨");
        assertThat(work.leader.get("/api/tickets/" + work.id + "/timeline").response().body())
                .contains("误拨");
    }

    @Test
    void bringBackWhatTheCustomerSaysToATicketThatOneOfUsOpened() {
        var app = Api.as(port, "app", Role.CHANNEL);
        var opened =
                work.agent.post(
                        "/api/tickets",
                        """
                        {"kind":"REQUEST","channel":"APP","customer":{"phone":"%s"},
                         "category":"ORDER.STATUS","subject":"查订单","take":true}
                        """
                                .formatted(TicketAtWork.someone()));
        assertThat(opened.status()).as(opened.response().body()).isEqualTo(201);

        var said =
                app.post("/api/tickets/" + opened.text("id") + "/messages", "{\"text\":\"还没到\"}");

        assertThat(said.status()).as(said.response().body()).isEqualTo(200);
        assertThat(
                        Api.as(port, "client-" + UUID.randomUUID(), Role.CHANNEL)
                                .get("/api/tickets/" + opened.text("id"))
                                .status())
                .isEqualTo(404);
    }

    @Test
    void seeNoNumbersOfWhatAnotherOneBroughtAndTellTheirCustomerAllOfIt() {
        var opening =
                """
                {"kind":"COMPLAINT","channel":"APP","customer":{"phone":"%s"},"orderId":"%s",
                 "category":"LISTING.MISMATCH","subject":"请打 13900139000",
                 "body":"运单 7712345678901"}
                """
                        .formatted(TicketAtWork.someone(), UUID.randomUUID());
        var other = Api.as(port, "client-" + UUID.randomUUID(), Role.CHANNEL);
        var opened = work.client.post("/api/tickets", opening);
        var id = opened.text("id");
        proposals.assign(TicketFixtures.choice(UUID.fromString(id), 1, work.agentId));

        var joined = other.post("/api/tickets", opening.replace("13900139000", "13700137000"));
        outbox.tellAll(work.client, id);
        work.agent.post("/api/tickets/" + id + "/messages", "{\"text\":\"请拨打 4001234567\"}");

        assertThat(joined.json().path("joined").asBoolean()).isTrue();
        assertThat(joined.text("id")).isEqualTo(id);
        for (var shown :
                List.of(
                        opened,
                        joined,
                        other.get("/api/tickets/" + id),
                        work.client.get("/api/tickets/" + id))) {
            assertThat(shown.text("subject")).isEqualTo("请打 ***********");
            assertThat(shown.text("body")).isEqualTo("运单 *************");
        }
        assertThat(Outbox.waiting(work.client, id).getLast().path("text").asString())
                .isEqualTo("请拨打 4001234567");
    }

    @Test
    void seeNothingOfARevisitOnTheCustomersPage() {
        work.says(work.agent, "新品已为您寄出");
        work.edit(work.agent, "change", "{\"priority\":\"HIGH\",\"reason\":\"丢件\"}");
        for (var step : List.of("VERIFY", "PLAN", "AGREE")) {
            work.edit(work.agent, "steps", "{\"step\":\"%s\"}".formatted(step));
        }
        work.edit(work.agent, "resolve", TicketAtWork.SOLVED);
        work.edit(work.agent, "review", "{\"cause\":\"页面\",\"measure\":\"核对\"}");
        assertThat(work.edit(work.client, "confirm", "").text("status")).isEqualTo("CLOSED");

        var page = Api.asNobody(port).get(work.shown().text("trackingUrl"));

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.response().body()).contains("CLOSED").doesNotContain("回访");
    }

    @Test
    void seeNeitherOurCallsNorWhoIsToBeCalledAboutHowItWas() {
        work.post(work.agent, "calls", "{\"outcome\":\"NO_ANSWER\"}");
        work.says(work.agent, "新品已为您寄出");
        work.edit(work.agent, "change", "{\"priority\":\"HIGH\",\"reason\":\"丢件\"}");
        for (var step : List.of("PLAN", "AGREE")) {
            work.edit(work.agent, "steps", "{\"step\":\"%s\"}".formatted(step));
        }
        work.edit(work.agent, "resolve", TicketAtWork.SOLVED);
        work.edit(work.agent, "review", "{\"cause\":\"页面\",\"measure\":\"核对\"}");
        assertThat(work.edit(work.client, "confirm", "").text("status")).isEqualTo("CLOSED");
        assertThat(work.leader.get("/api/tickets/" + work.id).response().body())
                .contains("回访", "NO_ANSWER");

        var seen = work.client.get("/api/tickets/" + work.id);

        assertThat(seen.response().body()).doesNotContain("回访", "REVISIT", "NO_ANSWER");
        assertThat(seen.json().at("/calls/last")).isEmpty();
        assertThat(work.client.get("/api/tickets/" + work.id + "/timeline").response().body())
                .doesNotContain("回访", "NO_ANSWER");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"category\":\"SAFETY.FOOD\"",
                "\"category\":\"LISTING.MISMATCH\",\"authority\":{\"source\":\"PERSONAL_DATA\"}"
            })
    void whatIsMajorOrAnsweredInWritingIsNotSolvedByOpeningIt(String about) {
        var refused =
                work.agent.post(
                        "/api/tickets",
                        """
                        {"kind":"COMPLAINT","channel":"PHONE","customer":{"phone":"%s"},
                         %s,"subject":"食物中毒","take":true,"resolve":%s}
                        """
                                .formatted(TicketAtWork.someone(), about, TicketAtWork.SOLVED));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text("type")).endsWith("major-at-once");
        assertThat(refused.text("pointer")).isEqualTo("/resolve");
    }

    @Test
    void whetherItIsSolvedIsSaidByWhoWasReached() {
        var refused =
                work.post(work.agent, "calls", "{\"outcome\":\"NO_ANSWER\",\"solved\":\"NO\"}");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text("pointer")).isEqualTo("/solved");
    }
}
