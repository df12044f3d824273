package io.gendan.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.api.Role;
import io.gendan.events.ClockKind;
import io.gendan.events.ClockStep;
import io.gendan.events.EscalationEvent.ClockStepped;
import io.gendan.ticket.Api.Reply;
import io.micrometer.core.instrument.MeterRegistry;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

@TicketServiceTest
class ChannelOutboxTests {

    @LocalServerPort int port;
    @Autowired Agents agents;
    @Autowired Proposals proposals;
    @Autowired Housekeeping housekeeping;
    @Autowired Outbox outbox;
    @Autowired JdbcTemplate jdbc;
    @Autowired MeterRegistry meters;

    private TicketAtWork work;

    @BeforeEach
    void ticket() {
        outbox.day();
        work = TicketAtWork.accepted(port, agents, proposals);
        outbox.tellAll(work.client);
    }

    @Test
    void whoAskedHearsOnceThatWeHaveItAndByWhichLink() {
        var opening =
                """
                {"kind":"REQUEST","channel":"APP","customer":{"phone":"%s"},"subject":"改地址"}
                """
                        .formatted(TicketAtWork.someone());
        var key = UUID.randomUUID().toString();
        var ticket = work.client.postAs(key, "/api/tickets", opening);
        assertThat(work.client.postAs(key, "/api/tickets", opening).text("id"))
                .isEqualTo(ticket.text("id"));

        assertThat(waiting(work.client)).hasSize(1);
        var receipt = waiting(work.client).getFirst();
        assertThat(receipt.path("kind").asString()).isEqualTo("RECEIPT");
        assertThat(receipt.path("ticketId").asString()).isEqualTo(ticket.text("id"));
        assertThat(receipt.path("trackingUrl").asString()).isEqualTo(ticket.text("trackingUrl"));
        assertThat(receipt.path("wordsZh").asString())
                .isEqualTo("我们已收到您的请求，工单号 %s，可通过链接查看进度。", ticket.text("number"));
        assertThat(receipt.path("wordsEn").asString())
                .isEqualTo(
                        "We have your request; its number is %s. The link shows how far it is.",
                        ticket.text("number"));
        delivered(receipt);
        assertThat(work.client.postAs(key, "/api/tickets", opening).status()).isEqualTo(201);
        assertThat(waiting(work.client)).isEmpty();
    }

    @Test
    void theClientOfTheChannelTellsTheCustomerOfWhatALeaderOpened() {
        var opened =
                work.leader.post(
                        "/api/tickets",
                        """
                        {"kind":"REQUEST","channel":"EMAIL","customer":{"phone":"%s"},
                         "subject":"改地址"}
                        """
                                .formatted(TicketAtWork.someone()));

        var web = Api.as(port, "web", Role.CHANNEL);
        assertThat(Outbox.waiting(web, opened.text("id")))
                .singleElement()
                .satisfies(one -> assertThat(one.path("kind").asString()).isEqualTo("RECEIPT"));
        assertThat(web.get("/api/tickets/" + opened.text("id")).status()).isEqualTo(200);
        outbox.tellAll(web, opened.text("id"));
    }

    @Test
    void whoIsNotContentAfterItClosedHearsOfTheFollowUp() {
        work.says(work.agent, "新品已为您寄出");
        work.edit(work.agent, "resolve", TicketAtWork.SOLVED);
        var url = outbox.surveyUrl(work.client, work.id);
        work.edit(work.client, "confirm", "");
        Api.asNobody(port).post(url, "{\"solved\":\"NO\",\"score\":1}");

        var receipt = waiting(work.client).getFirst();
        assertThat(receipt.path("kind").asString()).isEqualTo("RECEIPT");
        var followUp = work.client.get("/api/tickets/" + receipt.path("ticketId").asString());
        assertThat(followUp.text("followUpOf")).isEqualTo(work.id);
    }

    @Test
    void handsOutWhatWasWrittenUntilItIsReported() {
        work.says(work.agent, "请拨打 13900139000");

        var first = waiting(work.client);
        assertThat(waiting(work.client)).isEqualTo(first);
        assertThat(first).hasSize(1);
        var delivery = first.getFirst();
        assertThat(delivery.path("kind").asString()).isEqualTo("MESSAGE");
        assertThat(delivery.path("text").asString()).isEqualTo("请拨打 13900139000");
        assertThat(delivery.path("ticketId").asString()).isEqualTo(work.id);
        assertThat(delivery.path("trackingUrl").asString())
                .isEqualTo(work.shown().text("trackingUrl"));

        assertThat(delivered(delivery).text("outcome")).isEqualTo("DELIVERED");
        assertThat(waiting(work.client)).isEmpty();
        assertThat(delivered(delivery).text("outcome")).isEqualTo("DELIVERED");
        assertThat(failed(delivery).text("outcome")).isEqualTo("DELIVERED");
    }

