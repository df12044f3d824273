package io.gendan.ticket;

import static io.gendan.ticket.TicketAtWork.SOLVED;
import static io.gendan.ticket.TicketFixtures.NOON;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gendan.events.ClockKind;
import io.gendan.events.EscalationCause;
import io.gendan.events.EscalationEvent.ClockElapsed;
import io.gendan.events.EscalationEvent.EscalationRaised;
import io.gendan.events.Topics;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Promises on their way: kept, broken, and waited for. */
@TicketServiceTest
class PromiseFlowTests extends TicketFlow {

    @Test
    void aPromiseIsMadeKeptAndShown() {
        var id = accepted();
        var inAnHour = Instant.now().plusSeconds(3600).truncatedTo(ChronoUnit.MILLIS);
        var promise =
                "{\"what\":\"回电"
                    + " 13900139000\",\"dueAt\":\"%s\",\"channel\":\"PHONE\",\"customerAsked\":true}";

        assertThat(post(south, id, "promises", promise.formatted(inAnHour)).status())
                .isEqualTo(428);
        assertThat(post(app, id, "promises", promise.formatted(inAnHour)).status()).isEqualTo(403);
        var past = post(south, id, "promises", promise.formatted(NOON), "If-Match", "*");
        assertThat(past.status()).isEqualTo(422);
        assertThat(past.text("pointer")).isEqualTo("/dueAt");
        var made = post(south, id, "promises", promise.formatted(inAnHour), "If-Match", "*");

        assertThat(made.status()).isEqualTo(200);
        var shown = own(made).getFirst();
        assertThat(shown.path("what").asString()).isEqualTo("回电 ***********");
        assertThat(shown.path("dueAt").asString()).isEqualTo(inAnHour.toString());
        assertThat(shown.path("owner").path("id").asString()).isEqualTo("agent-south-1");
        assertThat(shown.path("outcome").isNull() || shown.path("outcome").isMissingNode())
                .isTrue();
        assertThat(ticket(id).json().path("promises")).isEqualTo(made.json().path("promises"));

        var path = "promises/" + shown.path("id").asString();
        var unknown = "promises/" + UUID.randomUUID() + "/keep";
        assertThat(post(south, id, unknown, "", "If-Match", "*").status()).isEqualTo(404);
        var kept = post(south, id, path + "/keep", "", "If-Match", made.etag());
        assertThat(own(kept).getFirst().path("outcome").asString()).isEqualTo("KEPT");
        var over = post(south, id, path + "/withdraw", "{\"reason\":\"x\"}", "If-Match", "*");
        assertThat(over.status()).isEqualTo(409);
        assertThat(over.text("outcome")).isEqualTo("KEPT");
        assertThat(timeline(id)).endsWith("PromiseMade", "PromiseKept");
        assertThat(
                        app.get("/api/tickets/" + id + "?at=" + made.text("updatedAt"))
                                .json()
                                .path("promises"))
                .isEqualTo(made.json().path("promises"));
    }

    @Test
    void aBrokenPromiseIsSaidOnceAndClimbs() {
        var id = accepted();
        var promiseId = promise(id);

        var said = Neighbours.say(Topics.ESCALATIONS, promiseOver(id, promiseId));
        await().untilAsserted(
                        () ->
                                assertThat(timeline(id))
                                        .containsSubsequence("PromiseBroken", "FactsChanged"));
        said.again();
        Neighbours.say(Topics.ESCALATIONS, promiseOver(id, promiseId));
        Neighbours.say(
                Topics.ESCALATIONS,
                new EscalationRaised(
                        UUID.fromString(id),
                        1,
                        NOON,
                        new UUID(5, 1),
                        1,
                        2,
                        EscalationCause.PROMISE,
                        ClockKind.PROMISE,
                        NOON));

        await().untilAsserted(() -> assertThat(timeline(id)).last().isEqualTo("TicketEscalated"));
        assertThat(timeline(id)).containsOnlyOnce("PromiseBroken");
        assertThat(ticket(id).json().path("tier").asInt()).isEqualTo(2);
    }

    @Test
    void closingWaitsForThePromiseAndSaysSo() {
        var id = accepted();
        var promiseId = promise(id);
        post(south, id, "messages", "{\"text\":\"您好\"}");
        post(south, id, "resolve", SOLVED, "If-Match", "*");
        var leader = leader();

        var byHand =
                post(
                        leader,
                        id,
                        "close",
                        "{\"reason\":\"INVALID\",\"statements\":{\"WHY\":\"误拨\"}}",
                        "If-Match",
                        "*");
        assertThat(byHand.status()).isEqualTo(409);
        assertThat(byHand.json().path("promises").path(0).asString()).isEqualTo(promiseId);
        Neighbours.say(
                Topics.ESCALATIONS,
                new ClockElapsed(UUID.fromString(id), 1, NOON, ClockKind.CONFIRMATION, NOON, null));
        await().untilAsserted(
                        () -> assertThat(ticket(id).text("closingDue")).isEqualTo("NO_OBJECTION"));
        assertThat(ticket(id).text("status")).isEqualTo("RESOLVED");
        assertThat(timeline(id)).last().isEqualTo("ClosingRefused");

        var kept = post(south, id, "promises/" + promiseId + "/keep", "", "If-Match", "*");

        assertThat(kept.text("status")).isEqualTo("CLOSED");
        assertThat(timeline(id)).endsWith("PromiseKept", "TicketClosed");
    }
}
