package io.gendan.ticket;

import static io.gendan.ticket.TicketAtWork.SOLVED;
import static io.gendan.ticket.TicketFixtures.NOON;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gendan.api.Role;
import io.gendan.events.ClockKind;
import io.gendan.events.EscalationCause;
import io.gendan.events.EscalationEvent.DueChanged;
import io.gendan.events.EscalationEvent.EscalationClaimed;
import io.gendan.events.EscalationEvent.EscalationRaised;
import io.gendan.events.Topics;
import io.gendan.messaging.testing.RealBroker;
import io.gendan.ticket.Api.Reply;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Collections;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A ticket's way by what the other services say, also twice and too late. */
@TicketServiceTest
class TicketFlowTests extends TicketFlow {

    @Test
    void aCreatedTicketIsToldWithoutAnythingPersonal() {
        var id = open();

        await().untilAsserted(
                        () -> {
                            var told =
                                    RealBroker.records(Topics.TICKETS).stream()
                                            .filter(event -> event.key().equals(id))
                                            .toList();
                            assertThat(told)
                                    .extracting(event -> RealBroker.header(event, "ce_type"))
                                    .containsExactly("TicketCreated", "PromiseMade");
                            assertThat(told)
                                    .first()
                                    .satisfies(
                                            event -> {
                                                assertThat(RealBroker.header(event, "ce_sequence"))
                                                        .isEqualTo("1");
                                                assertThat(new String(event.value()))
                                                        .contains("纸尿裤", "\"44\"", "1380013")
                                                        .doesNotContain(
                                                                "13800138000", "13900139000", "小林");
                                            });
                        });
    }

    @Test
    void anAgentIsTakenOnceAndWorksTheTicketToItsEnd() {
        var id = openUndrawn(OPENING);
        var said = Neighbours.say(Topics.ASSIGNMENTS, choice(id, 1, "agent-south-1"));
        var assigned = awaitStatus(id, "ASSIGNED");
        said.again();

        assertThat(assigned.json().path("assignee").path("id").asString())
                .isEqualTo("agent-south-1");
        assertThat(assigned.text("territory")).isEqualTo("SOUTH");
        assertThat(post(south, id, "accept", "").status()).isEqualTo(428);
        assertThat(post(south, id, "accept", "", "If-Match", "\"2\"").json().path("missed"))
                .hasSize(1);
        assertThat(post(north, id, "accept", "", "If-Match", "\"3\"").status()).isEqualTo(404);
        var accepted = post(south, id, "accept", "", "If-Match", "\"3\"");
        assertThat(accepted.status()).isEqualTo(200);
        var answered = post(south, id, "messages", "{\"text\":\"您好\"}");
        assertThat(answered.status()).isEqualTo(200);
        var resolved = post(south, id, "resolve", SOLVED, "If-Match", answered.etag());
        assertThat(resolved.text("status")).isEqualTo("RESOLVED");
        var refused = post(south, id, "wait", "{\"reason\":\"BANK\"}", "If-Match", resolved.etag());
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text("state")).isEqualTo("RESOLVED");
        assertThat(refused.json().path("legal").toString()).contains("confirm");
        assertThat(post(app, id, "confirm", "").text("status")).isEqualTo("CLOSED");

