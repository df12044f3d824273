package io.gendan.routing;

import static io.gendan.routing.TicketStory.complaintFrom;
import static io.gendan.routing.TicketStory.consultationFrom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gendan.events.AgentEvent.AgentChanged;
import io.gendan.events.AssignmentEvent.AgentChosen;
import io.gendan.events.ClockStep;
import io.gendan.events.Priority;
import io.gendan.events.Territory;
import io.gendan.events.TerritoryEvent.ProvinceServed;
import io.gendan.events.TicketEvent;
import io.gendan.events.Topics;
import io.gendan.messaging.testing.RealBroker;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.jdbc.core.simple.JdbcClient;

import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** From a record on {@code tickets} to a record on {@code assignments}, over a real broker. */
@RoutingTest
class RoutingFlowTests {

    private static final String HEILONGJIANG = "23";
    private static final String XINJIANG = "65";

    @Autowired JsonMapper json;
    @Autowired JdbcClient jdbc;
    @Autowired ToldProvinces provinces;

    @Test
    void choosesAnAgentOnceForEachTicketHoweverOftenItIsTold() {
        var ticket = consultationFrom(HEILONGJIANG);
        var created = ticket.created();
        tell(1, created);
        var chosen = json.readValue(awaitSaid(ticket, 1).getFirst().value(), AgentChosen.class);
        assertThat(chosen.territory()).isEqualTo(Territory.NORTHEAST);
        assertThat(chosen.agent()).startsWith("agent-northeast-");

        tell(1, created);
        tell(2, ticket.assigned(chosen.agent()));
        tell(1, created);
        tell(3, ticket.resolved(chosen.agent()));
        awaitHeard(ticket, 3);

        assertThat(said(ticket)).hasSize(1);
        assertThat(RealBroker.header(said(ticket).getFirst(), "ce_type")).isEqualTo("AgentChosen");
        assertThat(RealBroker.header(said(ticket).getFirst(), "ce_sequence")).isEqualTo("1");
        assertThat(RealBroker.header(said(ticket).getFirst(), "ce_causation")).isNotNull();
    }

    @Test
    void settlesARefusalByAnotherProposal() {
        var ticket = complaintFrom(HEILONGJIANG).with(Priority.HIGH);
        tell(1, ticket.created());
        var first = json.readValue(awaitSaid(ticket, 1).getFirst().value(), AgentChosen.class);

        tell(2, ticket.refused(1, first.agent()));

        var second = json.readValue(awaitSaid(ticket, 2).getLast().value(), AgentChosen.class);
        assertThat(second.agent()).isNotEqualTo(first.agent());
        tell(3, ticket.assigned(second.agent()));
        tell(4, ticket.resolved(second.agent()));
    }

    @Test
    void proposesAnotherWhenTheClockSaysThatNobodyAccepted() {
        var ticket = consultationFrom(HEILONGJIANG);
        tell(1, ticket.created());
        var first = json.readValue(awaitSaid(ticket, 1).getFirst().value(), AgentChosen.class);
        tell(2, ticket.assigned(first.agent()));
        awaitHeard(ticket, 2);

        var stepped = ticket.stepped(ClockStep.OFFER_AGAIN);
        RealBroker.tell(Topics.ESCALATIONS, stepped.key(), 1, stepped);
        RealBroker.tell(Topics.ESCALATIONS, stepped.key(), 1, stepped);

        var second = json.readValue(awaitSaid(ticket, 2).getLast().value(), AgentChosen.class);
        assertThat(second.agent()).isNotEqualTo(first.agent());
        assertThat(second.round()).isEqualTo(1);
        tell(3, ticket.assigned(second.agent()));
        awaitHeard(ticket, 3);
        assertThat(carrierOf(ticket)).isEqualTo(second.agent());
        tell(4, ticket.resolved(second.agent()));
    }

