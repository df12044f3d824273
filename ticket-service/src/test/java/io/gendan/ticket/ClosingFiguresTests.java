package io.gendan.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.api.Role;
import io.gendan.events.ClockKind;
import io.gendan.events.EscalationCause;
import io.gendan.events.EscalationEvent.EscalationRaised;
import io.gendan.ticket.Api.Reply;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;

@TicketServiceTest
class ClosingFiguresTests {

    /** Nobody reviews it, nor asks about it again. */
    private static final String OPENING =
            """
            {"kind":"CONSULTATION","channel":"APP","customer":{"phone":"%s"},"orderId":"%s",
             "category":"PRESALE.SPEC","subject":"适合多大的孩子"}
            """;

    private static final String GIVEN_UP = "{\"reason\":\"不用了\"}";

    private static final String NO_AGREEMENT =
            """
            {"reason":"NO_AGREEMENT",
             "statements":{"FINAL_OFFER":"退差价十元","AUTHORITIES":"已告知 12315"}}
            """;

    @LocalServerPort int port;
    @Autowired Agents agents;
    @Autowired Proposals proposals;
    @Autowired Housekeeping housekeeping;
    @Autowired TransactionTemplate transaction;
    @Autowired JdbcTemplate jdbc;

    private TicketAtWork work;
    private final String phone = TicketAtWork.someone();
    private final String order = "JD" + UUID.randomUUID();
    private Api analyst;
    private List<JsonNode> before;

    @BeforeEach
    void ticket() {
        work = TicketAtWork.accepted(port, agents, proposals);
        analyst = Api.as(port, "analyst-1", Role.ANALYST);
        before = figures();
    }

    @Test
    void countsWhatNobodyCameBackForAsSolvedAtFirstContact() {
        closeAsSolved();

        assertGrown(1, 1, 0, 0);
        var counted = figures();
        housekeeping.run();
        assertThat(figures()).isEqualTo(counted);
    }

    @Test
    void countsWhatWasReopenedBefore() {
        edit(work.agent, "resolve", TicketAtWork.SOLVED);
        edit(work.client, "reopen", "{\"reason\":\"还是没有收到\"}");
        edit(work.client, "cancel", GIVEN_UP);
        assertGrown(0, 0, 0, 0);

        var other = TicketAtWork.accepted(port, agents, proposals);
        other.edit(other.agent, "resolve", TicketAtWork.SOLVED);
        other.edit(other.client, "reopen", "{\"reason\":\"还是没有收到\"}");
        other.says(other.agent, "新品已为您寄出");
        other.edit(other.agent, "resolve", TicketAtWork.SOLVED);
        assertThat(other.edit(other.client, "confirm", "").text("status")).isEqualTo("CLOSED");

        assertGrown(1, 0, 1, 0);
    }

    @Test
    void countsAClosingOnceHoweverOftenTheCustomerComesBack() {
        var closed = withAnOrder();
        assertGrown(1, 1, 0, 0);
        for (var time = 0; time < 2; time++) {
            var repeat = openedAgain();
            assertThat(repeat.text("repeatOf")).isEqualTo(closed.text("id"));
            giveUp(repeat);
            assertGrown(1, 0, 0, 1);
        }

        for (var time = 0; time < 2; time++) {
            var followUp = post(work.client, closed, "messages", "{\"text\":\"又坏了\"}");
            assertThat(followUp.text("followUpOf")).isEqualTo(closed.text("id"));
            giveUp(followUp);
            assertGrown(1, 0, 1, 1);
        }
    }

    @Test
    void doesNotCountWhatWasClosedUnsolved() {
        assertThat(work.edit(work.leader, "close", TicketAtWork.INVALID).text("status"))
                .isEqualTo("CLOSED");
        work.says(work.client, "又坏了");

        assertGrown(0, 0, 0, 0);
    }

    @Test
    void countsWhatEndedWithoutAnAgreementOnItsOwn() throws Exception {
        climb(1);
        climb(2);
        edit(work.leader, "close", NO_AGREEMENT);

        assertGrown(0, 0, 0, 0);
        assertThat(grown(figures(), "noAgreement")).isEqualTo(1);
        housekeeping.run();
        assertThat(grown(figures(), "noAgreement")).isEqualTo(1);
        var migration =
                new ClassPathResource("db/migration/V20261128_2355__no_agreement_until_now.sql")
                        .getContentAsString(StandardCharsets.UTF_8);
        transaction.executeWithoutResult(
                attempt -> {
                    var counted = noAgreements();
                    jdbc.update("UPDATE closing_delta SET no_agreement = 0");
                    jdbc.update("UPDATE closing_tally SET no_agreement = 0");
                    assertThat(noAgreements()).isEmpty();
                    jdbc.execute(migration.substring(migration.indexOf("INSERT")));
                    assertThat(noAgreements()).isEqualTo(counted);
                    attempt.setRollbackOnly();
                });
    }

