package io.gendan.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.ticket.Api.Reply;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import java.util.List;

/** What customers write that sounds major, and who says whether it is. */
@TicketServiceTest
class SeverityFlowTests {

    @LocalServerPort int port;
    @Autowired Agents agents;
    @Autowired Proposals proposals;

    private TicketAtWork work;

    @BeforeEach
    void ticket() {
        work = TicketAtWork.accepted(port, agents, proposals);
    }

    @Test
    void aMessageTellsWhoeverHasItAndTheLeadersWhoConfirm() {
        work.says(work.client, "孩子被划伤，现在住院");

        var ours = work.agent.get(path()).json();
        assertThat(ours.at("/suspicion/major").asString()).isEqualTo("SAFETY");
        assertThat(ours.at("/suspicion/word").asString()).isEqualTo("住院");
        assertThat(ours.path("major").isNull()).isTrue();
        assertThat(kinds(work.agent)).contains("MAJOR_PROPOSED");
        assertThat(kinds(work.leader)).contains("MAJOR_PROPOSED");

        var confirmed = work.edit(work.agent, "major/confirm", "");

        assertThat(confirmed.text("major")).isEqualTo("SAFETY");
        assertThat(confirmed.json().path("suspicion").isNull()).isTrue();
        assertThat(work.timeline()).endsWith("PromiseKept", "FactsChanged");
        assertThat(work.edit(work.agent, "major/confirm", "").status()).isEqualTo(409);

        assertThat(work.edit(work.agent, "resolve", TicketAtWork.SOLVED).status()).isEqualTo(200);
        assertThat(work.agent.get("/api/notices").json().path("items").valueStream())
                .filteredOn(one -> one.path("kind").asString().equals("ASK_IN_PERSON"))
                .hasSize(1);
    }

    @Test
    void itIsRefusedWithAReason() {
        work.says(work.client, "我要找记者曝光");

        assertThat(work.edit(work.agent, "major/refuse", "{}").text("pointer"))
                .isEqualTo("/reason");
        var refused = work.edit(work.agent, "major/refuse", "{\"reason\":\"只是气话\"}");

        assertThat(refused.status()).isEqualTo(200);
        assertThat(refused.json().path("major").isNull()).isTrue();
        work.says(work.client, "我真的要找记者");
        assertThat(work.timeline()).containsOnlyOnce("MajorProposed");
    }

    @Test
    void channelsDoNotSeeWhatWeMakeOfTheirWords() {
        work.says(work.client, "孩子受伤了");
        work.edit(work.agent, "major/refuse", "{\"reason\":\"旧伤\"}");
        work.says(work.client, "我要起诉");

        var shown = work.client.get(path()).json();
        var told = work.client.get(path() + "/timeline?limit=200").response().body();

        assertThat(shown.path("suspicion").isNull()).isTrue();
        assertThat(shown.path("promises").toString()).doesNotContain("MAJOR_CHECK");
        assertThat(told)
                .contains("MajorProposed", "MajorRefused")
                .doesNotContain("MAJOR_CHECK", "旧伤", "\"word\"", "Find out");
    }

    @Test
    void anOpeningSoundsSoAtOnce() {
        var opened =
                work.client.post(
                        "/api/tickets",
                        """
                        {"kind":"COMPLAINT","channel":"APP","customer":{"phone":"%s"},
                         "subject":"充电器","body":"昨晚充电时起火了"}
                        """
                                .formatted(TicketAtWork.someone()));

        assertThat(opened.status()).isEqualTo(201);
        assertThat(opened.json().path("suspicion").isNull()).isTrue();
        assertThat(work.client.get("/api/tickets/" + opened.text("id")).json())
                .isEqualTo(opened.json());
        var ours = work.leader.get("/api/tickets/" + opened.text("id")).json();
        assertThat(ours.at("/suspicion/word").asString()).isEqualTo("起火");
    }

    private String path() {
        return "/api/tickets/" + work.id;
    }

    private List<String> kinds(Api who) {
        Reply notices = who.get("/api/notices?unread=true&limit=50");
        return notices.json()
                .path("items")
                .valueStream()
                .filter(notice -> notice.path("ticketId").asString().equals(work.id))
                .map(notice -> notice.path("kind").asString())
                .toList();
    }
}