    @Test
    void theCustomersOwnMessageIsNotToldToThem() {
        work.says(work.client, "还没收到");

        assertThat(waiting(work.client)).isEmpty();
    }

    @Test
    void ofOneTicketOneAtATimeAndOldestFirst() {
        var other = TicketAtWork.opened(work.client);
        outbox.tellAll(work.client);
        assign(other);
        work.says(work.agent, "一");
        work.says(work.agent, "二");
        work.agent.post("/api/tickets/" + other + "/messages", "{\"text\":\"三\"}");

        assertThat(texts()).containsExactly("一", "三");
        var page = work.client.get("/api/channels/outbox?limit=1");
        assertThat(page.json().at("/items/0/text").asString()).isEqualTo("一");
        var rest = work.client.get("/api/channels/outbox?cursor=" + page.text("next"));
        assertThat(rest.json().at("/items/0/text").asString()).isEqualTo("三");
        delivered(waiting(work.client).getFirst());
        assertThat(texts()).containsExactly("二", "三");
    }

    private void assign(String ticket) {
        proposals.assign(TicketFixtures.choice(UUID.fromString(ticket), 1, work.agentId));
    }

    @Test
    void aFailedOneComesAgainMuchLaterEachTimeAndHoldsUpItsTicket() {
        work.says(work.agent, "一");
        work.says(work.agent, "二");
        var delivery = waiting(work.client).getFirst();

        var once = failed(delivery);
        assertThat(once.json().path("tries").asInt()).isEqualTo(1);
        assertThat(waiting(work.client)).isEmpty();
        assertThat(failed(delivery).json().path("tries").asInt())
                .as("it was not handed out again since")
                .isEqualTo(1);
        var first = delayOf(once);
        makeDue();
        assertThat(texts()).containsExactly("一");
        var twice = failed(delivery);
        assertThat(twice.json().path("tries").asInt()).isEqualTo(2);
        assertThat(delayOf(twice)).isGreaterThan(first.multipliedBy(3).dividedBy(2));
    }

    @Test
    void isGivenUpAfterSomeTriesWhichTheTicketSaysAndTheOwnerIsToldOnce() {
        work.says(work.agent, "一");
        work.says(work.agent, "二");
        var delivery = waiting(work.client).getFirst();
        var report = failed(delivery);
        for (int tries = 1; tries < 6; tries++) {
            assertThat(report.json().path("outcome").isString()).isFalse();
            makeDue();
            report = failed(delivery);
        }

        assertThat(report.text("outcome")).isEqualTo("GIVEN_UP");
        failed(delivery);
        assertThat(texts()).containsExactly("二");
        var notices = work.agent.get("/api/notices").json().path("items");
        assertThat(notices).hasSize(1);
        assertThat(notices.at("/0/kind").asString()).isEqualTo("UNDELIVERED");
        assertThat(notices.at("/0/ticketId").asString()).isEqualTo(work.id);
        assertThat(notices.at("/0/detail").asString()).isEqualTo("no such user ***********");
        assertThat(lost()).hasSize(1);
        var lost = lost().getFirst().path("facts");
        assertThat(lost.path("deliveryId")).isEqualTo(delivery.path("id"));
        assertThat(lost.path("messageId")).isEqualTo(delivery.path("messageId"));
        assertThat(lost.path("reason").asString()).isEqualTo("no such user ***********");
        assertThat(delivered(delivery).text("outcome")).isEqualTo("DELIVERED");
        assertThat(lost()).hasSize(1);
    }

    private List<JsonNode> lost() {
        return work.client
                .get("/api/tickets/" + work.id + "/timeline?limit=200")
                .json()
                .path("items")
                .valueStream()
                .filter(told -> told.path("type").asString().equals("MessageUndelivered"))
                .toList();
    }

