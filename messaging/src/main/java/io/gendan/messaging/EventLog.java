package io.gendan.messaging;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import tools.jackson.databind.JsonNode;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * What the service has told: append-only, in the transaction of the change, in sequence per topic
 * and key.
 *
 * <p>Sequences of a key are 1, 2, 3 … without gaps. Writers of one key take turns by the row lock
 * of the thing it stands for; where they do not, the log's key refuses the second. What is appended
 * reaches the broker at least once and in sequence per topic and key, some milliseconds after the
 * commit or as soon as the broker is there again.
 */
public final class EventLog {

    /** The event whose effects are being written by this thread. */
    static final ScopedValue<Received> CAUSE = ScopedValue.newInstance();

    static final int BUCKETS = 16;

    /** In characters, of up to three bytes: well below the megabyte that a broker takes. */
    private static final int LARGEST_PAYLOAD = 250_000;

    private static final String APPEND =
            """
            WITH entry AS MATERIALIZED (
                SELECT e.*,
                    coalesce((SELECT max(l.sequence) FROM event_log l
                        WHERE l.topic = e.topic AND l.key = e.key), 0)
                    + row_number() OVER (PARTITION BY e.topic, e.key ORDER BY e.n) AS sequence
                FROM unnest(?::text[], ?::text[], ?::smallint[], ?::text[], ?::text[], ?::text[],
                        ?::text[], ?::timestamptz[], ?::text[])
                    WITH ORDINALITY
                    AS e (topic, key, bucket, type, payload, actor, reason, at, traceparent, n)
            ), logged AS (
                INSERT INTO event_log (topic, key, sequence, type, causation, traceparent, payload,
                    actor, reason, at)
                SELECT topic, key, sequence, type, ?, traceparent, payload::jsonb, actor, reason, at
                FROM entry ORDER BY n
            )
            INSERT INTO outbox (bucket, topic, key, sequence)
            SELECT bucket, topic, key, sequence FROM entry ORDER BY n
            RETURNING sequence
            """;

    private static final String TIMELINE =
            """
            SELECT sequence, id, type, payload, actor, reason, at FROM event_log
            WHERE topic = ? AND key = ? AND sequence > ? ORDER BY sequence LIMIT ?
            """;

    private final JdbcOperations jdbc;
    private final Set<String> topics;
    private final Runnable wakeRelay;

    EventLog(JdbcOperations jdbc, Set<String> topics, Runnable wakeRelay) {
        this.jdbc = jdbc;
        this.topics = topics;
        this.wakeRelay = wakeRelay;
    }

    /**
     * @param event a record; its simple class name is the event's type, its JSON the payload
     * @param at when it happened, by the database's clock
     */
    public record Entry(String topic, String key, Object event, Instant at, Origin origin) {}

    /** An event as it was told. */
    public record LoggedEvent(
            long sequence,
            UUID id,
            String type,
            JsonNode payload,
            String actor,
            @Nullable String reason,
            Instant at) {}

    /**
     * Tells an event, in the caller's transaction.
     *
     * @return its sequence
     * @throws IllegalTransactionStateException without a transaction
     * @throws IllegalArgumentException for a topic that {@code gendan.messaging.says} does not
     *     name, or an event too large for the broker: both would hold up all that comes after
     */
    public long append(String topic, String key, Object event, Instant at, Origin origin) {
        return appendAll(List.of(new Entry(topic, key, event, at, origin))).getFirst();
    }

