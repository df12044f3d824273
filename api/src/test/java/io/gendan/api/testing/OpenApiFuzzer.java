package io.gendan.api.testing;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gendan.api.Role;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

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
import java.util.LinkedHashMap;
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
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Calls everything that a service's OpenAPI page describes, with what fits the description, what
 * nearly does, and what does not at all. Whatever comes, the service answers: never with 5xx, and
 * what it refuses, by a problem (RFC 9457) of a type that it has words for.
 *
 * <p>Ids, versions and tokens of earlier answers come back in later requests, so that it gets past
 * the door. Where there are {@linkplain Calls calls that are right}, most requests are one of them
 * with one thing wrong. {@code -Dgendan.fuzz=100000} makes it a long run, {@code
 * -Dgendan.fuzz.seed=1} another one.
 */
public final class OpenApiFuzzer {

    private static final int REQUESTS = Integer.getInteger("gendan.fuzz", 1_500);
    private static final long SEED = Long.getLong("gendan.fuzz.seed", 20261122);
    private static final int REMEMBERED = 300;
    private static final int SHOWN = 5;
    private static final String PROBLEM = "urn:gendan:problem:";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
    private static final Set<String> TELLING = Set.of("id", "version", "token", "next", "code");

    /** Java counts further than any database. */
    private static final List<String> FAR_TIMES =
            List.of(
                    "9999-12-31T23:59:59.999999999Z",
                    "+300000-01-01T00:00:00Z",
                    "-5000-01-01T00:00:00Z",
                    "99999999999999999");

