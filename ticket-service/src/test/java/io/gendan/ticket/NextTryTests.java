package io.gendan.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.api.Role;
import io.gendan.events.ClockKind;
import io.gendan.events.EscalationCause;
import io.gendan.events.EscalationEvent.EscalationRaised;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;

/** Who is to be called again is not forgotten. */
@TicketServiceTest
class NextTryTests {

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

    @Test
    void theOwnerIsToldOnceWhenItIsTimeToCallAgain() {
        call("NO_ANSWER");
        assertThat(due()).isEmpty();
        isTime();

        due().forEach(nextTries::remind);
        due().forEach(nextTries::remind);

        assertThat(reminded(work.agent)).isEqualTo(1);
    }

    @Test
    void twoInstancesTellItOnce() {
        call("BUSY");
        isTime();

        var seenByBoth = due();
        seenByBoth.forEach(nextTries::remind);
        seenByBoth.forEach(nextTries::remind);

        assertThat(reminded(work.agent)).isEqualTo(1);
    }

    @Test
    void whoHasTheTicketByThenIsTold() {
        var second = "agent-" + UUID.randomUUID();
        TicketAtWork.know(agents, second);
        call("NO_ANSWER");
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
        work.assignTo(second, 2);
        isTime();

        due().forEach(nextTries::remind);

        assertThat(reminded(work.agent)).isZero();
        assertThat(reminded(Api.as(port, second, Role.AGENT))).isEqualTo(1);
    }

    @Test
    void isToldNothingOfWhoWasCalledOrCameToUsOrOfWhatIsOver() {
        List<Runnable> moot =
                List.of(
                        () -> work.post(work.agent, "calls", "{\"outcome\":\"REACHED\"}"),
                        () ->
                                work.post(
                                        work.client,
                                        "contacts",
                                        "{\"channel\":\"PHONE\",\"outcome\":\"ANSWERED\",\"startedAt\":\"%s\"}"
                                                .formatted(Instant.now().minusSeconds(5))),
                        () -> work.edit(work.leader, "close", TicketAtWork.INVALID));
        for (var one : moot) {
            call("NO_ANSWER");
            isTime();
            one.run();
            assertThat(due()).isEmpty();
        }
    }

    @Test
    void goesAlongWithAMerge() {
        var phone = TicketAtWork.someone();
        var id = TicketAtWork.openedFor(phone, work.client);
        var into = TicketAtWork.openedFor(phone, work.client);
        var noAnswer =
                "{\"outcome\":\"NO_ANSWER\",\"nextTryAt\":\"%s\"}".formatted(tomorrowAtNoon());
        for (var each : List.of(id, into)) {
            proposals.assign(TicketFixtures.choice(UUID.fromString(each), 1, work.agentId));
            work.agent.post("/api/tickets/" + each + "/accept", "", "If-Match", "*");
            work.agent.post("/api/tickets/" + each + "/calls", noAnswer);
        }

        work.agent.post(
                "/api/tickets/" + id + "/merge",
                "{\"into\":\"%s\",\"reason\":\"同一包裹\"}".formatted(into),
                "If-Match",
                "*");

        assertThat(tries(into)).isEqualTo(2);

        work.agent.post("/api/tickets/" + id + "/merge/undo", "{}", "If-Match", "*");
        assertThat(tries(id)).isEqualTo(1);
        assertThat(tries(into)).isEqualTo(1);
        work.agent.post("/api/tickets/" + id + "/calls", noAnswer);
        var again =
                work.agent.post(
                        "/api/tickets/" + id + "/merge",
                        "{\"into\":\"%s\",\"reason\":\"又来\"}".formatted(into),
                        "If-Match",
                        "*");
        assertThat(again.status()).as(again.response().body()).isEqualTo(200);
        assertThat(tries(into)).isEqualTo(2);
        work.agent.post("/api/tickets/" + into + "/calls", "{\"outcome\":\"REACHED\"}");
        assertThat(tries(into)).isZero();
    }

    private int tries(String ticket) {
        return jdbc.queryForObject(
                "SELECT count(*) FROM next_try WHERE ticket_id = ?::uuid", Integer.class, ticket);
    }

    @Test
    void whatIsPromisedIsNotToldTwice() {
        call("CALL_LATER");
        isTime();

        assertThat(due()).isEmpty();
        assertThat(work.agent.get("/api/tickets/" + work.id).json().path("promises"))
                .anyMatch(promise -> promise.path("purpose").asString().equals("CALLBACK"));
    }

    private void call(String outcome) {
        var called =
                work.post(
                        work.agent,
                        "calls",
                        "{\"outcome\":\"%s\",\"nextTryAt\":\"%s\"}"
                                .formatted(outcome, tomorrowAtNoon()));
        assertThat(called.status()).as(called.response().body()).isEqualTo(200);
    }

    private void isTime() {
        jdbc.update(
                "UPDATE next_try SET at = now() - interval '1 second' WHERE ticket_id = ?",
                UUID.fromString(work.id));
    }

    private List<NextTries.Due> due() {
        return nextTries.due().stream()
                .filter(one -> one.ticketId().toString().equals(work.id))
                .toList();
    }

    private static long reminded(Api agent) {
        return agent.get("/api/notices")
                .json()
                .path("items")
                .valueStream()
                .filter(one -> one.path("kind").asString().equals("CALL_AGAIN"))
                .count();
    }

    private static Instant tomorrowAtNoon() {
        var shanghai = ZoneId.of("Asia/Shanghai");
        return Instant.now()
                .atZone(shanghai)
                .toLocalDate()
                .plusDays(1)
                .atTime(12, 0)
                .atZone(shanghai)
                .toInstant();
    }
}
