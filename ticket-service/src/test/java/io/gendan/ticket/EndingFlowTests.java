package io.gendan.ticket;

import static io.gendan.ticket.TicketAtWork.SOLVED;
import static io.gendan.ticket.TicketFixtures.NOON;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.events.ClockKind;
import io.gendan.events.EscalationEvent.ClockElapsed;
import io.gendan.events.Topics;
import io.gendan.ticket.rules.RuleBook;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * How a ticket ends: by silence, by its procedure, by a filed answer, by the customer, or not yet.
 */
@TicketServiceTest
class EndingFlowTests extends TicketFlow {

    @Autowired RuleBook rules;

    @Test
    void silenceAfterTheResolutionClosesIt() {
        var id = openUndrawn(OPENING);
        Neighbours.say(Topics.ASSIGNMENTS, choice(id, 1, "agent-south-1"));
        awaitStatus(id, "ASSIGNED");
        post(south, id, "messages", "{\"text\":\"您好\"}");
        post(south, id, "resolve", SOLVED, "If-Match", "*");

        Neighbours.say(
                Topics.ESCALATIONS,
                new ClockElapsed(UUID.fromString(id), 1, NOON, ClockKind.CONFIRMATION, NOON, null));

        awaitStatus(id, "CLOSED");
    }

    @Test
    void aCustomerCancelsAndAnAgentAloneDoesNot() {
        var id = accepted();
        var reason = "{\"reason\":\"不需要了\"}";

        assertThat(post(south, id, "cancel", reason, "If-Match", "*").status()).isEqualTo(403);
        assertThat(post(app, id, "cancel", reason).status()).isEqualTo(428);
        var cancelled = post(app, id, "cancel", reason, "If-Match", "*");

        assertThat(cancelled.text("status")).isEqualTo("CANCELLED");
        assertThat(post(app, id, "messages", "{\"text\":\"还在吗\"}").status()).isEqualTo(409);
        assertThat(Api.asNobody(port).get(cancelled.text("trackingUrl")).text("stage"))
                .isEqualTo("WITHDRAWN");
    }

    @Test
    void aResolutionIsReopenedForAReasonThatIsOnRecord() {
        var id = accepted();
        post(south, id, "resolve", SOLVED, "If-Match", "*");

        var reopened = post(app, id, "reopen", "{\"reason\":\"还是坏的\"}", "If-Match", "*");

        assertThat(reopened.text("status")).isEqualTo("REOPENED");
        assertThat(reopened.json().path("stay").asInt()).isEqualTo(2);
        assertThat(south.get("/api/tickets/" + id + "/timeline").response().body())
                .contains("还是坏的");

        post(south, id, "resolve", SOLVED, "If-Match", "*");
        post(app, id, "reopen", "{\"reason\":\"打 13800138000\"}", "If-Match", "*");
        assertThat(packet(id).path("evidence").asString()).isEqualTo("打 ***********");
    }

    @Test
    void whatItsProcedureAsksForIsDoneAndShown() {
        var id = accepted();
        var missed = ticket(id).json().path("procedure");
        var createdAt = Instant.parse(ticket(id).text("createdAt"));
        assertThat(missed.path("version").asString()).isEqualTo(rules.versionAt(createdAt));
        assertThat(missed.path("missing").toString())
                .isEqualTo("[\"VERIFY\",\"REPORT\",\"CONFIRM\"]");

        var step = "{\"step\":\"VERIFY\",\"note\":\"已致电 13900139000\"}";
        assertThat(post(south, id, "steps", step).status()).isEqualTo(428);
        assertThat(post(app, id, "steps", step, "If-Match", "*").status()).isEqualTo(403);
        assertThat(post(north, id, "steps", step, "If-Match", "*").status()).isEqualTo(404);
        var unknown = post(south, id, "steps", step.replace("VERIFY", "X"), "If-Match", "*");
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.text("pointer")).isEqualTo("/step");
        var done = post(south, id, "steps", step, "If-Match", "*");
        assertThat(done.json().at("/procedure/steps/1/by").asString()).isEqualTo("agent-south-1");
        assertThat(ticket(id).json().at("/procedure/steps/1/doneAt"))
                .isEqualTo(done.json().path("updatedAt"));
        assertThat(ticket(id).json().at("/procedure/steps/1/by").isString()).isFalse();
        assertThat(post(south, id, "steps", step, "If-Match", "*").status()).isEqualTo(409);
        assertThat(app.get("/api/tickets/" + id + "/timeline").response().body())
                .contains("StepDone")
                .doesNotContain("13900139000", "已致电");

