package io.gendan.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gendan.api.Role;
import io.gendan.events.AgentEvent.AgentChanged;
import io.gendan.events.Level;
import io.gendan.ticket.Api.Reply;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Who is shown what is masked for everybody, and that it is on record. */
@TicketServiceTest
class RevealTests {

    private static final String WHY = "{\"reason\":\"回电\"}";
    private static final int MOST_IN_AN_HOUR = 60;

    @LocalServerPort int port;
    @Autowired Agents agents;
    @Autowired Proposals proposals;
    @Autowired JdbcClient jdbc;

    private final String phone = TicketAtWork.someone();
    private final String agentId = "agent-" + UUID.randomUUID();
    private Api client;
    private Api agent;
    private Api leader;
    private String id;

    @BeforeEach
    void aTicketOfTheAgent() {
        TicketAtWork.know(agents, agentId);
        client = Api.as(port, "client-" + UUID.randomUUID(), Role.CHANNEL);
        agent = Api.as(port, agentId, Role.AGENT);
        leader = Api.as(port, "leader-1", Role.SUPERVISOR);
        var opened =
                client.post(
                        "/api/tickets",
                        """
                        {"kind":"COMPLAINT","channel":"APP","category":"LISTING.MISMATCH",
                         "customer":{"phone":"%s","name":"小林 13700137000"},
                         "subject":"请打 13900139000","body":"运单 7712345678901"}
                        """
                                .formatted(phone));
        assertThat(opened.status()).as(opened.response().body()).isEqualTo(201);
        id = opened.text("id");
        proposals.assign(TicketFixtures.choice(UUID.fromString(id), 1, agentId));
    }

    @Test
    void showsWhomToCallAndWhatWasWritten() {
        say(client, "messages", "另一单 7712345678902");
        say(agent, "messages", "请拨打 4001234567");
        say(agent, "note", "仓库电话 13600136000");
        var resolved =
                edit("resolve", TicketAtWork.SOLVED.replace("已换货", "新运单 7712345678903"), agent);
        assertThat(resolved.status()).as(resolved.response().body()).isEqualTo(200);

        var revealed = reveal(agent);

        assertThat(revealed.status()).as(revealed.response().body()).isEqualTo(200);
        var ticket = revealed.json();
        assertThat(ticket.at("/customer/phone").asString()).isEqualTo(phone);
        assertThat(ticket.at("/customer/name").asString()).isEqualTo("小林 13700137000");
        assertThat(ticket.at("/customer/id").asString()).isEqualTo(customerId());
        assertThat(revealed.text("ticketId")).isEqualTo(id);
        assertThat(revealed.text("number")).isEqualTo(resolved.text("number"));
        assertThat(revealed.text("subject")).isEqualTo("请打 13900139000");
        assertThat(revealed.text("body")).isEqualTo("运单 7712345678901");
        assertThat(revealed.text("result")).isEqualTo("新运单 7712345678903");
        assertThat(ticket.path("messages").valueStream())
                .extracting(
                        said -> said.path("side").asString() + " " + said.path("text").asString())
                .containsExactly(
                        "CUSTOMER 另一单 7712345678902", "US 请拨打 4001234567", "NOTE 仓库电话 13600136000");
    }

    @Test
    void showsNoResultThatIsNone() {
        say(agent, "messages", "已换货");
        edit("resolve", TicketAtWork.SOLVED, agent);
        edit("reopen", "{\"reason\":\"还是坏的\"}", client);

        assertThat(reveal(agent).json().path("result").isNull()).isTrue();
    }

    @Test
    void ofALongConversationTheLastMessages() {
        jdbc.sql(
                        """
                        INSERT INTO message (id, ticket_id, author, side, text, at)
                        SELECT gen_random_uuid(), ?, 'app', 'CUSTOMER', n::text,
                            clock_timestamp() + n * interval '1 second'
                        FROM generate_series(1, 53) AS n
                        """)
                .param(UUID.fromString(id))
                .update();

        assertThat(reveal(agent).json().path("messages").valueStream())
                .extracting(said -> said.path("text").asString())
                .isEqualTo(IntStream.rangeClosed(4, 53).mapToObj(String::valueOf).toList());
    }

    @ParameterizedTest
    @EnumSource(names = {"CHANNEL", "ANALYST", "OPS"})
    void isForThoseOfUsWhoServeCustomers(Role other) {
        var stranger = Api.as(port, agentId, other);

        assertThat(reveal(stranger).status()).isEqualTo(403);
        assertThat(revealCustomer(stranger).status()).isEqualTo(403);
        assertThat(stranger.get("/api/reveals").status()).isEqualTo(403);
    }

