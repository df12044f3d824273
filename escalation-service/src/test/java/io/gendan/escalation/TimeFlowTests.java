package io.gendan.escalation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gendan.events.AgentEvent.AgentChanged;
import io.gendan.events.ClockKind;
import io.gendan.events.EscalationCause;
import io.gendan.events.EscalationEvent.ClockElapsed;
import io.gendan.events.EscalationEvent.EscalationRaised;
import io.gendan.events.Event;
import io.gendan.events.Kind;
import io.gendan.events.Level;
import io.gendan.events.Priority;
import io.gendan.events.TicketEvent;
import io.gendan.events.Topics;
import io.gendan.messaging.DatabaseClock;
import io.gendan.messaging.testing.RealBroker;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** From the topic to the topic, with time running. */
@EscalationTest
@TestPropertySource(properties = "gendan.escalation.running=true")
class TimeFlowTests {

    @Autowired Told told;
    @Autowired Roster roster;
    @Autowired Watches watches;
    @Autowired DatabaseClock clock;

    private final TicketTold ticket = new TicketTold();
    private int sequence;

    @Test
    void raisesATicketThatNobodyAnswersAndQueuesItWhenItClimbed() {
        var created = ticket.created(Kind.CONSULTATION, Priority.NORMAL, clock.now());
        publish(created, ++sequence);
        publish(created, sequence);

        var raised = awaitRaised(1);
        assertThat(raised.at()).isAfterOrEqualTo(created.at().plusSeconds(1));

        var escalated = ticket.escalated(2, EscalationCause.TIME, raised.dueAt(), clock.now());
        publish(escalated, ++sequence);
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () ->
                                assertThat(published(Topics.escalated(2)))
                                        .anyMatch(key -> key.equals(ticket.id.toString())));

        assertThat(awaitRaised(2).toTier()).isEqualTo(3);
        publish(escalated, sequence);
        publish(ticket.closed(clock.now()), ++sequence);
        await().atMost(Duration.ofSeconds(10))
                .until(
                        () ->
                                watches.find(ticket.id).stream()
                                        .allMatch(watch -> watch.earliest().isEmpty()));
        assertThat(told.raised(ticket.id)).hasSize(2);
    }

    @Test
    void saysWhenAPromiseIsDueAndRaisesTheTicketThatBrokeIt() {
        var call = UUID.randomUUID();
        var created = ticket.created(Kind.REQUEST, Priority.NORMAL, clock.now());
        var made = ticket.promises(call, created.at().plusSeconds(1), created.at());
        publish(created, ++sequence);
        publish(made, ++sequence);
        publish(made, sequence);

        await().atMost(Duration.ofSeconds(15))
                .until(() -> !told.escalations(ticket.id, ClockElapsed.class).isEmpty());
        assertThat(told.escalations(ticket.id, ClockElapsed.class))
                .singleElement()
                .satisfies(
                        elapsed -> {
                            assertThat(elapsed.about()).isEqualTo(call);
                            assertThat(elapsed.dueAt()).isEqualTo(made.dueAt());
                            assertThat(elapsed.at()).isAfterOrEqualTo(made.dueAt());
                        });

        var broken = ticket.breaks(call, made.dueAt(), clock.now());
        publish(broken, ++sequence);
        publish(broken, sequence);
        publish(made, sequence - 1);

        assertThat(awaitRaised(1).cause()).isEqualTo(EscalationCause.PROMISE);
        publish(ticket.closed(clock.now()), ++sequence);
        await().atMost(Duration.ofSeconds(10))
                .until(
                        () ->
                                watches.find(ticket.id).stream()
                                        .allMatch(watch -> watch.earliest().isEmpty()));
        assertThat(told.raised(ticket.id)).hasSize(1);
        assertThat(told.escalations(ticket.id, ClockElapsed.class)).hasSize(1);
        assertThat(watches.find(ticket.id).orElseThrow().clocks())
                .extracting(Clock::kind)
                .doesNotContain(ClockKind.PROMISE);
    }

    @Test
    void queuesOnceWhatIsReopenedToNobodyHoweverOftenItIsTold() {
        publish(ticket.created(Kind.REQUEST, Priority.NORMAL, clock.now()), ++sequence);
        var now = clock.now();
        publish(ticket.escalated(2, EscalationCause.AGENT, now, now), ++sequence);
        publish(ticket.resolved(clock.now()), ++sequence);
        var reopened = ticket.reopenedToNobody(clock.now());
        publish(reopened, ++sequence);
        publish(reopened, sequence);
        publish(ticket.answered(clock.now()), ++sequence);
        publish(reopened, sequence - 1);
        publish(ticket.closed(clock.now()), ++sequence);

        await().atMost(Duration.ofSeconds(10))
                .until(
                        () ->
                                watches.find(ticket.id).stream()
                                        .anyMatch(watch -> watch.earliest().isEmpty()));
        assertThat(told.invitations(2, ticket.id)).hasSize(2);
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () ->
                                assertThat(published(Topics.escalated(2)))
                                        .filteredOn(key -> key.equals(ticket.id.toString()))
                                        .hasSize(2));
    }

    @Test
    void knowsThePeopleFromTheirTopic() {
        var agent = "escalation-2-" + UUID.randomUUID();
        publish(
                Topics.AGENTS,
                new AgentChanged(
                        agent, clock.now(), "小周", "tier-2", null, 2, Level.SENIOR, List.of(), true),
                7);

        await().atMost(Duration.ofSeconds(10)).until(() -> roster.find(agent).isPresent());
        assertThat(roster.find(agent)).contains(new Person(agent, "小周", "tier-2", null, 2));
    }

    private EscalationRaised awaitRaised(int count) {
        await().atMost(Duration.ofSeconds(15)).until(() -> told.raised(ticket.id).size() == count);
        return told.raised(ticket.id).getLast();
    }

    private static List<String> published(String topic) {
        return RealBroker.records(topic).stream().map(ConsumerRecord::key).toList();
    }

    private void publish(TicketEvent event, int number) {
        publish(Topics.TICKETS, event, number);
    }

    private void publish(String topic, Event event, int number) {
        RealBroker.tell(topic, event.key(), number, event);
    }
}