        var silent = post(south, id, "resolve", "{\"result\":\"已换货\"}", "If-Match", "*");
        assertThat(silent.status()).isEqualTo(422);
        assertThat(silent.text("pointer")).isEqualTo("/responsibleSide");
        assertThat(silent.json().path("missing")).hasSize(3);
        assertThat(silent.json().path("means").path(0).asString()).isEqualTo("REMEDIED");
        var resolved = post(south, id, "resolve", SOLVED, "If-Match", "*");
        assertThat(resolved.text("status")).isEqualTo("RESOLVED");
        var refused = post(app, id, "confirm", "");
        assertThat(refused.text("closingDue")).isEqualTo("CONFIRMED");
        var told = "{\"step\":\"REPORT\"}";
        assertThat(post(south, id, "steps", told, "If-Match", "*").text("status"))
                .isEqualTo("CLOSED");
        assertThat(timeline(id)).endsWith("ClosingRefused", "StepDone", "TicketClosed");
    }

    @Test
    void anAuthoritysComplaintEndsByItsFiledAnswer() {
        var letter =
                """
                ,"authority":{"source":"PLATFORM_12315","number":"G1","arrivedOn":"2026-11-20"}}
                """;
        var opening = OPENING.replace("+8613800138000", TicketAtWork.someone());
        var id =
                app.post("/api/tickets", opening.stripTrailing().replaceFirst("}$", letter))
                        .text("id");
        Neighbours.say(Topics.ASSIGNMENTS, choice(id, 1, "agent-south-1"));
        awaitStatus(id, "ASSIGNED");
        post(south, id, "accept", "", "If-Match", "*");
        var filing = "{\"text\":\"已和解\",\"filedOn\":\"%s\",\"reference\":\"F-1\"}";

        for (var wrong : List.of("2099-01-01", "2026-11-19")) {
            var refused = post(south, id, "filing", filing.formatted(wrong), "If-Match", "*");
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.text("pointer")).isEqualTo("/filedOn");
        }
        var filed = post(south, id, "filing", filing.formatted("2026-11-21"), "If-Match", "*");
        assertThat(filed.text("status")).isEqualTo("IN_PROGRESS");
        var resolved = post(south, id, "resolve", SOLVED, "If-Match", "*");
        assertThat(resolved.text("closingDue")).isEqualTo("ANSWER_FILED");
        var review = "{\"cause\":\"页面未更新\",\"measure\":\"上新前核对\"}";
        var reviewed = post(south, id, "review", review, "If-Match", "*");
        assertThat(reviewed.text("status")).as("nobody called").isEqualTo("RESOLVED");
        var called = post(south, id, "calls", "{\"outcome\":\"REACHED\"}");

        assertThat(called.text("status")).isEqualTo("CLOSED");
        assertThat(timeline(id))
                .endsWith(
                        "AnswerFiled",
                        "PromiseKept",
                        "PromiseWithdrawn",
                        "TicketResolved",
                        "ClosingRefused",
                        "ReviewWritten",
                        "CallAttempted",
                        "PromiseKept",
                        "TicketClosed",
                        "PromiseMade",
                        "PromiseMade");
    }

    private JsonNode packet(String id) {
        return south.get("/api/tickets/" + id + "/timeline?limit=200")
                .json()
                .path("items")
                .valueStream()
                .filter(entry -> entry.path("type").asString().equals("EscalationRequested"))
                .findFirst()
                .orElseThrow()
                .at("/facts/packet");
    }
}
