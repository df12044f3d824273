package io.gendan.endtoend;

import static io.gendan.endtoend.NewTicket.complaint;
import static io.gendan.endtoend.NewTicket.consultation;
import static io.gendan.endtoend.NewTicket.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.events.Kind;
import io.gendan.events.Territory;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/** Each kind of ticket passes the steps of its own procedure, and counts as solved by its own. */
@Order(1)
@OnARunningSystem
class KindsJourneyIT {

    private final ApplicationUnderTest application;
    private Customer customer;

    KindsJourneyIT(ApplicationUnderTest application) {
        this.application = application;
    }

    @BeforeEach
    void aCustomerComes() {
        customer = Customer.inTheApp(application);
    }

    @Test
    void aConsultationIsAcceptedAnsweredConfirmedAndArchived() {
        var ticket = customer.opens(consultation("广东"));
        var agent = whoeverHas(ticket);

        agent.accepts(ticket);
        agent.resolves(ticket);
        customer.confirms(ticket);
        ticket.is("RESOLVED");
        assertThat(ticket.misses("ANSWER")).as("nobody told the customer anything").isTrue();
        agent.answers(ticket);

        ticket.is("CLOSED");
        assertThat(ticket.passed()).containsExactly("ACCEPT", "ANSWER", "CONFIRM", "ARCHIVE");
    }

    @Test
    void aRequestIsSolvedWhenItIsDone() {
        var ticket = customer.opens(request("江苏"));
        var agent = whoeverHas(ticket);

        agent.accepts(ticket);
        var refused = agent.tries(ticket, "resolve", "{\"result\":\"已提交修改\"}");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text("pointer")).isEqualTo("/proof");
        agent.resolves(ticket);
        customer.confirms(ticket);

        ticket.is("CLOSED");
        assertThat(ticket.passed()).containsSubsequence("ACCEPT", "DO", "CONFIRM");
    }

    @Test
    void aComplaintIsAgreedOnReportedConfirmedAndLearntFrom() {
        var ticket = customer.opens(complaint("湖北"));
        var agent = whoeverHas(ticket);
        var until = Instant.now().plus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);

        agent.accepts(ticket);
        agent.does(
                ticket,
                "wait",
                "{\"reason\":\"AGREED\",\"until\":\"%s\",\"what\":\"补发并回电\"}".formatted(until));
        ticket.is("WAITING");
        agent.does(
                ticket,
                "promises/" + ticket.agreement() + "/keep",
                """
                {"result":"已补发","proof":"REMEDIED","responsibleSide":"PLATFORM",
                 "rootCause":"PAGE_CONTENT"}
                """);
        ticket.is("RESOLVED");
        agent.answers(ticket);
        customer.confirms(ticket);
        agent.does(ticket, "review", "{\"cause\":\"页面未更新\",\"measure\":\"上新前核对\"}");

        ticket.is("CLOSED");
        assertThat(ticket.passed())
                .contains("ACCEPT", "VERIFY", "PLAN", "AGREE", "REPORT", "CONFIRM", "REVIEW");
    }

    @Test
    void aSuggestionIsCollectedSortedAssessedDecidedAndAnswered() {
        var ticket = customer.opens(NewTicket.of(Kind.SUGGESTION, "四川").about("希望支持定时配送"));
        var agent = whoeverHas(ticket);
        var decision =
                """
                {"result":"已列入计划","proof":"REMEDIED","suggestionOutcome":"ADOPTED"%s}
                """;

        agent.accepts(ticket);
        agent.does(ticket, "steps", "{\"step\":\"ASSESS\",\"note\":\"物流部门同意\"}");
        var refused = agent.tries(ticket, "resolve", decision.formatted(""));
        assertThat(refused.text("pointer")).as("adopted for when").isEqualTo("/plannedFor");
        agent.does(ticket, "resolve", decision.formatted(",\"plannedFor\":\"2027-03-01\""));
        agent.answers(ticket);
        customer.confirms(ticket);

        ticket.is("CLOSED");
        assertThat(ticket.passed())
                .contains("COLLECT", "SORT", "ASSESS", "DECIDE", "ANSWER", "CONFIRM");
    }

    @Test
    void whatAnAuthoritySendsEndsWithTheAnswerThatIsFiledAndNothingElse() {
        var ofNobodyElse = complaint("北京").from("13800138118");
        var ticket = customer.opens(ofNobodyElse.through("PLATFORM_12315", "2026-118"));
        ticket.isIn(3);
        var specialist = new Specialist(application, "escalation-3-1", 3);
        var entry =
                Patience.forSome()
                        .until(() -> specialist.finds(ticket), found -> found.isPresent())
                        .orElseThrow();
        assertThat(specialist.claims(entry.path("id").asString()).status()).isEqualTo(200);
        Patience.untilAsserted(() -> assertThat(ticket.assignee()).isEqualTo("escalation-3-1"));
        var manager = Agent.of(ticket, application);

        manager.accepts(ticket);
        manager.answers(ticket);
        manager.does(ticket, "calls", "{\"outcome\":\"REACHED\"}");
        var leader = Agent.named("supervisor-1", application);
        var withdrawn = "{\"reason\":\"WITHDRAWN\",\"statements\":{\"WHY\":\"不再追究\"}}";
        assertThat(leader.tries(ticket, "close", withdrawn).text("type"))
                .endsWith("answer-to-file");
        manager.resolves(ticket);
        manager.does(
                ticket,
                "filing",
                "{\"text\":\"已与消费者和解\",\"filedOn\":\"%s\",\"reference\":\"F-1\"}"
                        .formatted(LocalDate.now(ZoneId.of("Asia/Shanghai"))));

        ticket.is("CLOSED");
        assertThat(ticket.tellsWhoWhenAndWhy().timeline())
                .filteredOn(told -> told.path("type").asString().equals("TicketClosed"))
                .singleElement()
                .satisfies(
                        end ->
                                assertThat(end.path("facts").path("reason").asString())
                                        .isEqualTo("ANSWER_FILED"));
    }

    @Test
    void anAgentHandsATicketOverToOneWhoAcceptsIt() {
        var ticket = customer.opens(complaint("陕西"));
        ticket.isAssignedIn(Territory.NORTHWEST);
        var owner = Agent.of(ticket, application);

        owner.accepts(ticket);
        owner.does(ticket, "transfer", "{\"territory\":\"SOUTHWEST\",\"reason\":\"当地门店可处理\"}");
        Patience.untilAsserted(() -> assertThat(ticket.offeredTo()).startsWith("agent-southwest-"));
        assertThat(ticket.assignee()).isEqualTo(owner.account());
        var taker = Agent.named(ticket.offeredTo(), application);
        taker.does(ticket, "transfer/accept", "");

        assertThat(ticket.assignee()).isEqualTo(taker.account());
        assertThat(ticket.now().path("responsible").path("id").asString())
                .isEqualTo(owner.account());
        assertThat(ticket.now().path("territory").asString()).isEqualTo("NORTHWEST");
        ticket.isInvalid();
    }

    private Agent whoeverHas(FollowedTicket ticket) {
        ticket.is("ASSIGNED");
        return Agent.of(ticket, application);
    }
}
