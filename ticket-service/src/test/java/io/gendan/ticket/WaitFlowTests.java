package io.gendan.ticket;

import static io.gendan.ticket.TicketAtWork.SOLVED;
import static io.gendan.ticket.TicketFixtures.NOON;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.events.ClockKind;
import io.gendan.events.EscalationEvent.ClockElapsed;
import io.gendan.events.Topics;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What is waited for, and until when. */
@TicketServiceTest
class WaitFlowTests extends TicketFlow {

    @Test
    void anAgreementIsWaitedForUntilItsDate() {
        var id = accepted();
        var date = Instant.now().plusSeconds(3600);

        var notAgreed =
                post(
                        south,
                        id,
                        "wait",
                        "{\"reason\":\"BANK\",\"until\":\"2030-01-01T00:00:00Z\"}",
                        "If-Match",
                        "*");
        assertThat(notAgreed.status()).isEqualTo(422);
        assertThat(notAgreed.text("type")).endsWith("out-of-place");
        assertThat(notAgreed.text("pointer")).isEqualTo("/until");
        var undated = post(south, id, "wait", "{\"reason\":\"AGREED\"}", "If-Match", "*");
        assertThat(undated.status()).isEqualTo(422);
        var waits =
                post(
                        south,
                        id,
                        "wait",
                        "{\"reason\":\"AGREED\",\"until\":\"%s\",\"what\":\"送达新品\"}"
                                .formatted(date),
                        "If-Match",
                        "*");
        assertThat(waits.text("waitingReason")).isEqualTo("AGREED");
        assertThat(timeline(id)).endsWith("PromiseMade", "WaitingStarted");
        var promiseId = own(waits).getFirst().path("id").asString();

        Neighbours.say(Topics.ESCALATIONS, promiseOver(id, promiseId));
        awaitStatus(id, "IN_PROGRESS");
        var another = promise(id);
        var again = "{\"reason\":\"AGREED\",\"promiseId\":\"%s\"}".formatted(another);
        assertThat(post(south, id, "wait", again, "If-Match", "*").status()).isEqualTo(200);
        var kept =
                post(
                        south,
                        id,
                        "promises/" + another + "/keep",
                        SOLVED.replace("已换货", "新品已送达"),
                        "If-Match",
                        "*");

        assertThat(kept.text("status")).isEqualTo("RESOLVED");
        assertThat(kept.text("result")).isEqualTo("新品已送达");
    }

    @Test
    void theCarrierThatIsWaitedForMaySearch() {
        var id = accepted();
        for (var reason : List.of("WAREHOUSE", "AGREED")) {
            var body = "{\"reason\":\"%s\",\"search\":true}".formatted(reason);
            var refused = post(south, id, "wait", body, "If-Match", "*");
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.text("type")).endsWith("out-of-place");
            assertThat(refused.text("pointer")).isEqualTo("/search");
        }

        var waits = post(south, id, "wait", "{\"reason\":\"CARRIER\"}", "If-Match", "*");
        assertThat(waits.json().path("waitingSearch").asBoolean()).isFalse();
        post(south, id, "resume", "", "If-Match", "*");
        var search = "{\"reason\":\"CARRIER\",\"search\":true}";
        var searches = post(south, id, "wait", search, "If-Match", "*");

        assertThat(searches.text("waitingReason")).isEqualTo("CARRIER");
        assertThat(searches.json().path("waitingSearch").asBoolean()).isTrue();
        var told = app.get("/api/tickets/" + id + "/timeline").json().path("items");
        assertThat(told.get(told.size() - 1).path("facts").path("search").asBoolean()).isTrue();
    }

    @Test
    void aWaitEndsAtItsLimit() {
        var id = accepted();
        post(south, id, "wait", "{\"reason\":\"CUSTOMER\"}", "If-Match", "*");
        var started = app.get("/api/tickets/" + id + "/timeline").json().path("items");
        var wait = started.get(started.size() - 1).path("facts").path("waitId").asString();

        Neighbours.say(
                Topics.ESCALATIONS,
                new ClockElapsed(
                        UUID.fromString(id),
                        1,
                        NOON,
                        ClockKind.WAITING,
                        NOON,
                        UUID.fromString(wait)));

        var resolved = awaitStatus(id, "RESOLVED");
        assertThat(resolved.text("result")).isEqualTo(Ticket.NO_REPLY);
        assertThat(timeline(id)).endsWith("WaitingEnded", "PromiseKept", "TicketResolved");
    }
}
