package io.gendan.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.api.Role;
import io.gendan.ticket.Api.Reply;
import io.gendan.ticket.rules.RuleBook;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.UUID;

@TicketServiceTest
class ContactApiTests {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    @LocalServerPort int port;
    @Autowired Agents agents;
    @Autowired Proposals proposals;
    @Autowired RuleBook rules;

    private TicketAtWork work;

    @BeforeEach
    void ticket() {
        work = TicketAtWork.accepted(port, agents, proposals);
    }

    @Test
    void aMissedCallIsCalledBackAndTheCallKeepsThat() {
        var recorded = contact(work.client, "MISSED");

        assertThat(recorded.status()).as(recorded.response().body()).isEqualTo(200);
        assertThat(recorded.json().at("/contacts/0/outcome").asString()).isEqualTo("MISSED");
        var promise = callback(recorded);
        var madeAt = Instant.parse(promise.path("madeAt").asString());
        assertThat(Instant.parse(promise.path("dueAt").asString()))
                .isEqualTo(rules.inForceAt(madeAt).callBackBy(madeAt, false));
        var call = "{\"outcome\":\"%s\",\"promiseId\":\"%s\",\"note\":\"找 13900139000\"}";
        var id = promise.path("id").asString();
        assertThat(work.post(work.client, "calls", call.formatted("BUSY", id)).status())
                .isEqualTo(403);
        var busy = work.post(work.agent, "calls", call.formatted("BUSY", id));
        assertThat(busy.json().at("/calls/unreached").asInt()).isEqualTo(1);
        assertThat(callback(busy).path("outcome").isString()).isFalse();
        var reached = work.post(work.agent, "calls", call.formatted("REACHED", id));
        assertThat(callback(reached).path("outcome").asString()).isEqualTo("KEPT");
        assertThat(reached.json().at("/calls/unreached").asInt()).isZero();
        assertThat(reached.json().at("/calls/last")).hasSize(2);
        assertThat(work.post(work.agent, "calls", call.formatted("REACHED", id)).status())
                .isEqualTo(409);
        assertThat(work.timeline()).endsWith("CallAttempted", "CallAttempted", "PromiseKept");
        assertThat(work.agent.get("/api/tickets/" + work.id + "/timeline").response().body())
                .contains("找 ***********");
        assertThat(work.client.get("/api/tickets/" + work.id + "/timeline").response().body())
                .doesNotContain("找 ***********");
    }

    @Test
    void whoeverGetsTheTicketCanKeepACallbackOfNobodys() {
        work = TicketAtWork.opened(port, agents, proposals);
        var promise = callback(contact(work.client, "ABANDONED")).path("id").asString();
        work.assignTo(work.agentId, 1);

        var kept = work.edit(work.agent, "promises/" + promise + "/keep", "{}");

        assertThat(callback(kept).path("outcome").asString()).isEqualTo("KEPT");
    }

