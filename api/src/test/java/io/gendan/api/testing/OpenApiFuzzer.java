package io.gendan.api.testing;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gendan.api.Role;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Calls everything that a service's OpenAPI page describes, with what fits the description, what
 * nearly does, and what does not at all. Whatever comes, the service answers: never with 5xx, and
 * what it refuses, by a problem (RFC 9457) of a type that it has words for.
 *
 * <p>Ids, versions and tokens of earlier answers come back in later requests, so that it gets past
 * the door. {@code -Dgendan.fuzz=100000} makes it a long run.
 */
public final class OpenApiFuzzer {

    private static final int REQUESTS = Integer.getInteger("gendan.fuzz", 1_500);
    private static final int REMEMBERED = 300;
    private static final int SHOWN = 5;
    private static final String PROBLEM = "urn:gendan:problem:";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
    private static final Set<String> TELLING = Set.of("id", "version", "token", "next", "code");

    private static final List<String> ODD =
            List.of(
                    "",
                    " ",
                    "null",
                    "-1",
                    "0",
                    "99999999999999999999",
                    "1e400",
                    "../../etc/passwd",
                    "'; DROP TABLE ticket; --",
                    "%s%n{0}",
                    "\u0000",
                    "\uD83D\uDE00\u202E",
                    "\uD83D",
                    "汉".repeat(3_000),
                    "x".repeat(70_000),
                    "2026-02-30T25:61:61Z",
                    "+1000000000-01-01T00:00:00Z",
                    "0000-00-00");

    private final String base;
    private final Random random;
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> bearers = new ArrayList<>();
    private final List<String> seen = new ArrayList<>();
    private final Map<Integer, Integer> answers = new TreeMap<>();
    private final Set<String> reached = new TreeSet<>();

    private record Operation(String method, String path, JsonNode described) {

        String name() {
            return method + " " + path;
        }
    }

    public OpenApiFuzzer(int port, long seed) {
        this.base = "http://localhost:" + port;
        this.random = new Random(seed);
    }

    /** Calls in this account's name, too. */
    public OpenApiFuzzer as(String account, Role... roles) {
        bearers.add(TestTokens.bearer(account, roles));
        return this;
    }

    /** What came, for the log: how often which status. */
    public String check() throws IOException, InterruptedException {
        var page = JSON.readTree(get("/v3/api-docs"));
        var operations = operations(page);
        var known = knownProblems();
        var wrong = new ArrayList<String>();
        for (int i = 0; i < REQUESTS && wrong.size() < SHOWN; i++) {
            var operation = operations.get(random.nextInt(operations.size()));
            var body = body(operation, page);
            var request = request(operation, page, body);
            var response = http.send(request, BodyHandlers.ofString());
            answers.merge(response.statusCode(), 1, Integer::sum);
            var fault = fault(response, known);
            if (fault != null) {
                wrong.add(
                        "%s: %s %s%n%s%n-> %d %s"
                                .formatted(
                                        fault,
                                        operation.name(),
                                        request.uri(),
                                        shortened(body == null ? "" : body),
                                        response.statusCode(),
                                        shortened(response.body())));
            }
            if (response.statusCode() < 300) {
                reached.add(operation.name());
                remember(response.body());
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(reached).as("operations that were done at least once").isNotEmpty();
        return "%d requests to %d operations, %d of them done at least once: %s"
                .formatted(REQUESTS, operations.size(), reached.size(), answers);
    }

    private static @Nullable String fault(HttpResponse<String> response, Set<String> known) {
        int status = response.statusCode();
        if (status >= 500) {
            return "fails";
        }
        if (status < 400) {
            return null;
        }
        var type = response.headers().firstValue("Content-Type").orElse("none");
        if (!type.startsWith("application/problem+json")) {
            return "is refused by " + type;
        }
        var problem = JSON.readTree(response.body());
        var slug = problem.path("type").asString().replace(PROBLEM, "");
        if (!known.contains(slug)) {
            return "is refused by an unknown problem";
        }
        return problem.path("status").asInt() == status ? null : "tells another status";
    }

    private static Set<String> knownProblems() throws IOException {
        var known = new HashSet<String>();
        for (var file : List.of("/problems.properties", "/io/gendan/api/problems.properties")) {
            try (InputStream in = OpenApiFuzzer.class.getResourceAsStream(file)) {
                var texts = new Properties();
                texts.load(Objects.requireNonNull(in, file));
                texts.stringPropertyNames().stream()
                        .filter(key -> key.endsWith(".title"))
                        .map(key -> key.substring(0, key.length() - ".title".length()))
                        .forEach(known::add);
            }
        }
        return known;
    }

    private static List<Operation> operations(JsonNode page) {
        var operations = new ArrayList<Operation>();
        page.path("paths")
                .properties()
                .forEach(
                        path ->
                                path.getValue().properties().stream()
                                        .filter(entry -> METHODS.contains(entry.getKey()))
                                        .map(
                                                entry ->
                                                        new Operation(
                                                                entry.getKey(),
                                                                path.getKey(),
                                                                entry.getValue()))
                                        .forEach(operations::add));
        assertThat(operations).as("operations of the OpenAPI page").isNotEmpty();
        return operations;
    }

    private String get(String path) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create(base + path))
                        .header("Authorization", bearers.getFirst())
                        .build();
        return http.send(request, BodyHandlers.ofString()).body();
    }

