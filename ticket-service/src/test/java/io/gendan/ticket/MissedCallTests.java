package io.gendan.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.api.Role;
import io.gendan.events.AgentEvent.AgentChanged;
import io.gendan.events.Level;
import io.gendan.events.Territory;
import io.gendan.ticket.Api.Reply;
import io.gendan.ticket.rules.RuleBook;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Tickets that are opened with the call or chat that they come from. */
@TicketServiceTest
class MissedCallTests {

    private static final String AGENT = "agent-south-1";

    @LocalServerPort int port;
    @Autowired Agents agents;
    @Autowired RuleBook rules;
    @Autowired JdbcClient jdbc;

    private Api phone;
    private Api agent;
    private String number;
    private String order;

    @BeforeEach
    void customer() {
        agents.save(
                new AgentChanged(
                        AGENT,
                        Instant.EPOCH,
                        "林嘉欣",
                        "south-1",
                        Territory.SOUTH,
                        1,
                        Level.SENIOR,
                        List.of(),
                        true));
        phone = Api.as(port, "phone", Role.CHANNEL);
        agent = Api.as(port, AGENT, Role.AGENT);
        number = "+86138%08d".formatted(ThreadLocalRandom.current().nextInt(100_000_000));
        order = "JD" + UUID.randomUUID();
    }

    @Test
    void aMissedCallOpensATicketWithThePromiseToCallBack() {
        var opened = open(phone, missed("MISSED"));

        assertThat(opened.status()).as(opened.response().body()).isEqualTo(201);
        assertThat(opened.json().at("/contacts/0/channel").asString()).isEqualTo("PHONE");
        assertThat(opened.json().at("/contacts/0/outcome").asString()).isEqualTo("MISSED");
        var promise = callbacks(opened).getFirst();
        assertThat(promise.at("/owner/id").asString()).isEqualTo("system:ticket");
        var madeAt = Instant.parse(promise.path("madeAt").asString());
        assertThat(madeAt).isEqualTo(Instant.parse(opened.text("createdAt")));
        assertThat(Instant.parse(promise.path("dueAt").asString()))
                .isEqualTo(rules.inForceAt(madeAt).callBackBy(madeAt, false));
        assertThat(timeline(opened))
                .containsExactly("TicketCreated", "ContactRecorded", "PromiseMade", "PromiseMade");
        assertThat(opened.etag()).isEqualTo("\"4\"");
        assertThat(shown(opened).json()).isEqualTo(opened.json());
    }

    @Test
    void anAnsweredOneIsRecordedAndPromisesNoCall() {
        var opened = open(phone, contact("CHAT", "ANSWERED", ago(60), ago(10)));

        assertThat(opened.json().at("/contacts/0/channel").asString()).isEqualTo("CHAT");
        assertThat(callbacks(opened)).isEmpty();
        assertThat(timeline(opened))
                .containsExactly("TicketCreated", "ContactRecorded", "PromiseMade");
    }

    @Test
    void whoCallsAgainAboutAnOpenMatterIsCalledBackForThatTicket() {
        var opened = open(phone, "");
        var joined = open(phone, missed("ABANDONED"));

        assertThat(joined.status()).as(joined.response().body()).isEqualTo(200);
        assertThat(joined.json().path("joined").asBoolean()).isTrue();
        assertThat(joined.text("id")).isEqualTo(opened.text("id"));
        assertThat(joined.json().at("/contacts/0/outcome").asString()).isEqualTo("ABANDONED");
        assertThat(callbacks(joined)).hasSize(1);
        assertThat(timeline(opened))
                .containsExactly(
                        "TicketCreated",
                        "PromiseMade",
                        "TicketUrged",
                        "ContactRecorded",
                        "PromiseMade");

        var again = open(phone, missed("MISSED"));
        assertThat(again.json().path("contacts")).hasSize(2);
        assertThat(callbacks(again)).hasSize(1);
    }

    @Test
    void theCallInWhichTheyAskAgainSaysWhatItAnswers() {
        var opened = open(phone, "");

        var joined = open(phone, contact("PHONE", "ANSWERED", ago(180), null));

        assertThat(joined.status()).as(joined.response().body()).isEqualTo(200);
        assertThat(told(opened, "ContactRecorded"))
                .isNotEmpty()
                .isEqualTo(told(opened, "TicketUrged"));
    }

    private List<String> told(Reply ticket, String type) {
        return jdbc.sql(
                        """
                        SELECT payload ->> 'urgeId' FROM event_log
                        WHERE key = ? AND type = ? ORDER BY sequence\
                        """)
                .params(ticket.text("id"), type)
                .query(String.class)
                .list();
    }

