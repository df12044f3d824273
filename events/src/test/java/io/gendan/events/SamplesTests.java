package io.gendan.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is on the wire today must be readable for ever: samples are added, never edited. An event
 * that grew has further ones, {@code Name.2.json} and so on.
 */
class SamplesTests {

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(EnumFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
                    .changeDefaultPropertyInclusion(
                            value -> value.withValueInclusion(JsonInclude.Include.NON_NULL))
                    .build();

    static Stream<Arguments> allSamples() {
        return Contracts.events()
                .flatMap(
                        event ->
                                samples(event).stream().map(sample -> Arguments.of(event, sample)));
    }

    @ParameterizedTest
    @MethodSource("allSamples")
    void readsAndWritesItsSamples(Class<?> event, JsonNode sample) {
        var read = JSON.treeToValue(sample, event);

        assertThat(JSON.readTree(JSON.writeValueAsString(read))).isEqualTo(sample);
    }

    @Test
    void takesAValueOfANewerVersionForUnknown() {
        var read =
                JSON.readValue(
                        """
                        {"ticketId":"0192f000-0000-7000-8000-000000000001","round":1,"stay":1,
                         "at":"2026-11-22T04:00:00Z","reason":"SETTLED_BY_MAGIC"}
                        """,
                        TicketEvent.TicketClosed.class);

        assertThat(read.reason()).isEqualTo(CloseReason.UNKNOWN);
    }

    /** The one that shows all that the event tells today. */
    static JsonNode sample(Class<?> event) {
        return samples(event).getLast();
    }

    private static List<JsonNode> samples(Class<?> event) {
        var samples = new ArrayList<JsonNode>();
        var name = event.getSimpleName();
        var resource = name + ".json";
        for (var next = read(resource); next != null; next = read(resource)) {
            samples.add(next);
            resource = "%s.%d.json".formatted(name, samples.size() + 1);
        }
        assertThat(samples).as("samples of " + name).isNotEmpty();
        return samples;
    }

    private static @Nullable JsonNode read(String resource) {
        try (InputStream in = SamplesTests.class.getResourceAsStream("/samples/" + resource)) {
            return in == null ? null : JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
