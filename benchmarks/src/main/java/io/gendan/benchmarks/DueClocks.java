package io.gendan.benchmarks;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Tickets and clocks in the tables of escalation-service, and what its log tells of them. */
final class DueClocks implements AutoCloseable {

    private static final int PLAIN_BATCH = 2_000;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private static final String TICKETS =
            """
            INSERT INTO ticket (id, number, kind, channel, priority, vip, created_at,
                policy_version, tier, round, stay, raised_stay, state, answered)
            SELECT md5(? || n)::uuid, ? || '-' || n, 'COMPLAINT', 'APP', 'NORMAL', false,
                clock_timestamp(), '2026.2', 1, 1, 1, 0, 'OPEN', false
            FROM generate_series(0, ?) AS n
            """;

    /** Three a ticket as it has them when it is new; those not to run out do so in days. */
    private static final String CLOCKS =
            """
            INSERT INTO clock (ticket_id, kind, number, stay, policy_version, calendar_code,
                calendar_version, basis, target_us, grace_us, started_at, due_at, state, fires_at,
                warned, pauses)
            SELECT md5(? || n)::uuid, kind, 1, 1, '2026.2', 'ALWAYS', '2026.1', 'kind',
                extract(epoch FROM target) * 1e6, 0, due - target, due, 'RUNNING', due, 90, '[]'
            FROM generate_series(0, ?) AS n
            CROSS JOIN LATERAL (VALUES
                ('FIRST_RESPONSE', interval '30 min', ?::timestamptz + n * ?::interval),
                ('TIER_RESOLUTION', interval '24 h', ?::timestamptz + interval '1 day'),
                ('RESOLUTION', interval '72 h', ?::timestamptz + interval '3 days'))
                AS clocks (kind, target, due)
            """;

    private static final String RAISED =
            """
            SELECT key::uuid, (payload ->> 'dueAt')::timestamptz, at FROM event_log
            WHERE topic = 'escalations' AND type = 'EscalationRaised'
                AND key IN (SELECT id::text FROM ticket WHERE number LIKE ? || '-%')
            """;

    /** What firing writes, set by set: the ticket, its clock, the escalation, two events. */
    private static final String PLAIN =
            """
            WITH due AS MATERIALIZED (
                SELECT ticket.id, ticket.stay, ticket.tier, clock.kind, clock.number, clock.due_at,
                    clock_timestamp() AS at, md5('escalation:' || ticket.id)::uuid AS escalation
                FROM clock JOIN ticket ON ticket.id = clock.ticket_id
                WHERE clock.fires_at <= (SELECT clock_timestamp())
                ORDER BY clock.fires_at LIMIT ? FOR UPDATE OF ticket SKIP LOCKED
            ), raised AS (
                UPDATE ticket SET raised_stay = due.stay FROM due WHERE ticket.id = due.id
            ), spent AS (
                UPDATE clock SET state = 'ELAPSED', fires_at = NULL, ended_at = due.due_at
                FROM due WHERE ticket_id = due.id AND clock.kind = due.kind
                    AND clock.number = due.number
            ), escalated AS (
                INSERT INTO escalation (id, ticket_id, raised_stay, from_tier, to_tier, cause,
                    clock, due_at, raised_at, state, vip, priority_rank)
                SELECT escalation, id, stay, tier, tier + 1, 'TIME', kind, due_at, at, 'RAISED',
                    false, 2 FROM due
            ), entry AS MATERIALIZED (
                SELECT id::text AS key, at, type, payload, n + coalesce((SELECT max(sequence)
                    FROM event_log WHERE topic = 'escalations' AND key = id::text), 0) AS sequence
                FROM due CROSS JOIN LATERAL (VALUES
                    (1, 'EscalationRaised', jsonb_build_object('ticketId', id, 'stay', stay,
                        'at', at, 'escalationId', escalation, 'fromTier', tier, 'toTier', tier + 1,
                        'cause', 'TIME', 'clock', kind, 'dueAt', due_at)),
                    (2, 'DueChanged', jsonb_build_object('ticketId', id, 'at', at,
                        'clock', 'TIER_RESOLUTION', 'dueAt', due_at + interval '1 day')))
                    AS events (n, type, payload)
            ), logged AS (
                INSERT INTO event_log (topic, key, sequence, type, payload, actor, at)
                SELECT 'escalations', key, sequence, type, payload, 'system:escalation', at
                FROM entry
            )
            INSERT INTO outbox (bucket, topic, key, sequence)
            SELECT abs(hashtext(key) % 16), 'escalations', key, sequence FROM entry
            """;

