package io.gendan.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.ticket.Api.Reply;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Who may say that a letter was told wrongly, or is another ticket's. */
@TicketServiceTest
class LetterApiTests {

    private static final String LETTER =
            """
            "authority":{"source":"PLATFORM_12315","number":"%s","arrivedOn":"%s"%s}\
            """;
    private static final String G1 = LETTER.formatted("G1", "2026-11-20", "");
    private static final String EXTENDED =
            LETTER.formatted("G2", "2026-11-19", ",\"dueOn\":\"2026-12-20\"");
    private static final String NO_LETTER = "\"noAuthority\":true";

    @LocalServerPort int port;
    @Autowired Agents agents;
    @Autowired Proposals proposals;

    private TicketAtWork work;

    @BeforeEach
    void letterCame() {
        work = TicketAtWork.accepted(port, agents, proposals);
        assertThat(change(work.agent, G1).text("major")).isEqualTo("REGULATOR");
    }

    @Test
    void aLeaderCorrectsWhatItSays() {
        var refused = change(work.agent, EXTENDED);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text("type")).endsWith("authority-known");

        var corrected = change(work.leader, EXTENDED);

        assertThat(corrected.status()).as(corrected.response().body()).isEqualTo(200);
        var letter = corrected.json().path("authority");
        assertThat(letter.path("number").asString()).isEqualTo("G2");
        assertThat(letter.path("arrivedOn").asString()).isEqualTo("2026-11-19");
        assertThat(letter.path("dueOn").asString()).isEqualTo("2026-12-20");
        assertThat(work.timeline()).endsWith("FactsChanged");
        assertThat(change(work.agent, EXTENDED).status()).isEqualTo(200);
    }

    @Test
    void anotherSourcesIsAnotherLetterForLeadersToo() {
        var other = change(work.leader, G1.replace("PLATFORM_12315", "HOTLINE_12345"));
        var toCome = change(work.leader, G1.replace("2026-11-20", "2099-01-01"));

        assertThat(other.text("type")).endsWith("authority-known");
        assertThat(toCome.text("type")).endsWith("authority-arrives-later");
    }

    @Test
    void aLeaderTakesItOffAndWhatItWasMajorBy() {
        var refused = change(work.agent, NO_LETTER);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text("type")).endsWith("letter-leaders-only");
        assertThat(change(work.leader, NO_LETTER + ",\"major\":\"REGULATOR\"").text("type"))
                .endsWith("authority-unnamed");
        assertThat(change(work.leader, NO_LETTER + "," + G1).text("pointer"))
                .isEqualTo("/noAuthority");

        var taken = change(work.leader, NO_LETTER);

        assertThat(taken.status()).as(taken.response().body()).isEqualTo(200);
        var shown = work.shown();
        assertThat(shown.json().hasNonNull("authority")).isFalse();
        assertThat(shown.json().hasNonNull("major")).isFalse();
        var cancelled = work.edit(work.client, "cancel", "{\"reason\":\"不需要了\"}");
        assertThat(cancelled.text("status")).isEqualTo("CANCELLED");
    }

    @Test
    void whatIsMajorByItsCategoryStaysSoWithoutIt() {
        change(work.agent, "\"category\":\"SAFETY.FOOD\"");

        assertThat(change(work.leader, NO_LETTER).text("major")).isEqualTo("SAFETY");
    }

    @Test
    void isGoneOfATicketThatCameByIt() {
        var opened =
                work.client.post(
                        "/api/tickets",
                        """
                        {"kind":"COMPLAINT","channel":"APP","customer":{"phone":"%s"},
                         "category":"LISTING.MISMATCH","subject":"监管转来",%s}
                        """
                                .formatted(TicketAtWork.someone(), G1));
        var id = opened.text("id");
        assertThat(opened.text("major")).isEqualTo("REGULATOR");

        var path = "/api/tickets/" + id;
        var body = "{" + NO_LETTER + ",\"kind\":\"REQUEST\",\"reason\":\"来函属另一工单\"}";
        var taken = work.leader.post(path + "/change", body, "If-Match", "*");

        assertThat(taken.status()).as(taken.response().body()).isEqualTo(200);
        assertThat(taken.text("kind")).isEqualTo("REQUEST");
        var noted = work.leader.post(path + "/note", "{\"text\":\"已转\"}");
        assertThat(noted.json().hasNonNull("authority")).isFalse();
        var then = work.leader.get(path + "?at=" + taken.text("updatedAt"));
        assertThat(then.json().hasNonNull("authority")).isFalse();
    }

    private Reply change(Api who, String what) {
        return work.edit(who, "change", "{" + what + ",\"reason\":\"核对来函\"}");
    }
}
