package io.gendan.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.api.Role;
import io.gendan.ticket.Api.Reply;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Who does a step of a ticket, until when, and whether they did. */
@TicketServiceTest
class StepApiTests {

    private static final String REVIEWED = "{\"cause\":\"页面未更新\",\"measure\":\"上新前核对\"}";

    private static final String SOLVED =
            """
            {"result":"已退差价","proof":"GRANTED","responsibleSide":"PLATFORM",
             "rootCause":"PAGE_CONTENT"}
            """;

    private static final String APOLOGISED =
            """
            {"result":"已致歉","proof":"APOLOGISED","responsibleSide":"AGENT",
             "rootCause":"SERVICE_ERROR","statements":%s}
            """;

    @LocalServerPort int port;
    @Autowired Agents agents;
    @Autowired Proposals proposals;

    private String agentId;
    private Api agent;
    private Api app;

    @BeforeEach
    void callers() {
        agentId = "agent-" + UUID.randomUUID();
        TicketAtWork.know(agents, agentId);
        agent = Api.as(port, agentId, Role.AGENT);
        app = Api.as(port, "app", Role.CHANNEL);
    }

    @Test
    void eachStepSaysWhoAndUntilWhen() {
        var taken = take("COMPLAINT", "PRICE.WRONG");

        assertThat(step(taken, "ACCEPT").path("who").asString()).isEqualTo("ASSIGNEE");
        assertThat(step(taken, "ACCEPT").path("by").asString()).isEqualTo(agentId);
        assertThat(step(taken, "CONFIRM").path("who").asString()).isEqualTo("CUSTOMER");
        assertThat(step(taken, "REVIEW").path("mandatory").asBoolean()).isTrue();
        assertThat(step(taken, "REVIEW").path("dueAt").isString()).isFalse();
        edit(agent, taken, "messages", "{\"text\":\"已按原价处理\"}");
        var solved = edit(agent, taken, "resolve", SOLVED);

        assertThat(solved.status()).as(solved.response().body()).isEqualTo(200);
        assertThat(Instant.parse(step(solved, "REVIEW").path("dueAt").asString()))
                .isAfter(Instant.parse(solved.text("resolvedAt")));
        assertThat(step(solved, "REVIEW").path("overdue").asBoolean()).isFalse();
        var reviewed = edit(agent, taken, "review", REVIEWED);
        assertThat(step(reviewed, "REVIEW").path("by").asString()).isEqualTo(agentId);
    }

    @Test
    void aChannelSeesNotUntilWhen() {
        var opened =
                app.post(
                        "/api/tickets",
                        """
                        {"kind":"COMPLAINT","channel":"APP","customer":{"phone":"%s"},\
                        "category":"PRICE.WRONG","subject":"标价错误"}\
                        """
                                .formatted(TicketAtWork.someone()));
        var id = UUID.fromString(opened.text("id"));
        proposals.assign(TicketFixtures.choice(id, 1, agentId));
        edit(agent, opened, "accept", "");

        var solved = edit(agent, opened, "resolve", SOLVED);
        var shown = app.get("/api/tickets/" + id);

        assertThat(step(solved, "REVIEW").path("dueAt").isString()).isTrue();
        assertThat(step(shown, "REVIEW").path("dueAt").isString()).isFalse();
        assertThat(step(shown, "REVIEW").path("who").asString()).isEqualTo("ASSIGNEE");
    }

    @Test
    void whoeverApologisesIsNamedAndIsNobodyWhomTheCustomerComplainsAbout() {
        var taken = take("COMPLAINT", "SERVICE.AGENT");

        var unsaid = edit(agent, taken, "resolve", APOLOGISED.formatted("{}"));
        var blank = edit(agent, taken, "resolve", APOLOGISED.formatted(apology("班长", " ")));
        var theirOwn = edit(agent, taken, "resolve", APOLOGISED.formatted(apology("小王", "小王 ")));
        var solved =
                edit(agent, taken, "resolve", APOLOGISED.formatted(apology("班长", "13800138000")));

        assertThat(unsaid.json().path("missing").valueStream().map(JsonNode::asString))
                .containsExactly("/statements/APOLOGISED_BY", "/statements/COMPLAINED_ABOUT");
        assertThat(blank.text("pointer")).isEqualTo("/statements/COMPLAINED_ABOUT");
        assertThat(theirOwn.status()).isEqualTo(422);
        assertThat(theirOwn.text("type")).endsWith("statements-same");
        assertThat(theirOwn.text("pointer")).isEqualTo("/statements/COMPLAINED_ABOUT");
        assertThat(solved.status()).as(solved.response().body()).isEqualTo(200);
        assertThat(resolved(agent, taken).path("explanation").asString())
                .isEqualTo("APOLOGISED_BY: 班长\nCOMPLAINED_ABOUT: ***********");
    }

    @Test
    void whatIsSolvedWhenItIsOpenedSaysThereWhatIsMissing() {
        var answered =
                agent.post(
                        "/api/tickets",
                        """
                        {"kind":"CONSULTATION","channel":"PHONE","customer":{"phone":"%s"},
                         "category":"PRESALE.SPEC","subject":"尺码","take":true,
                         "resolve":{"result":"六个月以上","proof":"ARTICLE"}}
                        """
                                .formatted(TicketAtWork.someone()));

        assertThat(answered.status()).isEqualTo(422);
        assertThat(answered.text("pointer")).isEqualTo("/resolve/statements/ARTICLE");
    }