    @Test
    void servesTheLineOnceSomebodyIsFree() {
        // HIGH complaints weigh 30 of a senior's 100 points: two seniors take six.
        var stories =
                IntStream.range(0, 7)
                        .mapToObj(_ -> complaintFrom(XINJIANG).with(Priority.HIGH))
                        .toList();
        stories.forEach(story -> tell(1, story.created()));
        stories.forEach(story -> awaitHeard(story, 1));
        var waiting = stories.stream().filter(this::waits).toList();
        assertThat(waiting).hasSize(1);

        var served = stories.stream().filter(story -> !waits(story)).findFirst().orElseThrow();
        var agent = carrierOf(served);
        tell(2, served.assigned(agent));
        tell(3, served.resolved(agent));

        var told = awaitSaid(waiting.getFirst(), 2);
        assertThat(told)
                .extracting(each -> RealBroker.header(each, "ce_type"))
                .containsExactly("AgentAwaited", "AgentChosen");
        var chosen = json.readValue(told.getLast().value(), AgentChosen.class);
        assertThat(chosen.agent()).isEqualTo(agent);
        assertThat(chosen.round()).isEqualTo(1);
    }

    @Test
    void introducesTheSeededAgents() {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () ->
                                assertThat(RealBroker.records(Topics.AGENTS))
                                        .extracting(ConsumerRecord::key)
                                        .contains("agent-north-1", "escalation-4-1"));
        var told =
                RealBroker.records(Topics.AGENTS).stream()
                        .filter(each -> each.key().equals("escalation-3-1"))
                        .findFirst()
                        .orElseThrow();
        var agent = json.readValue(told.value(), AgentChanged.class);
        assertThat(agent.tier()).isEqualTo(3);
        assertThat(agent.territory()).isNull();
        assertThat(agent.onDuty()).isTrue();
    }

    @Test
    void tellsWhoServesEachProvinceOnceUntilTheRulesSayOtherwise() {
        jdbc.sql("DELETE FROM province_told WHERE code = '50'").update();
        jdbc.sql("UPDATE province_told SET territory = 'NORTH' WHERE code = '44'").update();

        provinces.run(new DefaultApplicationArguments());
        provinces.run(new DefaultApplicationArguments());

        await().atMost(Duration.ofSeconds(20)).until(() -> served("44").size() == 2);
        await().atMost(Duration.ofSeconds(20)).until(() -> served("50").size() == 2);
        assertThat(served("11")).hasSize(1);
        assertThat(served("44").getLast().territory()).isEqualTo(Territory.SOUTH);
        assertThat(served("44").getLast().rules()).isEqualTo("2026.1");
    }

    private List<ProvinceServed> served(String province) {
        return RealBroker.records(Topics.TERRITORIES).stream()
                .filter(each -> each.key().equals(province))
                .map(each -> json.readValue(each.value(), ProvinceServed.class))
                .toList();
    }

    /** Everything told of the ticket up to there has had its effect. */
    private void awaitHeard(TicketStory ticket, long sequence) {
        await().atMost(Duration.ofSeconds(30))
                .until(
                        () ->
                                jdbc.sql(
                                                "SELECT sequence FROM received WHERE topic = ? AND"
                                                        + " key = ?")
                                        .params(Topics.TICKETS, ticket.id().toString())
                                        .query(Long.class)
                                        .optional()
                                        .orElse(0L),
                        heard -> heard >= sequence);
    }

    private static void tell(long sequence, TicketEvent event) {
        RealBroker.tell(Topics.TICKETS, event.key(), sequence, event);
    }

    private boolean waits(TicketStory ticket) {
        return jdbc.sql("SELECT count(*) FROM waiting WHERE ticket_id = ?")
                        .param(ticket.id())
                        .query(Integer.class)
                        .single()
                == 1;
    }

    private String carrierOf(TicketStory ticket) {
        return jdbc.sql("SELECT agent FROM reservation WHERE ticket_id = ?")
                .param(ticket.id())
                .query(String.class)
                .single();
    }

    private static List<ConsumerRecord<String, byte[]>> awaitSaid(TicketStory ticket, int count) {
        return await().atMost(Duration.ofSeconds(30))
                .until(() -> said(ticket), said -> said.size() >= count);
    }

    private static List<ConsumerRecord<String, byte[]>> said(TicketStory ticket) {
        return RealBroker.records(Topics.ASSIGNMENTS).stream()
                .filter(each -> each.key().equals(ticket.id().toString()))
                .toList();
    }
}