    private HttpRequest request(Operation operation, JsonNode page, @Nullable String body) {
        var path = operation.path();
        var query = new ArrayList<String>();
        var headers = new ArrayList<String>();
        for (var parameter : operation.described().path("parameters")) {
            var name = parameter.path("name").asString();
            var value = parameter(name, parameter.path("schema"), page);
            switch (parameter.path("in").asString()) {
                case "path" -> path = path.replace("{" + name + "}", encoded(inPath(value)));
                case "query" -> {
                    if (chance(40)) {
                        query.add(name + "=" + encoded(value));
                    }
                }
                case "header" -> {
                    if (chance(95)) {
                        headers.addAll(List.of(name, header(name, value)));
                    }
                }
                default -> {
                    // nothing else is described
                }
            }
        }
        var address = query.isEmpty() ? path : path + "?" + String.join("&", query);
        var request =
                HttpRequest.newBuilder(URI.create(base + address))
                        .timeout(Duration.ofSeconds(30))
                        .method(
                                operation.method().toUpperCase(Locale.ROOT),
                                body == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", chance(98) ? "application/json" : "text/plain");
        }
        if (chance(98)) {
            request.header("Authorization", bearer());
        }
        return (headers.isEmpty() ? request : request.headers(headers.toArray(String[]::new)))
                .build();
    }

    /** Most often the first, who may do the most. */
    private String bearer() {
        return bearers.get(chance(60) ? 0 : random.nextInt(bearers.size()));
    }

    private String parameter(String name, JsonNode schema, JsonNode page) {
        if (name.equalsIgnoreCase("If-Match")) {
            return chance(80) ? "*" : "\"" + random.nextInt(5) + "\"";
        }
        return name.equalsIgnoreCase("Idempotency-Key")
                ? UUID.randomUUID().toString()
                : text(schema, page);
    }

    /** The door itself, not ours, refuses these in a path. */
    private static String inPath(String value) {
        var there = value.replace("\u0000", "").replace("/", "").replace("\\", "").strip();
        return there.isEmpty() || there.startsWith(".") || there.length() > 1_000 ? "x" : there;
    }

