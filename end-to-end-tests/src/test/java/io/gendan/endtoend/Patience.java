package io.gendan.endtoend;

import static org.awaitility.Awaitility.await;

import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ThrowingRunnable;

import java.time.Duration;

/** How long journeys wait: long, because they share their machine, and no longer than needed. */
final class Patience {

    private Patience() {}

    static ConditionFactory forSome() {
        return await().atMost(Duration.ofSeconds(60))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(250));
    }

    /** For what does not stay as it is. */
    static ConditionFactory quickly() {
        return forSome().pollInterval(Duration.ofMillis(100));
    }

    static void untilAsserted(ThrowingRunnable assertion) {
        forSome().untilAsserted(assertion);
    }
}
