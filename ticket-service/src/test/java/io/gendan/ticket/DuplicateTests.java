package io.gendan.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.ticket.Api.Reply;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Customers who come back to what repeats another ticket. */
@TicketServiceTest
class DuplicateTests {

    private static final String NOT_SOLVED = "{\"reason\":\"还是没有收到\"}";

    @LocalServerPort int port;
    @Autowired Agents agents;
    @Autowired Proposals proposals;
    @Autowired JdbcClient jdbc;
    @Autowired TransactionTemplate transaction;

    private TicketAtWork work;
    private String phone;
    private String original;
    private String duplicate;

    @BeforeEach
    void tickets() {
        work = TicketAtWork.opened(port, agents, proposals);
        phone = TicketAtWork.someone();
        original = TicketAtWork.openedFor(phone, work.client);
        duplicate = TicketAtWork.openedFor(phone, work.client);
        var closed = edit(work.leader, duplicate, "close", repeats(original));
        assertThat(closed.status()).as(closed.response().body()).isEqualTo(200);
    }

    @Test
    void whatIsSaidToTheDuplicateIsHeardInTheOpenOriginal() {
        var said =
                List.of(
                        say(duplicate),
                        work.client.post(path(duplicate, "urge"), "{\"text\":\"还没有收到\"}"),
                        work.client.post(path(duplicate, "urge"), ""),
                        work.client.post(
                                path(duplicate, "contacts"),
                                "{\"channel\":\"PHONE\",\"outcome\":\"MISSED\",\"startedAt\":\"%s\"}"
                                        .formatted(Instant.now())),
                        edit(work.client, duplicate, "reopen", NOT_SOLVED));

        assertThat(said)
                .allSatisfy(
                        reply -> {
                            assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
                            assertThat(reply.text("id")).isEqualTo(original);
                        });
        assertThat(said.getLast().json().path("urges").asInt()).isEqualTo(2);
        assertThat(followUps()).isEmpty();
        assertThat(shown(duplicate).text("status")).isEqualTo("CLOSED");
    }

    @Test
    void thatItIsNotSolvedReopensTheOriginal() {
        solve(original);

        var reopened = edit(work.client, duplicate, "reopen", NOT_SOLVED);

        assertThat(reopened.status()).as(reopened.response().body()).isEqualTo(200);
        assertThat(reopened.text("id")).isEqualTo(original);
        assertThat(reopened.text("status")).isEqualTo("REOPENED");
        assertThat(edit(work.agent, duplicate, "reopen", NOT_SOLVED).status()).isEqualTo(404);
        assertThat(edit(work.leader, duplicate, "reopen", NOT_SOLVED).status()).isEqualTo(409);
    }

    @Test
    void whatIsSaidAfterTheOriginalWasClosedIsItsFollowUp() {
        solve(original);
        assertThat(edit(work.client, original, "confirm", "").text("status")).isEqualTo("CLOSED");

        var followUp = say(duplicate);
        var again = say(original);

        assertThat(followUp.status()).as(followUp.response().body()).isEqualTo(201);
        assertThat(followUp.text("followUpOf")).isEqualTo(original);
        assertThat(again.text("id")).isEqualTo(followUp.text("id"));
        assertThat(say(duplicate).text("id")).isEqualTo(followUp.text("id"));
        assertThat(followUps()).hasSize(1);
    }

    @Test
    void isHeardWhereTheOriginalIsMergedInto() {
        var into = TicketAtWork.openedFor(phone, work.client);
        var merge = "{\"into\":\"%s\",\"reason\":\"同一包裹\"}".formatted(into);
        assertThat(edit(work.leader, original, "merge", merge).status()).isEqualTo(200);

        assertThat(say(duplicate).text("id")).isEqualTo(into);
    }

    @Test
    void goesOnByItselfWhenTheOriginalIsWantedNoMore() {
        edit(work.client, original, "cancel", "{\"reason\":\"不需要了\"}");

        var followUp = say(duplicate);

        assertThat(followUp.status()).as(followUp.response().body()).isEqualTo(201);
        assertThat(followUp.text("followUpOf")).isEqualTo(duplicate);
        assertThat(say(duplicate).text("id")).isEqualTo(followUp.text("id"));
    }

    @Test
    void isFoundInTheLogOfWhatIsClosedAlready() throws IOException {
        var script =
                new ClassPathResource("db/migration/V20261129_0552__duplicates_until_now.sql")
                        .getContentAsString(StandardCharsets.UTF_8);
        transaction.executeWithoutResult(
                attempt -> {
                    jdbc.sql("UPDATE ticket SET duplicate_of = NULL").update();

                    jdbc.sql(script).update();

                    assertThat(
                                    jdbc.sql("SELECT duplicate_of FROM ticket WHERE id = ?::uuid")
                                            .param(duplicate)
                                            .query(UUID.class)
                                            .single())
                            .hasToString(original);
                    attempt.setRollbackOnly();
                });
    }

    private void solve(String id) {
        proposals.assign(TicketFixtures.choice(UUID.fromString(id), 1, work.agentId));
        edit(work.agent, id, "accept", "");
        work.agent.post(path(id, "messages"), "{\"text\":\"新品已为您寄出\"}");
        assertThat(edit(work.agent, id, "resolve", TicketAtWork.SOLVED).text("status"))
                .isEqualTo("RESOLVED");
    }

    private String repeats(String id) {
        return "{\"reason\":\"DUPLICATE\",\"statements\":{\"ORIGINAL\":\"%s\"}}"
                .formatted(shown(id).text("number"));
    }

    private List<UUID> followUps() {
        return jdbc.sql("SELECT id FROM ticket WHERE succeeds IN (?::uuid, ?::uuid)")
                .params(original, duplicate)
                .query(UUID.class)
                .list();
    }

    private Reply say(String id) {
        return work.client.post(path(id, "messages"), "{\"text\":\"还是没有收到\"}");
    }

    private Reply shown(String id) {
        return work.leader.get("/api/tickets/" + id);
    }

    private static Reply edit(Api who, String id, String command, String body) {
        return who.post(path(id, command), body, "If-Match", "*");
    }

    private static String path(String id, String command) {
        return "/api/tickets/" + id + "/" + command;
    }
}
