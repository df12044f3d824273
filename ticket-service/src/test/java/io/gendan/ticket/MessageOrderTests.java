package io.gendan.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.ticket.Api.Reply;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

@TicketServiceTest
class MessageOrderTests {

    @LocalServerPort int port;
    @Autowired Agents agents;
    @Autowired Proposals proposals;

    private TicketAtWork work;

    @BeforeEach
    void ticket() {
        work = TicketAtWork.accepted(port, agents, proposals);
    }

    @Test
    void readsInTheOrderOfWriting() {
        var now = Instant.now();
        written("三", now.minusSeconds(1));
        written("一", now.minusSeconds(3));
        written("二", now.minusSeconds(2));
        work.says(work.agent, "四");

        assertThat(texts("")).containsExactly("一", "二", "三", "四");
        var first = work.client.get("/api/tickets/" + work.id + "/messages?limit=2");
        assertThat(Stream.concat(texts(first), texts("?cursor=" + first.text("next")).stream()))
                .containsExactly("一", "二", "三", "四");
        var shown = first.json().path("items").path(0);
        assertThat(Instant.parse(shown.path("at").asString())).isAfterOrEqualTo(now.minusMillis(1));
    }

    @Test
    void aLateMessageDoesNotMoveWhatWasRead() {
        var now = Instant.now();
        written("一", now.minusSeconds(3));
        written("三", now.minusSeconds(1));
        var first = work.client.get("/api/tickets/" + work.id + "/messages?limit=1");
        written("零", now.minusSeconds(9));

        assertThat(texts("?cursor=" + first.text("next"))).containsExactly("三");
    }

    @Test
    void isWrittenBeforeNowAndNotLongAgo() {
        assertThat(written("一", Instant.now().plusSeconds(2)).status()).isEqualTo(200);
        for (var wrong :
                List.of(
                        Instant.now().plusSeconds(60),
                        Instant.now().minus(Duration.ofDays(8)),
                        Instant.MAX)) {
            var refused = written("一", wrong);
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.text("pointer")).isEqualTo("/sentAt");
        }
    }

    @Test
    void onlyAChannelSaysWhenItWasWritten() {
        var body = "{\"text\":\"一\",\"sentAt\":\"%s\"}".formatted(Instant.now());

        var refused = work.post(work.agent, "messages", body);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text("type")).endsWith("for-channels");
    }

    @Test
    void mereThanksForASolutionReopenNothing() {
        work.edit(work.agent, "resolve", TicketAtWork.SOLVED);

        assertThat(work.says(work.client, "好的，谢谢！").text("status")).isEqualTo("RESOLVED");
        var heard = work.client.get("/api/tickets/" + work.id + "/timeline").json().path("items");
        assertThat(heard.valueStream().reduce((_, last) -> last).orElseThrow().at("/facts/thanks"))
                .hasToString("true");
        var corrected = work.edit(work.agent, "reopen", "{\"reason\":\"不是感谢\"}");
        assertThat(corrected.text("status")).isEqualTo("REOPENED");
    }

    @Test
    void thanksWithMoreToSayReopen() {
        work.edit(work.agent, "resolve", TicketAtWork.SOLVED);

        assertThat(work.says(work.client, "谢谢，但是还没收到").text("status")).isEqualTo("REOPENED");
    }

    @Test
    void whateverTheCustomerSaysWhoIsWaitedForIsAnAnswer() {
        work.edit(work.agent, "wait", "{\"reason\":\"CUSTOMER\"}");

        assertThat(work.says(work.client, "谢谢").text("status")).isEqualTo("IN_PROGRESS");
        assertThat(work.client.get("/api/tickets/" + work.id + "/timeline").response().body())
                .doesNotContain("\"thanks\":true");
    }

    @Test
    void thanksEndNoOtherWait() {
        work.edit(
                work.agent,
                "wait",
                "{\"reason\":\"AGREED\",\"until\":\"%s\",\"what\":\"补发\"}"
                        .formatted(Instant.now().plusSeconds(3600)));

        assertThat(work.says(work.client, "好的谢谢").text("waitingReason")).isEqualTo("AGREED");
        assertThat(work.says(work.client, "改天吧").text("status")).isEqualTo("IN_PROGRESS");
    }

    private Reply written(String text, Instant at) {
        var body = "{\"text\":\"%s\",\"sentAt\":\"%s\"}".formatted(text, at);
        return work.post(work.client, "messages", body);
    }

    private List<String> texts(String query) {
        return texts(work.client.get("/api/tickets/" + work.id + "/messages" + query)).toList();
    }

    private static Stream<String> texts(Reply page) {
        return page.json().path("items").valueStream().map(one -> one.path("text").asString());
    }
}
