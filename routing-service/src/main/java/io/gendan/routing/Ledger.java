package io.gendan.routing;

import io.gendan.events.Level;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import java.sql.Array;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

        boolean isProposed() {
            return state == State.RESERVED;
        }

        boolean isForChoice(int ofRound, String ofAgent) {
            return isProposed() && round == ofRound && agent.equals(ofAgent);
        }
    }

    /** Holds the ledger until the transaction ends, and gives the rules in force. */
    Rules open() {
        var already = held();
        return already == null ? hold().rules : already.rules;
    }

    private @Nullable Held held() {
        return (Held) TransactionSynchronizationManager.getResource(this);
    }

    private Held hold() {
        var held =
                new Held(
                        rulebook.version(
                                jdbc.sql("SELECT rule_version FROM ledger WHERE id = 1 FOR UPDATE")
                                        .query(String.class)
                                        .single()));
        held.resume();
        TransactionSynchronizationManager.registerSynchronization(held);
        return held;
    }

    /** What one transaction knows while it holds the ledger: nobody else changes it. */
    private final class Held implements TransactionSynchronization {

        private final Rules rules;
        private final Map<String, List<Contender>> teams = new HashMap<>();

        Held(Rules rules) {
            this.rules = rules;
        }

        void reserved(String agent, int points, Instant at) {
            teams.replaceAll(
                    (_, team) ->
                            team.stream()
                                    .map(
                                            one ->
                                                    one.agent().equals(agent)
                                                            ? one.taking(points, at)
                                                            : one)
                                    .toList());
        }

        @Override
        public void resume() {
            TransactionSynchronizationManager.bindResource(Ledger.this, this);
        }

        @Override
        public void suspend() {
            TransactionSynchronizationManager.unbindResource(Ledger.this);
        }

        @Override
        public void afterCompletion(int status) {
            suspend();
        }
    }

    /** The rules in force, for reading only. */
    Rules rules() {
        return rulebook.version(
                jdbc.sql("SELECT rule_version FROM ledger WHERE id = 1")
                        .query(String.class)
                        .single());
    }

    /** More than one only while a ticket that somebody has is proposed to somebody else. */
    List<Reservation> of(UUID ticketId) {
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
                .list();
    }

    /**
     * Proposes the ticket to an agent.
     *
     * @throws DuplicateKeyException when it is proposed to somebody, or theirs already
     */
    void reserve(RoutedTicket ticket, String agent, Instant at) {
        jdbc.sql(
                        """
                        WITH chosen AS (UPDATE agent SET last_chosen_at = ? WHERE id = ?)
                        INSERT INTO reservation (ticket_id, agent, round, points, state)
                        VALUES (?, ?, ?, ?, 'RESERVED')
                        """)
                .params(
                        Timestamp.from(at),
                        agent,
                        ticket.id(),
                        agent,
                        ticket.round(),
                        ticket.need().points())
                .update();
        var held = held();
        if (held != null) {
            held.reserved(agent, ticket.need().points(), at);
        }
    }

    /** Whether the ticket took what was proposed: then its agent carries it for sure. */
    boolean confirmChoice(UUID ticketId, int round, String agent) {
        return jdbc.sql(
                                """
                                UPDATE reservation SET state = 'CONFIRMED'
                                WHERE ticket_id = ? AND round = ? AND agent = ?
                                    AND state = 'RESERVED'
                                """)
                        .params(ticketId, round, agent)
                        .update()
                > 0;
    }

    /** Whoever had it before no longer carries it; it weighs in full, resting or not before. */
    void confirm(RoutedTicket ticket, String agent) {
        free(ticket.id());
        jdbc.sql(
                        """
                        INSERT INTO reservation (ticket_id, agent, round, points, state)
                        VALUES (?, ?, ?, ?, 'CONFIRMED')
                        """)
                .params(ticket.id(), agent, ticket.round(), ticket.need().points())
                .update();
        loadsChanged();
    }

    /** What it weighs from now on: in full, or while it rests. */
    void weigh(UUID ticketId, int points, int resting) {
        jdbc.sql(
                        """
                        UPDATE reservation SET points = CASE WHEN rests THEN ? ELSE ? END
                        WHERE ticket_id = ?
                        """)
                .params(resting, points, ticketId)
                .update();
        loadsChanged();
    }

    /**
     * It waits, and whoever has it carries little. Whom it is proposed to keeps room for the whole:
     * once they take it, it waits no longer.
     */
    void rest(UUID ticketId, int points) {
        jdbc.sql(
                        """
                        UPDATE reservation SET points = ?, rests = true
                        WHERE ticket_id = ? AND state = 'CONFIRMED'
                        """)
                .params(points, ticketId)
                .update();
        loadsChanged();
    }

    void wake(UUID ticketId, int points) {
        jdbc.sql("UPDATE reservation SET points = ?, rests = false WHERE ticket_id = ?")
                .params(points, ticketId)
                .update();
        loadsChanged();
    }

    void free(UUID ticketId) {
        jdbc.sql("DELETE FROM reservation WHERE ticket_id = ?").param(ticketId).update();
        loadsChanged();
    }

    void free(Reservation one) {
        jdbc.sql("DELETE FROM reservation WHERE ticket_id = ? AND agent = ?")
                .params(one.ticketId(), one.agent())
                .update();
        loadsChanged();
    }

    private void loadsChanged() {
        var held = held();
        if (held != null) {
            held.teams.clear();
        }
    }

    /** Everybody of the team, on duty or not; nobody is marked as knowing a customer yet. */
    List<Contender> contenders(String team) {
        var held = held();
        return held == null
                ? readContenders(team)
                : held.teams.computeIfAbsent(team, this::readContenders);
    }

    private List<Contender> readContenders(String team) {
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

    /**
     * Who has, or had last, a ticket of the customer that is not over, that was closed so lately,
     * or that this follows up.
     */
    Set<String> knowing(UUID customerId, UUID ticketId, Duration lately) {
        return jdbc.sql(
                        """
                        SELECT coalesce(reservation.agent, ticket.agent) AS agent
                        FROM ticket LEFT JOIN reservation ON ticket_id = ticket.id
                        WHERE ticket.id IN (
                            SELECT id FROM ticket WHERE customer_id = :customer AND stage <> 'CLOSED'
                            UNION ALL
                            SELECT id FROM ticket
                            WHERE customer_id = :customer
                                AND closed_at > clock_timestamp() - :lately * interval '1 second'
                            UNION ALL
                            SELECT follows FROM follow_up WHERE follow_up.ticket_id = :ticket)
                          AND coalesce(reservation.agent, ticket.agent) IS NOT NULL
                        """)
                .param("customer", customerId)
                .param("ticket", ticketId)
                .param("lately", lately.toSeconds())
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
