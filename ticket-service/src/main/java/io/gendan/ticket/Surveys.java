package io.gendan.ticket;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import java.util.Optional;
import java.util.UUID;

/**
 * Which survey a token leads to. The token is the right to answer it, so the database has only a
 * keyed hash of it; whoever has the key of the {@link Vault} can tell it again.
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
