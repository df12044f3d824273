package io.gendan.events;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.InputStream;
import java.util.stream.Stream;

/** What is on the wire today must be readable for ever: samples are added, never edited. */
class SamplesTests {

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(EnumFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
                    .build();

    static Stream<Class<?>> events() {
        return Contracts.events();
    }

    @ParameterizedTest
    @MethodSource("events")
    void readsAndWritesItsSample(Class<?> event) throws IOException {
        var sample = sample(event);

        var read = JSON.treeToValue(sample, event);

        assertThat(JSON.<JsonNode>valueToTree(read)).isEqualTo(sample);
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

    static JsonNode sample(Class<?> event) throws IOException {
        try (InputStream in =
                event.getResourceAsStream("/samples/" + event.getSimpleName() + ".json")) {
            assertThat(in).as("sample of " + event.getSimpleName()).isNotNull();
            return JSON.readTree(in);
        }
    }
}
