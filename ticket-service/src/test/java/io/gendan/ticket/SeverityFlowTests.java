package io.gendan.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.events.ClockKind;
import io.gendan.events.EscalationEvent.ClockElapsed;
import io.gendan.events.EscalationEvent.DueChanged;
import io.gendan.ticket.Api.Reply;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

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
        assertThat(types(work.leader))
                .endsWith(
                        "PromiseKept",
                        "FactsChanged",
                        "PromiseMade",
                        "PromiseMade",
                        "PromiseWithdrawn",
                        "PromiseMade");
        assertThat(types(work.client))
                .endsWith(
                        "FactsChanged",
                        "PromiseMade",
                        "PromiseMade",
                        "PromiseWithdrawn",
                        "PromiseMade")
                .doesNotContain("PromiseKept");
        assertThat(confirmed.json().path("promises").findValuesAsString("purpose"))
                .contains("FIRST_CALL", "PLAN");
        assertThat(work.edit(work.agent, "major/confirm", "").status()).isEqualTo(409);

        assertThat(work.edit(work.agent, "resolve", TicketAtWork.SOLVED).status()).isEqualTo(200);
        assertThat(work.agent.get("/api/notices").json().path("items").valueStream())
                .filteredOn(one -> one.path("kind").asString().equals("ASK_IN_PERSON"))
                .hasSize(1);
    }

    @Test
    void whoRefusesASolutionIsHeard() {
        work.edit(work.agent, "resolve", TicketAtWork.SOLVED);

        work.edit(work.client, "reopen", "{\"reason\":\"孩子受伤了\"}");

        assertThat(work.timeline()).contains("TicketReopened", "MajorProposed");
        assertThat(work.agent.get(path()).json().at("/suspicion/word").asString()).isEqualTo("受伤");
    }

    @Test
    void whatOneOfUsSaysAboutASolutionAsksNobody() {
        work.edit(work.agent, "resolve", TicketAtWork.SOLVED);

        work.edit(work.agent, "reopen", "{\"reason\":\"没有人受伤，只是还没发货\"}");

        assertThat(work.timeline()).contains("TicketReopened").doesNotContain("MajorProposed");
    }

    @Test
    void whoSaysOnThePhoneThatItIsNotSolvedIsHeard() {
        work.edit(work.agent, "resolve", TicketAtWork.SOLVED);

        work.post(
                work.agent,
                "calls",
                "{\"outcome\":\"REACHED\",\"solved\":\"NO\",\"note\":\"客户住院了\"}");

        assertThat(work.timeline()).contains("TicketReopened", "MajorProposed");
        assertThat(work.agent.get(path()).json().at("/suspicion/word").asString()).isEqualTo("住院");
    }

    @Test
    void whatIsMergedIntoItIsJudgedByItsName() {
        var phone = TicketAtWork.someone();
        var one = TicketAtWork.openedFor(phone, work.client);
        var into = TicketAtWork.openedFor(phone, work.client);
        says(one, "孩子受伤了");
        says(into, "我要找记者");
        edit(one, "merge", "{\"into\":\"%s\",\"reason\":\"同一包裹\"}".formatted(into));

        var asked = work.leader.get("/api/tickets/" + into).json();
        assertThat(asked.path("suspicions").findValuesAsString("major"))
                .containsExactly("MEDIA", "SAFETY");
        assertThat(asked.at("/suspicion/id")).isEqualTo(asked.at("/suspicions/0/id"));
        assertThat(asked.path("suspicions").findValuesAsString("judgedBy")).hasSize(2);
        assertThat(work.client.get("/api/tickets/" + into).json().path("suspicions")).isEmpty();
        var safety = asked.at("/suspicions/1/id").asString();

        var refused =
                edit(
                        into,
                        "major/refuse",
                        "{\"proposalId\":\"%s\",\"reason\":\"旧伤\"}".formatted(safety));
        var again = edit(into, "major/confirm", "{\"proposalId\":\"%s\"}".formatted(safety));

        assertThat(refused.json().path("suspicions").findValuesAsString("major"))
                .containsExactly("MEDIA");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.text("type")).endsWith("not-suspected");
        assertThat(again.json().path("unjudged")).hasSize(1);
    }

    private Reply edit(String id, String command, String body) {
        return work.leader.post("/api/tickets/" + id + "/" + command, body, "If-Match", "*");
    }

    private void says(String id, String text) {
        work.client.post("/api/tickets/" + id + "/messages", "{\"text\":\"%s\"}".formatted(text));
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
    void channelsSeeNothingOfWhatWePromiseOurselves() {
        work.says(work.client, "孩子受伤了");
        work.edit(work.agent, "major/refuse", "{\"reason\":\"旧伤\"}");
        work.says(work.client, "我要找记者");
        var question = ourPromises().getLast();
        var due = Instant.parse(question.at("/facts/dueAt").asString());
        proposals.noteDue(
                new DueChanged(
                        UUID.fromString(work.id),
                        Instant.now(),
                        ClockKind.PROMISE,
                        due,
                        null,
                        null));
        assertThat(work.leader.get(path()).json().at("/due/clock").asString()).isEqualTo("PROMISE");
        assertThat(work.shown().json().path("due").isNull()).isTrue();
        proposals.elapse(
                new ClockElapsed(
                        UUID.fromString(work.id),
                        1,
                        due,
                        ClockKind.PROMISE,
                        due,
                        promise(question)));

        var ours = ourPromises().stream().map(SeverityFlowTests::promise).distinct().toList();
        assertThat(ours).hasSize(2);
        assertThat(
                        timeline(work.leader)
                                .filter(entry -> ours.contains(promise(entry)))
                                .map(entry -> entry.path("type").asString()))
                .containsExactly("PromiseMade", "PromiseKept", "PromiseMade", "PromiseBroken");
        assertThat(timeline(work.client)).noneMatch(entry -> ours.contains(promise(entry)));
        assertThat(pages(work.client))
                .containsExactlyElementsOf(
                        timeline(work.client).map(entry -> entry.path("id")).toList());
    }

    private List<JsonNode> ourPromises() {
        return timeline(work.leader)
                .filter(entry -> entry.at("/facts/purpose").asString("").equals("MAJOR_CHECK"))
                .toList();
    }

    private static @Nullable UUID promise(JsonNode entry) {
        return entry.at("/facts/promiseId").stringValueOpt().map(UUID::fromString).orElse(null);
    }

    private Stream<JsonNode> timeline(Api who) {
        return who.get(path() + "/timeline?limit=200").json().path("items").valueStream();
    }

    private List<String> types(Api who) {
        return timeline(who).map(entry -> entry.path("type").asString()).toList();
    }

    /** The same, two at a time. */
    private List<JsonNode> pages(Api who) {
        var ids = new ArrayList<JsonNode>();
        var cursor = "";
        while (true) {
            var page = who.get(path() + "/timeline?limit=2" + cursor).json();
            page.path("items").valueStream().map(entry -> entry.path("id")).forEach(ids::add);
            if (page.path("next").isNull()) {
                return ids;
            }
            cursor = "&cursor=" + page.path("next").asString();
        }
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