    @Test
    void whatNobodyFetchesIsGivenUp() {
        work.says(work.agent, "一");
        age("not_before", "4 days");

        housekeeping.run();

        assertThat(waiting(work.client)).isEmpty();
        housekeeping.run();
        assertThat(work.agent.get("/api/notices").json().at("/items/0/kind").asString())
                .isEqualTo("UNDELIVERED");
        assertThat(lost()).hasSize(1);
        assertThat(lost().getFirst().at("/facts/reason").asString()).isEqualTo("NOT_FETCHED");
    }

    @Test
    void aClosedTicketSaysItToo() {
        work.says(work.agent, "一");
        work.edit(work.leader, "close", TicketAtWork.INVALID);
        age("not_before", "4 days");

        housekeeping.run();

        assertThat(work.timeline()).endsWith("TicketClosed", "MessageUndelivered");
        assertThat(work.shown().text("status")).isEqualTo("CLOSED");
    }

    @Test
    void whatEndedLongAgoIsForgotten() {
        work.says(work.agent, "一");
        var delivery = waiting(work.client).getFirst();
        delivered(delivery);
        housekeeping.run();
        assertThat(delivered(delivery).status()).isEqualTo(200);
        age("ended_at", "31 days");

        housekeeping.run();

        assertThat(delivered(delivery).status()).isEqualTo(404);
    }

    @Test
    void anothersAreNotThere() {
        work.says(work.agent, "一");
        var delivery = waiting(work.client).getFirst();
        var stranger = Api.as(port, "stranger", Role.CHANNEL);
        var path = "/api/channels/outbox/" + delivery.path("id").asString();

        assertThat(waiting(stranger)).isEmpty();
        assertThat(stranger.post(path + "/delivered", "").status()).isEqualTo(404);
        assertThat(stranger.post(path + "/failed", "{\"reason\":\"x\"}").status()).isEqualTo(404);
        assertThat(work.agent.get("/api/channels/outbox").status()).isEqualTo(403);
        var unexplained = work.client.post(path + "/failed", "{}");
        assertThat(unexplained.status()).isEqualTo(422);
        assertThat(unexplained.text("pointer")).isEqualTo("/reason");
    }

    @Test
    void asksWhetherItIsSolvedUnlessItIsAtWorkAgain() {
        work.edit(work.agent, "resolve", TicketAtWork.SOLVED);
        assertThat(waiting(work.client)).isEmpty();
        age("next_try_at", "1 day");
        var survey = waiting(work.client).getFirst();

        assertThat(survey.path("kind").asString()).isEqualTo("SURVEY");
        assertThat(survey.path("wordsZh").asString()).contains(work.shown().text("number"));
        assertThat(survey.path("wordsEn").asString()).contains("solved?");
        var answer = "{\"solved\":\"YES\",\"score\":5}";
        var url = survey.path("surveyUrl").asString();
        work.says(work.client, "还是不对");
        assertThat(waiting(work.client)).isEmpty();
        work.edit(work.agent, "resolve", TicketAtWork.SOLVED);
        age("next_try_at", "1 day");
        var again = waiting(work.client).getFirst().path("surveyUrl").asString();
        assertThat(again).isNotEqualTo(url);
        assertThat(Api.asNobody(port).post(again, answer).status()).isEqualTo(200);
    }

    @Test
    void tellsThatItIsSolvedWhereNobodyAsksUnlessItIsAtWorkAgain() {
        jdbc.update(
                """
                INSERT INTO asked_customer (customer_id, survey_id, asked_at)
                SELECT customer_id, gen_random_uuid(), clock_timestamp() FROM ticket WHERE id = ?
                """,
                UUID.fromString(work.id));
        work.edit(work.agent, "resolve", TicketAtWork.SOLVED);
        age("next_try_at", "1 day");
        var solved = waiting(work.client).getFirst();

        assertThat(solved.path("kind").asString()).isEqualTo("SOLVED");
        assertThat(solved.path("wordsZh").asString()).contains(work.shown().text("number"), "已处理");
        assertThat(solved.path("trackingUrl").asString()).startsWith("/api/track/");
        work.says(work.client, "还是不对");
        assertThat(waiting(work.client)).isEmpty();
    }

    @Test
    void remindsWhileItWaits() {
        work.edit(work.agent, "wait", "{\"reason\":\"CUSTOMER\"}");
        remind();

        assertThat(waiting(work.client).getFirst().path("kind").asString()).isEqualTo("REMINDER");
        work.says(work.client, "在的");
        assertThat(waiting(work.client)).isEmpty();
    }

