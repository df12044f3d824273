package io.gendan.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gendan.api.Role;
import io.gendan.events.AgentEvent.AgentChanged;
import io.gendan.events.AssignmentEvent.AgentAwaited;
import io.gendan.events.AssignmentEvent.AgentChosen;
import io.gendan.events.AssignmentEvent.Decision;
import io.gendan.events.ClockKind;
import io.gendan.events.EscalationCause;
import io.gendan.events.EscalationEvent.ClockElapsed;
import io.gendan.events.EscalationEvent.DueChanged;
import io.gendan.events.EscalationEvent.EscalationClaimed;
import io.gendan.events.EscalationEvent.EscalationRaised;
import io.gendan.events.Level;
import io.gendan.events.Territory;
import io.gendan.events.Topics;
import io.gendan.messaging.testing.RealBroker;
import io.gendan.ticket.Api.Reply;
import io.gendan.ticket.rules.RuleBook;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

@TicketServiceTest
class TicketFlowTests {

    private static final Instant NOW = Instant.parse("2026-11-22T04:00:00Z");
    private static final String OPENING =
            """
            {"kind":"COMPLAINT","channel":"APP",
             "customer":{"phone":"+8613800138000","name":"小林"},
             "province":"广东","category":"LISTING.MISMATCH","subject":"纸尿裤包装与页面不符",
             "body":"打 13900139000 找我"}
            """;

    private static final String SOLVED =
            """
            {"result":"已换货","proof":"REMEDIED","responsibleSide":"PLATFORM",
             "rootCause":"PAGE_CONTENT"}
            """;

    @LocalServerPort int port;
    @Autowired Outbox outbox;
    @Autowired RuleBook rules;

    private Api app;
    private Api south;
    private Api north;

