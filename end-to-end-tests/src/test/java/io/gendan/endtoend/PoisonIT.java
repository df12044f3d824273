package io.gendan.endtoend;

import static io.gendan.endtoend.NewTicket.complaint;
import static io.gendan.endtoend.NewTicket.consultation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gendan.endtoend.DeadLetters.Listed;
import io.gendan.events.Territory;
import io.gendan.events.Topics;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import java.time.Duration;
import java.util.List;

/**
 * What cannot be read stops its own ticket and no other, is listed, and goes on when released. Most
 * of it is waiting, so that all of them wait together.
 */
@Order(4)
@OnARunningSystem
class PoisonIT {

    private static final Duration TO_BE_LISTED = Duration.ofSeconds(10);

    private final ApplicationUnderTest application;
    private final Broker broker;
    private final DeadLetters deadLetters;
    private final Customer customer;

    PoisonIT(ApplicationUnderTest application) {
        this.application = application;
        this.broker = new Broker(application);
        this.deadLetters = new DeadLetters(application);
        this.customer = Customer.inTheApp(application);
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void aPoisonedTicketWaitsInEachServiceThatHearsIt() {
        var voices = new Voices(application);
        var ticket = customer.opens(complaint("四川")).isAssignedIn(Territory.SOUTHWEST);
        var agent = Agent.of(ticket, application);
        var category = ticket.now().path("category").asString();

        broker.poison(Topics.TICKETS, ticket.id(), "MessageReceived");

        var letters = areListed(Topics.TICKETS, ticket.id(), 3);
        assertThat(letters)
                .extracting(Listed::service)
                .containsExactlyInAnyOrder("routing", "escalation", "voc");
        othersGoOn();
        agent.answers(ticket);
        agent.resolves(ticket);
        customer.confirms(ticket);
        var heard = voices.of(category, Territory.SOUTHWEST);
        deadLetters.release(letters);
        Patience.untilAsserted(
                () -> assertThat(voices.of(category, Territory.SOUTHWEST)).isGreaterThan(heard));
        areListed(Topics.TICKETS, ticket.id(), 0);
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void aPoisonedAssignmentBlocksOnlyItsTicket() {
        var ticket = customer.opens(consultation("广东")).isAssignedIn(Territory.SOUTH);

        broker.poison(Topics.ASSIGNMENTS, ticket.id(), "AgentChosen");

        var letters = areListed(Topics.ASSIGNMENTS, ticket.id(), 1);
        othersGoOn();
        deadLetters.release(letters);
        areListed(Topics.ASSIGNMENTS, ticket.id(), 0);
        var agent = Agent.of(ticket, application);
        agent.answers(ticket);
        agent.resolves(ticket);
        customer.confirms(ticket);
        ticket.is("CLOSED");
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void aTicketWhoseEscalationsArePoisonedIsToldItsTimesAfterRelease() {
        var ticket = customer.opens(consultation("广东")).isAssignedIn(Territory.SOUTH);
        Patience.forSome().until(() -> clock(ticket), "FIRST_RESPONSE"::equals);

        broker.poison(Topics.ESCALATIONS, ticket.id(), "DueChanged");

        var letters = areListed(Topics.ESCALATIONS, ticket.id(), 2);
        assertThat(letters)
                .extracting(Listed::service)
                .containsExactlyInAnyOrder("ticket", "routing");
        othersGoOn();
        Agent.of(ticket, application).answers(ticket);
        Patience.forSome().until(() -> timesToldOf(ticket) > 2);
        assertThat(clock(ticket)).isEqualTo("FIRST_RESPONSE");
        deadLetters.release(letters);
        Patience.forSome().until(() -> clock(ticket), clock -> !clock.equals("FIRST_RESPONSE"));
        ticket.isInvalid();
    }

    private static String clock(FollowedTicket ticket) {
        return ticket.now().path("due").path("clock").asString("");
    }

    private long timesToldOf(FollowedTicket ticket) {
        return broker.read(Topics.ESCALATIONS).stream()
                .filter(told -> ticket.id().equals(told.key()))
                .count();
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void aPoisonedAgentIsKnownAsBeforeUntilReleased() {
        var agent = "agent-northwest-4";
        broker.poison(Topics.AGENTS, agent, "AgentChanged");

        var letters = areListed(Topics.AGENTS, agent, 2);
        assertThat(letters)
                .extracting(Listed::service)
                .containsExactlyInAnyOrder("ticket", "escalation");
        othersGoOn();
        deadLetters.release(letters);
        areListed(Topics.AGENTS, agent, 0);
    }

    private void othersGoOn() {
        var other = customer.opens(consultation("广东")).isAssignedIn(Territory.SOUTH);
        var agent = Agent.of(other, application);
        agent.answers(other);
        agent.resolves(other);
        customer.confirms(other);
        other.is("CLOSED");
    }

    private List<Listed> areListed(String topic, String key, int count) {
        return await().atMost(TO_BE_LISTED)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> deadLetters.about(topic, key), found -> found.size() == count);
    }
}