    @Test
    void remindsNobodyOfWhatIsSolvedOrOver() {
        work.edit(work.agent, "wait", "{\"reason\":\"CUSTOMER\"}");
        remind();
        work.edit(work.agent, "resolve", TicketAtWork.SOLVED);
        assertThat(waiting(work.client)).isEmpty();

        work = TicketAtWork.accepted(port, agents, proposals);
        outbox.tellAll(work.client);
        work.edit(work.agent, "wait", "{\"reason\":\"CUSTOMER\"}");
        remind();
        work.edit(work.client, "cancel", "{\"reason\":\"不需要了\"}");
        assertThat(waiting(work.client)).isEmpty();
    }

    @Test
    void asksNobodyAboutWhatWasNoMatterAfterAll() {
        work.edit(work.agent, "resolve", TicketAtWork.SOLVED);
        work.edit(work.leader, "close", TicketAtWork.INVALID);
        age("next_try_at", "1 day");

        assertThat(waiting(work.client)).isEmpty();
    }

    @Test
    void aLinkThatWentOutLeadsNowhereAfterThat() {
        work.edit(work.agent, "resolve", TicketAtWork.SOLVED);
        age("next_try_at", "1 day");
        var url = waiting(work.client).getFirst().path("surveyUrl").asString();

        var closed = work.edit(work.leader, "close", TicketAtWork.INVALID);

        assertThat(closed.json().at("/survey/withdrawnAt").isString()).isTrue();
        var rated = Api.asNobody(port).post(url, "{\"solved\":\"NO\",\"score\":1}");
        assertThat(rated.status()).isEqualTo(409);
        assertThat(rated.text("type")).endsWith("survey-over");
        assertThat(work.shown().json().at("/survey/token").isNull()).isTrue();
        assertThat(waiting(work.client)).isEmpty();
    }

    private void remind() {
        var wait =
                jdbc.queryForObject(
                        """
                        SELECT (payload ->> 'waitId')::uuid FROM event_log
                        WHERE key = ? AND type = 'WaitingStarted'
                        """,
                        UUID.class,
                        work.id);
        proposals.step(
                new ClockStepped(
                        UUID.fromString(work.id),
                        1,
                        Instant.EPOCH,
                        ClockKind.WAITING,
                        ClockStep.REMIND_CUSTOMER,
                        Instant.EPOCH,
                        wait));
    }

    @Test
    void whatOneOfUsOpenedIsToldByTheClientOfItsChannel() {
        var id = TicketAtWork.opened(work.agent, "PHONE");
        assign(id);
        work.agent.post("/api/tickets/" + id + "/messages", "{\"text\":\"您好\"}");

        assertThat(outbox.tellAll(Api.as(port, "phone", Role.CHANNEL), id))
                .extracting(delivery -> delivery.path("kind").asString())
                .containsExactly("RECEIPT", "MESSAGE");
    }

    @Test
    void measuresWhatWaits() {
        work.says(work.agent, "一");
        age("not_before", "1 day");

        housekeeping.measure();

        assertThat(meters.get("channels.outbox.waiting").gauge().value()).isPositive();
        assertThat(meters.get("channels.outbox.age").gauge().value())
                .isGreaterThanOrEqualTo(Duration.ofDays(1).toSeconds());
    }

    private static List<JsonNode> waiting(Api client) {
        return client.get("/api/channels/outbox").json().path("items").valueStream().toList();
    }

    private List<String> texts() {
        return waiting(work.client).stream().map(one -> one.path("text").asString()).toList();
    }

    private Reply delivered(JsonNode delivery) {
        return report(delivery, "delivered", "");
    }

    private Reply failed(JsonNode delivery) {
        return report(delivery, "failed", "{\"reason\":\"no such user 13900139000\"}");
    }

    private Reply report(JsonNode delivery, String what, String body) {
        var id = delivery.path("id").asString();
        return work.client.post("/api/channels/outbox/" + id + "/" + what, body);
    }

    private static Duration delayOf(Reply report) {
        return Duration.between(Instant.now(), Instant.parse(report.text("nextTryAt")));
    }

    private void makeDue() {
        jdbc.update(
                "UPDATE delivery SET next_try_at = not_before WHERE ticket_id = ?",
                UUID.fromString(work.id));
    }

    private void age(String column, String by) {
        jdbc.update(
                "UPDATE delivery SET %s = %s - interval '%s' WHERE ticket_id = ?"
                        .formatted(column, column, by),
                UUID.fromString(work.id));
    }
}
