package io.gendan.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.events.Channel;
import io.gendan.ticket.Api.Reply;
import io.gendan.ticket.rules.RuleBook;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Who is asked whether it was a solution, when, and what comes of the answer. */
@TicketServiceTest
class SurveyFlowTests {

    @LocalServerPort int port;
    @Autowired Agents agents;
    @Autowired Proposals proposals;
    @Autowired RuleBook rules;
    @Autowired JdbcClient jdbc;
    @Autowired Outbox outbox;

    private TicketAtWork work;

    @BeforeEach
    void ticket() {
        work = TicketAtWork.accepted(port, agents, proposals);
    }

    @Test
    void asksNobodyTwiceInAWeek() {
        var phone = TicketAtWork.someone();
        var first = solved(phone);
        var second = solved(phone);

        assertThat(isAsked(first)).isTrue();
        assertThat(isAsked(second)).isFalse();
        assertThat(isAsked(solved(TicketAtWork.someone()))).isTrue();
        age(first, "7 days 1 minute");
        assertThat(isAsked(solved(phone))).isTrue();
    }

    @Test
    void ofTicketsThatAreSolvedAtOnceOneAsks() throws Exception {
        var phone = TicketAtWork.someone();
        var ids = IntStream.range(0, 8).mapToObj(_ -> accepted(phone)).toList();
        try (var agentsAtWork = Executors.newVirtualThreadPerTaskExecutor()) {
            Stream<Callable<Reply>> solving = ids.stream().map(id -> () -> resolve(id));
            assertThat(agentsAtWork.invokeAll(solving.toList()).stream().map(Future::resultNow))
                    .allSatisfy(reply -> assertThat(reply.status()).isEqualTo(200))
                    .filteredOn(SurveyFlowTests::isAsked)
                    .hasSize(1);
        }
    }

    @Test
    void whatWasTakenBackBeforeItWasHandedOutDoesNotCount() {
        assertThat(isAsked(resolve(work.id))).isTrue();
        work.edit(work.client, "reopen", "{\"reason\":\"还是坏的\"}");

        assertThat(isAsked(resolve(work.id))).isTrue();

        jdbc.sql("UPDATE delivery SET outcome = 'DELIVERED' WHERE ticket_id = ?::uuid")
                .param(work.id)
                .update();
        work.edit(work.client, "reopen", "{\"reason\":\"还是坏的\"}");
        assertThat(isAsked(resolve(work.id))).isFalse();
    }

    @Test
    void handsTheLinkOutWhenItIsTime() {
        var solvedAt = Instant.parse(resolve(work.id).text("resolvedAt"));
        var asksAt = rules.inForce().survey().handedOutAt(Channel.APP, solvedAt);

        assertThat(facts("TicketResolved").path("asksAt").asString()).isEqualTo(asksAt.toString());
        assertThat(
                        jdbc.sql(
                                        """
                                        SELECT next_try_at FROM delivery
                                        WHERE ticket_id = ?::uuid AND kind = 'SURVEY'
                                        """)
                                .param(work.id)
                                .query(OffsetDateTime.class)
                                .single()
                                .toInstant())
                .isEqualTo(asksAt);
    }

    @Test
    void showsTheLinkToWhoHandsItOnAndOnlyFromWhenItMayBe() {
        assertThat(isAsked(resolve(work.id))).isTrue();
        assertThat(List.of(link(work.client), link(work.leader), link(work.agent)))
                .containsOnly("");

        jdbc.sql(
                        """
                        UPDATE ticket SET state = jsonb_set(
                            state, '{survey,asksAt}', '"2026-11-20T04:00:00Z"')
                        WHERE id = ?::uuid
                        """)
                .param(work.id)
                .update();

        var url = outbox.surveyUrl(work.client, work.id);
        assertThat(url).isEqualTo("/api/surveys/" + link(work.client));
        assertThat(List.of(link(work.leader), link(work.agent))).containsOnly("");

        work.edit(work.client, "reopen", "{\"reason\":\"还是坏的\"}");
        assertThat(link(work.client)).as("of a solution that was none").isEmpty();
    }

