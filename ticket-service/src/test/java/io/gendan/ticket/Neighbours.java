package io.gendan.ticket;

import io.gendan.events.Event;
import io.gendan.messaging.testing.RealBroker;

import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Speaks on the topics of the other services as they would: numbered per topic and key. */
final class Neighbours {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Map<String, Long> SEQUENCES = new ConcurrentHashMap<>();

    private Neighbours() {}

    /** What was said, so that a test can say the very same again. */
    record Said(String topic, String key, byte[] value, Map<String, String> headers) {

        void again() {
            RealBroker.publish(topic, key, value, headers);
        }
    }

    static Said say(String topic, Event event) {
        var sequence = SEQUENCES.merge(topic + " " + event.key(), 1L, Long::sum);
        var said =
                new Said(
                        topic,
                        event.key(),
                        JSON.writeValueAsString(event).getBytes(StandardCharsets.UTF_8),
                        Map.of(
                                "ce_id", UUID.randomUUID().toString(),
                                "ce_type", event.getClass().getSimpleName(),
                                "ce_time", event.at().toString(),
                                "ce_sequence", Long.toString(sequence)));
        said.again();
        return said;
    }
}
