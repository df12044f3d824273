package io.gendan.benchmarks;

import org.flywaydb.core.Flyway;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What opening a ticket is to PostgreSQL when nothing else is done: the rows of ticket-service, in
 * tables made by its migrations, one transaction a ticket, a connection for each client.
 */
final class RawIntake implements Client {

    static final String DATABASE = "raw_intake";

    private static final String OWNER = "ticket_owner";
    private static final String APP = "ticket_app";

    private static final String CUSTOMER =
            """
            INSERT INTO customer (id, phone_index, phone_sealed, name_sealed, created_at)
            VALUES (?, ?, ?, ?, clock_timestamp())
            ON CONFLICT (phone_index) DO UPDATE SET grade = customer.grade RETURNING id
            """;
    private static final String TICKET =
            """
            INSERT INTO ticket (
                id, number, opened_by, channel, customer_id, province, subject, body, created_at,
                created, state, status, kind, category, priority, tier)
            VALUES (?, to_char(clock_timestamp(), 'YYYYMMDD')
                    || lpad(nextval('ticket_number')::text, 8, '0'),
                'app', 'APP', ?, ?, ?, ?, clock_timestamp(), ?::jsonb, ?::jsonb, 'NEW',
                'CONSULTATION', 'OTHER.UNSORTED', 'NORMAL', 1)
            """;
    private static final String EVENT =
            """
            INSERT INTO event_log (topic, key, sequence, type, payload, actor, reason, at)
            VALUES ('tickets', ?, 1, 'TicketCreated', ?::jsonb, 'app', 'opened by APP',
                clock_timestamp())
            """;
    private static final String OUTBOX =
            "INSERT INTO outbox (bucket, topic, key, sequence) VALUES (?, 'tickets', ?, 1)";
    private static final String ANSWER =
            """
            INSERT INTO idempotency_key (client, key, fingerprint, status, headers, body)
            VALUES ('app', ?, ?, 201, ?::jsonb, ?)
            """;

    private final Sample sample;
    private final Connection connection;
    private final PreparedStatement customer;
    private final PreparedStatement ticket;
    private final PreparedStatement event;
    private final PreparedStatement outbox;
    private final PreparedStatement answer;

    /** What ticket-service wrote for a ticket, to write as much. */
    record Sample(
            String created,
            String state,
            String payload,
            byte[] phoneSealed,
            byte[] nameSealed,
            String fingerprint,
            String headers,
            String body) {

        /** Of any ticket that the system has. */
        static Sample from(RunningGendan gendan) throws SQLException {
            try (var connection = gendan.connect("ticket", APP);
                    var query =
                            connection.prepareStatement(
                                    """
                                    SELECT ticket.created, ticket.state, event_log.payload, phone_sealed,
                                        name_sealed, fingerprint, headers, idempotency_key.body
                                    FROM ticket
                                    JOIN customer ON customer.id = customer_id
                                    JOIN event_log ON key = ticket.id::text AND sequence = 1
                                    JOIN idempotency_key
                                        ON headers ->> 'Location' = '/api/tickets/' || ticket.id
                                    LIMIT 1
                                    """);
                    var row = query.executeQuery()) {
                if (!row.next()) {
                    throw new IllegalStateException("There is no ticket to take a sample of");
                }
                return new Sample(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getBytes(4),
                        row.getBytes(5),
                        row.getString(6),
                        row.getString(7),
                        row.getString(8));
            }
        }
    }

    /** Makes the database on the server that the system runs on. */
    static void prepare(RunningGendan gendan) throws SQLException {
        try (var server = gendan.connect("postgres", "postgres");
                var statement = server.createStatement()) {
            statement.execute("CREATE DATABASE %s OWNER %s".formatted(DATABASE, OWNER));
            for (var setting : new String[] {"fsync", "synchronous_commit", "full_page_writes"}) {
                try (var row = statement.executeQuery("SHOW " + setting)) {
                    if (!row.next() || !row.getString(1).equals("on")) {
                        throw new IllegalStateException(setting + " is not on");
                    }
                }
            }
        }
        Logger.getLogger("org.flywaydb").setLevel(Level.WARNING);
        var sources = "filesystem:%s/%s/src/main/resources/db/%s";
        var repository = gendan.repository();
        Flyway.configure()
                .dataSource(gendan.url(DATABASE), OWNER, gendan.password(OWNER))
                .locations(
                        sources.formatted(repository, "messaging", "messaging"),
                        sources.formatted(repository, "api", "api"),
                        sources.formatted(repository, "ticket-service", "migration"))
                .placeholders(Map.of("app", APP))
                .load()
                .migrate();
    }

    RawIntake(RunningGendan gendan, Sample sample) throws SQLException {
        this.sample = sample;
        connection = gendan.connect(DATABASE, APP);
        connection.setAutoCommit(false);
        customer = connection.prepareStatement(CUSTOMER);
        ticket = connection.prepareStatement(TICKET);
        event = connection.prepareStatement(EVENT);
        outbox = connection.prepareStatement(OUTBOX);
        answer = connection.prepareStatement(ANSWER);
    }

    @Override
    public void once() throws SQLException {
        var id = UUID.randomUUID();
        var customerId = customer(Tickets.phone());
        ticket.setObject(1, id);
        ticket.setObject(2, customerId);
        ticket.setString(3, Tickets.province());
        ticket.setString(4, Tickets.SUBJECT);
        ticket.setString(5, Tickets.BODY);
        ticket.setString(6, sample.created());
        ticket.setString(7, sample.state());
        ticket.executeUpdate();
        event.setString(1, id.toString());
        event.setString(2, sample.payload());
        event.executeUpdate();
        outbox.setShort(1, (short) Math.floorMod(id.hashCode(), 16));
        outbox.setString(2, id.toString());
        outbox.executeUpdate();
        answer.setString(1, UUID.randomUUID().toString());
        answer.setString(2, sample.fingerprint());
        answer.setString(3, sample.headers());
        answer.setString(4, sample.body());
        answer.executeUpdate();
        connection.commit();
    }

    private UUID customer(String phone) throws SQLException {
        customer.setObject(1, UUID.randomUUID());
        customer.setBytes(2, index(phone));
        customer.setBytes(3, sample.phoneSealed());
        customer.setBytes(4, sample.nameSealed());
        try (var row = customer.executeQuery()) {
            row.next();
            return row.getObject(1, UUID.class);
        }
    }

    private static byte[] index(String phone) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(phone.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every Java platform has SHA-256", missing);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
