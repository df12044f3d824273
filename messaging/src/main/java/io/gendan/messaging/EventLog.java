package io.gendan.messaging;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import tools.jackson.databind.JsonNode;

import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

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
                        ?::text[], ?::timestamptz[], ?::text[], ?::text[])
                    WITH ORDINALITY
                    AS e (topic, key, bucket, type, payload, actor, reason, at, traceparent,
                        causation, n)
            ), logged AS (
                INSERT INTO event_log (topic, key, sequence, type, causation, traceparent, payload,
                    actor, reason, at)
                SELECT topic, key, sequence, type, causation, traceparent, payload::jsonb, actor, reason, at
                FROM entry ORDER BY n
            )
            INSERT INTO outbox (bucket, topic, key, sequence)
            SELECT bucket, topic, key, sequence FROM entry ORDER BY n
            """;

    private static final String READ =
            "SELECT sequence, id, type, payload, actor, reason, at FROM event_log ";

    private static final String TIMELINE =
            READ + "WHERE topic = ? AND key = ? AND sequence > ? ORDER BY sequence LIMIT ?";

    private static final String OF_TYPE =
            READ + "WHERE topic = ? AND key = ? AND type = ? ORDER BY sequence";

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
     * Tells an event, in the caller's transaction: it is written, with all that the transaction
     * tells, in one round trip right before the commit.
     *
     * @throws IllegalTransactionStateException without a transaction
     * @throws IllegalArgumentException for a topic that {@code gendan.messaging.says} does not
     *     name, or an event too large for the broker: both would hold up all that comes after
     */
    public void append(String topic, String key, Object event, Instant at, Origin origin) {
        appendAll(List.of(new Entry(topic, key, event, at, origin)));
    }

    /**
     * Tells many events; several of one key get their sequences in the order of the list.
     *
     * @throws IllegalTransactionStateException without a transaction
     * @throws IllegalArgumentException as {@link #append}
     */
    public void appendAll(List<Entry> entries) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalTransactionStateException(
                    "Events are appended in the transaction of the change they tell of");
        }
        if (entries.isEmpty()) {
            return;
        }
        entries.forEach(this::refuseUnknownTopic);
        var cause = CAUSE.isBound() ? CAUSE.get() : null;
        var telling = told().orElseGet(this::tellBeforeCommit);
        if (telling.isOver) {
            // A TransactionException from within beforeCommit would not take the transaction back
            throw new IllegalStateException(
                    "What the transaction tells is written already; it is about to end");
        }
        entries.forEach(entry -> telling.lines.add(Line.of(entry, cause)));
    }

    /** The events of a key after a sequence, oldest first; also what this transaction tells. */
    public List<LoggedEvent> timeline(String topic, String key, long afterSequence, int limit) {
        return read(TIMELINE, topic, key, afterSequence, limit);
    }

    /** All events of a key that are of one type, oldest first; also what this transaction tells. */
    public List<LoggedEvent> ofType(String topic, String key, String type) {
        return read(OF_TYPE, topic, key, type);
    }

    private List<LoggedEvent> read(String sql, Object... parameters) {
        told().ifPresent(Telling::write);
        return jdbc.query(
                sql,
                (row, _) ->
                        new LoggedEvent(
                                row.getLong(1),
                                row.getObject(2, UUID.class),
                                row.getString(3),
                                EventJson.MAPPER.readTree(row.getString(4)),
                                row.getString(5),
                                row.getString(6),
                                row.getObject(7, OffsetDateTime.class).toInstant()),
                parameters);
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

    private void refuseUnknownTopic(Entry entry) {
        if (!topics.contains(entry.topic())) {
            throw new IllegalArgumentException(
                    "gendan.messaging.says does not name " + entry.topic());
        }
    }

    /** Writes now what the transaction has told so far, so that a fault of it shows here. */
    static void writeWhatIsTold() {
        telling().forEach(Telling::write);
    }

    private Optional<Telling> told() {
        return telling().filter(telling -> telling.log() == this).findFirst();
    }

    private static Stream<Telling> telling() {
        return TransactionSynchronizationManager.isSynchronizationActive()
                ? TransactionSynchronizationManager.getSynchronizations().stream()
                        .filter(Telling.class::isInstance)
                        .map(Telling.class::cast)
                : Stream.of();
    }

    private Telling tellBeforeCommit() {
        var telling = new Telling();
        TransactionSynchronizationManager.registerSynchronization(telling);
        return telling;
    }

    /** One event as it is written. */
    private record Line(
            Entry entry, String payload, @Nullable String causation, String traceparent) {

        static Line of(Entry entry, @Nullable Received cause) {
            return new Line(
                    entry,
                    payload(entry),
                    cause == null ? null : cause.id().toString(),
                    TraceParent.after(cause == null ? null : cause.traceparent()));
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

        String type() {
            return entry.event().getClass().getSimpleName();
        }

        /**
         * By Java's own hash, which is the same in every version: a key must never change buckets.
         */
        short bucket() {
            return (short)
                    Math.floorMod(31 * entry.topic().hashCode() + entry.key().hashCode(), BUCKETS);
        }
    }

    /** What one transaction tells. */
    private final class Telling implements TransactionSynchronization {

        private final List<Line> lines = new ArrayList<>();
        private boolean isOver;

        EventLog log() {
            return EventLog.this;
        }

        @Override
        public void beforeCommit(boolean readOnly) {
            isOver = true;
            write();
        }

        @Override
        public void afterCommit() {
            wakeRelay.run();
        }

        void write() {
            if (!lines.isEmpty()) {
                jdbc.update(APPEND, this::bind);
                lines.clear();
            }
        }

        private void bind(PreparedStatement statement) throws SQLException {
            statement.setArray(1, texts(statement, line -> line.entry().topic()));
            statement.setArray(2, texts(statement, line -> line.entry().key()));
            statement.setArray(3, array(statement, "int2", Line::bucket));
            statement.setArray(4, texts(statement, Line::type));
            statement.setArray(5, texts(statement, Line::payload));
            statement.setArray(6, texts(statement, line -> line.entry().origin().actor()));
            statement.setArray(7, texts(statement, line -> line.entry().origin().reason()));
            statement.setArray(8, texts(statement, line -> line.entry().at().toString()));
            statement.setArray(9, texts(statement, Line::traceparent));
            statement.setArray(10, texts(statement, Line::causation));
        }

        private Array texts(PreparedStatement statement, Function<Line, @Nullable String> text)
                throws SQLException {
            return array(statement, "text", text);
        }

        private Array array(PreparedStatement statement, String type, Function<Line, ?> column)
                throws SQLException {
            return statement
                    .getConnection()
                    .createArrayOf(type, lines.stream().map(column).toArray());
        }
    }
}
