package io.gendan.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gendan.api.Role;
import io.gendan.events.AgentEvent.AgentChanged;
import io.gendan.events.ClockKind;
import io.gendan.events.EscalationCause;
import io.gendan.events.EscalationEvent.ClockElapsed;
import io.gendan.events.EscalationEvent.ClockWarned;
import io.gendan.events.EscalationEvent.EscalationRaised;
import io.gendan.events.Level;
import io.gendan.events.Territory;
import io.gendan.events.Topics;
import io.gendan.ticket.Api.Reply;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;

@TicketServiceTest
class NoticesTests {

    private static final String WITHDRAWN =
            """
            {"reason":"WITHDRAWN","statements":{"WITHDRAWAL":"来电撤回"}}
            """;

    @LocalServerPort int port;
    @Autowired Agents agents;
    @Autowired Proposals proposals;
    @Autowired Housekeeping housekeeping;
    @Autowired JdbcTemplate jdbc;
    @Autowired Outbox outbox;

    private TicketAtWork work;

    @BeforeEach
    void ticket() {
        work = TicketAtWork.accepted(port, agents, proposals);
    }

    @Test
    void theOwnerIsToldThatItCannotCloseYet() {
        var due = Instant.now().plusSeconds(3600);
        work.edit(work.agent, "promises", "{\"what\":\"回电\",\"dueAt\":\"%s\"}".formatted(due));
        work.edit(work.agent, "resolve", TicketAtWork.SOLVED);
        work.post(work.client, "confirm", "");

        assertThat(kinds(work.agent)).containsExactly("CLOSING_REFUSED");
        var dueAt = due.atZone(ZoneId.of("Asia/Shanghai")).toLocalDateTime();
        assertThat(work.agent.get("/api/notices").json().at("/items/0/detail").asString())
                .isEqualTo("CONFIRMED; 反馈结果 Report the result; 回电, %tF %<tR", dueAt);
    }

    @Test
    void theOwnerIsToldThatNobodyHasSaidWhetherItIsMajor() {
        work.says(work.agent, "已为您换货");
        work.says(work.client, "我要找记者");
        work.edit(work.agent, "resolve", TicketAtWork.SOLVED);

        var refused = work.post(work.client, "confirm", "");

        assertThat(refused.text("closingDue")).isEqualTo("CONFIRMED");
        var told = work.agent.get("/api/notices").json().at("/items/0");
        assertThat(told.path("kind").asString()).isEqualTo("CLOSING_REFUSED");
        assertThat(told.path("detail").asString())
                .isEqualTo("CONFIRMED; 待核实是否重大 To be found out whether it is major: 记者, MEDIA");
        assertThat(ofClosing(work.leader).path("unjudged")).hasSize(1);
        assertThat(ofClosing(work.client).has("unjudged")).isFalse();
        var closing = work.edit(work.leader, "close", WITHDRAWN);
        assertThat(closing.text("type")).endsWith("major-unjudged");
        var judged = work.edit(work.agent, "major/refuse", "{\"reason\":\"只是气话\"}");
        assertThat(judged.text("status")).isEqualTo("CLOSED");
    }

