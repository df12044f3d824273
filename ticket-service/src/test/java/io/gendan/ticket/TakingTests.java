package io.gendan.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gendan.api.Role;
import io.gendan.events.AgentEvent.AgentChanged;
import io.gendan.events.AssignmentEvent.TeamChosen;
import io.gendan.events.Level;
import io.gendan.events.Territory;
import io.gendan.events.Topics;
import io.gendan.ticket.Api.Reply;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** An agent who has the customer on the line opens the ticket and keeps it. */
@TicketServiceTest
class TakingTests {

    private static final Instant NOW = Instant.parse("2026-11-22T04:00:00Z");
    private static final String TAKE = "\"take\":true";
    private static final String SOLVED =
            TAKE + ",\"resolve\":{\"result\":\"已补发\",\"proof\":\"REPLACED\"}";

    @LocalServerPort int port;
    @Autowired JdbcClient jdbc;
    @Autowired Agents agents;

    private Api south;

    @BeforeEach
    void callers() {
        south = Api.as(port, "agent-south-1", Role.AGENT);
        know("agent-south-1", "south", Territory.SOUTH, 1);
        know("escalation-2-1", "tier-2-desk", null, 2);
    }

    @Test
    void isTheirsAtOnce() {
        var taken = open(south, TAKE);

        assertThat(taken.text("status")).isEqualTo("IN_PROGRESS");
        assertThat(taken.json().at("/assignee/id").asString()).isEqualTo("agent-south-1");
        assertThat(taken.json().at("/responsible/id").asString()).isEqualTo("agent-south-1");
        assertThat(taken.text("servedBy")).isEqualTo("SOUTH");
        assertThat(taken.etag()).isEqualTo("\"4\"");
        assertThat(shown(taken).json()).isEqualTo(taken.json());
        assertThat(shown(taken).etag()).isEqualTo(taken.etag());
        assertThat(timeline(taken))
                .containsExactly(
                        "TicketCreated", "TicketAssigned", "TicketAccepted", "PromiseMade");
        assertThat(listed("?assignee=agent-south-1&status=IN_PROGRESS")).contains(taken.text("id"));
    }

    @Test
    void isSolvedInTheSameCallAndStillToldWhereTheCustomerBelongs() {
        var solved = open(south, SOLVED);

        assertThat(solved.text("status")).isEqualTo("RESOLVED");
        assertThat(solved.text("result")).isEqualTo("已补发");
        assertThat(shown(solved).json()).isEqualTo(solved.json());
        assertThat(timeline(solved))
                .containsExactly(
                        "TicketCreated", "TicketAssigned", "TicketAccepted", "TicketResolved");

        Neighbours.say(Topics.ASSIGNMENTS, belongsTo(solved, Territory.EAST, Territory.SOUTH));

        await().untilAsserted(() -> assertThat(shown(solved).text("territory")).isEqualTo("EAST"));
        assertThat(shown(solved).text("servedBy")).isEqualTo("SOUTH");
        assertThat(shown(solved).text("team")).isEqualTo("south");
        assertThat(shown(solved).text("status")).isEqualTo("RESOLVED");
    }

    @Test
    void isOfTheTierAndTheTerritoryThatASpecialistServes() {
        var specialist = Api.as(port, "escalation-2-1", Role.ESCALATION);

        var taken = open(specialist, TAKE);

        assertThat(taken.json().path("tier").asInt()).isEqualTo(2);
        Neighbours.say(Topics.ASSIGNMENTS, belongsTo(taken, Territory.EAST, Territory.EAST));
        var path = "/api/tickets/" + taken.text("id");
        await().untilAsserted(
                        () -> assertThat(specialist.get(path).text("servedBy")).isEqualTo("EAST"));
        assertThat(specialist.get(path).text("team")).isEqualTo("tier-2-desk");
        assertThat(south.get(path).status()).isEqualTo(404);
    }

    @Test
    void theSameKeyTakesOneTicket() {
        var key = UUID.randomUUID().toString();
        var first = south.postAs(key, "/api/tickets", opening(SOLVED));
        var before = tickets();

        var again = south.postAs(key, "/api/tickets", opening(SOLVED));

        assertThat(again.response().body()).isEqualTo(first.response().body());
        assertThat(tickets()).isEqualTo(before);
        assertThat(timeline(first)).hasSize(4);
    }

