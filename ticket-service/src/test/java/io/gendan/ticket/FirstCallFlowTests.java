package io.gendan.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.api.Role;
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

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Whom we are to call first, and what that needs. */
@TicketServiceTest
class FirstCallFlowTests {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    @LocalServerPort int port;
    @Autowired Agents agents;
    @Autowired Proposals proposals;
    @Autowired NextTries nextTries;
    @Autowired JdbcTemplate jdbc;

    private TicketAtWork work;

    @BeforeEach
    void ticket() {
        work = TicketAtWork.accepted(port, agents, proposals);
    }

    @ParameterizedTest
    @CsvSource({
        "CHANNEL, PHONE, , true",
        "CHANNEL, APP, , true",
        "AGENT, APP, , true",
        "AGENT, PHONE, , false",
        "AGENT, PHONE, MISSED, true",
        "AGENT, PHONE, ANSWERED, false",
        "CHANNEL, PHONE, ANSWERED, false"
    })
    void isPromisedUnlessTheyTalkWithUsAlready(
            Role opener, String channel, @Nullable String contact, boolean promised) {
        var opened = open(opener == Role.AGENT ? work.agent : work.client, channel, contact, "");

        assertThat(opened.text("major")).isEqualTo("SAFETY");
        assertThat(firstCall(opened.json()).isPresent()).isEqualTo(promised);
    }

    @Test
    void whoeverWritesDownALetterDoesNotTalkWithTheCustomer() {
        var letter =
                """
                ,"authority":{"source":"HOTLINE_12345","number":"H-%s","arrivedOn":"2026-11-20"}\
                """
                        .formatted(UUID.randomUUID());

        var opened = open(work.agent, "PHONE", null, letter);

        var call = firstCall(opened.json()).orElseThrow();
        assertThat(call.path("channel").asString()).isEqualTo("PHONE");
        assertThat(Instant.parse(call.path("dueAt").asString()))
                .isAfterOrEqualTo(
                        Instant.parse(opened.text("createdAt")).plus(Duration.ofHours(2)));
    }

    @Test
    void theCustomerSeesItAndIsCalledByWhoeverHasTheTicket() {
        var major = "{\"major\":\"MEDIA\",\"reason\":\"记者来电\"}";
        assertThat(work.edit(work.leader, "change", major).status()).isEqualTo(200);
        var link = work.shown().text("trackingUrl");
        var seen = Api.asNobody(port).get(link);
        assertThat(seen.text("promised")).contains("致电");
        var promise = shown().path("id").asString();

        assertThat(work.edit(work.agent, "promises/" + promise + "/keep", "{}").text("type"))
                .endsWith("promise-to-call");
        assertThat(call(work.leader, promise, "NO_ANSWER").status()).isEqualTo(200);
        assertThat(shown().path("outcome").isNull()).isTrue();
        jdbc.update(
                "UPDATE next_try SET at = now() - interval '1 second' WHERE ticket_id = ?",
                UUID.fromString(work.id));
        nextTries.due().stream()
                .filter(due -> due.ticketId().toString().equals(work.id))
                .forEach(nextTries::remind);
        assertThat(kinds(work.agent)).contains("CALL_AGAIN");

        var reached = call(work.agent, promise, "REACHED");

        assertThat(reached.status()).as(reached.response().body()).isEqualTo(200);
        assertThat(shown().path("outcome").asString()).isEqualTo("KEPT");
    }

    private Reply call(Api who, String promise, String outcome) {
        var next =
                outcome.equals("REACHED")
                        ? ""
                        : ",\"nextTryAt\":\"%s\"".formatted(tomorrowAtNoon());
        return work.post(
                who,
                "calls",
                "{\"outcome\":\"%s\",\"promiseId\":\"%s\"%s}".formatted(outcome, promise, next));
    }

    private static Instant tomorrowAtNoon() {
        return Instant.now()
                .atZone(SHANGHAI)
                .toLocalDate()
                .plusDays(1)
                .atTime(12, 0)
                .atZone(SHANGHAI)
                .toInstant();
    }

    private JsonNode shown() {
        return firstCall(work.agent.get("/api/tickets/" + work.id).json()).orElseThrow();
    }

    private static Optional<JsonNode> firstCall(JsonNode ticket) {
        return ticket.path("promises")
                .valueStream()
                .filter(promise -> promise.path("purpose").asString().equals("FIRST_CALL"))
                .findFirst();
    }

    private static List<String> kinds(Api who) {
        return who.get("/api/notices").json().path("items").findValuesAsString("kind");
    }

    private static Reply open(Api who, String channel, @Nullable String contact, String more) {
        var called =
                contact == null
                        ? ""
                        : """
                        ,"contact":{"channel":"PHONE","outcome":"%s","startedAt":"%s"}\
                        """
                                .formatted(contact, Instant.now().minusSeconds(5));
        var opened =
                who.post(
                        "/api/tickets",
                        """
                        {"kind":"COMPLAINT","channel":"%s","customer":{"phone":"%s"},
                         "province":"广东","category":"SAFETY.INJURY","subject":"高脚椅夹伤孩子"%s%s}
                        """
                                .formatted(channel, TicketAtWork.someone(), called, more));
        assertThat(opened.status()).as(opened.response().body()).isEqualTo(201);
        return opened;
    }
}
