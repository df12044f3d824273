package io.gendan.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.api.testing.EveryPathNeedsAToken;
import io.gendan.api.testing.TestTokens;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.servlet.client.RestTestClient;

import java.util.function.Consumer;

@ApiTest
class IdentityTests {

    private static final String ID = "0195f7a0-0000-7000-8000-000000000001";

    @LocalServerPort private int port;
    @Autowired private ApplicationContext context;
    private RestTestClient http;

    @BeforeEach
    void connect() {
        http = RestTestClient.bindToServer().baseUrl("http://localhost:" + port).build();
    }

    @Test
    void everyPathNeedsAToken() throws Exception {
        new EveryPathNeedsAToken(context, port).except("GET /open/{token}").check();
    }

    @Test
    void letsAGoodTokenIn() {
        get("/parcels/" + ID, TestTokens.bearer("agent-north-1", Role.AGENT))
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.caller.id")
                .isEqualTo("agent-north-1")
                .jsonPath("$.caller.name")
                .isEqualTo("Name of agent-north-1")
                .jsonPath("$.caller.roles[0]")
                .isEqualTo("AGENT");
    }

    @Test
    void refusesBadTokens() {
        for (var token :
                new String[] {
                    TestTokens.expired("app", Role.CHANNEL),
                    TestTokens.ofOtherAudience("app", Role.CHANNEL),
                    TestTokens.ofOtherIssuer("app", Role.CHANNEL),
                    TestTokens.token("app", Role.CHANNEL).replaceFirst(".{8}$", "AAAAAAAA"),
                    "not-a-token"
                }) {
            get("/parcels/" + ID, "Bearer " + token)
                    .expectStatus()
                    .isUnauthorized()
                    .expectHeader()
                    .valueEquals(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"")
                    .expectBody()
                    .jsonPath("$.type")
                    .isEqualTo("urn:gendan:problem:token-invalid");
        }
    }

    @Test
    void saysThatATokenIsMissing() {
        http.get()
                .uri("/parcels/" + ID)
                .header(HttpHeaders.ACCEPT_LANGUAGE, "zh-CN,zh;q=0.9,en;q=0.5")
                .exchange()
                .expectStatus()
                .isUnauthorized()
                .expectHeader()
                .contentType("application/problem+json")
                .expectHeader()
                .valueEquals(HttpHeaders.CONTENT_LANGUAGE, "zh-CN")
                .expectBody()
                .jsonPath("$.title")
                .isEqualTo("需要访问令牌")
                .jsonPath("$.instance")
                .isEqualTo("/parcels/" + ID);
    }

    @Test
    void refusesRolesThatAreNotAllowed() {
        http.post()
                .uri("/parcels")
                .header(HttpHeaders.AUTHORIZATION, TestTokens.bearer("analyst-1", Role.ANALYST))
                .exchange()
                .expectStatus()
                .isForbidden()
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:gendan:problem:forbidden");
    }

    @Test
    void refusesAHandlerThatDoesNotSayWhoMay() {
        get("/forgotten", TestTokens.bearer("admin-1", Role.ADMIN)).expectStatus().isForbidden();
    }

    @Test
    void showsTheProbesToEverybodyAndTheRestToOps() {
        open("/actuator/health/liveness", ok -> ok.expectStatus().isOk());
        open("/actuator/health/readiness", ok -> ok.expectStatus().isOk());
        get("/actuator/health", TestTokens.bearer("agent-north-1", Role.AGENT))
                .expectStatus()
                .isForbidden();
        get("/actuator/health", TestTokens.bearer("ops-1", Role.OPS)).expectStatus().isOk();
    }

    @Test
    void opensWhatIsListed() {
        open("/open/abc", ok -> ok.expectStatus().isOk());
    }

    @Test
    void knowsTheCallersRolesOnly() {
        var caller = new Caller("x", "X", java.util.Set.of(Role.AGENT));
        assertThat(caller.isOneOf(Role.AGENT, Role.ADMIN)).isTrue();
        assertThat(caller.isOneOf(Role.ADMIN)).isFalse();
        assertThat(Role.ofClaim("emperor")).isEmpty();
    }

    private void open(String path, Consumer<RestTestClient.ResponseSpec> expected) {
        expected.accept(http.get().uri(path).exchange());
    }

    private RestTestClient.ResponseSpec get(String path, String authorization) {
        return http.get().uri(path).header(HttpHeaders.AUTHORIZATION, authorization).exchange();
    }
}
