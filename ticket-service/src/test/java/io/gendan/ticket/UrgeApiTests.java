package io.gendan.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.api.Role;
import io.gendan.ticket.Api.Reply;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import tools.jackson.databind.JsonNode;

import java.util.UUID;

/** Asking again about a ticket that one knows, whether it is about an order or not. */
@TicketServiceTest
class UrgeApiTests {

    @LocalServerPort int port;
    @Autowired Agents agents;
    @Autowired Proposals proposals;

    private TicketAtWork work;

    @BeforeEach
    void ticket() {
        work = TicketAtWork.accepted(port, agents, proposals);
    }

    @Test
    void isCountedAndWakesTheOwner() {
        var urged = work.post(work.client, "urge", "{\"channel\":\"WECHAT\",\"text\":\"还没好？\"}");

        assertThat(urged.status()).as(urged.response().body()).isEqualTo(200);
        assertThat(work.timeline()).endsWith("TicketUrged");
        assertThat(lastFacts("channel")).isEqualTo("WECHAT");
        assertThat(messages()).contains("还没好？");
        assertThat(work.agent.get("/api/notices").json().at("/items/0/kind").asString())
                .isEqualTo("URGED");
    }

    @Test
    void takesNoWords() {
        assertThat(work.post(work.client, "urge", "").status()).isEqualTo(200);

        assertThat(lastFacts("channel")).isEqualTo("APP");
        assertThat(lastFacts("text")).isEmpty();
        assertThat(work.agent.get("/api/notices").json().at("/items/0/detail").isString())
                .isFalse();
    }

    @Test
    void theSameKeyUrgesOnce() {
        var key = UUID.randomUUID().toString();
        var path = "/api/tickets/" + work.id + "/urge";
        var first = work.client.postAs(key, path, "{}");
        var again = work.client.postAs(key, path, "{}");

        assertThat(again.response().body()).isEqualTo(first.response().body());
        assertThat(work.timeline()).containsOnlyOnce("TicketUrged");
    }

    @Test
    void oneOfUsUrgesForTheCustomer() {
        work.edit(work.agent, "wait", "{\"reason\":\"CUSTOMER\"}");

        assertThat(work.post(work.agent, "urge", "{\"channel\":\"PHONE\"}").text("status"))
                .isEqualTo("IN_PROGRESS");
        assertThat(work.post(work.leader, "urge", "{}").status()).isEqualTo(200);
        assertThat(work.post(Api.as(port, "stranger", Role.CHANNEL), "urge", "{}").status())
                .isEqualTo(404);
    }

    @Test
    void isHeardOfAClosedTicketIfItHasWords() {
        work.edit(work.leader, "close", TicketAtWork.INVALID);

        var refused = work.post(work.client, "urge", "{}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().path("legal").toString()).contains("messages");

        var heard = work.post(work.client, "urge", "{\"text\":\"怎么关了？\"}");
        assertThat(heard.status()).as(heard.response().body()).isEqualTo(201);
        assertThat(heard.text("followUpOf")).isEqualTo(work.id);

        var again = work.post(work.client, "urge", "{}");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.text("id")).isEqualTo(heard.text("id"));
    }

    @Test
    void isNotHeardOfWhatWasCancelled() {
        work.edit(work.client, "cancel", "{\"reason\":\"不需要了\"}");

        assertThat(work.post(work.client, "urge", "{\"text\":\"怎么样了\"}").status()).isEqualTo(409);
    }

    private String lastFacts(String name) {
        return last(work.agent.get("/api/tickets/" + work.id + "/timeline?limit=200"))
                .path("facts")
                .path(name)
                .asString();
    }

    private static JsonNode last(Reply timeline) {
        return timeline.json().path("items").valueStream().reduce((_, one) -> one).orElseThrow();
    }

    private String messages() {
        return work.client.get("/api/tickets/" + work.id + "/messages").response().body();
    }
}
