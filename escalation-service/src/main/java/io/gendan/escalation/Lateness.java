package io.gendan.escalation;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import java.time.Duration;
import java.time.Instant;

/** How late time was: from due to raised (ours) and from due to escalated (the customer's). */
@Repository
public class Lateness {

    /** How many of the latest escalations by time are looked at. */
    static final int WINDOW = 10_000;

    /** All in milliseconds; zero when there were none. */
    public record Figures(long count, double p50, double p99, double max) {}

    private final JdbcClient jdbc;
    private final Timer raised;
    private final Timer escalated;

    Lateness(JdbcClient jdbc, MeterRegistry meters) {
        this.jdbc = jdbc;
        this.raised = timer("gendan.lateness.raised", meters);
        this.escalated = timer("gendan.lateness.escalated", meters);
    }

    void raised(Instant dueAt, Instant raisedAt) {
        raised.record(Duration.between(dueAt, raisedAt));
    }

    void escalated(Instant dueAt, Instant escalatedAt) {
        escalated.record(Duration.between(dueAt, escalatedAt));
    }

    public Figures dueToRaised() {
        return figures("raised_at");
    }

    public Figures dueToEscalated() {
        return figures("escalated_at");
    }

    private Figures figures(String column) {
        return jdbc.sql(
                        """
                        SELECT count(*),
                            coalesce(percentile_disc(0.5) WITHIN GROUP (ORDER BY late), 0),
                            coalesce(percentile_disc(0.99) WITHIN GROUP (ORDER BY late), 0),
                            coalesce(max(late), 0)
                        FROM (SELECT extract(epoch FROM %1$s - due_at) * 1000 AS late
                            FROM escalation WHERE cause = 'TIME' AND %1$s IS NOT NULL
                            ORDER BY %1$s DESC LIMIT :window) AS recent\
                        """
                                .formatted(column))
                .param("window", WINDOW)
                .query(
                        (row, _) ->
                                new Figures(
                                        row.getLong(1),
                                        row.getDouble(2),
                                        row.getDouble(3),
                                        row.getDouble(4)))
                .single();
    }

    private static Timer timer(String name, MeterRegistry meters) {
        return Timer.builder(name).publishPercentileHistogram().register(meters);
    }
}
