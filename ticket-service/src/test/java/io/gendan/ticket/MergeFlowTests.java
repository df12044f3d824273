package io.gendan.ticket;

import static io.gendan.ticket.TicketAtWork.SOLVED;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gendan.events.Topics;
import io.gendan.ticket.Api.Reply;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** Two tickets of the same become one, and two again. */
@TicketServiceTest
class MergeFlowTests extends TicketFlow {

    @Test
    void isMergedHeardWhereItIsGoneAfterAndTakenBack() {
        var id = accepted();
        var into = accepted();
        var inAnHour = Instant.now().plusSeconds(3600).truncatedTo(ChronoUnit.MILLIS);
        var promise = "{\"what\":\"回电\",\"dueAt\":\"%s\"}".formatted(inAnHour);
        var before = post(south, id, "promises", promise, "If-Match", "*");
        var merge = "{\"into\":\"%s\",\"reason\":\"同一包裹\"}";

        assertThat(post(south, id, "merge", merge.formatted(into)).status()).isEqualTo(428);
        assertThat(post(app, id, "merge", merge.formatted(into)).status()).isEqualTo(403);
        var itself = post(south, id, "merge", merge.formatted(id), "If-Match", "*");
        assertThat(itself.status()).isEqualTo(422);
        var nowhere = merge.formatted(UUID.randomUUID());
        assertThat(post(south, id, "merge", nowhere, "If-Match", "*").status()).isEqualTo(404);
        var merged = post(south, id, "merge", merge.formatted(into), "If-Match", before.etag());

        assertThat(merged.text("status")).isEqualTo("MERGED");
        assertThat(merged.json().path("merged").path("into").asString()).isEqualTo(into);
        var other = south.get("/api/tickets/" + into);
        assertThat(other.json().path("absorbed").path(0).path("id").asString()).isEqualTo(id);
        assertThat(own(other).getFirst().path("id")).isEqualTo(own(before).getFirst().path("id"));
        assertThat(post(south, id, "resolve", SOLVED, "If-Match", "*").status()).isEqualTo(409);
        var chain = post(south, into, "merge", merge.formatted(accepted()), "If-Match", "*");
        assertThat(chain.status()).isEqualTo(409);
        assertThat(chain.text("type")).endsWith("has-absorbed");

        assertThat(post(app, id, "messages", "{\"text\":\"还没收到\"}").status()).isEqualTo(200);
        assertThat(timeline(id)).endsWith("PromiseMade", "PromiseWithdrawn", "TicketMerged");
        assertThat(timeline(into)).endsWith("TicketAbsorbed", "MessageReceived");

        var then = merged.text("updatedAt");
        var undone = post(south, id, "merge/undo", "{}", "If-Match", merged.etag());
        assertThat(undone.text("status")).isEqualTo("IN_PROGRESS");
        assertThat(own(undone)).isEqualTo(own(before));
        assertThat(ticket(into).json().path("absorbed")).isEmpty();
        assertThat(timeline(id)).endsWith("TicketMerged", "TicketUnmerged", "PromiseMade");
        assertThat(timeline(into)).endsWith("MessageReceived", "TicketReleased");
        assertThat(south.get("/api/tickets/" + id + "?at=" + then).json().path("merged"))
                .isEqualTo(merged.json().path("merged"));
        var seenByTheChannel = app.get("/api/tickets/" + id + "?at=" + then).json();
        assertThat(seenByTheChannel.at("/merged/reason").isString()).isFalse();
        assertThat(app.get("/api/tickets/" + id + "/timeline").response().body())
                .contains("TicketMerged")
                .doesNotContain("同一包裹");
        var again = post(south, id, "merge/undo", "{}", "If-Match", "*");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.text("state")).isEqualTo("IN_PROGRESS");
    }

    @Test
    void aMessageThatRacesAMergeIsHeard() throws Exception {
        for (int i = 0; i < 10; i++) {
            var id = accepted();
            var into = accepted();
            var merge = "{\"into\":\"%s\",\"reason\":\"x\"}".formatted(into);
            Callable<Reply> merging = () -> post(south, id, "merge", merge, "If-Match", "*");
            Callable<Reply> saying = () -> post(app, id, "messages", "{\"text\":\"还在吗\"}");
            try (var both = Executors.newVirtualThreadPerTaskExecutor()) {
                assertThat(both.invokeAll(List.of(merging, saying)))
                        .allSatisfy(reply -> assertThat(reply.resultNow().status()).isEqualTo(200));
            }
            assertThat(Stream.concat(timeline(id).stream(), timeline(into).stream()))
                    .containsOnlyOnce("MessageReceived");
        }
    }

    @Test
    void onlyWhoHasBothMergesThem() {
        var id = accepted();
        var strangers = open();
        var merge = "{\"into\":\"%s\",\"reason\":\"x\"}".formatted(strangers);
        Neighbours.say(Topics.ASSIGNMENTS, awaited(strangers));
        await().until(() -> south.get("/api/tickets/" + strangers).status() == 200);

        assertThat(post(south, id, "merge", merge, "If-Match", "*").status()).isEqualTo(403);
        var leader = leader();
        assertThat(post(leader, id, "merge", merge, "If-Match", "*").text("status"))
                .isEqualTo("MERGED");
    }
}
