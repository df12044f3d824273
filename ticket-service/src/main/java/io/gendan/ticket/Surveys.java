package io.gendan.ticket;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Who is asked whether it was a solution, and which survey a token leads to. The token is the right
 * to answer it, so the database has only a keyed hash of it; whoever has the key of the {@link
 * Vault} can tell it again.
 */
@Repository
class Surveys {

    private final JdbcClient jdbc;
    private final Vault vault;

    record Place(UUID ticketId, UUID surveyId) {}

    Surveys(JdbcClient jdbc, Vault vault) {
        this.jdbc = jdbc;
        this.vault = vault;
    }

    /**
     * Before the ticket is resolved: its customer is asked about that when the lot says so and
     * nobody else asked them in a time. Who asks holds the customer until the transaction ends, so
     * that of two tickets that are resolved at once one asks.
     */
    void decide(Ticket ticket, Instant now) {
        var facts = ticket.memento().facts();
        var surveying = ticket.rules().survey();
        if (!surveying.asks(facts.kind(), facts.major(), ticket.id(), now)
                || !claim(ticket, surveying.oncePer(), now)) {
            ticket.askNobody();
        }
    }

    private boolean claim(Ticket ticket, Duration oncePer, Instant now) {
        return jdbc.sql(
                                """
                                INSERT INTO asked_customer (customer_id, survey_id, asked_at)
                                VALUES (:customer, :survey, :now)
                                ON CONFLICT (customer_id) DO UPDATE
                                SET survey_id = excluded.survey_id, asked_at = excluded.asked_at
                                WHERE asked_customer.asked_at <= :longAgo
                                """)
                        .param("customer", ticket.created().customerId())
                        .param("survey", Survey.id(ticket.id(), ticket.memento().stay()))
                        .param("now", Rows.timestamp(now))
                        .param("longAgo", Rows.timestamp(now.minus(oncePer)))
                        .update()
                > 0;
    }

    /** The customer was not asked after all. */
    void release(UUID customerId, UUID surveyId) {
        jdbc.sql("DELETE FROM asked_customer WHERE customer_id = ? AND survey_id = ?")
                .params(customerId, surveyId)
                .update();
    }

    void open(UUID ticketId, UUID surveyId) {
        jdbc.sql("INSERT INTO survey (token_index, ticket_id, survey_id) VALUES (?, ?, ?)")
                .param(vault.index(vault.token(surveyId)))
                .param(ticketId)
                .param(surveyId)
                .update();
    }

    Optional<Place> find(String token) {
        return jdbc.sql("SELECT ticket_id, survey_id FROM survey WHERE token_index = ?")
                .param(vault.index(token))
                .query(
                        (row, _) ->
                                new Place(
                                        row.getObject("ticket_id", UUID.class),
                                        row.getObject("survey_id", UUID.class)))
                .optional();
    }
}