        assertThat(timeline(id))
                .containsExactly(
                        "TicketCreated",
                        "PromiseMade",
                        "TicketAssigned",
                        "TicketAccepted",
                        "MessageSent",
                        "PromiseKept",
                        "TicketResolved",
                        "TicketClosed");
        var whenAccepted = accepted.text("updatedAt");
        assertThat(app.get("/api/tickets/" + id + "?at=" + whenAccepted).text("status"))
                .isEqualTo("IN_PROGRESS");
    }

    @Test
    void aChoiceForAnEarlierRoundIsRefused() {
        var id = open();
        Neighbours.say(Topics.ASSIGNMENTS, choice(id, 1, "agent-south-1"));
        awaitStatus(id, "ASSIGNED");
        Neighbours.say(Topics.ESCALATIONS, raised(id, 1));
        await().untilAsserted(
                        () -> assertThat(ticket(id).json().path("tier").asInt()).isEqualTo(2));

        Neighbours.say(Topics.ASSIGNMENTS, choice(id, 1, "agent-south-2"));

        await().untilAsserted(() -> assertThat(timeline(id)).last().isEqualTo("AssignmentRefused"));
        assertThat(ticket(id).json().path("assignee").path("id").asString())
                .isEqualTo("agent-south-1");
    }

    @Test
    void climbsOncePerStayAndBecomesTheClaimers() {
        var id = open();
        Neighbours.say(Topics.ASSIGNMENTS, awaited(id));
        await().untilAsserted(() -> assertThat(ticket(id).text("territory")).isEqualTo("SOUTH"));
        Neighbours.say(Topics.ESCALATIONS, raised(id, 1));
        Neighbours.say(Topics.ESCALATIONS, raised(id, 1));
        Neighbours.say(
                Topics.ESCALATIONS,
                new EscalationClaimed(
                        UUID.fromString(id),
                        2,
                        NOON,
                        new UUID(5, 1),
                        2,
                        "escalation-2-1",
                        "沈言",
                        "tier-2",
                        null,
                        null));

        awaitStatus(id, "ASSIGNED");

        assertThat(timeline(id))
                .containsExactly(
                        "TicketCreated",
                        "PromiseMade",
                        "TicketPlaced",
                        "TicketEscalated",
                        "EscalationRefused",
                        "TicketAssigned");
        var specialist = Api.as(port, "escalation-2-1", Role.ESCALATION);
        assertThat(specialist.get("/api/tickets/" + id).status()).isEqualTo(200);
        assertThat(south.get("/api/tickets/" + id).status()).isEqualTo(404);
    }

    @Test
    void ofConcurrentEditsOneWinsAndTheOthersSeeWhatTheyMissed() throws Exception {
        var id = accepted();
        var seen = app.get("/api/tickets/" + id).etag();
        var supervisor = leader();
        Callable<Reply> edit = () -> post(supervisor, id, "resolve", SOLVED, "If-Match", seen);
        try (var editors = Executors.newVirtualThreadPerTaskExecutor()) {
            var replies =
                    editors.invokeAll(Collections.nCopies(20, edit)).stream()
                            .map(Future::resultNow)
                            .toList();

            assertThat(replies).filteredOn(reply -> reply.status() == 200).hasSize(1);
            assertThat(replies)
                    .filteredOn(reply -> reply.status() != 200)
                    .allSatisfy(
                            reply -> {
                                assertThat(reply.status()).isEqualTo(412);
                                assertThat(reply.json().at("/missed/0/type").asString())
                                        .isEqualTo("PromiseKept");
                                assertThat(reply.json().at("/missed/1/type").asString())
                                        .isEqualTo("TicketResolved");
                            });
        }
        assertThat(timeline(id)).containsOnlyOnce("TicketResolved");
    }

    @Test
    void aDueTimeIsShownAndIsNoNewVersion() {
        var id = open();
        var before = ticket(id).etag();
        var due = Instant.parse("2026-11-22T05:00:00Z");

        Neighbours.say(
                Topics.ESCALATIONS,
                new DueChanged(
                        UUID.fromString(id), NOON, ClockKind.FIRST_RESPONSE, due, null, null));

        await().untilAsserted(
                        () ->
                                assertThat(ticket(id).json().path("due").path("at").asString())
                                        .isEqualTo(due.toString()));
        assertThat(ticket(id).etag()).isEqualTo(before);
    }

    private static EscalationRaised raised(String id, int stay) {
        return new EscalationRaised(
                UUID.fromString(id),
                stay,
                NOON,
                new UUID(5, stay),
                1,
                2,
                EscalationCause.TIME,
                ClockKind.FIRST_RESPONSE,
                NOON);
    }
}
