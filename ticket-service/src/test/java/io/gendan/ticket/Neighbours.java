package io.gendan.ticket;

import io.gendan.events.Event;
import io.gendan.messaging.testing.RealBroker;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Speaks on the topics of the other services as they would: numbered per topic and key. */
final class Neighbours {

    private static final Map<String, Long> SEQUENCES = new ConcurrentHashMap<>();

    private Neighbours() {}

    /** What was said, so that a test can say the very same again. */
    record Said(String topic, long sequence, Event event) {

        void again() {
            RealBroker.tell(topic, event.key(), sequence, event);
        }
    }

    static Said say(String topic, Event event) {
        var said =
                new Said(topic, SEQUENCES.merge(topic + " " + event.key(), 1L, Long::sum), event);
        said.again();
        return said;
    }
}
