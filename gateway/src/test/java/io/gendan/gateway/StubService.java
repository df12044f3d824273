package io.gendan.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A service that answers everything with its name and remembers what came. */
class StubService {

    record Seen(String method, String path, Map<String, List<String>> headers, String body) {}

    final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final String name;
    private final int port;
    private HttpServer server;

    StubService(String name) {
        this(name, 0);
    }

    private StubService(String name, int port) {
        try {
            this.name = name;
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            server.createContext("/", this::answer);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            this.port = server.getAddress().getPort();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    String uri() {
        return "http://localhost:" + port;
    }

    void stop() {
        server.stop(0);
    }

    /** The same service on the same port again. */
    StubService again() {
        return new StubService(name, port);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            var uri = exchange.getRequestURI();
            seen.add(
                    new Seen(
                            exchange.getRequestMethod(),
                            uri.toString(),
                            Map.copyOf(exchange.getRequestHeaders()),
                            body));
            if (uri.getPath().endsWith("/drop")) {
                return; // closes without an answer
            }
            var answer = "{\"service\": \"" + name + "\"}";
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.getResponseHeaders().set("Location", "/api/tickets/1");
            exchange.getResponseHeaders().set("ETag", "\"7\"");
            var status = uri.getPath().endsWith("/refused") ? 409 : 200;
            exchange.sendResponseHeaders(status, answer.getBytes(UTF_8).length);
            exchange.getResponseBody().write(answer.getBytes(UTF_8));
        }
    }
}
