package io.gendan.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.events.Channel;
import io.gendan.ticket.Api.Reply;
import io.gendan.ticket.rules.RuleBook;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.time.Duration;
import java.time.Instant;

/** What a customer finds who opens the link of a survey. */
@TicketServiceTest
class SurveyPageTests {

    @LocalServerPort int port;
    @Autowired Agents agents;
    @Autowired Proposals proposals;
    @Autowired RuleBook rules;
    @Autowired Outbox outbox;
    @Autowired JdbcClient jdbc;

    private TicketAtWork work;
    private Api customer;
    private Instant solvedAt;
    private String link;

    @BeforeEach
    void isAsked() {
        work = TicketAtWork.accepted(port, agents, proposals);
        customer = Api.asNobody(port);
        work.says(work.agent, "新品已为您寄出");
        solvedAt = Instant.parse(resolve().text("resolvedAt"));
        link = outbox.surveyUrl(work.client, work.id);
    }

    @Test
    void showsWhatIsAskedAndUntilWhen() {
        var shown = customer.get(link);

        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.response().headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(shown.text("state")).isEqualTo("OPEN");
        assertThat(shown.text("number")).isEqualTo(number());
        assertThat(shown.json().path("orderId").isString()).isFalse();
        assertThat(shown.text("text"))
                .isEqualTo("How did we do with your request " + number() + "?");
        var asksAt = rules.inForce().survey().handedOutAt(Channel.APP, solvedAt);
        assertThat(Instant.parse(shown.text("until"))).isEqualTo(asksAt.plus(Duration.ofDays(7)));
        var questions = shown.json().path("questions");
        assertThat(questions.at("/solved/text").asString()).isEqualTo("Is it solved?");
        assertThat(questions.at("/solved/choices").valueStream())
                .extracting(choice -> choice.path("value").asString())
                .containsExactly("YES", "PARTLY", "NO");
        assertThat(questions.at("/solved/choices/1/text").asString()).isEqualTo("Partly");
        assertThat(questions.at("/score/text").asString()).contains("from 1", "to 5");
        assertThat(questions.at("/score/worst").asInt()).isEqualTo(1);
        assertThat(questions.at("/score/best").asInt()).isEqualTo(5);
        assertThat(questions.at("/text/longest").asInt()).isEqualTo(500);
    }

    @Test
    void speaksAsTheTrackingPageDoes() {
        assertThat(customer.get(link, "Accept-Language", "zh-CN").text("text"))
                .isEqualTo("您对工单 " + number() + " 的处理是否满意？");
        assertThat(
                        customer.get(link, "Accept-Language", "zh-CN")
                                .json()
                                .at("/questions/solved/choices/2/text")
                                .asString())
                .isEqualTo("否");
        assertThat(customer.get(link, "Accept-Language", "fr").text("text"))
                .startsWith("How did we do");
    }

    @Test
    void tellsNothingThatWasSaidNorWho() {
        assertThat(customer.get(link).response().body())
                .doesNotContain("纸尿裤", "小林", "新品", "已换货", "+86", work.id, work.agentId);
    }

    @Test
    void hasNothingToAskWhenItIsAnswered() {
        rate("YES", 200);

        var shown = customer.get(link);

        assertThat(shown.text("state")).isEqualTo("ANSWERED");
        assertThat(shown.text("text"))
                .isEqualTo("Thank you, we have your answer about request " + number() + ".");
        assertThat(shown.json().path("questions").isObject()).isFalse();
        assertThat(shown.json().path("until").isString()).isFalse();
    }

    @Test
    void knowsTheAnswerByWhichItIsReopened() {
        rate("NO", 200);

        assertThat(work.shown().text("status")).isEqualTo("REOPENED");
        assertThat(customer.get(link).text("state")).isEqualTo("ANSWERED");
    }

    @Test
    void isOverWhenItWasNoSolution() {
        work.edit(work.client, "reopen", "{\"reason\":\"还是坏的\"}");
        assertIsOver();

        resolve();
        assertIsOver();
    }

    @Test
    void isOverWhenItIsClosedAsNoSolution() {
        work.edit(work.leader, "close", TicketAtWork.INVALID);

        assertIsOver();
    }

    @Test
    void isAskedAfterItIsClosedAsSolvedUntilThatIsLongAgo() {
        assertThat(work.post(work.client, "confirm", "").status()).isEqualTo(200);
        assertThat(customer.get(link).text("state")).isEqualTo("OPEN");

        jdbc.sql(
                        """
                        UPDATE ticket SET state = jsonb_set(
                            state, '{survey,asksAt}', '"2025-11-20T04:00:00Z"')
                        WHERE id = ?::uuid
                        """)
                .param(work.id)
                .update();

        assertIsOver();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "%20", "%27%20OR%201=1", "%F0%9F%98%80", "%09"})
    void whatIsNoLinkOfOursIsNotThere(String token) {
        assertThat(customer.get("/api/surveys/" + token).status()).isEqualTo(404);
    }

    private void assertIsOver() {
        var shown = customer.get(link);
        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.text("state")).isEqualTo("OVER");
        assertThat(shown.text("text")).startsWith("About request " + number() + " we ask no more.");
        assertThat(shown.json().path("questions").isObject()).isFalse();
        rate("YES", 409);
    }

    private void rate(String solved, int status) {
        var rating = "{\"solved\":\"%s\",\"score\":5}".formatted(solved);
        assertThat(customer.post(link, rating).status()).isEqualTo(status);
    }

    private Reply resolve() {
        return work.edit(work.agent, "resolve", TicketAtWork.SOLVED);
    }

    private String number() {
        return work.shown().text("number");
    }
}
