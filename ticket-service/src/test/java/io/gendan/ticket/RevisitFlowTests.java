package io.gendan.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.api.Role;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Customers are called again whom nobody heard of since. */
@TicketServiceTest
class RevisitFlowTests {

    @LocalServerPort int port;
    @Autowired Agents agents;
    @Autowired Proposals proposals;
    @Autowired RevisitPlan plan;
    @Autowired NextTries nextTries;
    @Autowired JdbcClient jdbc;

    private TicketAtWork work;

    @BeforeEach
    void closedTicket() {
        work = TicketAtWork.accepted(port, agents, proposals);
        work.says(work.agent, "新品已为您寄出");
        work.edit(work.agent, "steps", "{\"step\":\"VERIFY\"}");
        work.edit(work.agent, "resolve", TicketAtWork.SOLVED);
        assertThat(work.edit(work.client, "confirm", "").text("status")).isEqualTo("CLOSED");
    }

    @Test
    void aCustomerOfNoteIsCalledOnceAQuarterHoweverManySeeThatItIsDue() throws Exception {
        var customer = UUID.fromString(work.shown().json().at("/customer/id").asString());
        assertThat(plan.due()).extracting(RevisitPlan.Due::customerId).doesNotContain(customer);
        grade(customer, "KEY");
        assertThat(plan.due()).extracting(RevisitPlan.Due::customerId).doesNotContain(customer);
        age("92 days");
        var due = new RevisitPlan.Due(customer, UUID.fromString(work.id));
        assertThat(plan.due()).contains(due);

        try (var instances = Executors.newVirtualThreadPerTaskExecutor()) {
            Stream<Callable<Object>> visits =
                    IntStream.range(0, 8)
                            .mapToObj(
                                    _ ->
                                            () -> {
                                                plan.visit(due);
                                                return due;
                                            });
            for (var visit : instances.invokeAll(visits.toList())) {
                visit.get();
            }
        }

        assertThat(plan.due()).doesNotContain(due);
        assertThat(work.timeline()).endsWith("TicketClosed", "PromiseMade");
        assertThat(revisit().path("purpose").asString()).isEqualTo("REVISIT");
        assertThat(revisit().path("what").asString()).startsWith("季度回访");
    }

    @Test
    void whoComesByThemselvesIsCalledAllTheSame() {
        var customer = UUID.fromString(work.shown().json().at("/customer/id").asString());
        grade(customer, "KEY");
        age("92 days");
        var again =
                work.client.post(
                        "/api/tickets",
                        """
                        {"kind":"REQUEST","channel":"APP","customer":{"id":"%s"},
                         "category":"DELIVERY.LATE","subject":"还没有到"}
                        """
                                .formatted(customer));
        assertThat(again.status()).as(again.response().body()).isEqualTo(201);
        var due = new RevisitPlan.Due(customer, UUID.fromString(work.id));
        assertThat(plan.due()).contains(due);
        plan.visit(due);
        assertThat(plan.due()).doesNotContain(due);

        work.leader.post(
                "/api/tickets/" + again.text("id") + "/close",
                TicketAtWork.INVALID,
                "If-Match",
                "*");
        called("90 days");
        assertThat(plan.due()).extracting(RevisitPlan.Due::customerId).doesNotContain(customer);
        called("2 days");
        var next = new RevisitPlan.Due(customer, UUID.fromString(again.text("id")));
        assertThat(plan.due()).contains(next);
        plan.visit(next);
        assertThat(plan.due()).doesNotContain(next);
    }

    private void called(String ago) {
        jdbc.sql(
                        """
                        UPDATE customer_revisit SET at = at - ?::interval
                        WHERE customer_id = (SELECT customer_id FROM ticket WHERE id = ?::uuid)
                        """)
                .params(ago, work.id)
                .update();
    }

    @Test
    void whoSaysOnThePhoneThatItIsNotSolvedIsGoneAfterAtTheSecondTier() {
        grade(UUID.fromString(work.shown().json().at("/customer/id").asString()), "ENTERPRISE");
        age("92 days");
        plan.due().stream()
                .filter(one -> one.ticketId().toString().equals(work.id))
                .forEach(plan::visit);
        var call =
                """
                {"outcome":"REACHED","promiseId":"%s","solved":"NO","note":"又坏了"}
                """
                        .formatted(revisit().path("id").asString());

        assertThat(work.post(work.agent, "calls", call).text("type")).endsWith("rated-person");
        var called = work.post(work.leader, "calls", call);

        assertThat(called.status()).as(called.response().body()).isEqualTo(200);
        assertThat(called.text("status")).isEqualTo("CLOSED");
        assertThat(work.timeline()).endsWith("CallAttempted", "PromiseKept", "TicketLinked");
        var followUp = called.json().at("/links/0");
        assertThat(followUp.path("relation").asString()).isEqualTo("FOLLOWED_BY");
        var next = work.leader.get("/api/tickets/" + followUp.path("id").asString());
        assertThat(next.json().path("tier").asInt()).isEqualTo(2);
        assertThat(next.json().at("/promises/0/purpose").asString()).isEqualTo("REVISIT");
        assertThat(next.text("body")).isEqualTo("又坏了");
    }

