package io.gendan.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gendan.messaging.DatabaseClock;
import io.gendan.ticket.rules.Calling;
import io.gendan.ticket.rules.RuleBook;

import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.core.simple.JdbcClient;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What a channel does with its outbox. */
@TestComponent
class Outbox {

    private final JdbcClient jdbc;
    private final RuleBook rules;
    private final DatabaseClock clock;
    private final Vault vault;

    Outbox(JdbcClient jdbc, RuleBook rules, DatabaseClock clock, Vault vault) {
        this.jdbc = jdbc;
        this.rules = rules;
        this.clock = clock;
        this.vault = vault;
    }

    /** From now on customers may be asked, whatever hour it is. */
    void day() {
        ask(LocalTime.MIN, LocalTime.MAX);
    }

    /** From now on they may not, whatever hour it is. */
    void night() {
        ask(LocalTime.MIN, LocalTime.MIN);
    }

    /** For a day, and after it within the hours that are shipped. */
    private void ask(LocalTime from, LocalTime until) {
        var now = clock.now();
        var soon = now.plus(Duration.ofMinutes(1));
        if (isAsked(from, until, now) && isAsked(from, until, soon)) {
            return;
        }
        var shipped = TicketFixtures.RULES.survey();
        putInForce(Duration.ZERO, from, until);
        putInForce(Duration.ofDays(1), shipped.from(), shipped.until());
        await().until(() -> isAsked(from, until, clock.now()));
    }

    private boolean isAsked(LocalTime from, LocalTime until, Instant at) {
        var hours = rules.inForceAt(at).survey().hours();
        return hours.equals(new Calling(from, until, hours.zone()));
    }

    /** After what leaders have begin soon. */
    private void putInForce(Duration after, LocalTime from, LocalTime until) {
        jdbc.sql(
                        """
                        INSERT INTO service_rules (version, valid_from, created_by, document)
                        SELECT :version,
                            greatest(clock_timestamp(), valid_from + interval '1 millisecond')
                                + make_interval(secs => :after),
                            'supervisor-1',
                            jsonb_set(jsonb_set(document,
                                '{survey,from}', to_jsonb(:from::text)),
                                '{survey,until}', to_jsonb(:until::text))
                        FROM service_rules
                        WHERE valid_from <= clock_timestamp() + interval '1 minute'
                        ORDER BY valid_from DESC LIMIT 1
                        """)
                .param("version", UUID.randomUUID().toString())
                .param("after", (double) after.toSeconds())
                .param("from", from.toString())
                .param("until", until.toString())
                .update();
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

    /** Tells the customer all of the ticket that may be told at this hour, as if it were due. */
    List<JsonNode> tellAll(Api channel, String ticketId) {
        jdbc.sql("UPDATE delivery SET next_try_at = clock_timestamp() WHERE ticket_id = ?::uuid")
                .param(ticketId)
                .update();
        var told = new ArrayList<JsonNode>();
        for (var next = waiting(channel, ticketId);
                !next.isEmpty();
                next = waiting(channel, ticketId)) {
            delivered(channel, next.getFirst().path("id").asString());
            told.add(next.getFirst());
        }
        return told;
    }

    /** Where the customer answers whether it was a solution; whatever hour it is, they know it. */
    String surveyUrl(Api channel, String ticketId) {
        tellAll(channel, ticketId);
        var asked =
                jdbc.sql(
                                """
                                SELECT id, survey_id FROM delivery
                                WHERE ticket_id = ?::uuid AND kind = 'SURVEY'
                                    AND outcome IS DISTINCT FROM 'WITHDRAWN'
                                ORDER BY position DESC LIMIT 1
                                """)
                        .param(ticketId)
                        .query()
                        .singleRow();
        delivered(channel, asked.get("id").toString());
        return "/api/surveys/" + vault.token((UUID) asked.get("survey_id"));
    }

    private static void delivered(Api channel, String id) {
        var told = channel.post("/api/channels/outbox/" + id + "/delivered", "");
        assertThat(told.status()).isEqualTo(200);
    }
}
