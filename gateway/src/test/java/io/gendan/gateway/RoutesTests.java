package io.gendan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.api.Role;
import io.gendan.api.testing.EveryPathNeedsAToken;
import io.gendan.api.testing.TestTokens;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.stream.Stream;

@GatewayTest
class RoutesTests {

    private static final String AGENT = TestTokens.bearer("agent-north-1", Role.AGENT);

    @LocalServerPort private int port;
    @Autowired private ApplicationContext context;
    private HttpClient http;

    @BeforeEach
    void connect() {
        http = HttpClient.newHttpClient();
        stubs().forEach(stub -> stub.seen.clear());
    }

    @AfterEach
    void disconnect() {
        http.close();
    }

    @Test
    void aLinkToFollowATicketNeedsNoToken() throws Exception {
        var answer = get("/api/track/abc", "");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"ticket\"");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/tickets, ticket",
        "/api/tickets/7, ticket",
        "/api/tickets/7/timeline?limit=2&cursor=a%2Bb, ticket",
        "/api/tickets/7/messages, ticket",
        "/api/tickets/7/reveal, ticket",
        "/api/customers/7, ticket",
        "/api/customers/7/reveal, ticket",
        "/api/reveals?by=agent-north-1, ticket",
        "/api/calls, ticket",
        "/api/channels/outbox, ticket",
        "/api/channels/outbox/7/delivered, ticket",
        "/api/notices?unread=true, ticket",
        "/api/figures/promises?from=2026-11-01&to=2026-11-30, ticket",
        "/api/categories, ticket",
        "/api/departments, ticket",
        "/api/taxonomies/2026.1, ticket",
        "/api/procedures/2026.1, ticket",
        "/api/territories, routing",
        "/api/teams/north, routing",
        "/api/agents/agent-north-1/presence, routing",
        "/api/lines, routing",
        "/api/tickets/7/routing, routing",
        "/api/policies, escalation",
        "/api/policies/2026.2/preview?limit=2, escalation",
        "/api/calendars, escalation",
        "/api/calendars/OFFICE/deadline?duration=PT2H, escalation",
        "/api/escalations/7/claim, escalation",
        "/api/queues/tier-2, escalation",
        "/api/lateness, escalation",
        "/api/emergencies, escalation",
        "/api/tickets/7/clocks, escalation",
        "/api/voc/statistics, voc"
    })
    void leadsToTheServiceAndKeepsThePath(String path, String service) throws Exception {
        var answer = get(path, AGENT);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"" + service + "\"");
        var seen = seen();
        assertThat(seen.path()).isEqualTo(path);
        assertThat(seen.headers().get("Authorization")).containsExactly(AGENT);
        assertThat(get(path, "").statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({"ticket", "routing", "escalation", "voc"})
    void leadsToTheDocumentsOfTheServices(String service) throws Exception {
        assertThat(get("/api/docs/" + service, AGENT).body()).contains("\"" + service + "\"");
        assertThat(seen().path()).isEqualTo("/v3/api-docs");
        assertThat(get("/api/docs/" + service, "").statusCode()).isEqualTo(401);
    }

    @Test
    void handsOnBodyAndHeadersBothWays() throws Exception {
        var answer =
                http.send(
                        request("/api/tickets", AGENT)
                                .header("Idempotency-Key", "k1")
                                .header("Accept-Language", "zh-CN")
                                .header("X-Forwarded-Host", "evil.example")
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString("{\"subject\": \"纸尿裤\"}"))
                                .build(),
                        BodyHandlers.ofString());
        assertThat(answer.headers().firstValue("Location")).hasValue("/api/tickets/1");
        assertThat(answer.headers().firstValue("ETag")).hasValue("\"7\"");
        assertThat(answer.headers().allValues("Content-Type")).containsExactly("application/json");
        var seen = seen();
        assertThat(seen.method()).isEqualTo("POST");
        assertThat(seen.body()).isEqualTo("{\"subject\": \"纸尿裤\"}");
        assertThat(seen.headers())
                .containsEntry("Idempotency-key", List.of("k1"))
                .containsEntry("Accept-language", List.of("zh-CN"))
                .doesNotContainKey("X-forwarded-host");
    }

    @Test
    void leavesTheServicesRefusalsAsTheyAre() throws Exception {
        assertThat(get("/api/tickets/refused", AGENT).statusCode()).isEqualTo(409);
    }

    @Test
    void refusesTooLargeBodies() throws Exception {
        var large = new byte[1024 * 1024 + 1];
        assertProblem(post("/api/tickets", BodyPublishers.ofByteArray(large)), 413, "too-large");
        InputStream chunked = new ByteArrayInputStream(large);
        assertProblem(
                post("/api/tickets", BodyPublishers.ofInputStream(() -> chunked)),
                413,
                "too-large");
        assertThat(stubs().flatMap(stub -> stub.seen.stream())).isEmpty();
        assertThat(
                        post("/api/tickets", BodyPublishers.ofByteArray(new byte[1024 * 1024]))
                                .statusCode())
                .isEqualTo(200);
    }

    @Test
    void tellsWhatIsNotThere() throws Exception {
        assertProblem(get("/api/nothing", AGENT), 404, "not-found");
        assertProblem(get("/api/tickets?text=%00", AGENT), 400, "malformed");
        assertProblem(
                get("/api/tickets", TestTokens.bearer("x").replaceAll("....$", "AAAA")),
                401,
                "token-invalid");
    }

    @Test
    void showsItsPagesWithoutAToken() throws Exception {
        assertThat(get("/", "").body()).contains("跟单", "customer problem");
        assertThat(get("/api/docs", "").body()).contains("/assets/docs.js");
        assertThat(get("/assets/docs.js", "").statusCode()).isEqualTo(200);
        assertThat(get("/assets/page.css", "").statusCode()).isEqualTo(200);
    }

    @Test
    void opensNothingElse() throws Exception {
        new EveryPathNeedsAToken(context, port)
                .except("GET /", "GET /api/docs", "GET /assets/**")
                .check();
        for (var path : List.of("/index.html", "/docs.html", "/away/ticket")) {
            assertThat(get(path, "").statusCode()).as(path).isEqualTo(401);
        }
    }

    @Test
    void takesTheAnswerToASurveyWithoutAToken() throws Exception {
        var answer = request("/api/surveys/some-token", "").POST(BodyPublishers.ofString("{}"));

        assertThat(http.send(answer.build(), BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        assertThat(seen().path()).isEqualTo("/api/surveys/some-token");
    }

    @Test
    void showsASurveyWithoutATokenAndNothingBesideIt() throws Exception {
        var shown = get("/api/surveys/some-token", "");

        assertThat(shown.statusCode()).isEqualTo(200);
        assertThat(shown.body()).contains("\"ticket\"");
        assertThat(seen().path()).isEqualTo("/api/surveys/some-token");
        assertThat(get("/api/surveys", "").statusCode()).isEqualTo(401);
        assertThat(get("/api/surveys/some-token/answers", "").statusCode()).isEqualTo(401);
    }

    @Test
    void measuresForOps() throws Exception {
        assertThat(get("/actuator/prometheus", AGENT).statusCode()).isEqualTo(403);
        get("/api/tickets", AGENT);
        assertThat(get("/actuator/prometheus", TestTokens.bearer("ops-1", Role.OPS)).body())
                .contains("resilience4j_circuitbreaker_state")
                .contains("http_server_requests");
        assertThat(get("/actuator/health/readiness", "").body()).isEqualTo("{\"status\":\"UP\"}");
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String slug) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(
                        type -> assertThat(type).startsWith("application/problem+json"));
        assertThat(answer.body()).contains("urn:gendan:problem:" + slug);
    }

    private static Stream<StubService> stubs() {
        return Stream.concat(
                GatewayTest.Stubs.FIRST.values().stream(),
                GatewayTest.Stubs.SECOND.values().stream());
    }

    private static StubService.Seen seen() {
        var seen = stubs().flatMap(stub -> stub.seen.stream()).toList();
        assertThat(seen).hasSize(1);
        return seen.getFirst();
    }

    private HttpResponse<String> get(String path, String authorization) throws Exception {
        return http.send(request(path, authorization).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, HttpRequest.BodyPublisher body)
            throws Exception {
        return http.send(
                request(path, AGENT).expectContinue(true).POST(body).build(),
                BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path, String authorization) {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
        return authorization.isEmpty() ? request : request.header("Authorization", authorization);
    }
}