    /**
     * Tells many events in one round trip; several of one key get their sequences in the order of
     * the list.
     *
     * @return their sequences, in the order of the list
     * @throws IllegalTransactionStateException without a transaction
     */
    public List<Long> appendAll(List<Entry> entries) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalTransactionStateException(
                    "Events are appended in the transaction of the change they tell of");
        }
        if (entries.isEmpty()) {
            return List.of();
        }
        entries.forEach(this::refuseUnknownTopic);
        var sequences =
                jdbc.query(
                        APPEND,
                        (PreparedStatement statement) -> bind(statement, entries),
                        (row, _) -> row.getLong(1));
        wakeRelayAfterCommit();
        return sequences;
    }

    /** The events of a key after a sequence, oldest first. */
    public List<LoggedEvent> timeline(String topic, String key, long afterSequence, int limit) {
        return jdbc.query(
                TIMELINE,
                (row, _) ->
                        new LoggedEvent(
                                row.getLong(1),
                                row.getObject(2, UUID.class),
                                row.getString(3),
                                EventJson.MAPPER.readTree(row.getString(4)),
                                row.getString(5),
                                row.getString(6),
                                row.getObject(7, OffsetDateTime.class).toInstant()),
                topic,
                key,
                afterSequence,
                limit);
    }

    /**
     * The event itself.
     *
     * @param sealedType the interface that the topic's events implement
     * @throws IllegalArgumentException for a type that this version does not know
     */
    public <E> E read(LoggedEvent logged, Class<E> sealedType) {
        var type = EventJson.types(sealedType).get(logged.type());
        if (type == null) {
            throw new IllegalArgumentException(
                    logged.type() + " is no " + sealedType.getSimpleName());
        }
        return sealedType.cast(EventJson.MAPPER.treeToValue(logged.payload(), type));
    }

    private void bind(PreparedStatement statement, List<Entry> entries) throws SQLException {
        var connection = statement.getConnection();
        var cause = CAUSE.isBound() ? CAUSE.get() : null;
        statement.setArray(1, texts(connection, entries, Entry::topic));
        statement.setArray(2, texts(connection, entries, Entry::key));
        statement.setArray(
                3,
                connection.createArrayOf(
                        "int2", entries.stream().map(entry -> (short) bucket(entry)).toArray()));
        statement.setArray(
                4, texts(connection, entries, e -> e.event().getClass().getSimpleName()));
        statement.setArray(5, texts(connection, entries, EventLog::payload));
        statement.setArray(6, texts(connection, entries, entry -> entry.origin().actor()));
        statement.setArray(7, texts(connection, entries, entry -> entry.origin().reason()));
        statement.setArray(8, texts(connection, entries, entry -> entry.at().toString()));
        var trace = cause == null ? null : cause.traceparent();
        statement.setArray(9, texts(connection, entries, _ -> TraceParent.after(trace)));
        statement.setString(10, cause == null ? null : cause.id().toString());
    }

    private static String payload(Entry entry) {
        var payload = EventJson.MAPPER.writeValueAsString(entry.event());
        if (payload.length() > LARGEST_PAYLOAD) {
            throw new IllegalArgumentException(
                    "%s %s is too large to be told: %d characters"
                            .formatted(entry.topic(), entry.key(), payload.length()));
        }
        return payload;
    }

    private void refuseUnknownTopic(Entry entry) {
        if (!topics.contains(entry.topic())) {
            throw new IllegalArgumentException(
                    "gendan.messaging.says does not name " + entry.topic());
        }
    }

    private static java.sql.Array texts(
            Connection connection, List<Entry> entries, Function<Entry, @Nullable String> text)
            throws SQLException {
        return connection.createArrayOf("text", entries.stream().map(text).toArray());
    }

    /** By Java's own hash, which is the same in every version: a key must never change buckets. */
    private static int bucket(Entry entry) {
        return Math.floorMod(31 * entry.topic().hashCode() + entry.key().hashCode(), BUCKETS);
    }

    private void wakeRelayAfterCommit() {
        var wakeUp = new WakeUp(wakeRelay);
        if (!TransactionSynchronizationManager.getSynchronizations().contains(wakeUp)) {
            TransactionSynchronizationManager.registerSynchronization(wakeUp);
        }
    }

    private record WakeUp(Runnable wakeRelay) implements TransactionSynchronization {

        @Override
        public void afterCommit() {
            wakeRelay.run();
        }
    }
}
