package io.gendan.messaging;

import io.gendan.messaging.Letter.Kind;
import io.gendan.messaging.Letter.LetterSettled;
import io.gendan.messaging.Letter.LetterWritten;
import io.gendan.messaging.Letter.Outcome;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcOperations;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/**
 * Records that cannot be applied: kept in the database and told on the dead-letter topic, within
 * the caller's transaction.
 */
final class Letters {

    private static final Logger LOG = LoggerFactory.getLogger(Letters.class);

    private static final int LONGEST_TEXT = 8_000;

    private static final String WRITE =
            """
            INSERT INTO letter (topic, partition, record_offset, record_at, key, headers, value,
                sequence, id, kind, reason, written_at)
            VALUES (?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?, ?)
            """;

    private static final String LEFT_OUT =
            """
            SELECT EXISTS (SELECT FROM letter
                WHERE topic = ? AND key = ? AND sequence = ? AND outcome = 'LEFT_OUT'
                    AND (id = ? OR headers ->> 'ce_id' = ?))
            """;

    private final JdbcOperations jdbc;
    private final EventLog log;
    private final DatabaseClock clock;
    private final MessagingSettings settings;

    Letters(JdbcOperations jdbc, EventLog log, DatabaseClock clock, MessagingSettings settings) {
        this.jdbc = jdbc;
        this.log = log;
        this.clock = clock;
        this.settings = settings;
    }

    /** A letter as it is kept. */
    record Kept(UUID id, Kind kind, Delivery delivery, boolean isOpen) {}

    UUID unreadable(Delivery delivery, String reason) {
        return write(id("", delivery), Kind.UNREADABLE, delivery, reason, null);
    }

    UUID failed(Delivery delivery, Throwable fault) {
        return write(id("", delivery), Kind.FAILED, delivery, reason(fault), stackTrace(fault));
    }

    UUID gap(Delivery delivery, long last) {
        var reason =
                "gap: %d came after %d; it waits for what is missing"
                        .formatted(delivery.sequence(), last);
        return write(id("gap/", delivery), Kind.GAP, delivery, reason, null);
    }

    /** Services that hear the same record write letters of their own about it. */
    private UUID id(String sort, Delivery delivery) {
        var name = settings.service() + '/' + sort + delivery.place();
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether this very record is in a letter, open or settled. */
    boolean hasWritten(Delivery delivery) {
        return find(id("", delivery)).isPresent();
    }

    private UUID write(
            UUID id, Kind kind, Delivery delivery, String reason, @Nullable String exception) {
        var at = clock.now();
        jdbc.update(
                WRITE,
                Positions.columns(
                        delivery,
                        delivery.sequence(),
                        id,
                        kind.name(),
                        text(reason),
                        Positions.time(at)));
        tell(id, kind, delivery, reason, exception);
        return id;
    }

    /** Keeps an open letter open, with what stands in its way now. */
    void failedAgain(Kept letter, Throwable fault) {
        jdbc.update("UPDATE letter SET reason = ? WHERE id = ?", text(reason(fault)), letter.id);
        tell(letter.id, letter.kind, letter.delivery, reason(fault), stackTrace(fault));
    }

    private void tell(
            UUID id, Kind kind, Delivery delivery, String reason, @Nullable String exception) {
        LOG.error(
                "Letter {} about {} key {} sequence {} at {}-{}: {}",
                id,
                delivery.topic(),
                delivery.key(),
                delivery.sequence(),
                delivery.partition(),
                delivery.offset(),
                reason);
        append(
                new LetterWritten(
                        id,
                        settings.service(),
                        delivery.topic(),
                        delivery.key(),
                        delivery.sequence(),
                        delivery.type(),
                        text(reason),
                        exception == null ? null : text(exception),
                        delivery.partition(),
                        delivery.offset(),
                        delivery.id(),
                        kind == Kind.UNREADABLE,
                        clock.now()));
    }

    void settle(UUID id, Outcome outcome) {
        var at = clock.now();
        jdbc.update(
                "UPDATE letter SET outcome = ?, settled_at = ? WHERE id = ?",
                outcome.name(),
                Positions.time(at),
                id);
        LOG.info("Letter {} is settled: {}", id, outcome);
        append(new LetterSettled(id, outcome, at));
    }

    private void append(Letter letter) {
        var at =
                switch (letter) {
                    case LetterWritten written -> written.at();
                    case LetterSettled settled -> settled.at();
                };
        log.append(
                settings.deadTopic(), letter.letterId().toString(), letter, at, settings.origin());
    }

    Optional<Kept> find(UUID id) {
        return jdbc
                .query(
                        """
                        SELECT topic, partition, record_offset, record_at, key, headers, value,
                            kind, outcome
                        FROM letter WHERE id = ?
                        """,
                        (row, _) ->
                                new Kept(
                                        id,
                                        Kind.valueOf(row.getString("kind")),
                                        Positions.delivery(row),
                                        row.getString("outcome") == null),
                        id)
                .stream()
                .findFirst();
    }

    /** Whether this very record, or another record of the same event, was left out. */
    boolean hasLeftOut(Delivery delivery) {
        return Boolean.TRUE.equals(
                jdbc.queryForObject(
                        LEFT_OUT,
                        Boolean.class,
                        delivery.topic(),
                        delivery.key(),
                        delivery.sequence(),
                        id("", delivery),
                        delivery.id()));
    }

    private static String reason(Throwable fault) {
        return fault.getMessage() == null
                ? fault.getClass().getSimpleName()
                : fault.getClass().getSimpleName() + ": " + fault.getMessage();
    }

    private static String stackTrace(Throwable fault) {
        var trace = new StringWriter();
        fault.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }

    private static String text(String text) {
        return Delivery.storable(
                text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text);
    }
}