    @Test
    void aColleagueMayCallInTheLeadersPlaceAndIsRemindedOfTheirOwnTry() {
        grade(UUID.fromString(work.shown().json().at("/customer/id").asString()), "ENTERPRISE");
        age("92 days");
        plan.due().stream()
                .filter(one -> one.ticketId().toString().equals(work.id))
                .forEach(plan::visit);
        var name = "agent-" + UUID.randomUUID();
        TicketAtWork.know(agents, name);
        var colleague = Api.as(port, name, Role.AGENT);
        var tomorrow = Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.DAYS);
        var noon = tomorrow.plus(Duration.ofHours(4));
        var call = "{\"outcome\":\"%s\",\"promiseId\":\"%s\"%s}";
        var revisit = revisit().path("id").asString();
        var later = ",\"nextTryAt\":\"" + noon + "\"";

        var busy = work.post(colleague, "calls", call.formatted("BUSY", revisit, later));
        assertThat(busy.status()).as(busy.response().body()).isEqualTo(200);
        jdbc.sql("UPDATE next_try SET at = now() WHERE ticket_id = ?::uuid")
                .param(work.id)
                .update();
        nextTries.due().forEach(nextTries::remind);

        assertThat(colleague.get("/api/notices").response().body()).contains("CALL_AGAIN");
        assertThat(work.agent.get("/api/notices").response().body()).doesNotContain("CALL_AGAIN");
        var withdrawn = "promises/" + revisit + "/withdraw";
        assertThat(work.edit(colleague, withdrawn, "{\"reason\":\"不打了\"}").status()).isEqualTo(403);
        var reached = work.post(colleague, "calls", call.formatted("REACHED", revisit, ""));
        assertThat(reached.status()).isEqualTo(200);
        assertThat(revisit().path("outcome").asString()).isEqualTo("KEPT");
    }

    @Test
    void whoSaysOnThePhoneThatItIsSolvedHasConfirmedIt() {
        var next = TicketAtWork.accepted(port, agents, proposals);
        next.says(next.agent, "新品已为您寄出");
        next.edit(next.agent, "steps", "{\"step\":\"VERIFY\"}");
        next.edit(next.agent, "resolve", TicketAtWork.SOLVED);

        var called = next.post(next.agent, "calls", "{\"outcome\":\"REACHED\",\"solved\":\"YES\"}");

        assertThat(called.text("status")).as(called.response().body()).isEqualTo("CLOSED");
        assertThat(next.timeline()).endsWith("CallAttempted", "TicketClosed");
    }

    @Test
    void whoSaysSoAgainIsGoneAfterInTheSameTicket() {
        var said = work.says(work.client, "又坏了");
        assertThat(said.status()).isEqualTo(201);
        var call = "{\"outcome\":\"REACHED\",\"solved\":\"NO\",\"note\":\"还没有修好\"}";

        assertThat(work.post(work.leader, "calls", call).status()).isEqualTo(200);
        assertThat(work.post(work.leader, "calls", call).status()).isEqualTo(200);

        var links = work.leader.get("/api/tickets/" + work.id).json().path("links");
        assertThat(links).hasSize(1);
        assertThat(links.at("/0/id").asString()).isEqualTo(said.text("id"));
        var next = work.leader.get("/api/tickets/" + said.text("id"));
        assertThat(next.json().path("promises").valueStream())
                .extracting(one -> one.path("purpose").asString())
                .containsExactly("PROGRESS", "REVISIT");
        var timeline = work.leader.get("/api/tickets/" + said.text("id") + "/timeline");
        assertThat(timeline.json().path("items").valueStream())
                .extracting(entry -> entry.path("type").asString())
                .endsWith("PromiseMade", "EscalationRequested", "EscalationRequested");
    }

    private JsonNode revisit() {
        var promises = work.leader.get("/api/tickets/" + work.id).json().path("promises");
        return promises.get(promises.size() - 1);
    }

    private void grade(UUID customer, String grade) {
        jdbc.sql("UPDATE customer SET grade = ? WHERE id = ?").params(grade, customer).update();
    }

    /** All that the customer has: one before this may have been drawn for a review. */
    private void age(String time) {
        jdbc.sql(
                        """
                        UPDATE ticket SET created_at = created_at - ?::interval
                        WHERE customer_id = (SELECT customer_id FROM ticket WHERE id = ?::uuid)
                        """)
                .params(time, work.id)
                .update();
    }
}