    @Test
    void goesOnceAfterWhatSoundsMajorWhenTheTicketIsClosed() {
        work.says(work.agent, "新品已寄出");
        work.edit(work.agent, "steps", "{\"step\":\"VERIFY\"}");
        assertThat(isAsked(resolve(work.id))).isTrue();
        var url = outbox.surveyUrl(work.client, work.id);
        assertThat(work.post(work.client, "confirm", "").text("status")).isEqualTo("CLOSED");

        var said = "{\"solved\":\"PARTLY\",\"score\":1,\"text\":\"就是孩子受伤住院了\"}";
        assertThat(Api.asNobody(port).post(url, said).status()).isEqualTo(200);

        var next = work.leader.get("/api/tickets/" + work.id).json().at("/links/0/id").asString();
        var followUp = work.leader.get("/api/tickets/" + next).json();
        assertThat(followUp.at("/suspicion/major").asString()).isEqualTo("SAFETY");
        assertThat(followUp.at("/promises/0/purpose").asString()).isEqualTo("REVISIT");
        assertThat(work.timeline())
                .as("called once, by the other")
                .endsWith("SurveyAnswered", "TicketLinked");
    }

    private JsonNode facts(String type) {
        return work.client
                .get("/api/tickets/" + work.id + "/timeline?limit=200")
                .json()
                .path("items")
                .valueStream()
                .filter(item -> item.path("type").asString().equals(type))
                .findFirst()
                .orElseThrow()
                .path("facts");
    }

    private String link(Api viewer) {
        return viewer.get("/api/tickets/" + work.id).json().at("/survey/token").asString("");
    }

    @Test
    void aTakenTicketThatIsSolvedAtOnceAsksByTheSameRules() {
        var key = UUID.randomUUID().toString();
        var phone = TicketAtWork.someone();
        var first = take(key, phone);

        assertThat(isAsked(first)).isTrue();
        assertThat(isAsked(take(UUID.randomUUID().toString(), phone))).isFalse();
        age(first, "8 days");
        assertThat(take(key, phone).response().body()).isEqualTo(first.response().body());
        assertThat(isAsked(take(UUID.randomUUID().toString(), phone))).isTrue();
    }

    @Test
    void somebodyElseCallsWhoIsNotContentBeforeItCloses() {
        work.says(work.agent, "新品已为您寄出");
        resolve(work.id);

        rate("{\"solved\":\"YES\",\"score\":2}");

        var promise = work.leader.get("/api/tickets/" + work.id).json().at("/promises/1");
        assertThat(promise.path("purpose").asString()).isEqualTo("REVISIT");
        var keeping = "promises/" + promise.path("id").asString() + "/keep";
        assertThat(work.edit(work.client, "confirm", "").text("status")).isEqualTo("RESOLVED");
        var rated = work.edit(work.agent, keeping, "");
        assertThat(rated.status()).isEqualTo(403);
        assertThat(rated.text("type")).endsWith("rated-person");
        assertThat(work.edit(work.leader, keeping, "").text("status")).isEqualTo("CLOSED");
    }

