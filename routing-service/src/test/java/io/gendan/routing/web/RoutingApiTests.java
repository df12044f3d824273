package io.gendan.routing.web;

import static io.gendan.routing.TicketStory.consultationFrom;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.api.Role;
import io.gendan.api.testing.EveryPathNeedsAToken;
import io.gendan.api.testing.TestTokens;
import io.gendan.routing.Dispatcher;
import io.gendan.routing.RoutingTest;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;

@RoutingTest
class RoutingApiTests {

    private static final String TIBET = "54";
    private static final String SICHUAN = "51";

    @LocalServerPort int port;
    @Autowired ApplicationContext context;
    @Autowired Dispatcher dispatcher;

    private RestTestClient http;

    @BeforeEach
    void connect() {
        http = RestTestClient.bindToServer().baseUrl("http://localhost:" + port).build();
    }

    @Test
    void everyPathNeedsAToken() throws Exception {
        new EveryPathNeedsAToken(context, port).check();
    }

    @Test
    void showsTheSevenTerritoriesWithTheirProvinces() {
        get("/api/territories", agent("agent-north-1"))
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.items.length()")
                .isEqualTo(7)
                .jsonPath("$.items[?(@.id=='NORTH')].provinces.length()")
                .isEqualTo(5)
                .jsonPath("$.items[?(@.id=='SOUTH')].ruleVersion")
                .isEqualTo("2026.1");
    }

    @Test
    void showsTeamsPageByPage() {
        var first =
                get("/api/teams?limit=6", supervisor())
                        .expectStatus()
                        .isOk()
                        .expectBody(Teams.class)
                        .returnResult()
                        .getResponseBody();
        assertThat(first).isNotNull();
        assertThat(first.items()).hasSize(6);

        get("/api/teams?limit=6&cursor=" + first.next(), supervisor())
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.items.length()")
                .isEqualTo(4)
                .jsonPath("$.next")
                .doesNotExist();
    }

    @Test
    void showsAnAgentTheOwnTeamAndLeadersEverybody() {
        get("/api/agents", agent("agent-north-1"))
                .expectBody()
                .jsonPath("$.items.length()")
                .isEqualTo(4)
                .jsonPath("$.items[0].id")
                .isEqualTo("agent-north-1")
                .jsonPath("$.items[0].capacity")
                .isEqualTo(100);
        get("/api/agents", TestTokens.bearer("escalation-2-1", Role.ESCALATION))
                .expectBody()
                .jsonPath("$.items.length()")
                .isEqualTo(2);
        get("/api/agents", agent("agent-nobody-1"))
                .expectBody()
                .jsonPath("$.items.length()")
                .isEqualTo(0);
        get("/api/agents?limit=28", supervisor())
                .expectBody()
                .jsonPath("$.items[27].id")
                .isEqualTo("agent-southwest-4");
    }

    @Test
    void tellsWhyThisAgent() {
        var ticket = consultationFrom(TIBET);
        dispatcher.created(ticket.created());

        get("/api/tickets/" + ticket.id() + "/routing", supervisor())
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.territory")
                .isEqualTo("SOUTHWEST")
                .jsonPath("$.stage")
                .isEqualTo("SOUGHT")
                .jsonPath("$.decisions[0].type")
                .isEqualTo("AgentChosen")
                .jsonPath("$.decisions[0].actor")
                .isEqualTo("system:routing")
                .jsonPath("$.decisions[0].decision.decision.candidates[0].verdict")
                .isEqualTo("chosen");
    }

    @Test
    void hidesTicketsOfOtherTerritoriesUnlessTheyWereOnesOwn() {
        var ticket = consultationFrom(SICHUAN);
        dispatcher.created(ticket.created());
        var path = "/api/tickets/" + ticket.id() + "/routing";

        get(path, agent("agent-southwest-1")).expectStatus().isOk();
        get(path, agent("agent-north-1"))
                .expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:gendan:problem:not-found");
        get(path, TestTokens.bearer("escalation-2-1", Role.ESCALATION)).expectStatus().isNotFound();
        get(path, TestTokens.bearer("app", Role.CHANNEL)).expectStatus().isForbidden();

        dispatcher.assigned(ticket.assigned("agent-north-1"));
        dispatcher.assigned(ticket.assigned("agent-southwest-1"));
        dispatcher.resolved(ticket.resolved("agent-southwest-1"));
        get(path, agent("agent-north-1")).expectStatus().isOk();
    }