    private JsonNode ofClosing(Api who) {
        return who.get("/api/tickets/" + work.id + "/timeline?limit=200")
                .json()
                .path("items")
                .valueStream()
                .filter(entry -> entry.path("type").asString().equals("ClosingRefused"))
                .map(entry -> entry.path("facts"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theOwnerAndTheLeadersAreToldThatItIsNotClosedYet() {
        work.edit(work.agent, "resolve", TicketAtWork.SOLVED);
        var due = Instant.now();
        var id = UUID.fromString(work.id);
        var over = new ClockElapsed(id, 1, due, ClockKind.CLOSING, due, null);
        proposals.elapse(over);
        proposals.elapse(over);

        for (var person : List.of(work.agent, work.leader)) {
            assertThat(ofTicket(person)).hasSize(1);
            var notice = ofTicket(person).getFirst();
            assertThat(notice.path("kind").asString()).isEqualTo("CLOSING_OVERDUE");
            assertThat(notice.path("detail").asString())
                    .isEqualTo("待客户确认 To be confirmed by the customer; 反馈结果 Report the result");
        }
    }

    @Test
    void aColleagueIsToldOfAPromiseThatIsTheirsAndKeepsIt() {
        var colleague = "agent-" + UUID.randomUUID();
        agents.save(
                new AgentChanged(
                        colleague,
                        Instant.EPOCH,
                        "林晨",
                        "north-1",
                        Territory.NORTH,
                        1,
                        Level.SENIOR,
                        List.of(),
                        true));
        var other = Api.as(port, colleague, Role.AGENT);
        assertThat(other.get("/api/tickets/" + work.id).status()).isEqualTo(404);
        var due = Instant.now().plusSeconds(3600);
        var promise = "{\"what\":\"回电\",\"dueAt\":\"%s\",\"owner\":\"%s\"}";

        var nobodys = work.edit(work.agent, "promises", promise.formatted(due, "nobody"));
        assertThat(nobodys.status()).as(nobodys.response().body()).isEqualTo(422);
        assertThat(nobodys.text("type")).endsWith("owner-unknown");
        assertThat(nobodys.text("pointer")).isEqualTo("/owner");
        var made = work.edit(work.agent, "promises", promise.formatted(due, colleague));

        assertThat(made.status()).as(made.response().body()).isEqualTo(200);
        assertThat(kinds(other)).containsExactly("PROMISED");
        assertThat(kinds(work.agent)).isEmpty();
        var dueAt = due.atZone(ZoneId.of("Asia/Shanghai")).toLocalDateTime();
        assertThat(ofTicket(other).getFirst().path("detail").asString())
                .isEqualTo("回电, %tF %<tR", dueAt);
        var shown = own(other.get("/api/tickets/" + work.id));
        assertThat(shown.at("/owner/name").asString()).isEqualTo("林晨");
        var more = work.edit(other, "promises", promise.formatted(due, colleague));
        assertThat(more.text("type")).endsWith("not-the-assignee");
        var keep = "promises/" + shown.path("id").asString() + "/keep";
        assertThat(own(work.edit(other, keep, "")).path("outcome").asString()).isEqualTo("KEPT");
    }

    @Test
    void whoHasItIsToldOfAMissedCallAndWhoTookItOverOfABrokenPromise() {
        var missed =
                "{\"channel\":\"PHONE\",\"outcome\":\"MISSED\",\"startedAt\":\"%s\"}"
                        .formatted(Instant.now());
        assertThat(work.post(work.client, "contacts", missed).status()).isEqualTo(200);
        assertThat(kinds(work.agent)).containsExactly("PROMISED");
        assertThat(ofTicket(work.agent).getFirst().path("detail").asString())
                .startsWith("回电 Call back, ");
        var another = "agent-" + UUID.randomUUID();
        TicketAtWork.know(agents, another);
        var promise =
                work.shown()
                        .json()
                        .path("promises")
                        .valueStream()
                        .filter(one -> one.path("purpose").asString().equals("CALLBACK"))
                        .findFirst()
                        .orElseThrow();
        work.edit(work.agent, "transfer", "{\"agent\":\"" + another + "\",\"reason\":\"下班\"}");
        work.assignTo(another, 2);
        var taker = Api.as(port, another, Role.AGENT);
        assertThat(work.edit(taker, "transfer/accept", "").status()).isEqualTo(200);

        proposals.elapse(
                new ClockElapsed(
                        UUID.fromString(work.id),
                        1,
                        Instant.now(),
                        ClockKind.PROMISE,
                        Instant.parse(promise.path("dueAt").asString()),
                        UUID.fromString(promise.path("id").asString())));

        assertThat(kinds(taker)).contains("PROMISE_BROKEN");
        assertThat(kinds(work.agent)).contains("PROMISE_BROKEN");
    }

    private static JsonNode own(Reply ticket) {
        return ticket.json()
                .path("promises")
                .valueStream()
                .filter(one -> one.path("purpose").asString().equals("OWN"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theOwnerIsToldOfAPlanThatWasNotToldInTimeAndTheLeadersWhenTheyAreNotThere() {
        var told = plannedAndClosed();
        proposals.elapse(planOver(told));
        assertThat(kinds(work.agent)).containsExactly("PROMISE_BROKEN");
        assertThat(ofTicket(work.leader, told)).isEmpty();
        assertThat(work.leader.get("/api/tickets/" + told).text("status")).isEqualTo("CLOSED");

        work = TicketAtWork.accepted(port, agents, proposals);
        var alone = plannedAndClosed();
        TicketAtWork.know(agents, work.agentId, false);
        proposals.elapse(planOver(alone));

        assertThat(kinds(work.agent)).containsExactly("PROMISE_BROKEN");
        assertThat(ofTicket(work.leader, alone))
                .singleElement()
                .satisfies(
                        notice -> {
                            assertThat(notice.path("kind").asString()).isEqualTo("PROMISE_BROKEN");
                            assertThat(notice.path("detail").asString())
                                    .isEqualTo(
                                            "告知建议的进展 Tell what became of the suggestion, 2099-03-01"
                                                    + " 21:30");
                        });
    }

    private String plannedAndClosed() {
        var opened =
                work.client.post(
                        "/api/tickets",
                        """
                        {"kind":"SUGGESTION","channel":"APP","customer":{"phone":"%s"},
                         "province":"广东","category":"LISTING.MISMATCH","subject":"请标明厚度"}
                        """
                                .formatted(TicketAtWork.someone()));
        assertThat(opened.status()).as(opened.response().body()).isEqualTo(201);
        var id = opened.text("id");
        proposals.assign(TicketFixtures.choice(UUID.fromString(id), 1, work.agentId));
        edit(work.agent, id, "accept", "");
        edit(work.agent, id, "steps", "{\"step\":\"ASSESS\"}");
        edit(work.agent, id, "messages", "{\"text\":\"已采纳\"}");
        edit(
                work.agent,
                id,
                "resolve",
                "{\"result\":\"已采纳\",\"suggestionOutcome\":\"ADOPTED\",\"plannedFor\":\"2099-03-01\"}");
        edit(work.client, id, "confirm", "");
        return id;
    }

    private static void edit(Api who, String id, String command, String body) {
        var done = who.post("/api/tickets/" + id + "/" + command, body, "If-Match", "*");
        assertThat(done.status()).as(done.response().body()).isEqualTo(200);
    }

    private ClockElapsed planOver(String id) {
        var promiseId =
                jdbc.queryForObject(
                        """
                        SELECT (promise ->> 'id')::uuid
                        FROM ticket, jsonb_array_elements(state -> 'promises') AS promise
                        WHERE ticket.id = ? AND promise ->> 'purpose' = 'PLANNED'
                        """,
                        UUID.class,
                        UUID.fromString(id));
        var due = Instant.now();
        return new ClockElapsed(UUID.fromString(id), 1, due, ClockKind.PROMISE, due, promiseId);
    }

    @Test
    void whoHasItAndWhoAnswersForItAreToldThatItIsReopened() {
        work.edit(work.agent, "resolve", TicketAtWork.SOLVED);
        work.says(work.client, "还是坏的");

        assertThat(kinds(work.agent)).containsExactly("REOPENED");
        assertThat(ofTicket(work.agent).getFirst().path("detail").asString()).isEqualTo("还是坏的");
    }

    @Test
    void theyAreToldWhyTheCustomerRefusesTheSolution() {
        work.edit(work.agent, "resolve", TicketAtWork.SOLVED);

        work.edit(work.client, "reopen", "{\"reason\":\"还是坏的，请打 13900139000\"}");

        assertThat(ofTicket(work.agent).getFirst().path("detail").asString())
                .isEqualTo("还是坏的，请打 ***********");
        assertThat(work.client.get("/api/tickets/" + work.id + "/timeline").response().body())
                .contains("TicketReopened")
                .doesNotContain("\"said\"");
    }

    @Test
    void anUnnamedQuestionIsForTheLeadersAndTheAnswerForWhoHasItByThen() {
        work.edit(work.agent, "consult", "{\"question\":\"可否补发\"}");

        assertThat(ofTicket(work.leader)).hasSize(1);
        assertThat(ofTicket(work.leader).getFirst().path("kind").asString()).isEqualTo("CONSULTED");
        var asked = work.leader.get("/api/tickets/" + work.id).json().at("/consultations/0/id");
        work.post(
                work.leader, "consultations/" + asked.asString() + "/answer", "{\"text\":\"可以\"}");
        assertThat(kinds(work.agent)).containsExactly("CONSULTATION_ANSWERED");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"reason":"CARRIER"}               | 待承运商 Waiting for the carrier: 请承运商查找包裹，或按包裹丢失处理 Have the carrier search for the parcel, or treat it as lost
                    {"reason":"CARRIER","search":true} | 待承运商查找包裹 Waiting for the carrier's search: 按包裹丢失处理 Treat the parcel as lost
                    """)
    void theOwnerAndTheLeadersAreToldWhatFollowsAWaitThatLastedTooLong(String wait, String then) {
        work.edit(work.agent, "wait", wait);
        var over = waitOver();
        proposals.elapse(over);
        proposals.elapse(over);

        for (var person : List.of(work.agent, work.leader)) {
            assertThat(ofTicket(person)).hasSize(1);
            var notice = ofTicket(person).getFirst();
            assertThat(notice.path("kind").asString()).isEqualTo("WAIT_OVER");
            assertThat(notice.path("detail").asString()).isEqualTo(then);
        }
    }

    @Test
    void nobodyIsToldOfAWaitForTheCustomerThatSolvedIt() {
        work.edit(work.agent, "wait", "{\"reason\":\"CUSTOMER\"}");
        proposals.elapse(waitOver());

        assertThat(work.shown().text("status")).isEqualTo("RESOLVED");
        assertThat(ofTicket(work.leader)).isEmpty();
    }

    @Test
    void theLeadersAreToldOfWhoBeginsToWaitWhenATenthOfTheTimeIsLeft() {
        Neighbours.say(Topics.ESCALATIONS, warned(ClockKind.RESOLUTION, 75));
        Neighbours.say(Topics.ESCALATIONS, warned(ClockKind.NEXT_RESPONSE, 90));
        Neighbours.say(Topics.ESCALATIONS, warned(ClockKind.PROMISE, 90)).again();
        await().untilAsserted(() -> assertThat(heard()).isEqualTo(3));
        work.edit(work.agent, "wait", "{\"reason\":\"INTERNAL\"}");
        work.edit(work.agent, "resume", "");
        assertThat(lateWaits()).isEmpty();

        Neighbours.say(Topics.ESCALATIONS, warned(ClockKind.RESOLUTION, 90)).again();
        await().untilAsserted(() -> assertThat(heard()).isEqualTo(4));
        work.edit(work.agent, "wait", "{\"reason\":\"CARRIER\"}");

        assertThat(lateWaits())
                .singleElement()
                .extracting(notice -> notice.path("detail").asString())
                .isEqualTo("待承运商 Waiting for the carrier");
    }

    @Test
    void theLeadersAreNotToldOfAWaitOfAnotherStayNorAfterASolution() {
        Neighbours.say(Topics.ESCALATIONS, warned(ClockKind.RESOLUTION, 90));
        await().untilAsserted(() -> assertThat(heard()).isEqualTo(1));
        work.edit(work.agent, "resolve", TicketAtWork.SOLVED);
        work.edit(work.client, "reopen", "{\"reason\":\"还是坏的\"}");
        work.edit(work.agent, "wait", "{\"reason\":\"CARRIER\"}");

        assertThat(lateWaits()).isEmpty();
    }

    private List<JsonNode> lateWaits() {
        return ofTicket(work.leader).stream()
                .filter(notice -> notice.path("kind").asString().equals("WAITS_LATE"))
                .toList();
    }

    private ClockWarned warned(ClockKind clock, int percent) {
        var now = Instant.now();
        return new ClockWarned(
                UUID.fromString(work.id), 1, now, clock, percent, now.plusSeconds(60), null);
    }

    private @Nullable Integer heard() {
        return jdbc.queryForObject(
                "SELECT coalesce(max(sequence), 0) FROM received WHERE topic = ? AND key = ?",
                Integer.class,
                Topics.ESCALATIONS,
                work.id);
    }

    private ClockElapsed waitOver() {
        var waitId =
                jdbc.queryForObject(
                        "SELECT (state ->> 'waitId')::uuid FROM ticket WHERE id = ?",
                        UUID.class,
                        UUID.fromString(work.id));
        var due = Instant.now();
        return new ClockElapsed(UUID.fromString(work.id), 1, due, ClockKind.WAITING, due, waitId);
    }

    @Test
    void allLeadersAreToldOfACustomerWhoIsToBeCalledAgainUntilOneReadsIt() {
        var other = Api.as(port, "leader-" + UUID.randomUUID(), Role.SUPERVISOR);
        work.says(work.agent, "新品已寄出");
        work.edit(work.agent, "resolve", TicketAtWork.SOLVED);
        var url = outbox.surveyUrl(work.client, work.id);
        Api.asNobody(port).post(url, "{\"solved\":\"YES\",\"score\":1}");

        assertThat(kinds(work.agent)).isEmpty();
        for (var leader : List.of(work.leader, other)) {
            assertThat(ofTicket(leader)).hasSize(1);
            assertThat(ofTicket(leader).getFirst().path("kind").asString()).isEqualTo("REVISIT");
            assertThat(ofTicket(leader).getFirst().path("detail").asString())
                    .startsWith("回访不满意的客户 Call the customer who was not content, ");
        }
        var path = "/api/notices/" + ofTicket(other).getFirst().path("id").asString() + "/read";
        assertThat(work.agent.post(path, "").status()).isEqualTo(404);
        assertThat(other.post(path, "").status()).isEqualTo(204);
        assertThat(ofTicket(work.leader).getFirst().path("readAt").isString()).isTrue();
    }

    @Test
    void theirDetailsTellNoNumbers() {
        work.post(work.client, "urge", "{\"text\":\"请打 13900139000\"}");

        assertThat(ofTicket(work.agent).getFirst().path("detail").asString())
                .isEqualTo("请打 ***********");
    }

    private List<JsonNode> ofTicket(Api person) {
        return ofTicket(person, work.id);
    }

    private static List<JsonNode> ofTicket(Api person, String id) {
        return person.get("/api/notices")
                .json()
                .path("items")
                .valueStream()
                .filter(one -> one.path("ticketId").asString().equals(id))
                .toList();
    }

    @Test
    void whoWasAskedFirstIsToldWhatAnotherMadeOfIt() {
        var second = "agent-" + UUID.randomUUID();
        TicketAtWork.know(agents, second);
        climb();
        work.assignTo(second, 2);
        var other = Api.as(port, second, Role.AGENT);
        work.edit(other, "accept", "");
        work.says(other, "新品已寄出");
        work.edit(other, "resolve", TicketAtWork.SOLVED);
        work.post(work.client, "confirm", "");

        assertThat(kinds(work.agent)).containsExactly("OUTCOME", "OUTCOME");
        assertThat(kinds(other)).isEmpty();
    }

    @Test
    void whoSolvedItNeedNotBeToldThatTheCustomerAgrees() {
        work.says(work.agent, "新品已寄出");
        work.edit(work.agent, "resolve", TicketAtWork.SOLVED);
        work.post(work.client, "confirm", "");

        assertThat(kinds(work.agent)).isEmpty();
    }

    @Test
    void isToldWhenALeaderOrTheCustomerEndsIt() {
        work.edit(work.leader, "close", TicketAtWork.INVALID);
        assertThat(kinds(work.agent)).containsExactly("OUTCOME");

        work = TicketAtWork.accepted(port, agents, proposals);
        work.edit(work.client, "cancel", "{\"reason\":\"不需要了\"}");
        assertThat(kinds(work.agent)).containsExactly("OUTCOME");
    }

    @Test
    void isToldIntoWhatAnotherMergedIt() {
        var phone = TicketAtWork.someone();
        var into = TicketAtWork.openedFor(phone, work.client);
        var merged = TicketAtWork.openedFor(phone, work.client);
        proposals.assign(TicketFixtures.choice(UUID.fromString(merged), 1, work.agentId));
        var number = work.leader.get("/api/tickets/" + into).text("number");

        work.leader.post(
                "/api/tickets/" + merged + "/merge",
                "{\"into\":\"%s\",\"reason\":\"同一包裹\"}".formatted(into),
                "If-Match",
                "*");

        var notice = work.agent.get("/api/notices").json().at("/items/0");
        assertThat(notice.path("kind").asString()).isEqualTo("OUTCOME");
        assertThat(notice.path("detail").asString()).isEqualTo(number + ": 同一包裹");
    }

    @Test
    void theLeadersAreToldThatNobodySaidHowFarItIsOfWhatNobodyHas() {
        breakProgress();
        assertThat(ofTicket(work.leader)).isEmpty();

        work = TicketAtWork.opened(port, agents, proposals);
        breakProgress();

        assertThat(ofTicket(work.leader))
                .singleElement()
                .satisfies(
                        notice -> {
                            assertThat(notice.path("kind").asString()).isEqualTo("PROMISE_BROKEN");
                            assertThat(notice.path("detail").asString())
                                    .startsWith("告知进展 Tell how far it is, ");
                        });
    }

    private void breakProgress() {
        var promise =
                work.shown()
                        .json()
                        .path("promises")
                        .valueStream()
                        .filter(one -> one.path("purpose").asString().equals("PROGRESS"))
                        .map(one -> UUID.fromString(one.path("id").asString()))
                        .findFirst()
                        .orElseThrow();
        var due = Instant.now();
        proposals.elapse(
                new ClockElapsed(
                        UUID.fromString(work.id), 1, due, ClockKind.PROMISE, due, promise));
        assertThat(work.timeline()).contains("PromiseBroken");
    }

    @Test
    void isReadByWhomItIsForAndForgottenWhenOld() {
        work.edit(work.leader, "close", TicketAtWork.INVALID);
        var id = work.agent.get("/api/notices").json().at("/items/0/id").asString();
        var path = "/api/notices/" + id + "/read";

        assertThat(work.leader.post(path, "").status()).isEqualTo(404);
        assertThat(work.agent.post(path, "").status()).isEqualTo(204);
        assertThat(work.agent.post(path, "").status()).isEqualTo(204);
        assertThat(kinds(work.agent)).hasSize(1);
        assertThat(work.agent.get("/api/notices?unread=true").json().path("items")).isEmpty();
        age("31 days");
        housekeeping.run();
        assertThat(kinds(work.agent)).isEmpty();
    }

    @Test
    void whatWasNotReadIsKeptLonger() {
        work.edit(work.leader, "close", TicketAtWork.INVALID);
        age("89 days");
        housekeeping.run();
        assertThat(kinds(work.agent)).hasSize(1);
        age("2 days");
        housekeeping.run();
        assertThat(kinds(work.agent)).isEmpty();
    }

    @Test
    void listsNewestFirstInStablePages() {
        work.edit(work.leader, "close", TicketAtWork.INVALID);
        var first = work.agent.get("/api/notices").json().at("/items/0/id").asString();
        var id = TicketAtWork.opened(work.client);
        proposals.assign(TicketFixtures.choice(UUID.fromString(id), 1, work.agentId));
        work.leader.post("/api/tickets/" + id + "/close", TicketAtWork.INVALID, "If-Match", "*");

        var newest = work.agent.get("/api/notices?limit=1");
        var next = work.agent.get("/api/notices?limit=1&cursor=" + newest.text("next"));

        assertThat(newest.json().at("/items/0/ticketId").asString()).isEqualTo(id);
        assertThat(next.json().at("/items/0/id").asString()).isEqualTo(first);
    }

    private void age(String by) {
        jdbc.update(
                "UPDATE notice SET at = at - CAST(? AS interval) WHERE person = ?",
                by,
                work.agentId);
    }

    private void climb() {
        proposals.escalate(
                new EscalationRaised(
                        UUID.fromString(work.id),
                        1,
                        Instant.EPOCH,
                        UUID.randomUUID(),
                        1,
                        2,
                        EscalationCause.TIME,
                        ClockKind.FIRST_RESPONSE,
                        Instant.EPOCH));
    }

    private static List<String> kinds(Api person) {
        return person.get("/api/notices")
                .json()
                .path("items")
                .valueStream()
                .map(one -> one.path("kind").asString())
                .toList();
    }
}