    @Test
    void aClosedTicketIsFollowedUpAtTheSecondTier() {
        work.says(work.agent, "新品已为您寄出");
        resolve(work.id);
        var url = outbox.surveyUrl(work.client, work.id);
        assertThat(work.edit(work.client, "confirm", "").text("status")).isEqualTo("CLOSED");

        rate(url, "{\"solved\":\"NO\",\"score\":1,\"text\":\"没修好，打 13900139000\"}");

        assertThat(work.timeline()).endsWith("SurveyAnswered", "TicketLinked");
        assertThat(work.shown().text("status")).isEqualTo("CLOSED");
        var followUp = followUps().getFirst();
        assertThat(followUp.path("tier").asInt()).isEqualTo(2);
        assertThat(followUp.path("status").asString()).isEqualTo("NEW");
        assertThat(followUp.path("subject")).isEqualTo(work.shown().json().path("subject"));
        assertThat(followUp.path("customer")).isEqualTo(work.shown().json().path("customer"));
        assertThat(followUp.at("/promises/0/purpose").asString()).isEqualTo("REVISIT");
        var dueAt = Instant.parse(followUp.at("/promises/0/dueAt").asString());
        var createdAt = Instant.parse(followUp.path("createdAt").asString());
        var calling = TicketFixtures.RULES.calling();
        assertThat(dueAt)
                .isBetween(
                        calling.openFrom(createdAt.plusSeconds(86_390)),
                        calling.openFrom(createdAt.plusSeconds(86_400)));
        assertThat(told(followUp))
                .containsExactly(
                        "TicketCreated",
                        "TicketLinked",
                        "PromiseMade",
                        "TicketEscalated",
                        "PromiseMade");
        assertThat(followUp.at("/promises/1/purpose").asString()).isEqualTo("PROGRESS");
        assertThat(work.client.get(path(followUp) + "/timeline").response().body())
                .contains("\"followUpOf\":\"" + work.id, "没修好，打 ***********");
        assertThat(Api.asNobody(port).post(url, "{\"solved\":\"NO\",\"score\":1}").status())
                .isEqualTo(409);
        assertThat(followUps()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%20",
                "%3Cscript%3E",
                "%E4%BD%A0%E5%A5%BD",
                "%F0%9F%98%80",
                "%27%20OR%201=1",
                "%22%7B%7D",
                "a:b@c",
                "%09"
            })
    void oddTokensLeadNowhere(String token) {
        var path = "/api/surveys/" + token;

        assertThat(Api.asNobody(port).post(path, "{\"solved\":\"YES\",\"score\":5}").status())
                .isEqualTo(404);
    }

    @Test
    void aVeryLongTokenLeadsNowhere() {
        var path = "/api/surveys/" + "x".repeat(4_000);

        assertThat(Api.asNobody(port).post(path, "{\"solved\":\"YES\",\"score\":5}").status())
                .isEqualTo(404);
    }

    private Reply take(String key, String phone) {
        var opening =
                """
                {"kind":"COMPLAINT","channel":"PHONE","customer":{"phone":"%s"},"province":"广东",
                 "category":"LISTING.MISMATCH","subject":"与页面不符","take":true,
                 "resolve":%s}
                """
                        .formatted(phone, TicketAtWork.SOLVED);
        var taken = work.agent.postAs(key, "/api/tickets", opening);
        assertThat(taken.status()).as(taken.response().body()).isEqualTo(201);
        return taken;
    }

    private Reply solved(String phone) {
        return resolve(accepted(phone));
    }

    private String accepted(String phone) {
        var id = TicketAtWork.openedFor(phone, work.client);
        proposals.assign(TicketFixtures.choice(UUID.fromString(id), 1, work.agentId));
        var path = "/api/tickets/" + id + "/accept";
        assertThat(work.agent.post(path, "", "If-Match", "*").status()).isEqualTo(200);
        return id;
    }

    private Reply resolve(String id) {
        return work.agent.post(
                "/api/tickets/" + id + "/resolve", TicketAtWork.SOLVED, "If-Match", "*");
    }

    private static boolean isAsked(Reply resolved) {
        assertThat(resolved.text("status")).isEqualTo("RESOLVED");
        return resolved.json().at("/survey/id").isString();
    }

    private void age(Reply asked, String by) {
        jdbc.sql(
                        """
                        UPDATE asked_customer SET asked_at = asked_at - ?::interval
                        WHERE survey_id = ?::uuid
                        """)
                .params(by, asked.json().at("/survey/id").asString())
                .update();
    }

    private void rate(String rating) {
        rate(outbox.surveyUrl(work.client, work.id), rating);
    }

    private void rate(String url, String rating) {
        var rated = Api.asNobody(port).post(url, rating);
        assertThat(rated.status()).as(rated.response().body()).isEqualTo(200);
    }

    private List<JsonNode> followUps() {
        return work.client
                .get("/api/tickets?tier=2")
                .json()
                .path("items")
                .valueStream()
                .map(ticket -> work.leader.get(path(ticket)).json())
                .toList();
    }

    private static String path(JsonNode ticket) {
        return "/api/tickets/" + ticket.path("id").asString();
    }

    private List<String> told(JsonNode ticket) {
        return work.leader
                .get(path(ticket) + "/timeline")
                .json()
                .path("items")
                .valueStream()
                .map(entry -> entry.path("type").asString())
                .toList();
    }
}