    @Test
    void knowsNoTicketItNeverHeardOf() {
        get("/api/tickets/" + UUID.randomUUID() + "/routing", supervisor())
                .expectStatus()
                .isNotFound();
        get("/api/tickets/1/routing", supervisor()).expectStatus().is4xxClientError();
    }

    @Test
    void takesPresenceFromOneselfAndFromLeaders() {
        declare("agent-central-1", false, agent("agent-central-1"))
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.onDuty")
                .isEqualTo(false);
        declare("agent-central-1", true, supervisor())
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.onDuty")
                .isEqualTo(true);
        declare("agent-central-1", false, agent("agent-central-2")).expectStatus().isNotFound();
        declare("agent-nobody-1", false, agent("agent-nobody-1")).expectStatus().isNotFound();
        declare("agent-central-1", false, TestTokens.bearer("app", Role.CHANNEL))
                .expectStatus()
                .isForbidden();
    }

    @Test
    void refusesAPresenceItCannotRead() {
        put("agent-central-1", "{\"onDuty\":true,\"mood\":\"fine\"}", supervisor())
                .expectStatus()
                .isBadRequest();
        put("agent-central-1", "{}", supervisor()).expectStatus().isBadRequest();
        put("agent-central-1", "{", supervisor()).expectStatus().isBadRequest();
    }

    @Test
    void letsAdminsTakeAgentsOn() {
        var path = "/api/agents/escalation-4-new";
        var body =
                """
                {"name":"新同事","team":"tier-4-duty","level":"JUNIOR","skills":["REFUND"]}
                """;

        putTo(path, body, TestTokens.bearer("admin-1", Role.ADMIN))
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.onDuty")
                .isEqualTo(true)
                .jsonPath("$.capacity")
                .isEqualTo(60);
        putTo(path, body, supervisor()).expectStatus().isForbidden();
        putTo(
                        path,
                        body.replace("tier-4-duty", "nowhere"),
                        TestTokens.bearer("admin-1", Role.ADMIN))
                .expectStatus()
                .isEqualTo(422)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:gendan:problem:team-unknown")
                .jsonPath("$.detail")
                .isEqualTo("There is no team nowhere. GET /api/teams lists them.");
        putTo("/api/agents/Not%20An%20Id", body, TestTokens.bearer("admin-1", Role.ADMIN))
                .expectStatus()
                .isBadRequest();
    }

    @Test
    void showsLines() {
        get("/api/lines", agent("agent-north-1"))
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.items.length()")
                .isEqualTo(1)
                .jsonPath("$.items[0].team")
                .isEqualTo("north")
                .jsonPath("$.items[0].waiting")
                .isEqualTo(0);
        get("/api/lines", supervisor()).expectBody().jsonPath("$.items.length()").isEqualTo(7);
    }

    record Teams(List<Map<String, Object>> items, String next) {}

    private RestTestClient.ResponseSpec get(String path, String bearer) {
        return http.get().uri(path).header(HttpHeaders.AUTHORIZATION, bearer).exchange();
    }

    private RestTestClient.ResponseSpec declare(String agent, boolean onDuty, String bearer) {
        return put(agent, "{\"onDuty\":%s}".formatted(onDuty), bearer);
    }

    private RestTestClient.ResponseSpec put(String agent, String body, String bearer) {
        return putTo("/api/agents/" + agent + "/presence", body, bearer);
    }

    private RestTestClient.ResponseSpec putTo(String path, String body, String bearer) {
        return http.put()
                .uri(URI.create("http://localhost:" + port + path))
                .header(HttpHeaders.AUTHORIZATION, bearer)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchange();
    }

    private static String agent(String id) {
        return TestTokens.bearer(id, Role.AGENT);
    }

    private static String supervisor() {
        return TestTokens.bearer("supervisor-1", Role.SUPERVISOR);
    }
}