    @Test
    void whoTakesItAtOnceOwesTheCall() {
        var taken = open(agent, missed("MISSED") + ",\"take\":true");

        assertThat(taken.status()).as(taken.response().body()).isEqualTo(201);
        assertThat(callbacks(taken).getFirst().at("/owner/id").asString()).isEqualTo(AGENT);
        assertThat(timeline(taken))
                .containsExactly(
                        "TicketCreated",
                        "TicketAssigned",
                        "TicketAccepted",
                        "ContactRecorded",
                        "PromiseMade",
                        "PromiseMade");
    }

    @Test
    void theCallInWhichItWasSolvedIsRecordedBeforeTheSolution() {
        var solved =
                open(
                        agent,
                        contact("PHONE", "ANSWERED", ago(300), ago(5))
                                + ",\"take\":true,\"resolve\":{\"result\":\"已补发\",\"proof\":\"REPLACED\"}");

        assertThat(solved.text("status")).as(solved.response().body()).isEqualTo("RESOLVED");
        assertThat(timeline(solved))
                .containsExactly(
                        "TicketCreated",
                        "TicketAssigned",
                        "TicketAccepted",
                        "ContactRecorded",
                        "TicketResolved");
    }

    @Test
    void theSameKeyRecordsOneCall() {
        var key = UUID.randomUUID().toString();
        var body = body(missed("MISSED"));
        var first = phone.postAs(key, "/api/tickets", body);
        var again = phone.postAs(key, "/api/tickets", body);

        assertThat(again.response().body()).isEqualTo(first.response().body());
        assertThat(shown(first).json().path("contacts")).hasSize(1);
    }

    @Test
    void writesNothingOfWhatCannotHaveBeen() {
        var soon = Instant.now().plusSeconds(600);
        var longAgo = Instant.now().minus(Duration.ofDays(30));
        refused(contact("PHONE", "MISSED", soon, null), "/contact/startedAt");
        refused(contact("PHONE", "MISSED", longAgo, null), "/contact/startedAt");
        refused(contact("PHONE", "MISSED", ago(60), ago(90)), "/contact/endedAt");
        refused(contact("APP", "MISSED", ago(60), null), "/contact/channel");
        refused(",\"contact\":{\"outcome\":\"MISSED\"}", "/contact/startedAt");
        refused(",\"contact\":{\"startedAt\":\"" + ago(60) + "\"}", "/contact/outcome");
        assertThat(tickets()).isZero();

        var opened = open(phone, "");
        var before = timeline(opened);
        refused(contact("PHONE", "MISSED", soon, null), "/contact/startedAt");
        assertThat(timeline(opened)).isEqualTo(before);
    }

    private void refused(String contact, String pointer) {
        var refused = open(phone, contact);
        assertThat(refused.status()).as(refused.response().body()).isEqualTo(422);
        assertThat(refused.text("pointer")).isEqualTo(pointer);
    }

    private long tickets() {
        return jdbc.sql("SELECT count(*) FROM ticket WHERE order_id = ?")
                .param(order)
                .query(Long.class)
                .single();
    }

    private Reply open(Api by, String more) {
        return by.post("/api/tickets", body(more));
    }

    private String body(String more) {
        return """
        {"kind":"REQUEST","channel":"PHONE","customer":{"phone":"%s"},"orderId":"%s",\
        "category":"DISPATCH.MISSING_ITEM","subject":"未接来电"%s}\
        """
                .formatted(number, order, more);
    }

    private static String missed(String outcome) {
        return ",\"contact\":{\"outcome\":\"%s\",\"startedAt\":\"%s\",\"endedAt\":\"%s\"}"
                .formatted(outcome, ago(60), ago(30));
    }

    private static String contact(
            String channel, String outcome, Instant from, @Nullable Instant until) {
        var ended = until == null ? "" : ",\"endedAt\":\"%s\"".formatted(until);
        return ",\"contact\":{\"channel\":\"%s\",\"outcome\":\"%s\",\"startedAt\":\"%s\"%s}"
                .formatted(channel, outcome, from, ended);
    }

    private static Instant ago(int seconds) {
        return Instant.now().minusSeconds(seconds);
    }

    private static List<JsonNode> callbacks(Reply ticket) {
        return ticket.json()
                .path("promises")
                .valueStream()
                .filter(promise -> promise.path("purpose").asString().equals("CALLBACK"))
                .toList();
    }

    private Reply shown(Reply ticket) {
        return viewer(ticket).get("/api/tickets/" + ticket.text("id"));
    }

    private List<String> timeline(Reply ticket) {
        return viewer(ticket)
                .get("/api/tickets/" + ticket.text("id") + "/timeline")
                .json()
                .path("items")
                .valueStream()
                .map(entry -> entry.path("type").asString())
                .toList();
    }

    private Api viewer(Reply ticket) {
        return ticket.json().path("assignee").isObject() ? agent : phone;
    }
}
