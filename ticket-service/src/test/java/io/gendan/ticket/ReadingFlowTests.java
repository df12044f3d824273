package io.gendan.ticket;

import static io.gendan.ticket.TicketAtWork.SOLVED;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.api.Role;
import io.gendan.events.Topics;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.UUID;

/** What those who may read a ticket are shown of it, and what not. */
@TicketServiceTest
class ReadingFlowTests extends TicketFlow {

    @Test
    void numbersInWhatPeopleWroteAreMaskedForWhoeverReads() {
        var opening =
                OPENING.replace("+8613800138000", TicketAtWork.someone())
                        .replace("小林", "小林 13900139000")
                        .replace("与页面不符", "与 7712345678901 不符");
        var created = app.post("/api/tickets", opening);
        var id = created.text("id");
        Neighbours.say(Topics.ASSIGNMENTS, choice(id, 1, "agent-south-1"));
        awaitStatus(id, "ASSIGNED");
        post(south, id, "accept", "", "If-Match", "*");
        post(south, id, "messages", "{\"text\":\"您好\"}");
        var solved = SOLVED.replace("已换货", "运单 7712345678902");
        var resolved = post(south, id, "resolve", solved, "If-Match", "*");
        var at = "?at=" + resolved.text("updatedAt");
        var number = "?number=" + resolved.text("number");
        var leader = leader();

        assertThat(created.text("body")).isEqualTo("打 *********** 找我");
        for (var reader : List.of(app, south, leader)) {
            var shown = reader.get("/api/tickets/" + id);
            assertThat(shown.json().at("/customer/name").asString()).isEqualTo("小林 ***********");
            assertThat(shown.text("subject")).isEqualTo("纸尿裤包装与 ************* 不符");
            assertThat(shown.text("body")).isEqualTo("打 *********** 找我");
            assertThat(shown.text("result")).isEqualTo("运单 *************");
            assertThat(shown.text("number")).isEqualTo(resolved.text("number"));
            var then = reader.get("/api/tickets/" + id + at);
            var listed = reader.get("/api/tickets" + number).json().at("/items/0");
            for (var text : List.of("subject", "body", "result")) {
                assertThat(then.text(text)).isEqualTo(shown.text(text));
                assertThat(listed.path(text).asString()).isEqualTo(shown.text(text));
            }
            for (var whole : List.of(created, resolved, shown, then)) {
                assertThat(whole.response().body()).doesNotContain("13900139000", "77123456789");
            }
        }
    }

    @Test
    void whatIsSaidCanBeReadAndNotesStayAmongUs() {
        var id = accepted();
        post(app, id, "messages", "{\"text\":\"请打 13900139000\"}");
        post(south, id, "messages", "{\"text\":\"您好\"}");
        var noted = post(south, id, "note", "{\"text\":\"已联系仓库\"}");

        assertThat(noted.status()).isEqualTo(200);
        assertThat(post(app, id, "note", "{\"text\":\"x\"}").status()).isEqualTo(403);
        assertThat(post(north, id, "note", "{\"text\":\"x\"}").status()).isEqualTo(404);
        var ours = south.get("/api/tickets/" + id + "/messages").json().path("items");
        assertThat(ours.values())
                .extracting(said -> said.path("side").asString())
                .containsExactly("CUSTOMER", "US", "NOTE");
        assertThat(ours.path(0).path("text").asString()).isEqualTo("请打 ***********");
        var first = app.get("/api/tickets/" + id + "/messages?limit=1").json();
        var rest =
                app.get("/api/tickets/" + id + "/messages?cursor=" + first.path("next").asString());
        assertThat(rest.json().path("items")).hasSize(1);
        assertThat(rest.json().at("/items/0/text").asString()).isEqualTo("您好");
        assertThat(app.get("/api/tickets/" + id + "/timeline").response().body())
                .contains("NoteAdded")
                .doesNotContain("已联系仓库");
        assertThat(south.get("/api/tickets/" + id + "/timeline").response().body())
                .contains("已联系仓库");
    }

    @Test
    void aChannelSeesItsOwnTicketsOnly() {
        var id = open();
        var web = Api.as(port, "client-" + UUID.randomUUID(), Role.CHANNEL);

        assertThat(web.get("/api/tickets/" + id).status()).isEqualTo(404);
        assertThat(web.get("/api/tickets/" + id + "/timeline").status()).isEqualTo(404);
        assertThat(web.get("/api/tickets").json().path("items")).isEmpty();
        assertThat(post(web, id, "messages", "{\"text\":\"hi\"}").status()).isEqualTo(404);
    }

    @Test
    void listsInStablePages() {
        var first = open();
        var second = open();
        var newest = app.get("/api/tickets?limit=1");
        open();

        var next = app.get("/api/tickets?limit=1&cursor=" + newest.text("next"));

        assertThat(newest.json().path("items").path(0).path("id").asString()).isEqualTo(second);
        assertThat(next.json().path("items").path(0).path("id").asString()).isEqualTo(first);
    }
}
