package io.gendan.launcher;

import io.gendan.launcher.issuer.Account;
import io.gendan.launcher.issuer.Accounts;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * Talks to the system through the gateway, as one account. What is busy or away is asked again,
 * with the same key, for as long as its patience lasts: nothing takes effect twice by that.
 */
final class GatewayClient implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(2))
                    .build();
    private final Addresses addresses;
    private final Account account;
    private final Duration patience;
    private volatile String token;

    record Reply(int status, JsonNode json) {

        boolean isGood() {
            return status >= 200 && status < 300;
        }

        /** Too many, or something behind the gateway is away. */
        boolean isForNow() {
            return status == 429 || status == 502 || status == 503 || status == 504;
        }

        String problem() {
            var type = json.path("type").asString("");
            return status + " " + (type.isEmpty() ? json.toString() : type) + pointer();
        }

        private String pointer() {
            var pointer = json.path("pointer").asString("");
            return pointer.isEmpty() ? "" : " " + pointer;
        }
    }

    GatewayClient(Addresses addresses, Account account, Duration patience)
            throws IOException, InterruptedException {
        this.addresses = addresses;
        this.account = account;
        this.patience = patience;
        this.token = Token.fetch(addresses.issuer(), account);
    }

    static GatewayClient as(String account, Addresses addresses, Duration patience)
            throws IOException, InterruptedException {
        var known =
                Accounts.find(account)
                        .orElseThrow(
                                () ->
                                        new CannotGoOn(
                                                "there is no account '%s'".formatted(account)));
        return new GatewayClient(addresses, known, patience);
    }

    Reply get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(addresses.gateway() + path)).GET());
    }

    Reply post(String path, String key, String json) throws IOException, InterruptedException {
        return send(
                HttpRequest.newBuilder(URI.create(addresses.gateway() + path))
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", key)
                        .POST(BodyPublishers.ofString(json)));
    }

    private Reply send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var until = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                var reply = once(request);
                if (reply.status() == 401 && System.nanoTime() < until) {
                    token = Token.fetch(addresses.issuer(), account);
                } else if (!reply.isForNow() || System.nanoTime() > until) {
                    return reply;
                }
            } catch (IOException away) {
                if (System.nanoTime() > until) {
                    throw away;
                }
            }
            Thread.sleep(PAUSE);
        }
    }

    private Reply once(HttpRequest.Builder request) throws IOException, InterruptedException {
        var signed = request.timeout(TIMEOUT).setHeader("Authorization", "Bearer " + token).build();
        var response = http.send(signed, BodyHandlers.ofString());
        var body = response.body();
        var json =
                body.startsWith("{")
                        ? JsonMapper.shared().readTree(body)
                        : JsonMapper.shared().createObjectNode();
        return new Reply(response.statusCode(), json);
    }

    @Override
    public void close() {
        http.close();
    }
}