    private static String header(String name, String value) {
        var plain = value.replaceAll("[^\\x20-\\x7E]", "").strip();
        return plain.length() > 1_000 ? name : plain;
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value.length() > 2_000 ? "long" : value, UTF_8)
                .replace("+", "%20");
    }

    private String text(JsonNode schema, JsonNode page) {
        var value = chance(85) ? plausible(schema, page, 0) : JSON.valueToTree(odd());
        return value.isValueNode() ? value.asString() : value.toString();
    }

    private @Nullable String body(Operation operation, JsonNode page) {
        var schema =
                operation
                        .described()
                        .path("requestBody")
                        .path("content")
                        .path("application/json")
                        .path("schema");
        if (schema.isMissingNode()) {
            return null;
        }
        if (chance(3)) {
            return odd();
        }
        return plausible(schema, page, 0).toString();
    }

    private JsonNode plausible(JsonNode given, JsonNode page, int depth) {
        var schema = resolved(given, page);
        if (depth > 0 && chance(2)) {
            return anything();
        }
        var values = schema.path("enum");
        if (!values.isEmpty()) {
            return values.path(random.nextInt(values.size()));
        }
        return switch (type(schema)) {
            case "object" -> object(schema, page, depth);
            case "array" -> {
                ArrayNode array = JSON.createArrayNode();
                int size = random.nextInt(3);
                for (int i = 0; i < size && depth < 6; i++) {
                    array.add(plausible(schema.path("items"), page, depth + 1));
                }
                yield array;
            }
            case "integer", "number" -> JSON.valueToTree(random.nextInt(12) - 2);
            case "boolean" -> JSON.valueToTree(random.nextBoolean());
            default -> JSON.valueToTree(string(schema.path("format").asString()));
        };
    }

    private ObjectNode object(JsonNode schema, JsonNode page, int depth) {
        var object = JSON.createObjectNode();
        for (var property : schema.path("properties").properties()) {
            if (chance(wanted(property.getKey())) && depth < 6) {
                object.set(
                        property.getKey(),
                        named(property.getKey(), property.getValue(), page, depth));
            }
        }
        if (chance(4)) {
            object.set("surprise", anything());
        }
        return object;
    }

    /** What is rarely given, and refused when it does not go with the rest, would hide the rest. */
    private static int wanted(String name) {
        return switch (name) {
            case "id", "customerId", "authority" -> 15;
            default -> 92;
        };
    }

    /** What people write is worth more than what only has the type. */
    private JsonNode named(String name, JsonNode schema, JsonNode page, int depth) {
        if (name.equals("phone") && chance(85)) {
            return JSON.valueToTree("+86138" + (10_000_000 + random.nextInt(90_000_000)));
        }
        if (name.equals("channel") && chance(60)) {
            return JSON.valueToTree("APP");
        }
        if (name.equals("into") || name.equals("promiseId")) {
            return JSON.valueToTree(string("uuid"));
        }
        if (name.equals("category") && chance(85)) {
            return JSON.valueToTree("DELIVERY.LATE");
        }
        return plausible(schema, page, depth + 1);
    }

    private static String type(JsonNode schema) {
        var type = schema.path("type");
        for (var one : type.isArray() ? type : JSON.createArrayNode().add(type)) {
            if (!one.asString().equals("null")) {
                return one.asString();
            }
        }
        return schema.has("properties") ? "object" : "string";
    }

    private static JsonNode resolved(JsonNode given, JsonNode page) {
        var schema = given;
        while (schema.has("$ref")) {
            schema = page.at(schema.path("$ref").asString().substring(1));
        }
        for (var choice : List.of("anyOf", "oneOf", "allOf")) {
            if (!schema.path(choice).isEmpty()) {
                return resolved(schema.path(choice).path(0), page);
            }
        }
        return schema;
    }

    private String string(String format) {
        var fitting = seen.stream().filter(value -> format.equals("uuid") == isId(value)).toList();
        if (!fitting.isEmpty() && chance(format.equals("uuid") ? 85 : 15)) {
            return fitting.get(random.nextInt(fitting.size()));
        }
        return switch (format) {
            case "uuid" -> UUID.randomUUID().toString();
            case "date-time" ->
                    Instant.now().plusSeconds(random.nextInt(200_000) - 1_000).toString();
            case "date" -> "2026-12-%02d".formatted(1 + random.nextInt(31));
            case "duration" -> "PT" + random.nextInt(100) + "H";
            default -> chance(90) ? "文字 text " + random.nextInt(100) : odd();
        };
    }

    private static boolean isId(String value) {
        return value.length() == 36 && value.charAt(8) == '-';
    }

    private JsonNode anything() {
        return switch (random.nextInt(6)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.valueToTree(random.nextLong());
            case 2 -> JSON.valueToTree(random.nextDouble() * 1e300);
            case 3 -> JSON.createArrayNode().add(JSON.createArrayNode().add(1));
            case 4 -> JSON.createObjectNode().put("a", "b");
            default -> JSON.valueToTree(odd());
        };
    }

    private String odd() {
        return ODD.get(random.nextInt(ODD.size()));
    }

    private void remember(String body) {
        if (!body.startsWith("{") && !body.startsWith("[")) {
            return;
        }
        remember(JSON.readTree(body));
    }

    private void remember(JsonNode node) {
        for (var property : node.properties()) {
            if (TELLING.contains(property.getKey()) && property.getValue().isString()) {
                var value = property.getValue().asString();
                if (seen.size() < REMEMBERED) {
                    seen.add(value);
                } else {
                    seen.set(random.nextInt(REMEMBERED), value);
                }
            }
        }
        node.forEach(this::remember);
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private static String shortened(String text) {
        return text.length() > 600 ? text.substring(0, 600) + "…" : text;
    }
}