    @Test
    void isForThoseWhoSeeTheTicket() {
        var elsewhere = "escalation-" + UUID.randomUUID();
        agents.save(
                new AgentChanged(
                        elsewhere,
                        Instant.EPOCH,
                        elsewhere,
                        "tier-3",
                        null,
                        3,
                        Level.SENIOR,
                        List.of(),
                        true));
        var third = Api.as(port, elsewhere, Role.ESCALATION);

        assertThat(reveal(third).status()).isEqualTo(404);
        assertThat(third.post("/api/tickets/" + UUID.randomUUID() + "/reveal", WHY).status())
                .isEqualTo(404);
        assertThat(Api.asNobody(port).post(path(), WHY).status()).isEqualTo(401);
        assertThat(reveal(leader).status()).isEqualTo(200);
        assertThat(reveal(Api.as(port, "admin-1", Role.ADMIN)).status()).isEqualTo(200);
        assertThat(record("ticket=" + id)).hasSize(2);
    }

    @Test
    void anAgentWhomNobodyKnowsIsShownNobody() {
        var unknown = Api.as(port, "agent-" + UUID.randomUUID(), Role.AGENT);

        assertThat(reveal(unknown).text("type")).endsWith(":agent-unknown");
        assertThat(revealCustomer(unknown).text("type")).endsWith(":agent-unknown");
    }

    @Test
    void aCustomerIsRevealedWithoutATicket() {
        var other = "agent-" + UUID.randomUUID();
        TicketAtWork.know(agents, other);

        var revealed = revealCustomer(Api.as(port, other, Role.AGENT));

        assertThat(revealed.status()).as(revealed.response().body()).isEqualTo(200);
        assertThat(revealed.json().at("/customer/phone").asString()).isEqualTo(phone);
        assertThat(revealed.json().at("/customer/name").asString()).isEqualTo("小林 13700137000");
        assertThat(revealed.json().path("subject").isMissingNode()).isTrue();
        assertThat(agent.post("/api/customers/" + UUID.randomUUID() + "/reveal", WHY).status())
                .isEqualTo(404);
        var record = record("customer=" + customerId());
        assertThat(record).hasSize(1);
        assertThat(record.getFirst().path("ticketId").isNull()).isTrue();
        assertThat(record.getFirst().path("by").asString()).isEqualTo(other);
    }

    @Test
    void isOnRecordWithItsReason() {
        var before = now();
        var revealed = agent.post(path(), "{\"reason\":\"回电 13900139000\"}");
        var after = now();

        var record = record("ticket=" + id);

        assertThat(record).hasSize(1);
        var reveal = record.getFirst();
        assertThat(reveal.path("id").asString()).isEqualTo(revealed.text("id"));
        assertThat(reveal.path("ticketId").asString()).isEqualTo(id);
        assertThat(reveal.path("number").asString()).isEqualTo(revealed.text("number"));
        assertThat(reveal.path("customerId").asString()).isEqualTo(customerId());
        assertThat(reveal.path("by").asString()).isEqualTo(agentId);
        assertThat(reveal.path("roles").toString()).isEqualTo("[\"agent\"]");
        assertThat(reveal.path("reason").asString()).isEqualTo("回电 ***********");
        assertThat(Instant.parse(reveal.path("at").asString())).isBetween(before, after);
        assertThat(revealed.text("at")).isEqualTo(reveal.path("at").asString());
    }

    @Test
    void changesNothingOfTheTicket() {
        var before = leader.get("/api/tickets/" + id);

        reveal(agent);

        var after = leader.get("/api/tickets/" + id);
        assertThat(after.json()).isEqualTo(before.json());
        assertThat(after.response().body()).doesNotContain(phone.substring(3), "13900139000");
    }

    @Test
    void theSameKeyGetsTheSameAnswerAndIsOnRecordOnce() {
        var key = UUID.randomUUID().toString();
        var first = agent.postAs(key, path(), WHY);
        var again = agent.postAs(key, path(), WHY);

        assertThat(first.status()).isEqualTo(200);
        assertThat(again.response().body()).isEqualTo(first.response().body()).contains(phone);
        assertThat(record("ticket=" + id)).hasSize(1);
        assertThat(agent.postAs(key, path(), "{\"reason\":\"别的\"}").text("type"))
                .endsWith(":idempotency-key-reused");
        assertThat(agent.postWithoutKey(path(), WHY).status()).isEqualTo(400);
        assertThat(record("ticket=" + id)).hasSize(1);
    }

