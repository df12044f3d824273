package io.gendan.messaging;

import org.springframework.jdbc.core.JdbcOperations;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;

/**
 * The clock of the service's own database: the same for all its instances, and moving on within a
 * transaction. Each look is a round trip.
 */
public final class DatabaseClock {

    private final JdbcOperations jdbc;

    public DatabaseClock(JdbcOperations jdbc) {
        this.jdbc = jdbc;
    }

    public Instant now() {
        return Objects.requireNonNull(
                        jdbc.queryForObject("SELECT clock_timestamp()", OffsetDateTime.class))
                .toInstant();
    }
}
