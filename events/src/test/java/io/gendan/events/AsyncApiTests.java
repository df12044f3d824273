package io.gendan.events;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * {@code asyncapi.json} is what the records say, in AsyncAPI 3.0. After a change of the records run
 * {@code mvn -pl events test -Dasyncapi=write} and commit the file with them.
 */
class AsyncApiTests {

    private static final Path FILE = Path.of("asyncapi.json");
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @Test
    void theDocumentSaysWhatTheRecordsSay() throws IOException {
        var document = JSON.writeValueAsString(document()) + "\n";
        if ("write".equals(System.getProperty("asyncapi"))) {
            Files.writeString(FILE, document);
        }

        assertThat(FILE).hasContent(document);
    }

    private static ObjectNode document() throws IOException {
        var document = JSON.createObjectNode().put("asyncapi", "3.0.0");
        document.putObject("info")
                .put("title", "Gendan events")
                .put("version", "1")
                .put(
                        "description",
                        "What the services tell each other. Values are JSON, keys as in each "
                                + "channel, metadata in CloudEvents headers (binary mode).");
        document.put("defaultContentType", "application/json");
        var channels = document.putObject("channels");
        var operations = document.putObject("operations");
        Contracts.topics()
                .forEach(
                        (topic, told) -> {
                            var channel = channels.putObject(topic).put("address", topic);
                            var messages = channel.putObject("messages");
                            Contracts.eventsOf(told)
                                    .forEach(
                                            event ->
                                                    messages.putObject(event.getSimpleName())
                                                            .put(
                                                                    "$ref",
                                                                    "#/components/messages/"
                                                                            + event
                                                                                    .getSimpleName()));
                            operations
                                    .putObject("tell-" + topic)
                                    .put("action", "send")
                                    .putObject("channel")
                                    .put("$ref", "#/channels/" + topic);
                        });
        var components = document.putObject("components");
        var messages = components.putObject("messages");
        for (var event : Contracts.events().toList()) {
            var message = messages.putObject(event.getSimpleName());
            message.putObject("headers").put("$ref", "#/components/schemas/CloudEvent");
            message.set("payload", schema(event));
            message.putArray("examples").addObject().set("payload", SamplesTests.sample(event));
        }
        components.putObject("schemas").set("CloudEvent", headers());
        return document;
    }

    private static ObjectNode headers() {
        var headers = JSON.createObjectNode().put("type", "object");
        var properties = headers.putObject("properties");
        Map.of(
                        "ce_id", "uuid",
                        "ce_type", "simple name of the event",
                        "ce_source", "urn:gendan:<service>",
                        "ce_time", "date-time",
                        "ce_subject", "the key",
                        "ce_sequence", "1, 2, 3 … per topic and key",
                        "ce_dataschema", "version of the contract",
                        "ce_causation", "ce_id of the event that caused it",
                        "traceparent", "W3C trace context")
                .entrySet()
                .stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(
                        header ->
                                properties
                                        .putObject(header.getKey())
                                        .put("type", "string")
                                        .put("description", header.getValue()));
        var required = headers.putArray("required");
        List.of("ce_id", "ce_type", "ce_sequence").forEach(required::add);
        return headers;
    }

    private static ObjectNode schema(Type type) {
        var schema = JSON.createObjectNode();
        if (type instanceof ParameterizedType list) {
            schema.put("type", "array").set("items", schema(list.getActualTypeArguments()[0]));
        } else if (type == UUID.class) {
            schema.put("type", "string").put("format", "uuid");
        } else if (type == Instant.class) {
            schema.put("type", "string").put("format", "date-time");
        } else if (type == LocalDate.class) {
            schema.put("type", "string").put("format", "date");
        } else if (type == String.class) {
            schema.put("type", "string");
        } else if (type == int.class || type == Integer.class) {
            schema.put("type", "integer");
        } else if (type == long.class) {
            schema.put("type", "integer").put("format", "int64");
        } else if (type == BigDecimal.class) {
            schema.put("type", "number");
        } else if (type == boolean.class || type == Boolean.class) {
            schema.put("type", "boolean");
        } else if (type instanceof Class<?> named && named.isEnum()) {
            schema.put("type", "string");
            var values = schema.putArray("enum");
            Arrays.stream(named.getEnumConstants())
                    .map(Object::toString)
                    .filter(name -> !name.equals("UNKNOWN"))
                    .forEach(values::add);
        } else if (type instanceof Class<?> named && named.isRecord()) {
            schema.put("type", "object");
            var properties = schema.putObject("properties");
            var required = JSON.createArrayNode();
            for (var component : named.getRecordComponents()) {
                properties.set(component.getName(), schema(component.getGenericType()));
                if (!isOptional(component)) {
                    required.add(component.getName());
                }
            }
            schema.set("required", required);
        } else {
            throw new IllegalStateException("No schema for " + type);
        }
        return schema;
    }

    private static boolean isOptional(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }
}
