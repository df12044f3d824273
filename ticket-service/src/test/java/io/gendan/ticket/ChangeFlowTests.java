package io.gendan.ticket;

import static io.gendan.ticket.TicketAtWork.SOLVED;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.events.Topics;

import org.junit.jupiter.api.Test;

/** What a ticket is about turns out otherwise, or a letter about it comes. */
@TicketServiceTest
class ChangeFlowTests extends TicketFlow {

    @Test
    void whatItIsAboutMayTurnOutOtherwise() {
        var id = open();
        Neighbours.say(Topics.ASSIGNMENTS, choice(id, 1, "agent-south-1"));
        var assigned = awaitStatus(id, "ASSIGNED");
        var accepted = post(south, id, "accept", "", "If-Match", assigned.etag());

        var lost =
                post(
                        south,
                        id,
                        "change",
                        "{\"category\":\"DELIVERY.LOST\",\"province\":\"上海\",\"reason\":\"包裹丢失\"}",
                        "If-Match",
                        accepted.etag());
        assertThat(lost.text("category")).isEqualTo("DELIVERY.LOST");
        assertThat(lost.text("priority")).isEqualTo("HIGH");
        assertThat(lost.text("province")).isEqualTo("上海");
        var since = app.get("/api/tickets/" + id + "?at=" + lost.text("updatedAt"));
        assertThat(since.text("category")).isEqualTo("DELIVERY.LOST");
        assertThat(since.text("province")).isEqualTo("上海");
        var until = app.get("/api/tickets/" + id + "?at=" + accepted.text("updatedAt"));
        assertThat(until.text("province")).isEqualTo(accepted.text("province")).isNotEqualTo("上海");

        var leader = leader();
        var lowered = "{\"priority\":\"LOW\",\"reason\":\"不急\"}";
        var refused = post(south, id, "change", lowered, "If-Match", lost.etag());
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text("type")).endsWith("presses-less");
        var changed = post(leader, id, "change", lowered, "If-Match", lost.etag());
        assertThat(changed.text("priority")).isEqualTo("LOW");
        var unknown =
                post(
                        leader,
                        id,
                        "change",
                        "{\"category\":\"NO.SUCH\",\"reason\":\"?\"}",
                        "If-Match",
                        changed.etag());
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.text("pointer")).isEqualTo("/category");
    }

    @Test
    void anAuthoritysLetterMayComeLaterAndOnce() {
        var id = acceptedOfSomeone();
        var change =
                """
                {"reason":"12315 转来","major":"REGULATOR"%s}
                """;
        var letter =
                """
                ,"authority":{"source":"PLATFORM_12315","number":"%s","arrivedOn":"2026-11-20"}
                """;

        var unnamed = post(south, id, "change", change.formatted(""), "If-Match", "*");
        assertThat(unnamed.status()).isEqualTo(422);
        assertThat(unnamed.text("pointer")).isEqualTo("/authority");
        var first = change.formatted(letter.formatted("G1"));
        var changed = post(south, id, "change", first, "If-Match", "*");
        assertThat(changed.status()).as(changed.response().body()).isEqualTo(200);
        assertThat(changed.text("major")).isEqualTo("REGULATOR");
        assertThat(changed.json().at("/authority/number").asString()).isEqualTo("G1");
        var second = change.formatted(letter.formatted("G2"));
        var refused = post(south, id, "change", second, "If-Match", "*");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text("pointer")).isEqualTo("/authority");
        post(south, id, "resolve", SOLVED, "If-Match", "*");
        assertThat(post(app, id, "confirm", "").status()).isEqualTo(409);
        var early = "{\"text\":\"已和解\",\"filedOn\":\"2026-11-19\"}";
        assertThat(post(south, id, "filing", early, "If-Match", "*").status()).isEqualTo(422);
    }

    @Test
    void whatCustomersAskAboutTheirDataMayTurnOutLaterAndIsNoAuthoritys() {
        var id = acceptedOfSomeone();
        var change =
                """
                {"reason":"客户要求删除个人信息",%s"authority":{"source":"PERSONAL_DATA"}}
                """;

        var advice = change.formatted("\"kind\":\"CONSULTATION\",");
        var refused = post(south, id, "change", advice, "If-Match", "*");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text("pointer")).isEqualTo("/authority");
        var request = change.formatted("\"kind\":\"REQUEST\",");
        var changed = post(south, id, "change", request, "If-Match", "*");
        assertThat(changed.status()).as(changed.response().body()).isEqualTo(200);
        assertThat(changed.json().hasNonNull("major")).isFalse();
        assertThat(changed.json().at("/authority/number").asString())
                .isEqualTo(changed.text("number"));
        var again = post(south, id, "change", request, "If-Match", "*");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().path("authority")).isEqualTo(changed.json().path("authority"));
        var regulator = "{\"reason\":\"x\",\"major\":\"REGULATOR\"}";
        var unnamed = post(leader(), id, "change", regulator, "If-Match", "*");
        assertThat(unnamed.text("type")).endsWith("authority-unnamed");
        assertThat(post(app, id, "cancel", "{\"reason\":\"算了\"}", "If-Match", "*").text("type"))
                .endsWith("answer-to-file");
    }
}
