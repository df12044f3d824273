package io.gendan.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.api.Role;
import io.gendan.events.ClockKind;
import io.gendan.events.EscalationEvent.DueChanged;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

@TicketServiceTest
class TrackingTests {

    @LocalServerPort int port;
    @Autowired Agents agents;
    @Autowired Proposals proposals;

    private Api app;
    private Api supervisor;
    private Api customer;

    @BeforeEach
    void callers() {
        app = Api.as(port, "app", Role.CHANNEL);
        supervisor = Api.as(port, "supervisor-1", Role.SUPERVISOR);
        customer = Api.asNobody(port);
    }

    @Test
    void aCustomerSeesHowFarItIsWithoutALogin() {
        var ticket = open();
        var link = ticket.text("trackingUrl");

        var seen = customer.get(link);

        assertThat(link).hasSize("/api/track/".length() + 44);
        assertThat(app.get("/api/tickets/" + ticket.text("id")).text("trackingUrl"))
                .isEqualTo(link);
        assertThat(seen.status()).isEqualTo(200);
        assertThat(seen.text("stage")).isEqualTo("RECEIVED");
        assertThat(seen.text("text")).isEqualTo("We have your request.");
        assertThat(seen.text("askedAt")).isEqualTo(ticket.text("createdAt"));
        assertThat(seen.response().body()).doesNotContain("纸尿裤", "小林", "8000", ticket.text("id"));
        assertThat(customer.get(link, "Accept-Language", "zh-CN").text("text"))
                .isEqualTo("我们已收到您的请求。");
        assertThat(customer.get(link, "Accept-Language", "fr").text("text"))
                .isEqualTo("We have your request.");
    }

    @Test
    void thatTheyHearHowFarItIsComesAfterWhatIsToBeDoneBefore() {
        var ticket = open();
        var id = UUID.fromString(ticket.text("id"));
        var promised = ticket.json().at("/promises/0/dueAt").asString();
        assertThat(customer.get(ticket.text("trackingUrl")).text("until")).isEqualTo(promised);

        var due = Instant.parse(promised).minusSeconds(3600);
        proposals.noteDue(new DueChanged(id, due, ClockKind.FIRST_RESPONSE, due, null, null));

        var seen = customer.get(ticket.text("trackingUrl"));
        assertThat(seen.text("until")).isEqualTo(due.toString());
        assertThat(seen.json().path("promised").isString()).isFalse();
    }

    /** Who is waited for knows how far it is: nobody tells them. */
    @Test
    void whoIsWaitedForIsNotToldHowFarItIs() {
        var work = TicketAtWork.accepted(port, agents, proposals);
        assertThat(tracked(work).text("promised")).endsWith("Tell how far it is");

        work.edit(work.agent, "wait", "{\"reason\":\"CUSTOMER\"}");

        var seen = tracked(work);
        assertThat(seen.text("stage")).isEqualTo("WAITING_FOR_YOU");
        assertThat(seen.json().path("promised").isString()).isFalse();
        assertThat(seen.json().path("until").isString()).isFalse();
    }

    @Test
    void whoIsWaitedForIsStillPromisedWhatOurPeoplePromised() {
        var work = TicketAtWork.accepted(port, agents, proposals);
        var due = inDays(3);
        work.edit(work.agent, "promises", promise("发送退货标签", due));

        work.edit(work.agent, "wait", "{\"reason\":\"CUSTOMER\"}");

        assertThat(tracked(work).text("promised")).isEqualTo("发送退货标签");
        assertThat(tracked(work).text("until")).isEqualTo(due.toString());
    }

    @Test
    void whatWasAgreedIsWhatIsNext() {
        var work = TicketAtWork.accepted(port, agents, proposals);
        var agreed = inDays(3);
        work.edit(work.agent, "promises", promise("发送退货标签", inDays(2)));

        work.edit(
                work.agent,
                "wait",
                "{\"reason\":\"AGREED\",\"what\":\"补发\",\"until\":\"%s\"}".formatted(agreed));

        var seen = tracked(work);
        assertThat(seen.text("stage")).isEqualTo("WAITING_AS_AGREED");
        assertThat(seen.text("promised")).isEqualTo("补发");
        assertThat(seen.text("until")).isEqualTo(agreed.toString());
    }