    private List<Map<String, Object>> noAgreements() {
        return jdbc.queryForList(
                """
                SELECT day, kind, sum(no_agreement) AS many
                FROM (SELECT day, kind, no_agreement FROM closing_tally
                      UNION ALL SELECT day, kind, no_agreement FROM closing_delta) AS counted
                GROUP BY day, kind HAVING sum(no_agreement) > 0 ORDER BY day, kind
                """);
    }

    private void climb(int from) {
        proposals.escalate(
                new EscalationRaised(
                        UUID.fromString(work.id),
                        from,
                        Instant.EPOCH,
                        UUID.randomUUID(),
                        from,
                        from + 1,
                        EscalationCause.TIME,
                        ClockKind.FIRST_RESPONSE,
                        Instant.EPOCH));
    }

    @Test
    void tellsWhichShareThatIs() {
        assertThat(Tally.rate(2, 3)).isEqualByComparingTo("0.6667");
        assertThat(Tally.rate(0, 0)).isNull();
    }

    @Test
    void isForThoseWhoLead() {
        var path = "/api/figures/closings?from=2026-01-01&to=2026-01-31";
        assertThat(work.agent.get(path).status()).isEqualTo(403);
        assertThat(analyst.get(path).status()).isEqualTo(200);
    }

    private void closeAsSolved() {
        work.says(work.agent, "新品已为您寄出");
        edit(work.agent, "resolve", TicketAtWork.SOLVED);
        assertThat(edit(work.client, "confirm", "").text("status")).isEqualTo("CLOSED");
    }

    private Reply edit(Api who, String command, String body) {
        var reply = work.edit(who, command, body);
        assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
        return reply;
    }

    /** One of an order, by which it would be known again, closed as solved. */
    private Reply withAnOrder() {
        var opened = work.client.post("/api/tickets", OPENING.formatted(phone, order));
        proposals.assign(
                TicketFixtures.choice(UUID.fromString(opened.text("id")), 1, work.agentId));
        post(work.agent, opened, "accept", "");
        post(work.agent, opened, "messages", "{\"text\":\"六个月以上\"}");
        var answered =
                "{\"result\":\"六个月以上\",\"proof\":\"ARTICLE\",\"statements\":{\"ARTICLE\":\"尺码表\"}}";
        var resolved = post(work.agent, opened, "resolve", answered);
        assertThat(resolved.status()).as(resolved.response().body()).isEqualTo(200);
        var closed = post(work.client, opened, "confirm", "");
        assertThat(closed.text("status")).as(closed.response().body()).isEqualTo("CLOSED");
        return closed;
    }

    private Reply openedAgain() {
        return work.client.post("/api/tickets", OPENING.formatted(phone, order));
    }

    private void giveUp(Reply ticket) {
        assertThat(post(work.client, ticket, "cancel", GIVEN_UP).text("status"))
                .isEqualTo("CANCELLED");
    }

    private static Reply post(Api who, Reply ticket, String command, String body) {
        var path = "/api/tickets/" + ticket.text("id") + "/" + command;
        return who.post(path, body, "If-Match", "*");
    }

    /** Of two days: it may be midnight meanwhile. */
    private List<JsonNode> figures() {
        var today = LocalDate.now(ZoneId.of("Asia/Shanghai"));
        return analyst.get(
                        "/api/figures/closings?from=%s&to=%s".formatted(today, today.plusDays(1)))
                .json()
                .path("items")
                .valueStream()
                .toList();
    }

    private void assertGrown(long solved, long firstContact, long reopened, long repeated) {
        var after = figures();
        assertThat(grown(after, "solved")).isEqualTo(solved);
        assertThat(grown(after, "firstContact")).isEqualTo(firstContact);
        assertThat(grown(after, "reopened")).isEqualTo(reopened);
        assertThat(grown(after, "repeated")).isEqualTo(repeated);
    }

    private long grown(List<JsonNode> after, String what) {
        return sum(after, what) - sum(before, what);
    }

    private static long sum(List<JsonNode> figures, String what) {
        return figures.stream().mapToLong(figure -> figure.path(what).asLong()).sum();
    }
}
