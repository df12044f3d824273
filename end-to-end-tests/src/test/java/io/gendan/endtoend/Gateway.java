package io.gendan.endtoend;

import static org.awaitility.Awaitility.await;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;

/** The one door, as one account or, without a token, as nobody. */
final class Gateway {

    private static final HttpClient HTTP =
            HttpClient.newBuilder()
                    .version(Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();
    private static final Set<Integer> FOR_NOW = Set.of(429, 502, 503, 504);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final URI address;
    private final @Nullable String token;

    private Gateway(URI address, @Nullable String token) {
        this.address = address;
        this.token = token;
    }

    static Gateway as(ApplicationUnderTest application, String account) {
        return new Gateway(application.address(), application.token(account));
    }

    static Gateway asNobody(ApplicationUnderTest application) {
        return new Gateway(application.address(), null);
    }

    /** A token for an account that has a secret, as a program gets it. */
    static String tokenOf(URI issuer, String account, String secret) {
        var credentials =
                Base64.getEncoder().encodeToString((account + ":" + secret).getBytes(UTF_8));
        return send(HttpRequest.newBuilder(issuer.resolve("/oauth2/token"))
                        .timeout(TIMEOUT)
                        .header("Authorization", "Basic " + credentials)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("grant_type=client_credentials")))
                .orFail()
                .text("access_token");
    }

    record Reply(int status, String contentType, String body, JsonNode json) {

        String text(String field) {
            return json.path(field).asString("");
        }

        Reply orFail() {
            if (status / 100 != 2) {
                throw new AssertionError(status + " " + body);
            }
            return this;
        }
    }

    Reply get(String path) {
        return send(request(path).GET());
    }

    Reply post(String path, String json, String... headers) {
        return postAs(UUID.randomUUID().toString(), path, json, headers);
    }

    Reply postAs(String key, String path, String json, String... headers) {
        var request =
                request(path)
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", key)
                        .POST(BodyPublishers.ofString(json));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    /** Asks again while something is away, with the same key, as every good client does. */
    Reply postUntilAnswered(String path, String json, String... headers) {
        var key = UUID.randomUUID().toString();
        return untilAnswered(() -> postAs(key, path, json, headers));
    }

    Reply putUntilAnswered(String path, String json) {
        return untilAnswered(() -> put(path, json));
    }

    private static Reply untilAnswered(Callable<Reply> request) {
        return await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptionsMatching(UncheckedIOException.class::isInstance)
                .until(request, reply -> !FOR_NOW.contains(reply.status()));
    }

    private Reply put(String path, String json) {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString(json)));
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(address.resolve(path)).timeout(TIMEOUT);
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private static Reply send(HttpRequest.Builder request) {
        try {
            var response = HTTP.send(request.build(), BodyHandlers.ofString());
            var type = response.headers().firstValue("Content-Type").orElse("");
            var json =
                    type.contains("json")
                            ? JsonMapper.shared().readTree(response.body())
                            : JsonMapper.shared().createObjectNode();
            return new Reply(response.statusCode(), type, response.body(), json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