    private static String apology(String by, String about) {
        return "{\"APOLOGISED_BY\":\"%s\",\"COMPLAINED_ABOUT\":\"%s\"}".formatted(by, about);
    }

    private static JsonNode resolved(Api who, Reply ticket) {
        return who.get("/api/tickets/" + ticket.text("id") + "/timeline?limit=200")
                .json()
                .path("items")
                .valueStream()
                .filter(entry -> entry.path("type").asString().equals("TicketResolved"))
                .map(entry -> entry.path("facts"))
                .findFirst()
                .orElseThrow();
    }

    private Reply take(String kind, String category) {
        var taken =
                agent.post(
                        "/api/tickets",
                        """
                        {"kind":"%s","channel":"PHONE","customer":{"phone":"%s"},\
                        "province":"广东","category":"%s","subject":"核对","take":true}\
                        """
                                .formatted(kind, TicketAtWork.someone(), category));
        assertThat(taken.status()).as(taken.response().body()).isEqualTo(201);
        return taken;
    }

    private static Reply edit(Api who, Reply ticket, String command, String body) {
        var path = "/api/tickets/" + ticket.text("id") + "/" + command;
        return who.post(path, body, "If-Match", "*");
    }

    private static JsonNode step(Reply ticket, String code) {
        return ticket.json()
                .at("/procedure/steps")
                .valueStream()
                .filter(step -> step.path("code").asString().equals(code))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatIsRefusedForWhatElseIsSoSaysWhereItIsAndWhatIsLegal() {
        var leader = Api.as(port, "leader-of-" + agentId, Role.SUPERVISOR);
        var id = TicketAtWork.opened(app);

        var refused =
                leader.post(
                        "/api/tickets/" + id + "/close",
                        "{\"reason\":\"UNREACHABLE\",\"statements\":{}}",
                        "If-Match",
                        "*");

        assertThat(refused.status()).as(refused.response().body()).isEqualTo(409);
        assertThat(refused.text("type")).endsWith("not-tried-enough");
        assertThat(refused.text("state")).isEqualTo("NEW");
        assertThat(refused.json().path("legal").valueStream().map(JsonNode::asString))
                .contains("cancel", "close")
                .doesNotContain("resolve");
    }

    @Test
    void aDuplicateNamesAnotherTicketOfTheCustomerAndIsLinkedToIt() {
        var leader = Api.as(port, "leader-of-" + agentId, Role.SUPERVISOR);
        var phone = TicketAtWork.someone();
        var original = TicketAtWork.openedFor(phone, app);
        var copy = TicketAtWork.openedFor(phone, app);
        var strangers = TicketAtWork.opened(app);
        var over = TicketAtWork.openedFor(phone, app);
        app.post("/api/tickets/" + over + "/cancel", "{\"reason\":\"误报\"}", "If-Match", "*");

        for (var wrong :
                List.of(
                        number(leader, copy),
                        number(leader, strangers),
                        number(leader, over),
                        "同一件事")) {
            var refused = repeat(leader, copy, wrong);
            assertThat(refused.status()).as(refused.response().body()).isEqualTo(422);
            assertThat(refused.text("type")).endsWith("original-unknown");
            assertThat(refused.text("pointer")).isEqualTo("/statements/ORIGINAL");
        }
        var closed = repeat(leader, copy, " " + number(leader, original));

        assertThat(closed.status()).as(closed.response().body()).isEqualTo(200);
        assertThat(closed.text("status")).isEqualTo("CLOSED");
        assertThat(closed.json().at("/links/0/id").asString()).isEqualTo(original);
        var linked = leader.get("/api/tickets/" + original);
        assertThat(linked.json().at("/links/0/id").asString()).isEqualTo(copy);
        assertThat(linked.text("status")).isEqualTo("NEW");
        assertThat(repeat(leader, copy, "同一件事").status()).isEqualTo(409);
    }

    private static String number(Api who, String id) {
        return who.get("/api/tickets/" + id).text("number");
    }

    private static Reply repeat(Api who, String id, String original) {
        var why =
                "{\"reason\":\"DUPLICATE\",\"statements\":{\"ORIGINAL\":\"%s\"}}"
                        .formatted(original);
        return who.post("/api/tickets/" + id + "/close", why, "If-Match", "*");
    }

    @Test
    void endsWithoutAgreementOnlyAtComplaintManagementWithAnOfferAndTheWayToTheAuthorities() {
        var nothingSaid = "{\"reason\":\"NO_AGREEMENT\"}";
        var said =
                """
                {"reason":"NO_AGREEMENT",
                 "statements":{"FINAL_OFFER":"退差价十元","AUTHORITIES":"已告知 12315"}}
                """;

        var work = TicketAtWork.accepted(port, agents, proposals);

        var incomplete = work.edit(work.leader, "close", nothingSaid);
        var tooLow = work.edit(work.leader, "close", said);

        assertThat(incomplete.status()).as(incomplete.response().body()).isEqualTo(422);
        assertThat(incomplete.text("type")).endsWith("statement-missing");
        assertThat(tooLow.status()).isEqualTo(409);
        assertThat(tooLow.text("type")).endsWith("close-tier");
        assertThat(work.edit(work.leader, "close", "{\"reason\":\"CONFIRMED\"}").text("type"))
                .endsWith("close-reason");
    }
}