    /** As problems are told. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    fr, zh-Hans;q=0.8, en;q=0.1 | zh-CN | 我们已收到您的请求。
                    zh-TW                       | zh-CN | 我们已收到您的请求。
                    fr, en-GB;q=0.8, zh;q=0.1   | en    | We have your request.
                    {}                          | en    | We have your request.
                    """)
    void isToldInTheLanguageOfOursThatTheyPrefer(String accepted, String language, String text) {
        var seen = customer.get(open().text("trackingUrl"), "Accept-Language", accepted);

        assertThat(seen.text("text")).isEqualTo(text);
        assertThat(seen.response().headers().firstValue("Content-Language")).hasValue(language);
    }

    @Test
    void whatRanOutIsNoTimeToWaitUntil() {
        var ticket = open();
        var id = UUID.fromString(ticket.text("id"));
        var promised = ticket.json().at("/promises/0/dueAt").asString();
        var since = Instant.parse(promised).minusSeconds(3600);

        proposals.noteDue(new DueChanged(id, since, null, null, null, since));

        assertThat(customer.get(ticket.text("trackingUrl")).text("until")).isEqualTo(promised);
    }

    @Test
    void aClosedTicketHasNothingNext() {
        var ticket = open();
        supervisor.post(
                "/api/tickets/" + ticket.text("id") + "/close",
                "{\"reason\":\"INVALID\",\"statements\":{\"WHY\":\"误拨\"}}",
                "If-Match",
                "*");

        var seen = customer.get(ticket.text("trackingUrl"));

        assertThat(seen.text("stage")).isEqualTo("CLOSED");
        assertThat(seen.json().path("next").isString()).isFalse();
    }

    @Test
    void whatIsNotClosedBySilenceSaysSo() {
        var work = TicketAtWork.accepted(port, agents, proposals);
        var other = TicketAtWork.accepted(port, agents, proposals);
        other.edit(other.leader, "change", "{\"major\":\"MEDIA\",\"reason\":\"记者来电\"}");
        for (var each : List.of(work, other)) {
            assertThat(each.edit(each.agent, "resolve", TicketAtWork.SOLVED).status())
                    .isEqualTo(200);
        }

        assertThat(customer.get(work.shown().text("trackingUrl")).text("next"))
                .endsWith("Without an answer we take it as solved.");
        assertThat(customer.get(other.shown().text("trackingUrl")).text("next"))
                .endsWith("We do not close it before you were asked.");
    }

    @Test
    void aMergedTicketIsFollowedWhereItWent() {
        var merged = open();
        var into = open();
        var done =
                supervisor.post(
                        "/api/tickets/" + merged.text("id") + "/merge",
                        "{\"into\":\"%s\",\"reason\":\"同一问题\"}".formatted(into.text("id")),
                        "If-Match",
                        "*");

        var seen = customer.get(merged.text("trackingUrl"));

        assertThat(done.status()).isEqualTo(200);
        assertThat(seen.text("number")).isEqualTo(merged.text("number"));
        assertThat(seen.text("stage")).isEqualTo("RECEIVED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "a%20b"})
    void whatIsNoLinkOfOursIsNotThere(String token) {
        assertThat(customer.get("/api/track/" + token).status()).isEqualTo(404);
    }

    @Test
    void anotherTicketsProofIsNone() {
        var one = open().text("trackingUrl");
        var other = open().text("trackingUrl");
        var idAndHalfAProof = one.substring(0, one.length() - 22);

        assertThat(customer.get(idAndHalfAProof + other.substring(other.length() - 22)).status())
                .isEqualTo(404);
    }

    private Api.Reply tracked(TicketAtWork work) {
        return customer.get(work.shown().text("trackingUrl"));
    }

    private static Instant inDays(int days) {
        return Instant.now().plus(Duration.ofDays(days)).truncatedTo(ChronoUnit.SECONDS);
    }

    private static String promise(String what, Instant due) {
        return "{\"what\":\"%s\",\"dueAt\":\"%s\"}".formatted(what, due);
    }

    private Api.Reply open() {
        return app.post(
                "/api/tickets",
                """
                {"kind":"COMPLAINT","channel":"APP","customer":{"phone":"13800138000","name":"小林"},
                 "subject":"纸尿裤包装与页面不符"}
                """);
    }
}
