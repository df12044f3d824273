package io.gendan.escalation;

import static io.gendan.api.Role.AGENT;
import static io.gendan.api.Role.CHANNEL;
import static io.gendan.api.Role.ESCALATION;
import static io.gendan.api.Role.OPS;
import static io.gendan.api.Role.SUPERVISOR;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.api.Role;
import io.gendan.api.testing.EveryPathNeedsAToken;
import io.gendan.api.testing.TestTokens;
import io.gendan.events.EscalationCause;
import io.gendan.events.Kind;
import io.gendan.events.Priority;
import io.gendan.events.Territory;
import io.gendan.messaging.DatabaseClock;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

import java.util.UUID;

@EscalationTest
class EscalationApiTests {

    @Autowired ApplicationContext context;
    @Autowired Told told;
    @Autowired DatabaseClock clock;
    @Autowired JdbcTemplate jdbc;
    @LocalServerPort int port;

    private final TicketTold ticket = new TicketTold();
    private RestTestClient http = RestTestClient.bindToServer().build();

    @BeforeEach
    void connect() {
        http = RestTestClient.bindToServer().baseUrl("http://localhost:" + port).build();
        jdbc.update("UPDATE escalation SET state = 'OVER' WHERE state = 'QUEUED'");
        told.isOnRoster("escalation-2-1", 2, null);
        told.isOnRoster("escalation-2-2", 2, null);
        told.isOnRoster("escalation-3-1", 3, null);
        told.isOnRoster("agent-south-1", 1, Territory.SOUTH);
        told.isOnRoster("agent-north-1", 1, Territory.NORTH);
    }

    @Test
    void needsATokenOnEveryPath() throws Exception {
        new EveryPathNeedsAToken(context, port).check();
    }

    @Test
    void showsAQueueToItsTierAndToLeaders() {
        var id = escalate();

        get("/api/queues/2", "escalation-2-1", ESCALATION)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.items[0].id")
                .isEqualTo(id.toString())
                .jsonPath("$.items[0].tier")
                .isEqualTo(2)
                .jsonPath("$.items[0].state")
                .isEqualTo("QUEUED");
        get("/api/queues/2", "supervisor-1", SUPERVISOR).expectStatus().isOk();
        get("/api/queues/2", "escalation-3-1", ESCALATION).expectStatus().isNotFound();
        get("/api/queues/1", "supervisor-1", SUPERVISOR).expectStatus().isNotFound();
        get("/api/queues/2", "agent-south-1", AGENT).expectStatus().isForbidden();
        get("/api/escalations/" + id, "escalation-2-2", ESCALATION).expectStatus().isOk();
        get("/api/escalations/" + id, "escalation-3-1", ESCALATION).expectStatus().isNotFound();
    }

    @Test
    void showsTheNextTierWhatWhoeverAskedForItWantsThemToKnow() {
        var now = clock.now();
        told.hear(ticket.created(Kind.COMPLAINT, Priority.NORMAL, now));
        told.hear(ticket.wantsUp(EscalationCause.AGENT, now));
        var escalated = ticket.escalated(2, EscalationCause.AGENT, now, now);
        told.hear(escalated);

        get("/api/escalations/" + escalated.escalationId(), "escalation-2-1", ESCALATION)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.cause")
                .isEqualTo("AGENT")
                .jsonPath("$.state")
                .isEqualTo("QUEUED")
                .jsonPath("$.packet.tried")
                .isEqualTo("called twice");
    }

    @Test
    void givesTheSameAnswerToTheSameKey() {
        escalate();
        escalate(new TicketTold());
        var key = UUID.randomUUID().toString();

        var first = body(post("/api/queues/2/claim", key, "escalation-2-1", ESCALATION));
        var again = body(post("/api/queues/2/claim", key, "escalation-2-1", ESCALATION));

        assertThat(again).isEqualTo(first).contains("\"state\":\"CLAIMED\"");
        assertThat(
                        jdbc.queryForObject(
                                "SELECT count(*) FROM escalation WHERE state = 'QUEUED'",
                                Integer.class))
                .isEqualTo(1);
    }

    @Test
    void saysNothingToClaimFromAnEmptyQueue() {
        post("/api/queues/2/claim", key(), "escalation-2-1", ESCALATION)
                .expectStatus()
                .isNoContent();
    }

    @Test
    void tellsWhoHasIt() {
        var path = "/api/escalations/" + escalate() + "/claim";
        post(path, key(), "escalation-2-1", ESCALATION).expectStatus().isOk();

        post(path, key(), "escalation-2-2", ESCALATION)
                .expectStatus()
                .isEqualTo(409)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:gendan:problem:escalation-taken")
                .jsonPath("$.claimedBy.id")
                .isEqualTo("escalation-2-1")
                .jsonPath("$.detail")
                .isEqualTo("Name of escalation-2-1 took this escalation before.");
        post(path, key(), "escalation-3-1", ESCALATION).expectStatus().isNotFound();
        post(
                        "/api/escalations/" + UUID.randomUUID() + "/claim",
                        key(),
                        "escalation-2-1",
                        ESCALATION)
                .expectStatus()
                .isNotFound();
    }