    @Test
    void noAnswerThatIsKeptCanBeRead() {
        var key = UUID.randomUUID().toString();
        agent.postAs(key, path(), WHY);

        var kept =
                jdbc.sql("SELECT idempotency_key::text FROM idempotency_key WHERE key = ?")
                        .param(key)
                        .query(String.class)
                        .single();

        assertThat(kept).doesNotContain(phone.substring(3), "13900139000", "7712345678901", "小林");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`{}`, 422, required, /reason",
                "`{\"reason\":\" \"}`, 422, required, /reason",
                "`{\"reason\":\"201\"}`, 422, too-long, /reason",
                "`{\"why\":\"x\"}`, 400, field-unknown, /why"
            })
    void hasItsReason(String body, int status, String type, String pointer) {
        var sent = body.replace("201", "因".repeat(201));
        for (var refused :
                List.of(
                        agent.post(path(), sent),
                        agent.post("/api/customers/" + customerId() + "/reveal", sent))) {
            assertThat(refused.status()).isEqualTo(status);
            assertThat(refused.text("type")).endsWith(":" + type);
            assertThat(refused.text("pointer")).isEqualTo(pointer);
        }
        assertThat(record("by=" + agentId)).isEmpty();
    }

    @Test
    void withinAnHourThereIsAnEnd() {
        revealedBefore(MOST_IN_AN_HOUR, Duration.ofMinutes(61));
        revealedBefore(MOST_IN_AN_HOUR - 1, Duration.ofMinutes(50));

        assertThat(reveal(agent).status()).isEqualTo(200);
        var refused = revealCustomer(agent);

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.text("type")).endsWith(":too-many-reveals");
        var wait = refused.response().headers().firstValueAsLong("Retry-After").orElseThrow();
        assertThat(wait)
                .isBetween(Duration.ofMinutes(9).toSeconds(), Duration.ofMinutes(10).toSeconds());
        assertThat(reveal(agent).status()).isEqualTo(429);
        assertThat(reveal(leader).status()).isEqualTo(200);
    }

    @Test
    void thereIsAnEndAlsoForManyAtOnce() throws Exception {
        revealedBefore(MOST_IN_AN_HOUR - 3, Duration.ofMinutes(1));

        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> post = () -> reveal(agent).status();
            var answers =
                    callers.invokeAll(IntStream.range(0, 12).mapToObj(_ -> post).toList()).stream()
                            .map(Future::resultNow)
                            .sorted();
            assertThat(answers)
                    .containsExactly(200, 200, 200, 429, 429, 429, 429, 429, 429, 429, 429, 429);
        }
    }

    @Test
    void leadersSeeTheRecordPieceByPieceNewestFirst() {
        var first = reveal(agent).text("id");
        var second = revealCustomer(agent).text("id");
        var third = reveal(leader).text("id");

        assertThat(ids(record("customer=" + customerId()))).containsExactly(third, second, first);
        assertThat(ids(record("ticket=" + id))).containsExactly(third, first);
        assertThat(ids(record("by=" + agentId))).containsExactly(second, first);
        assertThat(ids(record("by=" + agentId + "&ticket=" + id))).containsExactly(first);
        assertThat(ids(record("by=nobody"))).isEmpty();
        var path = "/api/reveals?limit=2&customer=" + customerId();
        var page = leader.get(path).json();
        var rest = leader.get(path + "&cursor=" + page.path("next").asString()).json();
        assertThat(ids(page.path("items").valueStream().toList())).containsExactly(third, second);
        assertThat(ids(rest.path("items").valueStream().toList())).containsExactly(first);
        assertThat(rest.path("next").isNull()).isTrue();
        assertThat(Api.as(port, "admin-1", Role.ADMIN).get("/api/reveals").status()).isEqualTo(200);
        assertThat(agent.get("/api/reveals").status()).isEqualTo(403);
        assertThat(leader.get("/api/reveals?ticket=x").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"UPDATE reveal SET reason = ''", "DELETE FROM reveal", "TRUNCATE reveal"})
    void theRecordIsNeverChanged(String statement) {
        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> jdbc.sql(statement).update())
                .havingRootCause()
                .withMessageContaining("permission denied");
    }

    private String path() {
        return "/api/tickets/" + id + "/reveal";
    }

    private Reply reveal(Api who) {
        return who.post(path(), WHY);
    }

    private Reply revealCustomer(Api who) {
        return who.post("/api/customers/" + customerId() + "/reveal", WHY);
    }

    private void say(Api who, String command, String text) {
        var said = who.post("/api/tickets/" + id + "/" + command, "{\"text\":\"" + text + "\"}");
        assertThat(said.status()).as(said.response().body()).isEqualTo(200);
    }

    private Reply edit(String command, String body, Api who) {
        return who.post("/api/tickets/" + id + "/" + command, body, "If-Match", "*");
    }

    private String customerId() {
        return leader.get("/api/tickets/" + id).json().at("/customer/id").asString();
    }

    private List<JsonNode> record(String filter) {
        return leader.get("/api/reveals?" + filter).json().path("items").valueStream().toList();
    }

    private static List<String> ids(List<JsonNode> reveals) {
        return reveals.stream().map(reveal -> reveal.path("id").asString()).toList();
    }

    private Instant now() {
        return jdbc.sql("SELECT clock_timestamp()")
                .query((row, _) -> row.getTimestamp(1))
                .single()
                .toInstant();
    }

    private void revealedBefore(int times, Duration ago) {
        jdbc.sql(
                        """
                        INSERT INTO reveal (ticket_id, customer_id, revealed_to, roles, reason, at)
                        SELECT ?, ?, ?, '{agent}', '回电', clock_timestamp() - make_interval(secs => ?)
                        FROM generate_series(1, ?)
                        """)
                .params(
                        UUID.fromString(id),
                        UUID.fromString(customerId()),
                        agentId,
                        (double) ago.toSeconds(),
                        times)
                .update();
    }
}
