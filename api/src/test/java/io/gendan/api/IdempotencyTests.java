package io.gendan.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gendan.api.Idempotency.Entry;
import io.gendan.api.Idempotency.Outcome;
import io.gendan.api.testing.TestTokens;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

@ApiTest
class IdempotencyTests {

    private static final String PARCEL =
            """
            {"size": "SMALL", "receiver": {"name": "小林"}}
            """;

    @LocalServerPort private int port;
    @Autowired private Idempotency idempotency;
    @Autowired private IdempotencyPurge purge;
    @Autowired private ParcelApplication.Parcels parcels;
    @Autowired private JdbcClient jdbc;
    @Autowired private PlatformTransactionManager transactions;

    @Test
    void givesAHundredEqualPostsOneEffectAndOneAnswer() throws Exception {
        var key = key();
        var before = parcels.effects.get();
        var answers = new HashSet<String>();
        try (var http = HttpClient.newHttpClient();
                var threads = Executors.newFixedThreadPool(100)) {
            var posts =
                    Stream.<Callable<HttpResponse<String>>>generate(
                                    () -> () -> post(http, "/parcels", key, PARCEL))
                            .limit(100)
                            .toList();
            for (Future<HttpResponse<String>> answer : threads.invokeAll(posts)) {
                var got = answer.get();
                assertThat(got.statusCode()).isEqualTo(201);
                answers.add(got.headers().firstValue("Location").orElseThrow() + got.body());
            }
        }
        assertThat(answers).hasSize(1);
        assertThat(parcels.effects.get()).isEqualTo(before + 1);
    }

    @Test
    void refusesTheKeyWithAnotherBody() throws Exception {
        var key = key();
        try (var http = HttpClient.newHttpClient()) {
            assertThat(post(http, "/parcels", key, PARCEL).statusCode()).isEqualTo(201);
            var other = post(http, "/parcels", key, PARCEL.replace("SMALL", "LARGE"));
            assertThat(other.statusCode()).isEqualTo(422);
            assertThat(other.body()).contains("urn:gendan:problem:idempotency-key-reused");
        }
    }

    @Test
    void needsAKeyThatIsOne() throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            for (var key : new String[] {"", "a b", "x".repeat(256)}) {
                var answer = post(http, "/parcels", key, PARCEL);
                assertThat(answer.statusCode()).isEqualTo(400);
                assertThat(answer.body()).contains("urn:gendan:problem:idempotency-key-missing");
            }
            assertThat(post(http, "/parcels", "x".repeat(255), PARCEL).statusCode()).isEqualTo(201);
            assertThat(post(http, "/parcels/search", "", "").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void keepsNoProblem() throws Exception {
        var key = key();
        var before = parcels.effects.get();
        try (var http = HttpClient.newHttpClient()) {
            assertThat(post(http, "/parcels/failing", key, "").statusCode()).isEqualTo(409);
            assertThat(post(http, "/parcels/failing", key, "").body()).contains("GONE");
        }
        assertThat(parcels.effects.get()).isEqualTo(before + 2);
    }

    @Test
    void letsEachClientHaveItsOwnKeys() {
        var value = key();
        var mine = new IdempotencyKey("app", value, "f1");
        var theirs = new IdempotencyKey("web", value, "f2");
        assertThat(idempotency.once(mine, () -> answer("mine"))).isEqualTo(answer("mine"));
        assertThat(idempotency.once(theirs, () -> answer("theirs"))).isEqualTo(answer("theirs"));
        assertThat(idempotency.once(mine, () -> answer("other"))).isEqualTo(answer("mine"));
        assertThatThrownBy(
                        () ->
                                idempotency.once(
                                        new IdempotencyKey("app", value, "f3"),
                                        () -> answer("other")))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(422));
    }

    @Test
    void losesTheKeyWithTheEffect() {
        var key = new IdempotencyKey("app", key(), "f");
        assertThatThrownBy(
                        () ->
                                new TransactionTemplate(transactions)
                                        .executeWithoutResult(
                                                _ -> {
                                                    idempotency.once(key, () -> answer("lost"));
                                                    throw new IllegalStateException("crash");
                                                }))
                .hasMessage("crash");
        assertThat(idempotency.once(key, () -> answer("again"))).isEqualTo(answer("again"));
    }

    @Test
    void storesManyInOneStatement() {
        var old = new IdempotencyKey("app", key(), "f");
        idempotency.once(old, () -> answer("old"));
        var fresh = new IdempotencyKey("app", key(), "f");
        var reused = new IdempotencyKey("app", old.value(), "g");
        assertThat(
                        storeAll(
                                List.of(
                                        new Entry(fresh, answer("first")),
                                        new Entry(old, answer("second")),
                                        new Entry(reused, answer("third")),
                                        new Entry(fresh, answer("fourth")))))
                .containsExactly(
                        new Outcome.First(),
                        new Outcome.Repeat(answer("old")),
                        new Outcome.Reused(),
                        new Outcome.Repeat(answer("first")));
        assertThat(storeAll(List.of(new Entry(fresh, new Answer(204, Map.of(), null)))))
                .containsExactly(new Outcome.Repeat(answer("first")));
    }

    @Test
    void forgetsWhatIsOld() {
        jdbc.sql(
                        """
                        INSERT INTO idempotency_key (client, key, fingerprint, status, created_at)
                        SELECT 'old', n::text, 'f', 200, clock_timestamp() - interval '25 hours'
                        FROM generate_series(1, 1500) n
                        """)
                .update();
        var young = new IdempotencyKey("app", key(), "f");
        idempotency.once(young, () -> answer("kept"));
        purge.run();
        assertThat(
                        jdbc.sql("SELECT count(*) FROM idempotency_key WHERE client = 'old'")
                                .query(Integer.class)
                                .single())
                .isZero();
        assertThat(idempotency.once(young, () -> answer("lost"))).isEqualTo(answer("kept"));
    }

    private List<Outcome> storeAll(List<Entry> entries) {
        return new TransactionTemplate(transactions).execute(_ -> idempotency.storeAll(entries));
    }

    private static Answer answer(String body) {
        return new Answer(201, Map.of("Location", "/" + body), "\"" + body + "\"");
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }

    private HttpResponse<String> post(HttpClient http, String path, String key, String body)
            throws Exception {
        var request =
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                        .header("Authorization", TOKEN)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body));
        return http.send(
                (key.isEmpty() ? request : request.header("Idempotency-Key", key)).build(),
                BodyHandlers.ofString());
    }

    private static final String TOKEN = TestTokens.bearer("agent-north-1", Role.AGENT);
}