    @Test
    void theSameKeyHasTheSameAnswerWhenItsTicketIsStillOpen() {
        var key = UUID.randomUUID().toString();
        var opening = opening(SOLVED + ",\"orderId\":\"" + key + "\"");
        var solved = south.postAs(key, "/api/tickets", opening);
        assertThat(solved.status()).as(solved.response().body()).isEqualTo(201);

        var again = south.postAs(key, "/api/tickets", opening);
        var another = south.post("/api/tickets", opening);

        assertThat(again.status()).isEqualTo(201);
        assertThat(again.json()).isEqualTo(solved.json());
        assertThat(another.status()).isEqualTo(409);
        assertThat(another.text("type")).endsWith("matter-open");
    }

    @Test
    void writesNothingOfWhatIsRefused() {
        var app = Api.as(port, "app", Role.CHANNEL);
        var stranger = Api.as(port, "agent-nowhere-1", Role.AGENT);
        var before = tickets();

        assertThat(app.post("/api/tickets", opening(TAKE)).status()).isEqualTo(403);
        assertThat(stranger.post("/api/tickets", opening(TAKE)).status()).isEqualTo(403);
        var untaken =
                south.post(
                        "/api/tickets",
                        opening("\"resolve\":{\"result\":\"已补发\",\"proof\":\"REPLACED\"}"));
        assertThat(untaken.status()).isEqualTo(422);
        assertThat(untaken.text("pointer")).isEqualTo("/resolve");
        var unsaid = south.post("/api/tickets", opening(TAKE + ",\"resolve\":{}"));
        assertThat(unsaid.status()).isEqualTo(422);
        assertThat(unsaid.text("pointer")).isEqualTo("/resolve/result");
        var unproved =
                south.post("/api/tickets", opening(TAKE + ",\"resolve\":{\"result\":\"已补发\"}"));
        assertThat(unproved.status()).isEqualTo(422);
        assertThat(unproved.text("pointer")).isEqualTo("/resolve/proof");

        assertThat(tickets()).isEqualTo(before);
    }

    @Test
    void asksNobodyAboutASolutionThatIsRefused() {
        var known = "13800138031";
        open(south, TAKE);
        jdbc.sql("DELETE FROM asked_customer").update();
        for (var phone : List.of("13800138032", known)) {
            var refused =
                    south.post(
                            "/api/tickets",
                            """
                            {"kind":"COMPLAINT","channel":"PHONE","customer":{"phone":"%s"},
                             "province":"浙江","category":"DISPATCH.MISSING_ITEM","subject":"少发一件",%s}
                            """
                                    .formatted(phone, SOLVED));

            assertThat(refused.status()).as(refused.response().body()).isEqualTo(422);
        }

        assertThat(jdbc.sql("SELECT count(*) FROM asked_customer").query(Long.class).single())
                .isZero();
    }

    private Reply open(Api by, String more) {
        var opened = by.post("/api/tickets", opening(more));
        assertThat(opened.status()).as(opened.response().body()).isEqualTo(201);
        return opened;
    }

    private static String opening(String more) {
        return """
        {"kind":"REQUEST","channel":"PHONE","customer":{"phone":"13800138031"},
         "province":"浙江","category":"DISPATCH.MISSING_ITEM","subject":"少发一件",%s}
        """
                .formatted(more);
    }

    private static TeamChosen belongsTo(Reply ticket, Territory territory, Territory servedBy) {
        return new TeamChosen(
                UUID.fromString(ticket.text("id")),
                1,
                1,
                NOW,
                territory,
                servedBy,
                ticket.json().path("tier").asInt(),
                ticket.text("team"));
    }

    private Reply shown(Reply ticket) {
        return south.get("/api/tickets/" + ticket.text("id"));
    }

    private List<String> timeline(Reply ticket) {
        return south.get("/api/tickets/" + ticket.text("id") + "/timeline")
                .json()
                .path("items")
                .valueStream()
                .map(entry -> entry.path("type").asString())
                .toList();
    }

    private List<String> listed(String filter) {
        return south.get("/api/tickets" + filter)
                .json()
                .path("items")
                .valueStream()
                .map(ticket -> ticket.path("id").asString())
                .toList();
    }

    private long tickets() {
        return jdbc.sql("SELECT count(*) FROM ticket").query(Long.class).single();
    }

    private void know(String agent, String team, @Nullable Territory territory, int tier) {
        agents.save(
                new AgentChanged(
                        agent, NOW, agent, team, territory, tier, Level.SENIOR, List.of(), true));
    }
}
