package io.gendan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.api.Role;
import io.gendan.api.testing.TestTokens;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

@GatewayTest
class AwayTests {

    private static final String AGENT = TestTokens.bearer("agent-north-1", Role.AGENT);

    @LocalServerPort private int port;
    @Autowired private CircuitBreakerRegistry breakers;
    private HttpClient http;
    private String service;
    private StubService first;
    private StubService second;

    @BeforeEach
    void connect() {
        http = HttpClient.newHttpClient();
    }

    /** Each test has its own, as a restart leaves the gateway with connections that are dead. */
    private void with(String service) {
        this.service = service;
        first = GatewayTest.Stubs.FIRST.get(service);
        second = GatewayTest.Stubs.SECOND.get(service);
        first.seen.clear();
        second.seen.clear();
    }

    @AfterEach
    void restart() {
        http.close();
        GatewayTest.Stubs.FIRST.put(service, again(first));
        GatewayTest.Stubs.SECOND.put(service, again(second));
        breakers.getAllCircuitBreakers().forEach(CircuitBreaker::reset);
    }

    @Test
    void asksAnotherInstanceWhenOneIsGone() throws Exception {
        with("routing");
        get("/api/lines");
        get("/api/lines");
        first.stop();
        // One of these meets the connection that died with it; a POST without a key would end there
        assertThat(get("/api/lines").statusCode()).isEqualTo(200);
        assertThat(get("/api/lines").statusCode()).isEqualTo(200);
        for (int i = 0; i < 20; i++) {
            assertThat(get("/api/lines").statusCode()).isEqualTo(200);
            assertThat(post("/api/lines", "").statusCode()).isEqualTo(200);
        }
        assertThat(breakers.circuitBreaker("routing").getState())
                .isEqualTo(CircuitBreaker.State.CLOSED);
    }

    @Test
    void repeatsOnlyWhatDoesNoHarm() throws Exception {
        with("voc");
        assertThat(post("/api/voc/drop", "").statusCode()).isEqualTo(503);
        assertThat(attempts()).isEqualTo(1);
        assertThat(post("/api/voc/drop", "k1").statusCode()).isEqualTo(503);
        assertThat(attempts()).isEqualTo(1 + 3);
        assertThat(get("/api/voc/drop").statusCode()).isEqualTo(503);
        assertThat(attempts()).isEqualTo(1 + 3 + 3);
    }

    @Test
    void saysThatAServiceIsAwayAndComesBackWithIt() throws Exception {
        with("escalation");
        first.stop();
        second.stop();
        for (int i = 0; i < 30; i++) {
            var answer = get("/api/queues/2");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
            assertThat(answer.body())
                    .contains("urn:gendan:problem:away", "\"instance\":\"/api/queues/2\"");
        }
        assertThat(breakers.circuitBreaker("escalation").getState())
                .isNotEqualTo(CircuitBreaker.State.CLOSED);
        first = again(first);
        second = again(second);
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> get("/api/queues/2").statusCode() == 200);
    }

    private int attempts() {
        return first.seen.size() + second.seen.size();
    }

    private static StubService again(StubService stub) {
        stub.stop();
        return stub.again();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String key) throws Exception {
        var request = request(path).POST(BodyPublishers.ofString("{}"));
        return http.send(
                (key.isEmpty() ? request : request.header("Idempotency-Key", key)).build(),
                BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Authorization", AGENT);
    }
}