    private static final List<String> FAR_DAYS =
            List.of("9999-12-31", "+300000-01-01", "+6000000-01-01", "-5000-01-01");

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
                    "+300000-01-01T00:00:00Z",
                    "+6000000-01-01",
                    "99999999999999999",
                    "0000-00-00");

    /** What stands in for a value of a right body, as JSON. */
    private static final List<String> WRONG =
            List.of(
                    "null",
                    "true",
                    "\"\"",
                    "\"  \"",
                    "[]",
                    "{}",
                    "[[[[null]]]]",
                    "{\"a\":{\"a\":1}}",
                    "0",
                    "-1",
                    "6",
                    "0.5",
                    "1e400",
                    "-1e-400",
                    "2147483648",
                    "9223372036854775808",
                    "\"NO_SUCH\"",
                    "\"UNKNOWN\"",
                    "\"00000000-0000-0000-0000-000000000000\"",
                    "\"1-1-1-1-1\"",
                    "\"2026-02-30\"",
                    "\"-999999999-01-01\"",
                    "\"+999999999-12-31\"",
                    "\"+300000-01-01\"",
                    "\"9999-12-31\"",
                    "\"+300000-01-01T00:00:00Z\"",
                    "\"0001-01-01T00:00:00Z\"",
                    "\"+1000000000-12-31T23:59:59.999999999Z\"",
                    "\"-1000000000-01-01T00:00:00Z\"",
                    "\"2099-01-01T00:00:00+18:00\"",
                    "\"PT0S\"",
                    "\"-PT1H\"",
                    "\"P9999999999D\"",
                    "\"13800138000 411524198001010012 6222020200112233445\"",
                    "\"\\u0000\"",
                    "\"\\ud83d\"",
                    "\"\\ud83d\\ude00\\u202e\\ufeff\"",
                    "\"\\u0009\\u001b[31m\\r\\n\"",
                    "\"%s %n {0} ${x} #{x} '' \\\\ \"");

    private static final List<String> NO_VERSION =
            List.of(
                    "\"0\"",
                    "\"-1\"",
                    "W/\"1\"",
                    "\"99999999999999999999\"",
                    "one",
                    "",
                    "\"1\", \"2\"");

    private static final List<String> NO_KEY =
            List.of("", "a b", "x".repeat(256), "x".repeat(255), "'", "{}", "0");

    private static final List<String> QUERIES =
            List.of(
                    "limit=0",
                    "limit=-1",
                    "limit=201",
                    "limit=99999999999",
                    "limit=1&limit=2",
                    "limit=",
                    "cursor=x",
                    "cursor=",
                    "cursor=bnVsbA",
                    "cursor=WyJ4Il0",
                    "cursor=%F0%9F%98%80",
                    "at=2026-02-30T00:00:00Z",
                    "at=-1000000000-01-01T00:00:00Z",
                    "at=%2B1000000000-12-31T23:59:59Z",
                    "at=%2B300000-01-01T00:00:00Z",
                    "at=99999999999999999",
                    "surprise=1",
                    "surprise",
                    "a=%00",
                    "a=%C0%AF");

    private static final List<String> SEGMENTS =
            List.of(
                    "x",
                    "1-1-1-1-1",
                    "00000000-0000-0000-0000-000000000000",
                    "%F0%9F%98%80",
                    "%25s",
                    "a;b=c",
                    "y".repeat(500),
                    "*");

    private final String base;
    private final Random random;
    private @Nullable Calls calls;
    private final List<String> keys = new ArrayList<>();
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

    /**
     * A request that would be done.
     *
     * @param bearer of whom it is allowed to
     * @param path with its query
     * @param keep names of members of the body that stay right
     */
    public record Call(String bearer, String path, @Nullable String body, Set<String> keep) {

        public Call(String bearer, String path, @Nullable String body) {
            this(bearer, path, body, Set.of());
        }
    }

    /** Where requests that would be done come from. */
    public interface Calls {

        /**
         * @param operation such as {@code post /api/tickets/{id}/accept}
         * @return null when it knows of none
         */
        @Nullable Call to(String operation);

        /** What came of a request that was made of it: whether another one is needed. */
        void answered(String operation, Call call, int status);
    }

    private record Sent(HttpRequest request, @Nullable String body, @Nullable Call of) {}

    public OpenApiFuzzer(int port) {
        this.base = "http://localhost:" + port;
        this.random = new Random(SEED);
    }

    /** Most requests are almost one of these. */
    public OpenApiFuzzer from(Calls rightOnes) {
        calls = rightOnes;
        return this;
    }

    /** Calls in this account's name, too. */
    public OpenApiFuzzer as(String account, Role... roles) {
        bearers.add(TestTokens.bearer(account, roles));
        return this;
    }

    /**
     * @param floor how many operations are done at least once
     * @return what came, for the log: how often which status
     */
    public String check(int floor) throws IOException, InterruptedException {
        var page = JSON.readTree(get("/v3/api-docs"));
        var operations = operations(page);
        var known = knownProblems();
        var wrong = new ArrayList<String>();
        var begun = Instant.now();
        for (int i = 0; i < REQUESTS && wrong.size() < SHOWN; i++) {
            var operation = operations.get(random.nextInt(operations.size()));
            var sent = request(operation, page);
            var response = http.send(sent.request(), BodyHandlers.ofString());
            int status = response.statusCode();
            answers.merge(status, 1, Integer::sum);
            var fault = fault(response, known);
            if (status < 300) {
                reached.add(operation.name());
                remember(response.body());
                if (fault == null && operation.method().equals("post") && chance(20)) {
                    fault = faultOfARepeat(sent.request(), response);
                }
            }
            if (fault != null) {
                wrong.add(
                        "%s: %s %s%n%s%n%s%n-> %d %s"
                                .formatted(
                                        fault,
                                        operation.name(),
                                        sent.request().uri(),
                                        headers(sent.request()),
                                        shortened(sent.body() == null ? "" : sent.body()),
                                        status,
                                        shortened(response.body())));
            }
            if (calls != null && sent.of() != null) {
                calls.answered(operation.name(), sent.of(), status);
            }
        }
        assertThat(wrong).as("seed %d", SEED).isEmpty();
        var names = operations.stream().map(Operation::name).collect(Collectors.toSet());
        names.removeAll(reached);
        assertThat(reached)
                .as("operations that were done at least once, seed %d, without %s", SEED, names)
                .hasSizeGreaterThanOrEqualTo(floor);
        return "seed %d, %d requests in %s to %d operations, %d of them done at least once: %s, not %s"
                .formatted(
                        SEED,
                        REQUESTS,
                        Duration.between(begun, Instant.now()),
                        operations.size(),
                        reached.size(),
                        answers,
                        names);
    }

    /** The same key with the same body gets the same answer, whatever happened since. */
    private @Nullable String faultOfARepeat(HttpRequest request, HttpResponse<String> first)
            throws IOException, InterruptedException {
        var again = http.send(request, BodyHandlers.ofString());
        return again.statusCode() == first.statusCode() && again.body().equals(first.body())
                ? null
                : "is answered otherwise the second time (%d)".formatted(again.statusCode());
    }

    private static String headers(HttpRequest request) {
        return request.headers().map().entrySet().stream()
                .filter(header -> !header.getKey().equals("Authorization"))
                .map(header -> header.getKey() + ": " + shortened(header.getValue().toString()))
                .collect(Collectors.joining(", "));
    }

    private Sent request(Operation operation, JsonNode page) {
        var right = calls != null && chance(90) ? calls.to(operation.name()) : null;
        if (right != null) {
            return almost(right, operation);
        }
        var body = body(operation, page);
        return new Sent(request(operation, page, body), body, null);
    }

    /** One thing in it is wrong, or nothing. */
    private Sent almost(Call right, Operation operation) {
        var path = right.path();
        var body = right.body();
        var bearer = right.bearer();
        var headers = new LinkedHashMap<String, String>();
        for (var parameter : operation.described().path("parameters")) {
            if (parameter.path("in").asString().equals("header")) {
                var name = parameter.path("name").asString();
                headers.put(name, name.equalsIgnoreCase("If-Match") ? "*" : key());
            }
        }
        if (body != null) {
            headers.put("Content-Type", "application/json");
        }
        switch (random.nextInt(body == null ? 10 : 20)) {
            case 0, 1 -> {
                // right as it is
            }
            case 2, 3 -> bearer = chance(20) ? "" : bearers.get(random.nextInt(bearers.size()));
            case 4, 5 -> path = otherwise(path);
            case 6 -> path += (path.contains("?") ? "&" : "?") + one(QUERIES);
            case 7 -> path = withOtherValue(path);
            case 8, 9 -> otherwise(headers);
            case 10, 11 -> body = spoilt(Objects.requireNonNull(body));
            default -> {
                if (!chance(25)) {
                    body = almost(Objects.requireNonNull(body), right.keep());
                }
            }
        }
        var request =
                HttpRequest.newBuilder(URI.create(base + path))
                        .timeout(Duration.ofSeconds(30))
                        .method(
                                operation.method().toUpperCase(Locale.ROOT),
                                body == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body));
        headers.forEach(request::header);
        if (!bearer.isEmpty()) {
            request.header("Authorization", bearer);
        }
        return new Sent(request.build(), body, right);
    }

    private String key() {
        var key = new UUID(random.nextLong(), random.nextLong()).toString();
        keys.add(key);
        return key;
    }

    private void otherwise(Map<String, String> headers) {
        if (headers.isEmpty()) {
            headers.put("Accept", one(List.of("text/html", "application/xml", "nonsense", "*/*")));
            return;
        }
        var name = one(List.copyOf(headers.keySet()));
        if (chance(30)) {
            headers.remove(name);
            return;
        }
        headers.put(
                name,
                switch (name) {
                    case "If-Match" -> one(NO_VERSION);
                    case "Content-Type" ->
                            one(List.of("text/plain", "application/xml", "nonsense", ""));
                    default -> chance(40) ? one(keys) : one(NO_KEY);
                });
    }

    private String otherwise(String path) {
        var query = path.indexOf('?');
        var plain = query < 0 ? path : path.substring(0, query);
        var segments = new ArrayList<>(List.of(plain.substring(1).split("/")));
        var ids = new ArrayList<Integer>();
        for (int i = 0; i < segments.size(); i++) {
            if (isId(segments.get(i)) || i == segments.size() - 1) {
                ids.add(i);
            }
        }
        var at = one(ids);
        var known = seen.stream().filter(OpenApiFuzzer::isId).toList();
        var isOther = isId(segments.get(at)) && !known.isEmpty() && chance(60);
        segments.set(at, isOther ? one(known) : one(SEGMENTS));
        return "/" + String.join("/", segments) + (query < 0 ? "" : path.substring(query));
    }

    private String withOtherValue(String path) {
        int query = path.indexOf('?');
        if (query < 0) {
            return path + "?" + one(QUERIES);
        }
        var pairs = new ArrayList<>(List.of(path.substring(query + 1).split("&")));
        int at = random.nextInt(pairs.size());
        var name = pairs.get(at).replaceFirst("=.*", "");
        pairs.set(at, name + "=" + encoded(odd()));
        return path.substring(0, query) + "?" + String.join("&", pairs);
    }

    /** No JSON, or hardly. */
    private String spoilt(String body) {
        return switch (random.nextInt(8)) {
            case 0 -> body.stripTrailing().substring(0, body.stripTrailing().length() - 1);
            case 1 -> body + body;
            case 2 -> "[" + body + "]";
            case 3 -> "[".repeat(3_000) + "]".repeat(3_000);
            case 4 -> "{\"a\":".repeat(3_000) + "1" + "}".repeat(3_000);
            case 5 -> body.stripLeading().replaceFirst("\\{", "{\"a\":1,\"a\":2,");
            case 6 -> "\uFEFF" + body;
            default -> odd();
        };
    }

    private String almost(String body, Set<String> keep) {
        var tree = JSON.readTree(body);
        if (!(tree instanceof ObjectNode root)) {
            return odd();
        }
        var objects = new ArrayList<ObjectNode>();
        collect(root, objects);
        var object = chance(50) ? root : one(objects);
        var names = object.propertyNames().stream().filter(name -> !keep.contains(name)).toList();
        if (names.isEmpty() || chance(5)) {
            object.set("surprise", anything());
            return root.toString();
        }
        var name = one(names);
        switch (random.nextInt(12)) {
            case 0, 1 -> object.remove(name);
            case 2 -> object.put(name, "汉".repeat(2_000 + random.nextInt(2_000)));
            case 3 -> object.put(name, "x".repeat(41 + random.nextInt(500)));
            case 4 -> object.put(name, odd());
            case 5 -> object.set(name, anything());
            case 6 -> {
                if (!seen.isEmpty()) {
                    object.put(name, one(seen));
                }
            }
            case 7 -> {
                var twice = root.toString();
                var member = "\"" + name + "\":";
                return twice.replaceFirst(Pattern.quote(member), member + "null," + member);
            }
            case 8 -> object.putRawValue(name, new RawValue("[".repeat(600) + "]".repeat(600)));
            default -> object.putRawValue(name, new RawValue(one(WRONG)));
        }
        return root.toString();
    }

    private static void collect(JsonNode node, List<ObjectNode> objects) {
        if (node instanceof ObjectNode object && !object.isEmpty()) {
            objects.add(object);
        }
        node.forEach(inner -> collect(inner, objects));
    }

    private <T> T one(List<T> many) {
        return many.get(random.nextInt(many.size()));
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
                    chance(10)
                            ? one(FAR_TIMES)
                            : Instant.now().plusSeconds(random.nextInt(200_000) - 1_000).toString();
            case "date" ->
                    chance(10) ? one(FAR_DAYS) : "2026-12-%02d".formatted(1 + random.nextInt(31));
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
        return one(ODD);
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
