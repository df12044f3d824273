package io.gendan.ticket;

import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.util.List;

/** What is counted, place by place, and what reading all tickets gives instead. */
@TestComponent
class KeptCounts {

    private static final String PLACES =
            """
            SELECT concat_ws('/', kind, status, tier, coalesce(territory, '-'),
                coalesce(served_by, '-')) || ' ' || sum(tickets) FROM (%s) AS places
            GROUP BY kind, status, tier, territory, served_by HAVING sum(tickets) <> 0 ORDER BY 1
            """;

    private final JdbcClient jdbc;

    KeptCounts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<String> counted() {
        return places(
                """
                SELECT kind, status, tier, territory, served_by, tickets FROM ticket_count
                UNION ALL
                SELECT kind, status, tier, territory, served_by, tickets FROM ticket_count_change
                """);
    }

    List<String> scanned() {
        return places("SELECT kind, status, tier, territory, served_by, 1 AS tickets FROM ticket");
    }

    /** Of what tickets stands otherwise beside what is or was somebody's. */
    List<String> misplaced() {
        return jdbc.sql(
                        """
                        SELECT ticket_id::text FROM ticket_agent AS theirs
                            JOIN ticket ON ticket.id = ticket_id
                        WHERE (theirs.tier, theirs.territory, theirs.status, theirs.kind,
                                theirs.channel, theirs.category, theirs.priority)
                            IS DISTINCT FROM (ticket.tier, ticket.territory, ticket.status,
                                ticket.kind, ticket.channel, ticket.category, ticket.priority)
                        """)
                .query(String.class)
                .list();
    }

    private List<String> places(String from) {
        return jdbc.sql(PLACES.formatted(from)).query(String.class).list();
    }
}
