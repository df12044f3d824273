package io.gendan.benchmarks;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Tickets in the tables of ticket-service as if they had been opened one after another. */
final class ManyTickets implements AutoCloseable {

    private static final int AT_ONCE = 50_000;

    /** All that was made is of these: one ticket that the service wrote. */
    private static final String SAMPLE =
            """
            CREATE TEMP TABLE sample AS
            SELECT ticket.created, ticket.state, event_log.payload, phone_sealed, name_sealed
            FROM ticket JOIN customer ON customer.id = customer_id
            JOIN event_log ON topic = 'tickets' AND key = ticket.id::text AND sequence = 1 LIMIT 1
            """;

    /**
     * The newest in twenty is open. They came ten seconds apart, the first of the next part after
     * the last of this; shares of territories, kinds and channels are those of an ordinary day.
     */
    private static final String TICKETS =
            """
            WITH one AS MATERIALIZED (
                SELECT n, md5('ticket' || n)::uuid AS id, md5('customer' || n / 5)::uuid AS customer,
                    to_char(n, 'FM"B"0000000000') AS number,
                    clock_timestamp() - (?::int - n) * interval '10 s' AS at,
                    n > ?::int * 19 / 20 AS is_open,
                    (ARRAY['EAST','EAST','EAST','EAST','SOUTH','SOUTH','NORTH','NORTH','CENTRAL',
                        'CENTRAL','SOUTHWEST','SOUTHWEST','NORTHEAST','NORTHWEST'])
                        [1 + n % 9973 % 14] AS territory,
                    (ARRAY['CONSULTATION','CONSULTATION','CONSULTATION','REQUEST','REQUEST',
                        'COMPLAINT'])[1 + n % 9967 % 6] AS most_kind,
                    (ARRAY['CHAT','CHAT','CHAT','CHAT','APP','APP','PHONE','PHONE','WECHAT','WEB'])
                        [1 + n % 9949 % 10] AS channel
                FROM generate_series(?::int, ?::int) AS n
            ), ticket_of AS MATERIALIZED (
                SELECT one.*,
                    CASE WHEN n % 47 = 0 THEN 'SUGGESTION' ELSE most_kind END AS kind,
                    CASE WHEN n % 199 = 0 THEN 'URGENT' ELSE 'NORMAL' END AS priority,
                    CASE WHEN n % 101 = 0 THEN 3 WHEN n % 13 = 0 THEN 2 ELSE 1 END AS tier,
                    CASE WHEN n % 307 = 0 THEN 'SAFETY.FOOD' ELSE 'LISTING.MISMATCH' END AS category,
                    CASE WHEN NOT is_open THEN 'CLOSED' WHEN n % 4 = 0 THEN 'NEW'
                        WHEN n % 4 = 1 THEN 'WAITING' ELSE 'IN_PROGRESS' END AS status,
                    'agent-' || lower(territory) || '-' || n % 300 AS agent
                FROM one
            ), customers AS (
                INSERT INTO customer (id, phone_index, phone_sealed, name_sealed, created_at)
                SELECT DISTINCT ON (customer) customer, decode(md5('phone' || n / 5), 'hex'),
                    phone_sealed, name_sealed, at
                FROM ticket_of, sample ON CONFLICT DO NOTHING
            ), tickets AS (
                INSERT INTO ticket (id, number, opened_by, channel, customer_id, order_id, province,
                    subject, body, created_at, created, state, status, kind, category, priority,
                    tier, territory, served_by, assignee, responsible)
                SELECT id, number, 'app', channel, customer, 'B' || n, '广东', '纸尿裤包装与页面不符',
                    '收到的包装和页面上的不一样，客服说会回电，到现在还没有。请尽快处理。', at,
                    sample.created || jsonb_build_object('ticketId', id, 'number', number, 'at', at,
                        'customerId', customer, 'kind', kind, 'channel', channel, 'tier', tier),
                    sample.state || jsonb_build_object('status', status, 'tier', tier,
                        'territory', territory, 'servedBy', territory, 'agentWanted', false,
                        'assignee', jsonb_build_object('id', agent, 'name', agent),
                        'responsible', jsonb_build_object('id', agent, 'name', agent),
                        'facts', sample.state -> 'facts' || jsonb_build_object('kind', kind,
                            'category', category, 'priority', priority)),
                    status, kind, category, priority, tier, territory, territory, agent, agent
                FROM ticket_of, sample
            ), agents AS (
                INSERT INTO ticket_agent (ticket_id, agent, created_at, status, kind, channel,
                    category, priority, tier, territory)
                SELECT id, agent, at, status, kind, channel, category, priority, tier, territory
                FROM ticket_of
            ), due AS (
                INSERT INTO ticket_due (ticket_id, due_at, clock, tier, territory, served_by)
                SELECT id, clock_timestamp() + (n % 100 - 1) * interval '10 min', 'RESOLUTION',
                    tier, territory, territory
                FROM ticket_of WHERE is_open
            ), counted AS (
                INSERT INTO ticket_count_change (kind, status, tier, territory, served_by, tickets)
                SELECT kind, status, tier, territory, territory, count(*) FROM ticket_of
                GROUP BY kind, status, tier, territory
            )
            INSERT INTO event_log (topic, key, sequence, type, payload, actor, at)
            SELECT 'tickets', id, 1, 'TicketCreated',
                payload || jsonb_build_object('ticketId', id, 'number', number), 'app', at
            FROM ticket_of, sample
            """;

    private final Connection owner;
    private int count;

    ManyTickets(RunningGendan gendan) throws SQLException {
        owner = gendan.connect("ticket", "ticket_owner");
        try (var statement = owner.createStatement()) {
            statement.execute("SET synchronous_commit = off");
            statement.execute(SAMPLE);
        }
    }

    /** Adds tickets until there are so many, and lets the database look at them. */
    void fillUpTo(int tickets) throws SQLException {
        try (var insert = owner.prepareStatement(TICKETS)) {
            while (count < tickets) {
                var last = Math.min(tickets, count + AT_ONCE);
                insert.setInt(1, tickets);
                insert.setInt(2, tickets);
                insert.setInt(3, count + 1);
                insert.setInt(4, last);
                insert.executeUpdate();
                count = last;
            }
        }
        try (var statement = owner.createStatement()) {
            statement.execute("VACUUM (ANALYZE)");
        }
    }

    /** Where some of them are, anywhere in the list: their ids, and the times of their creation. */
    List<Place> some(int most) throws SQLException {
        var numbers =
                ThreadLocalRandom.current()
                        .ints(most, 1, count + 1)
                        .mapToObj("B%010d"::formatted)
                        .toArray(String[]::new);
        try (var query =
                owner.prepareStatement(
                        """
                        SELECT id, to_char(created_at AT TIME ZONE 'UTC',
                            'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
                        FROM ticket WHERE number = ANY (?)
                        """)) {
            query.setArray(1, owner.createArrayOf("text", numbers));
            var places = new ArrayList<Place>();
            try (var row = query.executeQuery()) {
                while (row.next()) {
                    places.add(new Place(row.getObject(1, UUID.class), row.getString(2)));
                }
            }
            return places;
        }
    }

    record Place(UUID id, String createdAt) {}

    @Override
    public void close() throws SQLException {
        owner.close();
    }
}
