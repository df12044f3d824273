package io.gendan.endtoend;

import static io.gendan.endtoend.NewTicket.consultation;
import static io.gendan.endtoend.NewTicket.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.endtoend.ApplicationUnderTest.Output;
import io.gendan.events.Channel;

import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Nobody answers, so the ticket climbs by itself until somebody takes it. At this pace a request
 * stays with whoever took it for as long as all of this lasts, and silence after a consultation is
 * soon consent.
 */
@Order(6)
@OnARunningSystem(hurry = 3600)
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EscalationJourneyIT {

    private final ApplicationUnderTest application;
    private final Customer customer;
    private final FollowedTicket silent;

    EscalationJourneyIT(ApplicationUnderTest application) {
        this.application = application;
        this.customer = Customer.onThePhone(application);
        this.silent = customer.opens(consultation("北京").by(Channel.PHONE));
        Patience.quickly().until(() -> !silent.assignee().isEmpty());
        var agent = Agent.of(silent, application);
        agent.answers(silent);
        agent.resolves(silent);
    }

    @Order(1)
    @Test
    void anUnansweredTicketIsClaimedByOneSpecialistOnlyAndSolved() {
        var first = new Specialist(application, "escalation-2-1", 2);
        var second = new Specialist(application, "escalation-2-2", 2);

        var claimed = oneClaimedBy(first);

        var late = second.claims(claimed.escalation());
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.json().path("claimedBy").path("id").asString()).isEqualTo("escalation-2-1");
        var ticket = claimed.ticket();
        Patience.untilAsserted(() -> assertThat(ticket.assignee()).isEqualTo("escalation-2-1"));
        var specialist = Agent.of(ticket, application);
        specialist.answers(ticket);
        specialist.resolves(ticket);
        ticket.is("RESOLVED");
        customer.confirms(ticket);
        ticket.is("CLOSED");
        assertThat(ticket.tellsWhoWhenAndWhy().steps())
                .containsSubsequence("TicketEscalated", "TicketAssigned");
    }

    private record Claimed(FollowedTicket ticket, String escalation) {}

    /** In a hurry a ticket stays in a queue for 2 s only, and then another may be caught. */
    private Claimed oneClaimedBy(Specialist specialist) {
        return Patience.forSome().until(() -> tryToClaim(specialist), Optional::isPresent).get();
    }

    private Optional<Claimed> tryToClaim(Specialist specialist) {
        var ticket = customer.opens(request("广东").by(Channel.PHONE));
        ticket.isIn(2);
        return Patience.quickly()
                .until(() -> specialist.finds(ticket), found -> found.isPresent() || isIn3(ticket))
                .map(entry -> entry.path("id").asString())
                .filter(escalation -> specialist.claims(escalation).status() == 200)
                .map(escalation -> new Claimed(ticket, escalation));
    }

    private static boolean isIn3(FollowedTicket ticket) {
        return ticket.now().path("tier").asInt() > 2;
    }

    /**
     * A program takes a while to join its group, so tickets climb until it has taken one. Of those
     * that climbed here before it may take one too, and is then asked for another.
     */
    @Order(2)
    @Test
    void aTicketLeftAloneByTwoTiersIsTakenByTheProgramOfTheThird() {
        var program = new Program(application);
        var climbing = new ArrayList<FollowedTicket>();

        var taken =
                Patience.forSome()
                        .pollInterval(Duration.ofSeconds(4))
                        .until(
                                () -> {
                                    climbing.add(customer.opens(request("四川").by(Channel.PHONE)));
                                    return program.hasTakenOneOf(climbing);
                                },
                                Optional::isPresent)
                        .orElseThrow();

        Patience.untilAsserted(() -> assertThat(taken.assignee()).isEqualTo("escalation-3-1"));
        assertThat(taken.now().path("tier").asInt()).isEqualTo(3);
        assertThat(taken.tellsWhoWhenAndWhy().steps().stream().filter("TicketEscalated"::equals))
                .hasSize(2);
        climbing.forEach(FollowedTicket::isInvalid);
    }

    /** Claims one ticket of the third tier each time it runs, and says which. */
    private static class Program {

        private final ApplicationUnderTest application;
        private CompletableFuture<Output> run;

        Program(ApplicationUnderTest application) {
            this.application = application;
            this.run = start();
        }

        Optional<FollowedTicket> hasTakenOneOf(List<FollowedTicket> tickets) {
            if (!run.isDone()) {
                return Optional.empty();
            }
            var said = run.join().orFail().text();
            assertThat(said).contains("claimed    1 as escalation-3-1");
            var taken =
                    tickets.stream()
                            .filter(
                                    one ->
                                            said.matches(
                                                    "(?s).*claimed   ticket \\d+  "
                                                            + one.id()
                                                            + ".*"))
                            .findFirst();
            if (taken.isEmpty()) {
                run = start();
            }
            return taken;
        }

        private CompletableFuture<Output> start() {
            return CompletableFuture.supplyAsync(
                    () -> application.command("queue", "tier-3", "--most", "1", "--idle", "60"));
        }
    }

    /** Resolved before all else here, as it takes longest. */
    @Order(3)
    @Test
    void aTicketWhoseCustomerIsSilentIsClosedByItsClock() {
        silent.isAtLast("CLOSED");

        var end = silent.tellsWhoWhenAndWhy().timeline().getLast();
        assertThat(end.path("type").asString()).isEqualTo("TicketClosed");
        assertThat(Steps.actor(end)).isEqualTo("system:escalation");
        assertThat(Steps.reason(end)).startsWith("CONFIRMATION due ");
    }
}
