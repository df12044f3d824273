package io.gendan.routing;

import io.gendan.events.Level;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import java.sql.Array;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Who carries how much. An agent's load is the sum of the reservations; the database keeps it
 * beside the agent and nobody else writes it.
 *
 * <p>One transaction at a time may change it ({@link #open}): a batch touches teams in the order of
 * its events, so a lock per team would let two instances wait for each other, and two that read the
 * same load would both choose the same agent.
 */
@Repository
class Ledger {

    private final JdbcClient jdbc;
    private final Rulebook rulebook;

    Ledger(JdbcClient jdbc, Rulebook rulebook) {
        this.jdbc = jdbc;
        this.rulebook = rulebook;
    }

    enum State {
        /** Proposed; the ticket has not answered yet. */
        RESERVED,
        /** The ticket says so. */
        CONFIRMED
    }

    record Reservation(UUID ticketId, String agent, int round, int points, State state) {

        boolean isForChoice(int ofRound, String ofAgent) {
            return state == State.RESERVED && round == ofRound && agent.equals(ofAgent);
        }
    }

    /** Holds the ledger until the transaction ends, and gives the rules in force. */
    Rules open() {
        return rulebook.version(
                jdbc.sql("SELECT rule_version FROM ledger WHERE id = 1 FOR UPDATE")
                        .query(String.class)
                        .single());
    }

    /** The rules in force, for reading only. */
    Rules rules() {
        return rulebook.version(
                jdbc.sql("SELECT rule_version FROM ledger WHERE id = 1")
                        .query(String.class)
                        .single());
    }

    Optional<Reservation> of(UUID ticketId) {
        return jdbc.sql("SELECT * FROM reservation WHERE ticket_id = ?")
                .param(ticketId)
                .query(
                        (row, _) ->
                                new Reservation(
                                        row.getObject("ticket_id", UUID.class),
                                        row.getString("agent"),
                                        row.getInt("round"),
                                        row.getInt("points"),
                                        State.valueOf(row.getString("state"))))
                .optional();
    }

    void reserve(RoutedTicket ticket, String agent, Instant at) {
        put(ticket, agent, State.RESERVED);
        jdbc.sql("UPDATE agent SET last_chosen_at = ? WHERE id = ?")
                .params(Timestamp.from(at), agent)
                .update();
    }

    /** Whoever had it before no longer carries it; it weighs in full, waiting or not before. */
    void confirm(RoutedTicket ticket, String agent) {
        put(ticket, agent, State.CONFIRMED);
    }

    private void put(RoutedTicket ticket, String agent, State state) {
        jdbc.sql(
                        """
                        INSERT INTO reservation (ticket_id, agent, round, points, state)
                        VALUES (?, ?, ?, ?, ?)
                        ON CONFLICT (ticket_id) DO UPDATE
                        SET agent = EXCLUDED.agent, round = EXCLUDED.round,
                            points = EXCLUDED.points, state = EXCLUDED.state
                        """)
                .params(ticket.id(), agent, ticket.round(), ticket.need().points(), state.name())
                .update();
    }

    void weigh(UUID ticketId, int points) {
        jdbc.sql("UPDATE reservation SET points = ? WHERE ticket_id = ?")
                .params(points, ticketId)
                .update();
    }

    void free(UUID ticketId) {
        jdbc.sql("DELETE FROM reservation WHERE ticket_id = ?").param(ticketId).update();
    }

    /** Everybody of the team, on duty or not; nobody is marked as knowing a customer yet. */
    List<Contender> contenders(String team) {
        return jdbc.sql(
                        """
                        SELECT id, name, level, skills, on_duty, load, open, last_chosen_at
                        FROM agent WHERE team = ?
                        """)
                .param(team)
                .query(
                        (row, _) -> {
                            var last = row.getTimestamp("last_chosen_at");
                            return new Contender(
                                    row.getString("id"),
                                    row.getString("name"),
                                    Level.valueOf(row.getString("level")),
                                    Set.of(texts(row.getArray("skills"))),
                                    row.getBoolean("on_duty"),
                                    row.getInt("load"),
                                    row.getInt("open"),
                                    false,
                                    last == null ? null : last.toInstant());
                        })
                .list();
    }

    /** Who has, or had last, a ticket of the customer that is not closed. */
    Set<String> knowing(UUID customerId) {
        return jdbc.sql(
                        """
                        SELECT coalesce(reservation.agent, ticket.agent) AS agent
                        FROM ticket LEFT JOIN reservation ON ticket_id = ticket.id
                        WHERE customer_id = ? AND stage <> 'CLOSED'
                          AND coalesce(reservation.agent, ticket.agent) IS NOT NULL
                        """)
                .param(customerId)
                .query((row, _) -> row.getString("agent"))
                .set();
    }

    /** The tier-1 team whose agents on duty have most points to spare. */
    String teamWithMostSpare(Rules rules) {
        return jdbc.sql(
                        """
                        SELECT team.id FROM team
                        LEFT JOIN agent ON agent.team = team.id AND on_duty
                        LEFT JOIN level_rule
                               ON level_rule.level = agent.level AND rule_version = ?
                        WHERE tier = 1
                        GROUP BY team.id
                        ORDER BY sum(coalesce(capacity, 0) - coalesce(load, 0)) DESC, team.id
                        LIMIT 1
                        """)
                .param(rules.version())
                .query(String.class)
                .single();
    }

    static String[] texts(Array array) throws SQLException {
        return (String[]) array.getArray();
    }
}