    @BeforeEach
    void callers() {
        app = Api.as(port, "app", Role.CHANNEL);
        south = Api.as(port, "agent-south-1", Role.AGENT);
        north = Api.as(port, "agent-north-1", Role.AGENT);
        know("agent-south-1", Territory.SOUTH, 1);
        know("agent-north-1", Territory.NORTH, 1);
        know("escalation-2-1", null, 2);
    }

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
    void whatItIsAboutMayTurnOutOtherwise() {
        var id = open();
        Neighbours.say(Topics.ASSIGNMENTS, choice(id, 1, "agent-south-1"));
        var assigned = awaitStatus(id, "ASSIGNED");
        var accepted = post(south, id, "accept", "", "If-Match", assigned.etag());

        var lost =
                post(
                        south,
                        id,
                        "change",
                        "{\"category\":\"DELIVERY.LOST\",\"province\":\"上海\",\"reason\":\"包裹丢失\"}",
                        "If-Match",
                        accepted.etag());
        assertThat(lost.text("category")).isEqualTo("DELIVERY.LOST");
        assertThat(lost.text("priority")).isEqualTo("HIGH");
        assertThat(lost.text("province")).isEqualTo("上海");
        var since = app.get("/api/tickets/" + id + "?at=" + lost.text("updatedAt"));
        assertThat(since.text("category")).isEqualTo("DELIVERY.LOST");
        assertThat(since.text("province")).isEqualTo("上海");
        var until = app.get("/api/tickets/" + id + "?at=" + accepted.text("updatedAt"));
        assertThat(until.text("province")).isEqualTo(accepted.text("province")).isNotEqualTo("上海");

        var leader = Api.as(port, "supervisor-1", Role.SUPERVISOR);
        var lowered = "{\"priority\":\"LOW\",\"reason\":\"不急\"}";
        var refused = post(south, id, "change", lowered, "If-Match", lost.etag());
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text("type")).endsWith("presses-less");
        var changed = post(leader, id, "change", lowered, "If-Match", lost.etag());
        assertThat(changed.text("priority")).isEqualTo("LOW");
        var unknown =
                post(
                        leader,
                        id,
                        "change",
                        "{\"category\":\"NO.SUCH\",\"reason\":\"?\"}",
                        "If-Match",
                        changed.etag());
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.text("pointer")).isEqualTo("/category");
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
        Neighbours.say(
                Topics.ASSIGNMENTS,
                new AgentAwaited(
                        UUID.fromString(id),
                        1,
                        NOW,
                        Territory.SOUTH,
                        Territory.SOUTH,
                        "south-1",
                        new Decision("2026.1", "province 44", List.of())));
        await().untilAsserted(() -> assertThat(ticket(id).text("territory")).isEqualTo("SOUTH"));
        Neighbours.say(Topics.ESCALATIONS, raised(id, 1));
        Neighbours.say(Topics.ESCALATIONS, raised(id, 1));
        Neighbours.say(
                Topics.ESCALATIONS,
                new EscalationClaimed(
                        UUID.fromString(id),
                        2,
                        NOW,
                        new UUID(5, 1),
                        2,
                        "escalation-2-1",
                        "沈言",
                        "tier-2",
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
    void silenceAfterTheResolutionClosesIt() {
        var id = openUndrawn(OPENING);
        Neighbours.say(Topics.ASSIGNMENTS, choice(id, 1, "agent-south-1"));
        awaitStatus(id, "ASSIGNED");
        post(south, id, "messages", "{\"text\":\"您好\"}");
        post(south, id, "resolve", SOLVED, "If-Match", "*");

        Neighbours.say(
                Topics.ESCALATIONS,
                new ClockElapsed(UUID.fromString(id), 1, NOW, ClockKind.CONFIRMATION, NOW, null));

        awaitStatus(id, "CLOSED");
    }

    @Test
    void aPromiseIsMadeKeptAndShown() {
        var id = accepted();
        var inAnHour = Instant.now().plusSeconds(3600).truncatedTo(ChronoUnit.MILLIS);
        var promise =
                "{\"what\":\"回电"
                    + " 13900139000\",\"dueAt\":\"%s\",\"channel\":\"PHONE\",\"customerAsked\":true}";

        assertThat(post(south, id, "promises", promise.formatted(inAnHour)).status())
                .isEqualTo(428);
        assertThat(post(app, id, "promises", promise.formatted(inAnHour)).status()).isEqualTo(403);
        var past = post(south, id, "promises", promise.formatted(NOW), "If-Match", "*");
        assertThat(past.status()).isEqualTo(422);
        assertThat(past.text("pointer")).isEqualTo("/dueAt");
        var made = post(south, id, "promises", promise.formatted(inAnHour), "If-Match", "*");

        assertThat(made.status()).isEqualTo(200);
        var shown = own(made).getFirst();
        assertThat(shown.path("what").asString()).isEqualTo("回电 ***********");
        assertThat(shown.path("dueAt").asString()).isEqualTo(inAnHour.toString());
        assertThat(shown.path("owner").path("id").asString()).isEqualTo("agent-south-1");
        assertThat(shown.path("outcome").isNull() || shown.path("outcome").isMissingNode())
                .isTrue();
        assertThat(ticket(id).json().path("promises")).isEqualTo(made.json().path("promises"));

        var path = "promises/" + shown.path("id").asString();
        var unknown = "promises/" + UUID.randomUUID() + "/keep";
        assertThat(post(south, id, unknown, "", "If-Match", "*").status()).isEqualTo(404);
        var kept = post(south, id, path + "/keep", "", "If-Match", made.etag());
        assertThat(own(kept).getFirst().path("outcome").asString()).isEqualTo("KEPT");
        var over = post(south, id, path + "/withdraw", "{\"reason\":\"x\"}", "If-Match", "*");
        assertThat(over.status()).isEqualTo(409);
        assertThat(over.text("outcome")).isEqualTo("KEPT");
        assertThat(timeline(id)).endsWith("PromiseMade", "PromiseKept");
        assertThat(
                        app.get("/api/tickets/" + id + "?at=" + made.text("updatedAt"))
                                .json()
                                .path("promises"))
                .isEqualTo(made.json().path("promises"));
    }

    @Test
    void isMergedHeardWhereItIsGoneAfterAndTakenBack() {
        var id = accepted();
        var into = accepted();
        var inAnHour = Instant.now().plusSeconds(3600).truncatedTo(ChronoUnit.MILLIS);
        var promise = "{\"what\":\"回电\",\"dueAt\":\"%s\"}".formatted(inAnHour);
        var before = post(south, id, "promises", promise, "If-Match", "*");
        var merge = "{\"into\":\"%s\",\"reason\":\"同一包裹\"}";

        assertThat(post(south, id, "merge", merge.formatted(into)).status()).isEqualTo(428);
        assertThat(post(app, id, "merge", merge.formatted(into)).status()).isEqualTo(403);
        var itself = post(south, id, "merge", merge.formatted(id), "If-Match", "*");
        assertThat(itself.status()).isEqualTo(422);
        var nowhere = merge.formatted(UUID.randomUUID());
        assertThat(post(south, id, "merge", nowhere, "If-Match", "*").status()).isEqualTo(404);
        var merged = post(south, id, "merge", merge.formatted(into), "If-Match", before.etag());

        assertThat(merged.text("status")).isEqualTo("MERGED");
        assertThat(merged.json().path("merged").path("into").asString()).isEqualTo(into);
        var other = south.get("/api/tickets/" + into);
        assertThat(other.json().path("absorbed").path(0).path("id").asString()).isEqualTo(id);
        assertThat(own(other).getFirst().path("id")).isEqualTo(own(before).getFirst().path("id"));
        assertThat(post(south, id, "resolve", SOLVED, "If-Match", "*").status()).isEqualTo(409);
        var chain = post(south, into, "merge", merge.formatted(accepted()), "If-Match", "*");
        assertThat(chain.status()).isEqualTo(409);
        assertThat(chain.text("type")).endsWith("has-absorbed");

        assertThat(post(app, id, "messages", "{\"text\":\"还没收到\"}").status()).isEqualTo(200);
        assertThat(timeline(id)).endsWith("PromiseMade", "PromiseWithdrawn", "TicketMerged");
        assertThat(timeline(into)).endsWith("TicketAbsorbed", "MessageReceived");

        var then = merged.text("updatedAt");
        var undone = post(south, id, "merge/undo", "{}", "If-Match", merged.etag());
        assertThat(undone.text("status")).isEqualTo("IN_PROGRESS");
        assertThat(own(undone)).isEqualTo(own(before));
        assertThat(ticket(into).json().path("absorbed")).isEmpty();
        assertThat(timeline(id)).endsWith("TicketMerged", "TicketUnmerged", "PromiseMade");
        assertThat(timeline(into)).endsWith("MessageReceived", "TicketReleased");
        assertThat(south.get("/api/tickets/" + id + "?at=" + then).json().path("merged"))
                .isEqualTo(merged.json().path("merged"));
        var seenByTheChannel = app.get("/api/tickets/" + id + "?at=" + then).json();
        assertThat(seenByTheChannel.at("/merged/reason").isString()).isFalse();
        assertThat(app.get("/api/tickets/" + id + "/timeline").response().body())
                .contains("TicketMerged")
                .doesNotContain("同一包裹");
        var again = post(south, id, "merge/undo", "{}", "If-Match", "*");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.text("state")).isEqualTo("IN_PROGRESS");
    }

    @Test
    void aMessageThatRacesAMergeIsHeard() throws Exception {
        for (int i = 0; i < 10; i++) {
            var id = accepted();
            var into = accepted();
            var merge = "{\"into\":\"%s\",\"reason\":\"x\"}".formatted(into);
            Callable<Reply> merging = () -> post(south, id, "merge", merge, "If-Match", "*");
            Callable<Reply> saying = () -> post(app, id, "messages", "{\"text\":\"还在吗\"}");
            try (var both = Executors.newVirtualThreadPerTaskExecutor()) {
                assertThat(both.invokeAll(List.of(merging, saying)))
                        .allSatisfy(reply -> assertThat(reply.resultNow().status()).isEqualTo(200));
            }
            assertThat(Stream.concat(timeline(id).stream(), timeline(into).stream()))
                    .containsOnlyOnce("MessageReceived");
        }
    }

    @Test
    void onlyWhoHasBothMergesThem() {
        var id = accepted();
        var strangers = open();
        var merge = "{\"into\":\"%s\",\"reason\":\"x\"}".formatted(strangers);
        Neighbours.say(
                Topics.ASSIGNMENTS,
                new AgentAwaited(
                        UUID.fromString(strangers),
                        1,
                        NOW,
                        Territory.SOUTH,
                        Territory.SOUTH,
                        "south-1",
                        new Decision("2026.1", "province 44", List.of())));
        await().until(() -> south.get("/api/tickets/" + strangers).status() == 200);

        assertThat(post(south, id, "merge", merge, "If-Match", "*").status()).isEqualTo(403);
        var leader = Api.as(port, "supervisor-1", Role.SUPERVISOR);
        assertThat(post(leader, id, "merge", merge, "If-Match", "*").text("status"))
                .isEqualTo("MERGED");
    }

    @Test
    void aBrokenPromiseIsSaidOnceAndClimbs() {
        var id = accepted();
        var promiseId = promise(id);

        var said = Neighbours.say(Topics.ESCALATIONS, promiseOver(id, promiseId));
        await().untilAsserted(
                        () ->
                                assertThat(timeline(id))
                                        .containsSubsequence("PromiseBroken", "FactsChanged"));
        said.again();
        Neighbours.say(Topics.ESCALATIONS, promiseOver(id, promiseId));
        Neighbours.say(
                Topics.ESCALATIONS,
                new EscalationRaised(
                        UUID.fromString(id),
                        1,
                        NOW,
                        new UUID(5, 1),
                        1,
                        2,
                        EscalationCause.PROMISE,
                        ClockKind.PROMISE,
                        NOW));

        await().untilAsserted(() -> assertThat(timeline(id)).last().isEqualTo("TicketEscalated"));
        assertThat(timeline(id)).containsOnlyOnce("PromiseBroken");
        assertThat(ticket(id).json().path("tier").asInt()).isEqualTo(2);
    }

    @Test
    void closingWaitsForThePromiseAndSaysSo() {
        var id = accepted();
        var promiseId = promise(id);
        post(south, id, "messages", "{\"text\":\"您好\"}");
        post(south, id, "resolve", SOLVED, "If-Match", "*");
        var leader = Api.as(port, "supervisor-1", Role.SUPERVISOR);

        var byHand =
                post(
                        leader,
                        id,
                        "close",
                        "{\"reason\":\"INVALID\",\"statements\":{\"WHY\":\"误拨\"}}",
                        "If-Match",
                        "*");
        assertThat(byHand.status()).isEqualTo(409);
        assertThat(byHand.json().path("promises").path(0).asString()).isEqualTo(promiseId);
        Neighbours.say(
                Topics.ESCALATIONS,
                new ClockElapsed(UUID.fromString(id), 1, NOW, ClockKind.CONFIRMATION, NOW, null));
        await().untilAsserted(
                        () -> assertThat(ticket(id).text("closingDue")).isEqualTo("NO_OBJECTION"));
        assertThat(ticket(id).text("status")).isEqualTo("RESOLVED");
        assertThat(timeline(id)).last().isEqualTo("ClosingRefused");

        var kept = post(south, id, "promises/" + promiseId + "/keep", "", "If-Match", "*");

        assertThat(kept.text("status")).isEqualTo("CLOSED");
        assertThat(timeline(id)).endsWith("PromiseKept", "TicketClosed");
    }

    @Test
    void anAgreementIsWaitedForUntilItsDate() {
        var id = accepted();
        var date = Instant.now().plusSeconds(3600);

        var notAgreed =
                post(
                        south,
                        id,
                        "wait",
                        "{\"reason\":\"BANK\",\"until\":\"2030-01-01T00:00:00Z\"}",
                        "If-Match",
                        "*");
        assertThat(notAgreed.status()).isEqualTo(422);
        assertThat(notAgreed.text("type")).endsWith("out-of-place");
        assertThat(notAgreed.text("pointer")).isEqualTo("/until");
        var undated = post(south, id, "wait", "{\"reason\":\"AGREED\"}", "If-Match", "*");
        assertThat(undated.status()).isEqualTo(422);
        var waits =
                post(
                        south,
                        id,
                        "wait",
                        "{\"reason\":\"AGREED\",\"until\":\"%s\",\"what\":\"送达新品\"}"
                                .formatted(date),
                        "If-Match",
                        "*");
        assertThat(waits.text("waitingReason")).isEqualTo("AGREED");
        assertThat(timeline(id)).endsWith("PromiseMade", "WaitingStarted");
        var promiseId = own(waits).getFirst().path("id").asString();

        Neighbours.say(Topics.ESCALATIONS, promiseOver(id, promiseId));
        awaitStatus(id, "IN_PROGRESS");
        var another = promise(id);
        var again = "{\"reason\":\"AGREED\",\"promiseId\":\"%s\"}".formatted(another);
        assertThat(post(south, id, "wait", again, "If-Match", "*").status()).isEqualTo(200);
        var kept =
                post(
                        south,
                        id,
                        "promises/" + another + "/keep",
                        SOLVED.replace("已换货", "新品已送达"),
                        "If-Match",
                        "*");

        assertThat(kept.text("status")).isEqualTo("RESOLVED");
        assertThat(kept.text("result")).isEqualTo("新品已送达");
    }

    @Test
    void theCarrierThatIsWaitedForMaySearch() {
        var id = accepted();
        for (var reason : List.of("WAREHOUSE", "AGREED")) {
            var body = "{\"reason\":\"%s\",\"search\":true}".formatted(reason);
            var refused = post(south, id, "wait", body, "If-Match", "*");
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.text("type")).endsWith("out-of-place");
            assertThat(refused.text("pointer")).isEqualTo("/search");
        }

        var waits = post(south, id, "wait", "{\"reason\":\"CARRIER\"}", "If-Match", "*");
        assertThat(waits.json().path("waitingSearch").asBoolean()).isFalse();
        post(south, id, "resume", "", "If-Match", "*");
        var search = "{\"reason\":\"CARRIER\",\"search\":true}";
        var searches = post(south, id, "wait", search, "If-Match", "*");

        assertThat(searches.text("waitingReason")).isEqualTo("CARRIER");
        assertThat(searches.json().path("waitingSearch").asBoolean()).isTrue();
        var told = app.get("/api/tickets/" + id + "/timeline").json().path("items");
        assertThat(told.get(told.size() - 1).path("facts").path("search").asBoolean()).isTrue();
    }

    @Test
    void aWaitEndsAtItsLimit() {
        var id = accepted();
        post(south, id, "wait", "{\"reason\":\"CUSTOMER\"}", "If-Match", "*");
        var started = app.get("/api/tickets/" + id + "/timeline").json().path("items");
        var wait = started.get(started.size() - 1).path("facts").path("waitId").asString();

        Neighbours.say(
                Topics.ESCALATIONS,
                new ClockElapsed(
                        UUID.fromString(id),
                        1,
                        NOW,
                        ClockKind.WAITING,
                        NOW,
                        UUID.fromString(wait)));

        var resolved = awaitStatus(id, "RESOLVED");
        assertThat(resolved.text("result")).isEqualTo(Ticket.NO_REPLY);
        assertThat(timeline(id)).endsWith("WaitingEnded", "PromiseKept", "TicketResolved");
    }

    @Test
    void theCustomerAnswersTheSurveyOnceAndWithoutALogin() {
        var id = acceptedOfSomeone();
        var resolved = post(south, id, "resolve", SOLVED, "If-Match", "*");
        assertThat(resolved.json().path("survey").path("id").isString()).isTrue();
        assertThat(resolved.response().body()).doesNotContain("\"token\":\"");
        assertThat(south.get("/api/tickets/" + id).response().body())
                .doesNotContain("\"token\":\"");
        var path = outbox.surveyUrl(app, id);
        var token = path.substring(path.lastIndexOf('/') + 1);
        assertThat(token).hasSize(43);
        var customer = Api.asNobody(port);
        var fine = "{\"solved\":\"PARTLY\",\"score\":4,\"text\":\"请打 13900139000\"}";

        assertThat(customer.post("/api/surveys/" + "x".repeat(43), fine).status()).isEqualTo(404);
        assertThat(customer.postWithoutKey(path, fine).status()).isEqualTo(400);
        assertThat(customer.post(path, fine.replace("4", "6")).text("pointer")).isEqualTo("/score");
        var key = UUID.randomUUID().toString();
        assertThat(customer.postAs(key, path, fine).status()).isEqualTo(200);
        assertThat(customer.postAs(key, path, fine).status()).isEqualTo(200);
        assertThat(customer.post(path, fine).status()).isEqualTo(409);

        assertThat(timeline(id)).containsOnlyOnce("SurveyAnswered");
        var told = app.get("/api/tickets/" + id + "/timeline").response().body();
        assertThat(told).contains("请打 ***********").doesNotContain("13900139000", token);
        var shown = ticket(id).json().path("survey");
        assertThat(shown.path("solved").asString()).isEqualTo("PARTLY");
        assertThat(shown.path("token").isString()).isFalse();
    }

    @Test
    void numbersInWhatPeopleWroteAreMaskedForWhoeverReads() {
        var opening =
                OPENING.replace("+8613800138000", TicketAtWork.someone())
                        .replace("小林", "小林 13900139000")
                        .replace("与页面不符", "与 7712345678901 不符");
        var created = app.post("/api/tickets", opening);
        var id = created.text("id");
        Neighbours.say(Topics.ASSIGNMENTS, choice(id, 1, "agent-south-1"));
        awaitStatus(id, "ASSIGNED");
        post(south, id, "accept", "", "If-Match", "*");
        post(south, id, "messages", "{\"text\":\"您好\"}");
        var solved = SOLVED.replace("已换货", "运单 7712345678902");
        var resolved = post(south, id, "resolve", solved, "If-Match", "*");
        var at = "?at=" + resolved.text("updatedAt");
        var number = "?number=" + resolved.text("number");
        var leader = Api.as(port, "supervisor-1", Role.SUPERVISOR);

        assertThat(created.text("body")).isEqualTo("打 *********** 找我");
        for (var reader : List.of(app, south, leader)) {
            var shown = reader.get("/api/tickets/" + id);
            assertThat(shown.json().at("/customer/name").asString()).isEqualTo("小林 ***********");
            assertThat(shown.text("subject")).isEqualTo("纸尿裤包装与 ************* 不符");
            assertThat(shown.text("body")).isEqualTo("打 *********** 找我");
            assertThat(shown.text("result")).isEqualTo("运单 *************");
            assertThat(shown.text("number")).isEqualTo(resolved.text("number"));
            var then = reader.get("/api/tickets/" + id + at);
            var listed = reader.get("/api/tickets" + number).json().at("/items/0");
            for (var text : List.of("subject", "body", "result")) {
                assertThat(then.text(text)).isEqualTo(shown.text(text));
                assertThat(listed.path(text).asString()).isEqualTo(shown.text(text));
            }
            for (var whole : List.of(created, resolved, shown, then)) {
                assertThat(whole.response().body()).doesNotContain("13900139000", "77123456789");
            }
        }
    }

    @Test
    void whatIsSaidCanBeReadAndNotesStayAmongUs() {
        var id = accepted();
        post(app, id, "messages", "{\"text\":\"请打 13900139000\"}");
        post(south, id, "messages", "{\"text\":\"您好\"}");
        var noted = post(south, id, "note", "{\"text\":\"已联系仓库\"}");

        assertThat(noted.status()).isEqualTo(200);
        assertThat(post(app, id, "note", "{\"text\":\"x\"}").status()).isEqualTo(403);
        assertThat(post(north, id, "note", "{\"text\":\"x\"}").status()).isEqualTo(404);
        var ours = south.get("/api/tickets/" + id + "/messages").json().path("items");
        assertThat(ours.values())
                .extracting(said -> said.path("side").asString())
                .containsExactly("CUSTOMER", "US", "NOTE");
        assertThat(ours.path(0).path("text").asString()).isEqualTo("请打 ***********");
        var first = app.get("/api/tickets/" + id + "/messages?limit=1").json();
        var rest =
                app.get("/api/tickets/" + id + "/messages?cursor=" + first.path("next").asString());
        assertThat(rest.json().path("items")).hasSize(1);
        assertThat(rest.json().at("/items/0/text").asString()).isEqualTo("您好");
        assertThat(app.get("/api/tickets/" + id + "/timeline").response().body())
                .contains("NoteAdded")
                .doesNotContain("已联系仓库");
        assertThat(south.get("/api/tickets/" + id + "/timeline").response().body())
                .contains("已联系仓库");
    }

    @Test
    void ofConcurrentEditsOneWinsAndTheOthersSeeWhatTheyMissed() throws Exception {
        var id = accepted();
        var seen = app.get("/api/tickets/" + id).etag();
        var supervisor = Api.as(port, "supervisor-1", Role.SUPERVISOR);
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
    void aCustomerCancelsAndAnAgentAloneDoesNot() {
        var id = accepted();
        var reason = "{\"reason\":\"不需要了\"}";

        assertThat(post(south, id, "cancel", reason, "If-Match", "*").status()).isEqualTo(403);
        assertThat(post(app, id, "cancel", reason).status()).isEqualTo(428);
        var cancelled = post(app, id, "cancel", reason, "If-Match", "*");

        assertThat(cancelled.text("status")).isEqualTo("CANCELLED");
        assertThat(post(app, id, "messages", "{\"text\":\"还在吗\"}").status()).isEqualTo(409);
        assertThat(Api.asNobody(port).get(cancelled.text("trackingUrl")).text("stage"))
                .isEqualTo("WITHDRAWN");
    }

    @Test
    void aResolutionIsReopenedForAReasonThatIsOnRecord() {
        var id = accepted();
        post(south, id, "resolve", SOLVED, "If-Match", "*");

        var reopened = post(app, id, "reopen", "{\"reason\":\"还是坏的\"}", "If-Match", "*");

        assertThat(reopened.text("status")).isEqualTo("REOPENED");
        assertThat(reopened.json().path("stay").asInt()).isEqualTo(2);
        assertThat(south.get("/api/tickets/" + id + "/timeline").response().body())
                .contains("还是坏的");

        post(south, id, "resolve", SOLVED, "If-Match", "*");
        post(app, id, "reopen", "{\"reason\":\"打 13800138000\"}", "If-Match", "*");
        assertThat(packet(id).path("evidence").asString()).isEqualTo("打 ***********");
    }

    private JsonNode packet(String id) {
        return south.get("/api/tickets/" + id + "/timeline?limit=200")
                .json()
                .path("items")
                .valueStream()
                .filter(entry -> entry.path("type").asString().equals("EscalationRequested"))
                .findFirst()
                .orElseThrow()
                .at("/facts/packet");
    }

    @Test
    void aSurveyThatSaysNotSolvedReopensAndAnUnansweredOneEnds() {
        var unsolved = acceptedOfSomeone();
        var silent = acceptedOfSomeone();
        for (var id : List.of(unsolved, silent)) {
            post(south, id, "messages", "{\"text\":\"您好\"}");
            post(south, id, "resolve", SOLVED, "If-Match", "*");
        }
        var path = outbox.surveyUrl(app, unsolved);
        var survey = ticket(silent).json().path("survey").path("id").asString();

        var no = "{\"solved\":\"NO\",\"score\":1}";
        assertThat(Api.asNobody(port).post(path, no).status()).isEqualTo(200);
        post(app, silent, "confirm", "");
        var over =
                new ClockElapsed(
                        UUID.fromString(silent),
                        1,
                        NOW,
                        ClockKind.SURVEY,
                        NOW,
                        UUID.fromString(survey));
        Neighbours.say(Topics.ESCALATIONS, over);
        Neighbours.say(Topics.ESCALATIONS, over);

        assertThat(ticket(unsolved).text("status")).isEqualTo("REOPENED");
        assertThat(timeline(unsolved))
                .endsWith("TicketReopened", "SurveyAnswered", "PromiseMade", "PromiseMade");
        await().untilAsserted(() -> assertThat(timeline(silent)).contains("SurveyEnded"));
        assertThat(timeline(silent)).containsOnlyOnce("SurveyEnded");
        assertThat(ticket(silent).text("status")).isEqualTo("CLOSED");
    }

    @Test
    void whatItsProcedureAsksForIsDoneAndShown() {
        var id = accepted();
        var missed = ticket(id).json().path("procedure");
        var createdAt = Instant.parse(ticket(id).text("createdAt"));
        assertThat(missed.path("version").asString()).isEqualTo(rules.versionAt(createdAt));
        assertThat(missed.path("missing").toString())
                .isEqualTo("[\"VERIFY\",\"REPORT\",\"CONFIRM\"]");

        var step = "{\"step\":\"VERIFY\",\"note\":\"已致电 13900139000\"}";
        assertThat(post(south, id, "steps", step).status()).isEqualTo(428);
        assertThat(post(app, id, "steps", step, "If-Match", "*").status()).isEqualTo(403);
        assertThat(post(north, id, "steps", step, "If-Match", "*").status()).isEqualTo(404);
        var unknown = post(south, id, "steps", step.replace("VERIFY", "X"), "If-Match", "*");
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.text("pointer")).isEqualTo("/step");
        var done = post(south, id, "steps", step, "If-Match", "*");
        assertThat(done.json().at("/procedure/steps/1/by").asString()).isEqualTo("agent-south-1");
        assertThat(ticket(id).json().at("/procedure/steps/1/doneAt"))
                .isEqualTo(done.json().path("updatedAt"));
        assertThat(ticket(id).json().at("/procedure/steps/1/by").isString()).isFalse();
        assertThat(post(south, id, "steps", step, "If-Match", "*").status()).isEqualTo(409);
        assertThat(app.get("/api/tickets/" + id + "/timeline").response().body())
                .contains("StepDone")
                .doesNotContain("13900139000", "已致电");

        var silent = post(south, id, "resolve", "{\"result\":\"已换货\"}", "If-Match", "*");
        assertThat(silent.status()).isEqualTo(422);
        assertThat(silent.text("pointer")).isEqualTo("/responsibleSide");
        assertThat(silent.json().path("missing")).hasSize(3);
        assertThat(silent.json().path("means").path(0).asString()).isEqualTo("REMEDIED");
        var resolved = post(south, id, "resolve", SOLVED, "If-Match", "*");
        assertThat(resolved.text("status")).isEqualTo("RESOLVED");
        var refused = post(app, id, "confirm", "");
        assertThat(refused.text("closingDue")).isEqualTo("CONFIRMED");
        var told = "{\"step\":\"REPORT\"}";
        assertThat(post(south, id, "steps", told, "If-Match", "*").text("status"))
                .isEqualTo("CLOSED");
        assertThat(timeline(id)).endsWith("ClosingRefused", "StepDone", "TicketClosed");
    }

    @Test
    void anAuthoritysComplaintEndsByItsFiledAnswer() {
        var letter =
                """
                ,"authority":{"source":"PLATFORM_12315","number":"G1","arrivedOn":"2026-11-20"}}
                """;
        var opening = OPENING.replace("+8613800138000", TicketAtWork.someone());
        var id =
                app.post("/api/tickets", opening.stripTrailing().replaceFirst("}$", letter))
                        .text("id");
        Neighbours.say(Topics.ASSIGNMENTS, choice(id, 1, "agent-south-1"));
        awaitStatus(id, "ASSIGNED");
        post(south, id, "accept", "", "If-Match", "*");
        var filing = "{\"text\":\"已和解\",\"filedOn\":\"%s\",\"reference\":\"F-1\"}";

        for (var wrong : List.of("2099-01-01", "2026-11-19")) {
            var refused = post(south, id, "filing", filing.formatted(wrong), "If-Match", "*");
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.text("pointer")).isEqualTo("/filedOn");
        }
        var filed = post(south, id, "filing", filing.formatted("2026-11-21"), "If-Match", "*");
        assertThat(filed.text("status")).isEqualTo("IN_PROGRESS");
        var resolved = post(south, id, "resolve", SOLVED, "If-Match", "*");
        assertThat(resolved.text("closingDue")).isEqualTo("ANSWER_FILED");
        var review = "{\"cause\":\"页面未更新\",\"measure\":\"上新前核对\"}";
        var reviewed = post(south, id, "review", review, "If-Match", "*");

        assertThat(reviewed.text("status")).isEqualTo("CLOSED");
        assertThat(timeline(id))
                .endsWith(
                        "AnswerFiled",
                        "PromiseKept",
                        "PromiseWithdrawn",
                        "TicketResolved",
                        "ClosingRefused",
                        "ReviewWritten",
                        "TicketClosed",
                        "PromiseMade",
                        "PromiseMade");
    }

    @Test
    void anAuthoritysLetterMayComeLaterAndOnce() {
        var id = acceptedOfSomeone();
        var change =
                """
                {"reason":"12315 转来","major":"REGULATOR"%s}
                """;
        var letter =
                """
                ,"authority":{"source":"PLATFORM_12315","number":"%s","arrivedOn":"2026-11-20"}
                """;

        var unnamed = post(south, id, "change", change.formatted(""), "If-Match", "*");
        assertThat(unnamed.status()).isEqualTo(422);
        assertThat(unnamed.text("pointer")).isEqualTo("/authority");
        var first = change.formatted(letter.formatted("G1"));
        var changed = post(south, id, "change", first, "If-Match", "*");
        assertThat(changed.status()).as(changed.response().body()).isEqualTo(200);
        assertThat(changed.text("major")).isEqualTo("REGULATOR");
        assertThat(changed.json().at("/authority/number").asString()).isEqualTo("G1");
        var second = change.formatted(letter.formatted("G2"));
        var refused = post(south, id, "change", second, "If-Match", "*");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text("pointer")).isEqualTo("/authority");
        post(south, id, "resolve", SOLVED, "If-Match", "*");
        assertThat(post(app, id, "confirm", "").status()).isEqualTo(409);
        var early = "{\"text\":\"已和解\",\"filedOn\":\"2026-11-19\"}";
        assertThat(post(south, id, "filing", early, "If-Match", "*").status()).isEqualTo(422);
    }

    @Test
    void whatCustomersAskAboutTheirDataMayTurnOutLaterAndIsNoAuthoritys() {
        var id = acceptedOfSomeone();
        var change =
                """
                {"reason":"客户要求删除个人信息",%s"authority":{"source":"PERSONAL_DATA"}}
                """;

        var advice = change.formatted("\"kind\":\"CONSULTATION\",");
        var refused = post(south, id, "change", advice, "If-Match", "*");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text("pointer")).isEqualTo("/authority");
        var request = change.formatted("\"kind\":\"REQUEST\",");
        var changed = post(south, id, "change", request, "If-Match", "*");
        assertThat(changed.status()).as(changed.response().body()).isEqualTo(200);
        assertThat(changed.json().hasNonNull("major")).isFalse();
        assertThat(changed.json().at("/authority/number").asString())
                .isEqualTo(changed.text("number"));
        var again = post(south, id, "change", request, "If-Match", "*");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().path("authority")).isEqualTo(changed.json().path("authority"));
        var regulator = "{\"reason\":\"x\",\"major\":\"REGULATOR\"}";
        var unnamed = post(leader(), id, "change", regulator, "If-Match", "*");
        assertThat(unnamed.text("type")).endsWith("authority-unnamed");
        assertThat(post(app, id, "cancel", "{\"reason\":\"算了\"}", "If-Match", "*").text("type"))
                .endsWith("answer-to-file");
    }

    private Api leader() {
        return Api.as(port, "supervisor-1", Role.SUPERVISOR);
    }

    private String accepted() {
        return accepted(OPENING);
    }

    /** Of a customer whom nobody asked anything yet. */
    private String acceptedOfSomeone() {
        return accepted(OPENING.replace("+8613800138000", TicketAtWork.someone()));
    }

    private String accepted(String opening) {
        var id = openUndrawn(opening);
        Neighbours.say(Topics.ASSIGNMENTS, choice(id, 1, "agent-south-1"));
        awaitStatus(id, "ASSIGNED");
        assertThat(post(south, id, "accept", "", "If-Match", "*").status()).isEqualTo(200);
        return id;
    }

    private String promise(String id) {
        var body = "{\"what\":\"回电\",\"dueAt\":\"%s\"}".formatted(Instant.now().plusSeconds(3600));
        return post(south, id, "promises", body, "If-Match", "*")
                .json()
                .path("promises")
                .valueStream()
                .map(promise -> promise.path("id").asString())
                .reduce((_, last) -> last)
                .orElseThrow();
    }

    /** What people promised. */
    private static List<JsonNode> own(Reply reply) {
        return reply.json()
                .path("promises")
                .valueStream()
                .filter(promise -> promise.path("purpose").asString().equals("OWN"))
                .toList();
    }

    private static ClockElapsed promiseOver(String id, String promiseId) {
        return new ClockElapsed(
                UUID.fromString(id), 1, NOW, ClockKind.PROMISE, NOW, UUID.fromString(promiseId));
    }

    @Test
    void aDueTimeIsShownAndIsNoNewVersion() {
        var id = open();
        var before = ticket(id).etag();
        var due = Instant.parse("2026-11-22T05:00:00Z");

        Neighbours.say(
                Topics.ESCALATIONS,
                new DueChanged(
                        UUID.fromString(id), NOW, ClockKind.FIRST_RESPONSE, due, null, null));

        await().untilAsserted(
                        () ->
                                assertThat(ticket(id).json().path("due").path("at").asString())
                                        .isEqualTo(due.toString()));
        assertThat(ticket(id).etag()).isEqualTo(before);
    }

    @Test
    void aChannelSeesItsOwnTicketsOnly() {
        var id = open();
        var web = Api.as(port, "client-" + UUID.randomUUID(), Role.CHANNEL);

        assertThat(web.get("/api/tickets/" + id).status()).isEqualTo(404);
        assertThat(web.get("/api/tickets/" + id + "/timeline").status()).isEqualTo(404);
        assertThat(web.get("/api/tickets").json().path("items")).isEmpty();
        assertThat(post(web, id, "messages", "{\"text\":\"hi\"}").status()).isEqualTo(404);
    }

    @Test
    void listsInStablePages() {
        var first = open();
        var second = open();
        var newest = app.get("/api/tickets?limit=1");
        open();

        var next = app.get("/api/tickets?limit=1&cursor=" + newest.text("next"));

        assertThat(newest.json().path("items").path(0).path("id").asString()).isEqualTo(second);
        assertThat(next.json().path("items").path(0).path("id").asString()).isEqualTo(first);
    }

    private String open() {
        return open(OPENING);
    }

    private String open(String opening) {
        var created = app.post("/api/tickets", opening);
        assertThat(created.status()).as(created.response().body()).isEqualTo(201);
        return created.text("id");
    }

    /** Opens one that no lot draws for a review, nor to be asked about again. */
    private String openUndrawn(String opening) {
        while (true) {
            var id = open(opening);
            if (!ticket(id).json().at("/procedure/missing").toString().contains("REVIEW")
                    && !TicketFixtures.isDrawnForARevisit(id)) {
                return id;
            }
        }
    }

    private static Reply post(Api api, String id, String command, String body, String... headers) {
        return api.post("/api/tickets/" + id + "/" + command, body, headers);
    }

    private Reply ticket(String id) {
        return app.get("/api/tickets/" + id);
    }

    private Reply awaitStatus(String id, String status) {
        return await().until(() -> ticket(id), reply -> reply.text("status").equals(status));
    }

    private List<String> timeline(String id) {
        return Api.as(port, "supervisor-1", Role.SUPERVISOR)
                .get("/api/tickets/" + id + "/timeline")
                .json()
                .path("items")
                .valueStream()
                .map(entry -> entry.path("type").asString())
                .toList();
    }

    private void know(String agent, Territory territory, int tier) {
        Neighbours.say(
                Topics.AGENTS,
                new AgentChanged(
                        agent, NOW, agent, "team", territory, tier, Level.SENIOR, List.of(), true));
        var role = tier == 1 ? Role.AGENT : Role.ESCALATION;
        await().untilAsserted(
                        () ->
                                assertThat(Api.as(port, agent, role).get("/api/tickets").status())
                                        .isEqualTo(200));
    }

    private static AgentChosen choice(String id, int round, String agent) {
        return new AgentChosen(
                UUID.fromString(id),
                round,
                NOW,
                Territory.SOUTH,
                Territory.SOUTH,
                "south-1",
                agent,
                "许文",
                new Decision("2026.1", "province 44", List.of()));
    }

    private static EscalationRaised raised(String id, int stay) {
        return new EscalationRaised(
                UUID.fromString(id),
                stay,
                NOW,
                new UUID(5, stay),
                1,
                2,
                EscalationCause.TIME,
                ClockKind.FIRST_RESPONSE,
                NOW);
    }
}