    @Test
    void namesTheHeadOfTheLineToWhoAsksForAnother() {
        var head = escalate();
        var path = "/api/escalations/" + escalate(new TicketTold()) + "/claim";

        post(path, key(), "escalation-2-1", ESCALATION)
                .expectStatus()
                .isEqualTo(409)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:gendan:problem:not-head-of-line")
                .jsonPath("$.head")
                .isEqualTo(head.toString())
                .jsonPath("$.detail")
                .value(String.class, detail -> assertThat(detail).contains(head.toString()));
        post(path, key(), "escalation-3-1", ESCALATION).expectStatus().isNotFound();
        post(path, key(), "agent-south-1", AGENT).expectStatus().isForbidden();
        post(path, key(), "supervisor-1", SUPERVISOR)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.claimedBy.picked")
                .isEqualTo(true);
    }

    @Test
    void explainsTheClocksOfATicketToItsTerritory() {
        var now = clock.now();
        told.hear(ticket.created(Kind.COMPLAINT, Priority.NORMAL, now));
        told.hear(ticket.assigned("agent-south-1", now));
        var path = "/api/tickets/" + ticket.id + "/clocks";

        get(path, "agent-south-1", AGENT)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.policyVersion")
                .isEqualTo("test")
                .jsonPath("$.clocks[0].kind")
                .isEqualTo("FIRST_RESPONSE")
                .jsonPath("$.clocks[0].target")
                .isEqualTo("PT1H")
                .jsonPath("$.clocks[0].state")
                .isEqualTo("RUNNING")
                .jsonPath("$.clocks[0].dueAt")
                .isEqualTo(now.plusSeconds(3600).toString())
                .jsonPath("$.clocks.length()")
                .isEqualTo(3);
        http.get()
                .uri(path)
                .header(HttpHeaders.AUTHORIZATION, TestTokens.bearer("agent-south-1", AGENT))
                .header(HttpHeaders.ACCEPT_LANGUAGE, "zh-CN")
                .exchange()
                .expectHeader()
                .valueEquals(HttpHeaders.CONTENT_LANGUAGE, "zh-CN")
                .expectBody()
                .jsonPath("$.clocks[0].explanation")
                .value(String.class, text -> assertThat(text).startsWith("首次响应：时限 1 小时"))
                .jsonPath("$.clocks[0].calendar.code")
                .isEqualTo("ALWAYS")
                .jsonPath("$.clocks[0].policyVersion")
                .isEqualTo("test");
        get(path, "agent-north-1", AGENT).expectStatus().isNotFound();
        get(path, "supervisor-1", SUPERVISOR).expectStatus().isOk();
        get(path, "app", CHANNEL).expectStatus().isForbidden();
    }

    @Test
    void explainsThatAPromiseIsDueAsPromised() {
        var now = clock.now();
        var call = UUID.randomUUID();
        told.hear(ticket.created(Kind.COMPLAINT, Priority.NORMAL, now));
        told.hear(ticket.promises(call, now.plusSeconds(600), now));

        get("/api/tickets/" + ticket.id + "/clocks", "supervisor-1", SUPERVISOR)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.clocks[3].kind")
                .isEqualTo("PROMISE")
                .jsonPath("$.clocks[3].about")
                .isEqualTo(call.toString())
                .jsonPath("$.clocks[3].dueAt")
                .isEqualTo(now.plusSeconds(600).toString())
                .jsonPath("$.clocks[3].policyVersion")
                .isEmpty()
                .jsonPath("$.clocks[3].explanation")
                .value(String.class, text -> assertThat(text).startsWith("Promise: due at"));
    }

    @Test
    void publishesPoliciesAndLateness() {
        get("/api/policies", "agent-south-1", AGENT)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$[?(@.version == '2026.1')].rules[0].clock")
                .isEqualTo("FIRST_RESPONSE");
        get("/api/lateness", "ops-1", OPS)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.dueToRaised.p99")
                .isNumber()
                .jsonPath("$.dueToEscalated.count")
                .isNumber();
    }

    private UUID escalate() {
        return escalate(ticket);
    }

    private UUID escalate(TicketTold climbing) {
        var now = clock.now();
        told.hear(climbing.created(Kind.COMPLAINT, Priority.HIGH, now));
        var escalated = climbing.escalated(2, now);
        told.hear(escalated);
        return escalated.escalationId();
    }

    private ResponseSpec get(String path, String account, Role... roles) {
        return http.get()
                .uri(path)
                .header(HttpHeaders.AUTHORIZATION, TestTokens.bearer(account, roles))
                .exchange();
    }

    private ResponseSpec post(String path, String key, String account, Role... roles) {
        return http.post()
                .uri(path)
                .header(HttpHeaders.AUTHORIZATION, TestTokens.bearer(account, roles))
                .header("Idempotency-Key", key)
                .exchange();
    }

    private static String body(ResponseSpec response) {
        return response.expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }
}
