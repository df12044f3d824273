package io.gendan.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.core.simple.JdbcClient;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;

/** What a channel does with its outbox. */
@TestComponent
class Outbox {

    private final JdbcClient jdbc;

    Outbox(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Tells the customers all that may be told now. */
    void tellAll(Api channel) {
        channel.get("/api/channels/outbox?limit=200")
                .json()
                .path("items")
                .valueStream()
                .map(one -> one.path("ticketId").asString())
                .forEach(ticket -> tellAll(channel, ticket));
    }

    /** What it is to tell now of the ticket. */
    static List<JsonNode> waiting(Api channel, String ticketId) {
        var waiting = new ArrayList<JsonNode>();
        var cursor = "";
        do {
            var page = channel.get("/api/channels/outbox?limit=200" + cursor).json();
            page.path("items")
                    .valueStream()
                    .filter(one -> one.path("ticketId").asString().equals(ticketId))
                    .forEach(waiting::add);
            cursor = page.path("next").isString() ? "&cursor=" + page.path("next").asString() : "";
        } while (!cursor.isEmpty());
        return waiting;
    }

    /** Tells the customer all that there is of the ticket, at whatever hour it may be told. */
    List<JsonNode> tellAll(Api channel, String ticketId) {
        jdbc.sql("UPDATE delivery SET next_try_at = clock_timestamp() WHERE ticket_id = ?::uuid")
                .param(ticketId)
                .update();
        var told = new ArrayList<JsonNode>();
        for (var next = waiting(channel, ticketId);
                !next.isEmpty();
                next = waiting(channel, ticketId)) {
            var path = "/api/channels/outbox/" + next.getFirst().path("id").asString();
            assertThat(channel.post(path + "/delivered", "").status()).isEqualTo(200);
            told.add(next.getFirst());
        }
        return told;
    }

    /** Where the customer answers whether it was a solution. */
    String surveyUrl(Api channel, String ticketId) {
        return tellAll(channel, ticketId).stream()
                .filter(one -> one.path("kind").asString().equals("SURVEY"))
                .findFirst()
                .orElseThrow()
                .path("surveyUrl")
                .asString();
    }
}
