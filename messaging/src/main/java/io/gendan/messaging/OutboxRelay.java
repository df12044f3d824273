package io.gendan.messaging;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.transaction.support.TransactionOperations;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Brings what is in the outbox to the broker, at least once, in sequence per topic and key.
 *
 * <p>A pointer is deleted by the transaction in which the broker has confirmed its event; there is
 * no memory of a last position, so commits in any order are found. Any number of instances may run:
 * each works on the buckets whose lock it gets, and holds the locks until its transaction ends.
 */
final class OutboxRelay implements AutoCloseable {

    /** "outb": tells these advisory locks from those of others in the database. */
    private static final int LOCKS = 0x6f757462;

    // CASE, because AND would be free to take the locks of empty buckets from another instance
    private static final String LOCK_BUCKETS =
            """
            SELECT bucket FROM generate_series(0, ?) AS bucket
            WHERE CASE WHEN EXISTS (SELECT FROM outbox o WHERE o.bucket = bucket.bucket)
                THEN pg_try_advisory_xact_lock(?, bucket) ELSE false END
            """;

    // No SKIP LOCKED: within a locked bucket it could only let a later event overtake. ARRAY and
    // LATERAL, because the outbox is empty whenever it is analyzed: what the planner then takes
    // for the size of a batch made it read the whole log.
    private static final String CLAIM =
            """
            WITH claimed AS (
                DELETE FROM outbox
                WHERE position = ANY (ARRAY(SELECT position FROM outbox WHERE bucket = ANY (?)
                    ORDER BY position LIMIT ? FOR UPDATE))
                RETURNING position, topic, key, sequence
            )
            SELECT c.topic, c.key, c.sequence, l.id, l.type, l.causation, l.traceparent,
                l.payload::text, l.at
            FROM claimed c CROSS JOIN LATERAL (
                SELECT * FROM event_log e
                WHERE e.topic = c.topic AND e.key = c.key AND e.sequence = c.sequence LIMIT 1) AS l
            ORDER BY c.position
            """;

    private static final String AGE =
            """
            SELECT extract(epoch FROM clock_timestamp() - l.at)::bigint
            FROM outbox o JOIN event_log l USING (topic, key, sequence)
            ORDER BY o.position LIMIT 1
            """;

    private static final String DEPTH =
            "SELECT count(*) FROM (SELECT FROM outbox LIMIT 10000) AS waiting";

    private final JdbcOperations jdbc;
    private final TransactionOperations transactions;
    private final Supplier<Producer<String, byte[]>> producers;
    private final MessagingSettings settings;
    private final Counter relayed;
    private final AtomicLong depth = new AtomicLong();
    private final AtomicLong age = new AtomicLong();
    private @Nullable Producer<String, byte[]> producer;

    OutboxRelay(
            JdbcOperations jdbc,
            TransactionOperations transactions,
            Supplier<Producer<String, byte[]>> producers,
            MessagingSettings settings,
            MeterRegistry meters) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.producers = producers;
        this.settings = settings;
        this.relayed = meters.counter("outbox.relayed");
        Gauge.builder("outbox.depth", depth, AtomicLong::get)
                .description("Events that wait for the broker, at most 10,000 are counted")
                .register(meters);
        Gauge.builder("outbox.age", age, AtomicLong::get)
                .description("How long the oldest of them has waited")
                .baseUnit("seconds")
                .register(meters);
    }

    /**
     * One step: relays up to a batch. One thread at a time.
     *
     * @return how many, 0 when there is nothing that is not in another instance's hands
     * @throws RelayFailed when nothing was relayed for good because the broker or the database is
     *     away
     */
    int run() {
        try {
            var events = transactions.execute(_ -> relay());
            relayed.increment(events == null ? 0 : events);
            return events == null ? 0 : events;
        } catch (RuntimeException e) {
            close(); // what is still on its way from here must not overtake the next try
            throw new RelayFailed(e);
        }
    }

    /** The broker or the database is away. */
    static final class RelayFailed extends RuntimeException {
        RelayFailed(Throwable cause) {
            super(cause);
        }
    }

    private int relay() {
        var buckets = jdbc.queryForList(LOCK_BUCKETS, Short.class, EventLog.BUCKETS - 1, LOCKS);
        if (buckets.isEmpty()) {
            return 0;
        }
        var events =
                jdbc.query(
                        CLAIM,
                        (row, _) -> published(row),
                        buckets.toArray(Short[]::new),
                        settings.relay().batch());
        send(events);
        return events.size();
    }

    private void send(List<ProducerRecord<String, byte[]>> events) {
        var target = producer == null ? producers.get() : producer;
        producer = target;
        var sent = new ArrayList<Future<RecordMetadata>>(events.size());
        for (var event : events) {
            var future = target.send(event);
            if (future.isDone()) {
                confirm(future); // the broker is away: do not wait for each of the others
            }
            sent.add(future);
        }
        target.flush();
        sent.forEach(OutboxRelay::confirm);
    }

    private static void confirm(Future<RecordMetadata> sent) {
        try {
            sent.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while relaying", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("The broker did not confirm", e.getCause());
        }
    }

    private ProducerRecord<String, byte[]> published(ResultSet row) throws SQLException {
        var topic = row.getString(1);
        var type = row.getString(5);
        var event =
                new ProducerRecord<>(
                        topic, row.getString(2), row.getString(8).getBytes(StandardCharsets.UTF_8));
        header(event, "ce_specversion", "1.0");
        header(event, "ce_id", row.getString(4));
        header(event, "ce_type", type);
        header(event, "ce_source", "urn:gendan:" + settings.service());
        header(event, "ce_time", row.getObject(9, OffsetDateTime.class).toInstant().toString());
        header(event, "ce_subject", row.getString(2));
        header(event, "ce_sequence", Long.toString(row.getLong(3)));
        header(event, "ce_dataschema", "urn:gendan:%s:%s:1".formatted(topic, type));
        header(event, "ce_causation", row.getString(6));
        header(event, "traceparent", row.getString(7));
        header(event, "content-type", "application/json");
        return event;
    }

    private static void header(
            ProducerRecord<String, byte[]> event, String name, @Nullable String text) {
        if (text != null) {
            event.headers().add(name, text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Looks how much waits, for the gauges. */
    void measure() {
        var waiting = jdbc.queryForObject(DEPTH, Long.class);
        depth.set(waiting == null ? 0 : waiting);
        age.set(jdbc.queryForList(AGE, Long.class).stream().findFirst().orElse(0L));
    }

    /** Gives up what was not confirmed; the next step starts with a new producer. */
    @Override
    public void close() {
        if (producer != null) {
            producer.close(Duration.ZERO);
            producer = null;
        }
    }
}