    private final Connection connection;

    /** One raising, as the log tells it. */
    record Raised(UUID ticket, Instant dueAt, Instant at) {}

    DueClocks(RunningGendan gendan) throws SQLException {
        connection = gendan.connect("escalation", "escalation_owner");
    }

    Instant now() throws SQLException {
        try (var query = connection.prepareStatement("SELECT clock_timestamp()");
                var row = query.executeQuery()) {
            row.next();
            return row.getObject(1, OffsetDateTime.class).toInstant();
        }
    }

    /** Makes so many tickets, of which one clock each runs out, one after the other. */
    void open(String name, int count, Instant firstDue, Duration step) throws SQLException {
        var first = firstDue.atOffset(ZoneOffset.UTC);
        connection.setAutoCommit(false);
        try (var tickets = connection.prepareStatement(TICKETS);
                var clocks = connection.prepareStatement(CLOCKS)) {
            tickets.setString(1, name);
            tickets.setString(2, name);
            tickets.setInt(3, count - 1);
            tickets.executeUpdate();
            clocks.setString(1, name);
            clocks.setInt(2, count - 1);
            clocks.setObject(3, first);
            clocks.setString(4, step.toNanos() / 1_000.0 + " microseconds");
            clocks.setObject(5, first);
            clocks.setObject(6, first);
            clocks.executeUpdate();
        }
        connection.commit();
        connection.setAutoCommit(true);
        try (var statement = connection.createStatement()) {
            statement.execute("ANALYZE ticket, clock");
        }
    }

    long countOpen() throws SQLException {
        return count("SELECT count(*) FROM clock WHERE fires_at IS NOT NULL AND '' = ?", "");
    }

    /** By the tickets; {@link #raised} counts what was told. */
    void awaitRaised(String name, int count) throws SQLException, InterruptedException {
        var until = System.nanoTime() + LONGEST_WAIT.toNanos();
        var waiting =
                "SELECT count(*) FROM ticket WHERE raised_stay < stay AND number LIKE ? || '-%'";
        while (count(waiting, name) > 0) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException("Not all of %d were raised".formatted(count));
            }
            Thread.sleep(2_000);
        }
    }

    List<Raised> raised(String name) throws SQLException {
        try (var query = connection.prepareStatement(RAISED)) {
            query.setString(1, name);
            var raised = new ArrayList<Raised>();
            try (var row = query.executeQuery()) {
                while (row.next()) {
                    raised.add(
                            new Raised(
                                    row.getObject(1, UUID.class),
                                    row.getObject(2, OffsetDateTime.class).toInstant(),
                                    row.getObject(3, OffsetDateTime.class).toInstant()));
                }
            }
            return raised;
        }
    }

    /** As somebody would who writes good SQL and nothing else: a statement and a commit a batch. */
    int raisePlainly(int count) throws SQLException {
        try (var plain = connection.prepareStatement(PLAIN)) {
            for (int done = 0; done < count; done += PLAIN_BATCH) {
                plain.setInt(1, PLAIN_BATCH);
                plain.executeUpdate();
            }
        }
        return raised("plain").size();
    }

    private long count(String query, String name) throws SQLException {
        try (var statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
