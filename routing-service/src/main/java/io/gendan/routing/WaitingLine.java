package io.gendan.routing;

import io.gendan.routing.LineOrder.Place;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The teams' lines of tickets for which nobody was free. Changed only with the ledger open. */
@Repository
class WaitingLine {

    private final JdbcClient jdbc;

    WaitingLine(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void join(RoutedTicket ticket, Instant since) {
        jdbc.sql(
                        """
                        INSERT INTO waiting (ticket_id, team, sort, vip, since, line_from)
                        VALUES (?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        ticket.id(),
                        ticket.team(),
                        ticket.need().sort(),
                        ticket.need().vip(),
                        Timestamp.from(since),
                        Timestamp.from(ticket.lineFrom()))
                .update();
    }

    boolean has(UUID ticketId) {
        return jdbc.sql("SELECT EXISTS (SELECT 1 FROM waiting WHERE ticket_id = ?)")
                .param(ticketId)
                .query(Boolean.class)
                .single();
    }

    void leave(UUID ticketId) {
        jdbc.sql("DELETE FROM waiting WHERE ticket_id = ?").param(ticketId).update();
    }

    /**
     * The oldest of each sort, VIPs and others apart: whoever is next in the line is among them,
     * also when the same agents can take nothing of the sorts before.
     */
    List<Place> heads(String team) {
        return jdbc.sql(
                        """
                        SELECT DISTINCT ON (sort, vip) ticket_id, vip, line_from FROM waiting
                        WHERE team = ? ORDER BY sort, vip, line_from, ticket_id
                        """)
                .param(team)
                .query(
                        (row, _) ->
                                new Place(
                                        row.getObject("ticket_id", UUID.class),
                                        row.getBoolean("vip"),
                                        row.getTimestamp("line_from").toInstant()))
                .list();
    }

    int vipsInARow(String team) {
        return jdbc.sql("SELECT vips_in_a_row FROM team WHERE id = ?")
                .param(team)
                .query(Integer.class)
                .single();
    }

    void vipsInARow(String team, int count) {
        jdbc.sql("UPDATE team SET vips_in_a_row = ? WHERE id = ?").params(count, team).update();
    }
}