    @Test
    void messagesBelongToAContactOfTheTicket() {
        var id = contact(work.client, "ANSWERED").json().at("/contacts/0/id").asString();
        var message = "{\"text\":\"在\",\"contactId\":\"%s\"}";

        assertThat(work.post(work.client, "messages", message.formatted(id)).status())
                .isEqualTo(200);
        assertThat(work.post(work.agent, "messages", message.formatted(id)).status())
                .isEqualTo(200);
        var unknown = work.post(work.client, "messages", message.formatted(UUID.randomUUID()));
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.text("pointer")).isEqualTo("/contactId");
        assertThat(
                        work.client
                                .get("/api/tickets/" + work.id + "/timeline")
                                .json()
                                .findValuesAsString("contactId"))
                .containsExactly(id, id, id);
    }

    @Test
    void refusesWhatCannotHaveBeen() {
        var soon = Instant.now().plusSeconds(600);
        var ago = Instant.now().minusSeconds(600);
        refused(
                "contacts",
                "{\"channel\":\"APP\",\"outcome\":\"MISSED\",\"startedAt\":\"%s\"}",
                ago,
                "/channel");
        refused("contacts", "{\"channel\":\"CHAT\",\"startedAt\":\"%s\"}", ago, "/outcome");
        refused(
                "contacts",
                "{\"channel\":\"CHAT\",\"outcome\":\"MISSED\",\"startedAt\":\"%s\"}",
                soon,
                "/startedAt");
        refused(
                "contacts",
                "{\"channel\":\"CHAT\",\"outcome\":\"MISSED\",\"startedAt\":\"%1$s\",\"endedAt\":\"2026-01-01T00:00:00Z\"}",
                ago,
                "/endedAt");
        refused("calls", "{\"outcome\":\"BUSY\",\"nextTryAt\":\"%s\"}", ago, "/nextTryAt");
        refused(
                "calls",
                "{\"outcome\":\"BUSY\",\"nextTryAt\":\"%s\"}",
                tomorrowAt("23:00"),
                "/nextTryAt");
        assertThat(callLater().status()).isEqualTo(200);
        assertThat(contact(Api.as(port, "stranger", Role.CHANNEL), "MISSED").status())
                .isEqualTo(404);
    }

    @Test
    void whoSaysInACallThatItIsSolvedHasConfirmedIt() {
        resolve();

        assertThat(contact(work.agent, "MISSED", "YES").text("pointer")).isEqualTo("/solved");
        var told = contact(work.agent, "ANSWERED", "YES");

        assertThat(told.text("status")).as(told.response().body()).isEqualTo("CLOSED");
        assertThat(told.json().at("/contacts/0/solved").asString()).isEqualTo("YES");
        assertThat(work.timeline()).endsWith("ContactRecorded", "TicketClosed");
        assertThat(contact(work.client, "ANSWERED", "YES").text("id")).isEqualTo(work.id);
        assertThat(work.timeline()).endsWith("TicketClosed", "ContactRecorded");
    }

    @Test
    void whoSaysThatItIsNotBringsItBack() {
        resolve();

        assertThat(contact(work.agent, "ANSWERED", "NO").text("status")).isEqualTo("REOPENED");
    }

    @Test
    void whoSaysSoOfWhatIsClosedIsGoneAfterAtTheSecondTier() {
        resolve();
        work.edit(work.client, "confirm", "");

        var told = contact(work.client, "ANSWERED", "NO");

        assertThat(told.status()).as(told.response().body()).isEqualTo(201);
        assertThat(told.text("followUpOf")).isEqualTo(work.id);
        assertThat(told.json().path("tier").asInt()).isEqualTo(2);
        assertThat(work.timeline()).endsWith("TicketClosed", "ContactRecorded", "TicketLinked");
        var again = contact(work.agent, "ANSWERED", "NO");
        assertThat(again.text("id")).as("gone after already").isEqualTo(told.text("id"));
        assertThat(again.json().path("contacts")).hasSize(1);
        assertThat(again.json().path("promises"))
                .filteredOn(promise -> promise.path("purpose").asString().equals("REVISIT"))
                .hasSize(1);
        assertThat(work.timeline()).endsWith("ContactRecorded", "TicketLinked");
    }

    @Test
    void whoOpensATicketByACallSaysNothingOfASolution() {
        var opening =
                """
                {"kind":"COMPLAINT","channel":"PHONE","customer":{"phone":"%s"},
                 "province":"广东","subject":"纸尿裤包装与页面不符",
                 "contact":{"outcome":"ANSWERED","startedAt":"%s","solved":"YES"}}
                """
                        .formatted(TicketAtWork.someone(), Instant.now());

        var refused = work.client.post("/api/tickets", opening);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("pointer")).isEqualTo("/contact/solved");
    }

    private void resolve() {
        work.says(work.agent, "新品已为您寄出");
        work.edit(work.agent, "steps", "{\"step\":\"VERIFY\"}");
        work.edit(work.agent, "resolve", TicketAtWork.SOLVED);
    }

    private Reply contact(Api who, String outcome, String solved) {
        return work.post(
                who,
                "contacts",
                "{\"channel\":\"PHONE\",\"outcome\":\"%s\",\"startedAt\":\"%s\",\"solved\":\"%s\"}"
                        .formatted(outcome, Instant.now().minusSeconds(60), solved));
    }

    private Reply callLater() {
        return work.post(
                work.agent,
                "calls",
                "{\"outcome\":\"CALL_LATER\",\"nextTryAt\":\"%s\"}".formatted(tomorrowAt("23:00")));
    }

    private void refused(String command, String body, Instant at, String pointer) {
        var refused = work.post(work.agent, command, body.formatted(at));
        assertThat(refused.status()).as(refused.response().body()).isEqualTo(422);
        assertThat(refused.text("pointer")).isEqualTo(pointer);
    }

    @Test
    void promisesNoCallOutsideTheHoursUnlessTheCustomerAskedForIt() {
        var promise = "{\"what\":\"回电\",\"dueAt\":\"%s\",\"channel\":\"%s\",\"customerAsked\":%s}";
        var late = tomorrowAt("21:30");

        var refused = work.edit(work.agent, "promises", promise.formatted(late, "PHONE", false));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text("pointer")).isEqualTo("/dueAt");
        assertThat(refused.text("detail")).contains("08:30", "21:30");
        for (var good :
                new String[] {
                    promise.formatted(late, "PHONE", true),
                    promise.formatted(late, "APP", false),
                    promise.formatted(tomorrowAt("21:29"), "PHONE", false)
                }) {
            assertThat(work.edit(work.agent, "promises", good).status()).isEqualTo(200);
        }
    }

    private static Instant tomorrowAt(String time) {
        return Instant.now()
                .atZone(SHANGHAI)
                .toLocalDate()
                .plusDays(1)
                .atTime(LocalTime.parse(time))
                .atZone(SHANGHAI)
                .toInstant();
    }

    private Reply contact(Api who, String outcome) {
        var at = Instant.now().minusSeconds(60);
        return work.post(
                who,
                "contacts",
                "{\"channel\":\"PHONE\",\"outcome\":\"%s\",\"startedAt\":\"%s\"}"
                        .formatted(outcome, at));
    }

    private static JsonNode callback(Reply ticket) {
        return ticket.json()
                .path("promises")
                .valueStream()
                .filter(promise -> promise.path("purpose").asString().equals("CALLBACK"))
                .findFirst()
                .orElseThrow();
    }
}
