package io.gendan.api;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;

import java.time.Duration;

/** Forgets keys that are older than promised, in small steps that hold nobody up. */
class IdempotencyPurge {

    private static final int BATCH = 1_000;

    private final JdbcClient jdbc;
    private final Duration kept;

    IdempotencyPurge(JdbcClient jdbc, ApiSettings settings) {
        this.jdbc = jdbc;
        this.kept = settings.keysKept();
    }

    @Scheduled(fixedDelayString = "PT10M", initialDelayString = "PT1M")
    void run() {
        while (step() == BATCH) {
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
        }
    }

    /** Each statement commits by itself; several instances skip each other's rows. */
    int step() {
        return jdbc.sql(
                        """
                        DELETE FROM idempotency_key WHERE (client, key) IN (
                            SELECT client, key FROM idempotency_key
                            WHERE created_at < clock_timestamp() - make_interval(secs => ?)
                            ORDER BY created_at LIMIT ? FOR UPDATE SKIP LOCKED)
                        """)
                .params((double) kept.toSeconds(), BATCH)
                .update();
    }
}
