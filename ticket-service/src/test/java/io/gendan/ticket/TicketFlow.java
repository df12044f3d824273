package io.gendan.ticket;

import static io.gendan.ticket.TicketFixtures.NOON;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gendan.api.Role;
import io.gendan.events.AgentEvent.AgentChanged;
import io.gendan.events.AssignmentEvent.AgentAwaited;
import io.gendan.events.AssignmentEvent.AgentChosen;
import io.gendan.events.AssignmentEvent.Decision;
import io.gendan.events.ClockKind;
import io.gendan.events.EscalationEvent.ClockElapsed;
import io.gendan.events.Level;
import io.gendan.events.Territory;
import io.gendan.events.Topics;
import io.gendan.ticket.Api.Reply;

import org.junit.jupiter.api.BeforeEach;
import org.springframework.boot.test.web.server.LocalServerPort;

import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Tickets of one channel, and two agents and a specialist who work on them, with the other services
 * heard on their topics only.
 */
abstract class TicketFlow {

    static final String OPENING =
            """
            {"kind":"COMPLAINT","channel":"APP",
             "customer":{"phone":"+8613800138000","name":"小林"},
             "province":"广东","category":"LISTING.MISMATCH","subject":"纸尿裤包装与页面不符",
             "body":"打 13900139000 找我"}
            """;

    @LocalServerPort int port;

    Api app;
    Api south;
    Api north;

    @BeforeEach
    void callers() {
        app = Api.as(port, "app", Role.CHANNEL);
        south = Api.as(port, "agent-south-1", Role.AGENT);
        north = Api.as(port, "agent-north-1", Role.AGENT);
        know("agent-south-1", Territory.SOUTH, 1);
        know("agent-north-1", Territory.NORTH, 1);
        know("escalation-2-1", null, 2);
    }

    Api leader() {
        return Api.as(port, "supervisor-1", Role.SUPERVISOR);
    }

    String open() {
        return open(OPENING);
    }

    String open(String opening) {
        var created = app.post("/api/tickets", opening);
        assertThat(created.status()).as(created.response().body()).isEqualTo(201);
        return created.text("id");
    }

    /** Opens one that no lot draws for a review, nor to be asked about again. */
    String openUndrawn(String opening) {
        while (true) {
            var id = open(opening);
            if (!ticket(id).json().at("/procedure/missing").toString().contains("REVIEW")
                    && !TicketFixtures.isDrawnForARevisit(id)) {
                return id;
            }
        }
    }

    String accepted() {
        return accepted(OPENING);
    }

    /** Of a customer whom nobody asked anything yet. */
    String acceptedOfSomeone() {
        return accepted(OPENING.replace("+8613800138000", TicketAtWork.someone()));
    }

    String accepted(String opening) {
        var id = openUndrawn(opening);
        Neighbours.say(Topics.ASSIGNMENTS, choice(id, 1, "agent-south-1"));
        awaitStatus(id, "ASSIGNED");
        assertThat(post(south, id, "accept", "", "If-Match", "*").status()).isEqualTo(200);
        return id;
    }

    String promise(String id) {
        var body = "{\"what\":\"回电\",\"dueAt\":\"%s\"}".formatted(Instant.now().plusSeconds(3600));
        return post(south, id, "promises", body, "If-Match", "*")
                .json()
                .path("promises")
                .valueStream()
                .map(promise -> promise.path("id").asString())
                .reduce((_, last) -> last)
                .orElseThrow();
    }

    /** What people promised. */
    static List<JsonNode> own(Reply reply) {
        return reply.json()
                .path("promises")
                .valueStream()
                .filter(promise -> promise.path("purpose").asString().equals("OWN"))
                .toList();
    }

    static Reply post(Api api, String id, String command, String body, String... headers) {
        return api.post("/api/tickets/" + id + "/" + command, body, headers);
    }

    Reply ticket(String id) {
        return app.get("/api/tickets/" + id);
    }

    Reply awaitStatus(String id, String status) {
        return await().until(() -> ticket(id), reply -> reply.text("status").equals(status));
    }

    List<String> timeline(String id) {
        return leader().get("/api/tickets/" + id + "/timeline")
                .json()
                .path("items")
                .valueStream()
                .map(entry -> entry.path("type").asString())
                .toList();
    }

    static AgentChosen choice(String id, int round, String agent) {
        return TicketFixtures.choice(UUID.fromString(id), round, agent);
    }

    static AgentAwaited awaited(String id) {
        return new AgentAwaited(
                UUID.fromString(id),
                1,
                NOON,
                Territory.SOUTH,
                Territory.SOUTH,
                "south-1",
                new Decision("2026.1", "province 44", List.of()));
    }

    static ClockElapsed promiseOver(String id, String promiseId) {
        return new ClockElapsed(
                UUID.fromString(id), 1, NOON, ClockKind.PROMISE, NOON, UUID.fromString(promiseId));
    }

    private void know(String agent, Territory territory, int tier) {
        Neighbours.say(
                Topics.AGENTS,
                new AgentChanged(
                        agent,
                        NOON,
                        agent,
                        "team",
                        territory,
                        tier,
                        Level.SENIOR,
                        List.of(),
                        true));
        var role = tier == 1 ? Role.AGENT : Role.ESCALATION;
        await().untilAsserted(
                        () ->
                                assertThat(Api.as(port, agent, role).get("/api/tickets").status())
                                        .isEqualTo(200));
    }
}
