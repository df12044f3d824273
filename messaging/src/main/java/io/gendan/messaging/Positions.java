package io.gendan.messaging;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.RowMapper;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;

/** Positions and the records that wait, in the database; all within the caller's transaction. */
final class Positions {

    private static final String LOCK =
            """
            SELECT key, sequence, left_out, blocked_by, gap_letter FROM received
            WHERE topic = ? AND key = ANY (?) ORDER BY key FOR UPDATE
            """;

    private static final String START =
            """
            INSERT INTO received (topic, key)
            SELECT ?, key FROM unnest(?::text[]) AS new (key) ORDER BY key
            ON CONFLICT DO NOTHING
            """;

    private static final String SAVE =
            """
            UPDATE received r
            SET sequence = p.sequence, left_out = p.left_out::bigint[],
                blocked_by = p.blocked_by, gap_letter = p.gap_letter
            FROM unnest(?::text[], ?::bigint[], ?::text[], ?::uuid[], ?::uuid[])
                AS p (key, sequence, left_out, blocked_by, gap_letter)
            WHERE r.topic = ? AND r.key = p.key
            """;

    private static final String HOLD =
            """
            INSERT INTO held_event (topic, partition, record_offset, record_at, key, headers, value,
                sequence)
            VALUES (?, ?, ?, ?, ?, ?::jsonb, ?, ?)
            ON CONFLICT DO NOTHING
            """;

    private static final String HELD =
            """
            SELECT topic, partition, record_offset, record_at, key, headers, value, position
            FROM held_event WHERE topic = ? AND key = ? ORDER BY sequence NULLS LAST, position
            """;

    private static final String KEEP_UNREAD =
            """
            INSERT INTO unread_event (topic, partition, record_offset, record_at, key, headers,
                value, sequence, type)
            VALUES (?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?)
            """;

    private static final String UNREAD =
            """
            SELECT topic, partition, record_offset, record_at, key, headers, value FROM unread_event
            WHERE topic = ? AND type = ANY (?) ORDER BY key, sequence LIMIT 100
            """;

    private static final String TAKE_UNREAD =
            "DELETE FROM unread_event WHERE topic = ? AND key = ? AND sequence = ?";

    private final JdbcOperations jdbc;

    Positions(JdbcOperations jdbc) {
        this.jdbc = jdbc;
    }

    /** A record that waits, and its number among them. */
    record Held(long number, Delivery delivery) {}

    /**
     * The positions of these keys, for this transaction alone; always taken in the order of the
     * keys.
     */
    Map<String, Position> lock(String topic, SortedSet<String> keys) {
        var found = new HashMap<String, Position>();
        lock(topic, keys, found);
        if (found.size() < keys.size()) {
            var missing = new TreeSet<>(keys);
            missing.removeAll(found.keySet());
            jdbc.update(START, topic, missing.toArray(String[]::new));
            lock(topic, missing, found);
        }
        return found;
    }

    private void lock(String topic, Collection<String> keys, Map<String, Position> found) {
        RowMapper<Position> position = Positions::position;
        for (var locked : jdbc.query(LOCK, position, topic, keys.toArray(String[]::new))) {
            found.put(locked.key, locked);
        }
    }

    private static Position position(ResultSet row, int number) throws SQLException {
        var leftOut = (Long[]) row.getArray(3).getArray();
        return new Position(
                row.getString(1),
                row.getLong(2),
                new TreeSet<>(Arrays.asList(leftOut)),
                row.getObject(4, UUID.class),
                row.getObject(5, UUID.class));
    }

    void save(String topic, Collection<Position> positions) {
        var moved = List.copyOf(positions);
        jdbc.update(
                SAVE,
                moved.stream().map(position -> position.key).toArray(String[]::new),
                moved.stream().map(Position::last).toArray(Long[]::new),
                moved.stream().map(Positions::leftOut).toArray(String[]::new),
                moved.stream().map(Position::blockedBy).toArray(UUID[]::new),
                moved.stream().map(Position::gapLetter).toArray(UUID[]::new),
                topic);
    }

    private static String leftOut(Position position) {
        return position.leftOut().toString().replace('[', '{').replace(']', '}');
    }

    /** Keeps a record until its turn comes; one that is kept already, once. */
    void hold(Delivery delivery) {
        jdbc.update(HOLD, columns(delivery, delivery.sequence()));
    }

    /** In the order of their sequences; those that have none at the end. */
    List<Held> held(String topic, String key) {
        return jdbc.query(
                HELD, (row, _) -> new Held(row.getLong("position"), delivery(row)), topic, key);
    }

    void letGo(Collection<Long> numbers) {
        if (!numbers.isEmpty()) {
            jdbc.update(
                    "DELETE FROM held_event WHERE position = ANY (?)",
                    (Object) numbers.toArray(Long[]::new));
        }
    }

    void keepUnread(Delivery delivery, Received received) {
        jdbc.update(KEEP_UNREAD, columns(delivery, received.sequence(), received.type()));
    }

    List<Delivery> unread(String topic, Collection<String> types) {
        return jdbc.query(UNREAD, (row, _) -> delivery(row), topic, types.toArray(String[]::new));
    }

    /** Whether it was still there: only one instance gets it. */
    boolean takeUnread(Delivery delivery) {
        return jdbc.update(TAKE_UNREAD, delivery.topic(), delivery.key(), delivery.sequence()) > 0;
    }

    /**
     * Seven columns in the order topic, partition, offset, time, key, headers, value; then more.
     */
    static @Nullable Object[] columns(Delivery delivery, @Nullable Object... more) {
        var columns = new ArrayList<@Nullable Object>();
        columns.add(delivery.topic());
        columns.add(delivery.partition());
        columns.add(delivery.offset());
        columns.add(time(delivery.at()));
        columns.add(delivery.key());
        columns.add(EventJson.MAPPER.writeValueAsString(delivery.headers()));
        columns.add(delivery.value());
        columns.addAll(Arrays.asList(more));
        return columns.toArray();
    }

    static Delivery delivery(ResultSet row) throws SQLException {
        return new Delivery(
                row.getString("topic"),
                row.getInt("partition"),
                row.getLong("record_offset"),
                row.getObject("record_at", OffsetDateTime.class).toInstant(),
                row.getString("key"),
                EventJson.texts(row.getString("headers")),
                row.getBytes("value"));
    }

    static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
