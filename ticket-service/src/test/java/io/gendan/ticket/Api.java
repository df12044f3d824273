package io.gendan.ticket;

import io.gendan.api.Role;
import io.gendan.api.testing.TestTokens;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.UUID;

/** Talks to the service as one account. */
final class Api {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String base;
    private final String bearer;

    record Reply(int status, HttpResponse<String> response, JsonNode json) {

        String text(String field) {
            return json.path(field).asString();
        }

        String etag() {
            return response.headers().firstValue("ETag").orElseThrow();
        }
    }

    private Api(int port, String bearer) {
        this.base = "http://localhost:" + port;
        this.bearer = bearer;
    }

    static Api as(int port, String account, Role... roles) {
        return new Api(port, TestTokens.bearer(account, roles));
    }

    static Api asNobody(int port) {
        return new Api(port, "");
    }

    Reply get(String path, String... headers) {
        var request = request(path).GET();
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    Reply post(String path, String body, String... headers) {
        return postAs(UUID.randomUUID().toString(), path, body, headers);
    }

    Reply postAs(String key, String path, String body, String... headers) {
        var request =
                request(path)
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", key)
                        .POST(BodyPublishers.ofString(body));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    Reply put(String path, String body) {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString(body)));
    }

    Reply postWithoutKey(String path, String body) {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(URI.create(base + path));
        return bearer.isEmpty() ? request : request.header("Authorization", bearer);
    }

    private static Reply send(HttpRequest.Builder request) {
        try {
            var response = HTTP.send(request.build(), BodyHandlers.ofString());
            return new Reply(
                    response.statusCode(),
                    response,
                    response.body().isEmpty()
                            ? JSON.createObjectNode()
                            : JSON.readTree(response.body()));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}
