package io.gendan.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.api.Role;
import io.gendan.events.EscalationCause;
import io.gendan.events.EscalationEvent.EscalationClaimed;
import io.gendan.events.EscalationEvent.EscalationRaised;
import io.gendan.ticket.Api.Reply;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Customers who come back to what is closed, is being closed, or is merged into what is. */
@TicketServiceTest
class HearingTests {

    private static final int ROUNDS = 10;
    private static final int TIMES = 40;

    @LocalServerPort int port;
    @Autowired Agents agents;
    @Autowired Proposals proposals;
    @Autowired JdbcClient jdbc;

    private TicketAtWork work;

    @BeforeEach
    void ticket() {
        work = TicketAtWork.accepted(port, agents, proposals);
    }

    @Test
    void locksAFollowUpInTheSameOrderAsWhoeverLinksIt() throws Exception {
        close(work.id);
        var followUp = say(work.id).text("id");

        race(work.id, followUp);
    }

    @Test
    void locksWhatAMergedTicketIsMergedIntoInTheSameOrderAsWhoeverLinksIt() throws Exception {
        var phone = TicketAtWork.someone();
        var into = TicketAtWork.openedFor(phone, work.client);
        var merged = TicketAtWork.openedFor(phone, work.client);
        merge(merged, into);
        close(into);
        var followUp = say(merged).text("id");

        race(merged, followUp);
        race(merged, into);
    }

    private void race(String closed, String other) throws Exception {
        var said =
                atOnce(
                        times(TIMES, () -> say(closed)),
                        times(TIMES, () -> unlink(closed, other)),
                        times(TIMES, () -> unlink(other, closed)));

        assertThat(said.subList(0, TIMES)).extracting(Reply::status).containsOnly(200);
        assertThat(said.subList(TIMES, 3 * TIMES)).extracting(Reply::status).containsOnly(404);
    }

    @Test
    void hearsWhatIsSaidWhileATicketIsBeingConfirmed() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            var id = round == 0 ? work.id : accepted();
            work.agent.post(path(id, "messages"), "{\"text\":\"新品已为您寄出\"}");
            assertThat(edit(work.agent, id, "resolve", TicketAtWork.SOLVED).status())
                    .isEqualTo(200);
            var said =
                    atOnce(
                            times(4, () -> say(id)),
                            times(1, () -> edit(work.client, id, "confirm", "")));

            assertHeard(said.subList(0, 4));
            assertThat(followUpsOf(id)).hasSizeLessThanOrEqualTo(1);
        }
    }

    @Test
    void hearsWhatIsSaidWhileTheOtherTicketOfTheSameIsBeingClosed() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            var phone = TicketAtWork.someone();
            var order = "JD" + UUID.randomUUID();
            var closed = opened(phone, order);
            close(closed);
            longAgo(closed);
            var open = opened(phone, order);
            var said =
                    atOnce(
                            times(4, () -> say(closed)),
                            times(1, () -> edit(work.leader, open, "close", TicketAtWork.INVALID)));

            assertHeard(said.subList(0, 4));
            assertThat(said.getLast().status()).isEqualTo(200);
            assertThat(followUpsOf(closed)).hasSizeLessThanOrEqualTo(1);
        }
    }

    private static void assertHeard(List<Reply> said) {
        assertThat(said)
                .allSatisfy(
                        reply ->
                                assertThat(reply.status())
                                        .as(reply.response().body())
                                        .isIn(200, 201));
        assertThat(said.stream().filter(reply -> reply.status() == 201))
                .hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void opensAFollowUpOfWhatAMergedTicketIsMergedInto() {
        var phone = TicketAtWork.someone();
        var into = TicketAtWork.openedFor(phone, work.client);
        var merged = TicketAtWork.openedFor(phone, work.client);
        merge(merged, into);
        close(into);

        var followUp = say(merged);
        var second = say(merged);

        assertThat(followUp.status()).as(followUp.response().body()).isEqualTo(201);
        assertThat(followUp.text("followUpOf")).isEqualTo(into);
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.text("id")).isEqualTo(followUp.text("id"));
        assertThat(say(into).text("id")).isEqualTo(followUp.text("id"));
    }

    @Test
    void isSoughtAnewForWhoIsAwayWhenTheCustomerObjects() {
        assertThat(edit(work.agent, work.id, "resolve", TicketAtWork.SOLVED).status())
                .isEqualTo(200);
        TicketAtWork.know(agents, work.agentId, false);

        var reopened = say(work.id);

        assertThat(reopened.text("status")).isEqualTo("REOPENED");
        assertThat(reopened.json().path("round").asInt()).isEqualTo(2);
        var other = "agent-" + UUID.randomUUID();
        TicketAtWork.know(agents, other);
        work.assignTo(other, 2);
        assertThat(work.shown().json().at("/assignee/id").asString()).isEqualTo(other);
        assertThat(work.shown().json().at("/responsible/id").asString()).isEqualTo(work.agentId);
    }

    @Test
    void isToBeClaimedAgainAboveTheFirstTierWhenWhoSolvedItIsAway() {
        var id = UUID.fromString(work.id);
        var specialist = "specialist-" + UUID.randomUUID();
        TicketAtWork.know(agents, specialist);
        proposals.escalate(
                new EscalationRaised(
                        id,
                        1,
                        Instant.now(),
                        UUID.randomUUID(),
                        1,
                        2,
                        EscalationCause.AGENT,
                        null,
                        Instant.now()));
        proposals.assign(claim(id, 2, specialist));
        var theirs = Api.as(port, specialist, Role.ESCALATION);
        assertThat(edit(theirs, work.id, "accept", "").status()).isEqualTo(200);
        assertThat(edit(theirs, work.id, "resolve", TicketAtWork.SOLVED).status()).isEqualTo(200);
        TicketAtWork.know(agents, specialist, false);

        var reopened = say(work.id);

        assertThat(reopened.text("status")).isEqualTo("REOPENED");
        assertThat(reopened.json().path("tier").asInt()).isEqualTo(2);
        assertThat(reopened.json().path("round").asInt()).isEqualTo(3);
        var other = "specialist-" + UUID.randomUUID();
        proposals.assign(claim(id, 3, other));
        assertThat(work.shown().json().at("/assignee/id").asString()).isEqualTo(other);
        assertThat(work.timeline()).endsWith("TicketReopened", "PromiseMade", "TicketAssigned");
    }

    private static EscalationClaimed claim(UUID id, int stay, String agent) {
        return new EscalationClaimed(
                id, stay, Instant.now(), UUID.randomUUID(), 2, agent, agent, "tier-2", null, null);
    }

    @Test
    void staysWithWhoWasAwayWhenTheyCallOrPromiseBeforeAnybodyElseDoes() {
        var promise =
                "{\"what\":\"补发\",\"dueAt\":\"%s\"}".formatted(Instant.now().plusSeconds(86_400));
        var acts = Map.of("calls", "{\"outcome\":\"NO_ANSWER\"}", "promises", promise);
        for (var act : acts.entrySet()) {
            work = TicketAtWork.accepted(port, agents, proposals);
            edit(work.agent, work.id, "resolve", TicketAtWork.SOLVED);
            TicketAtWork.know(agents, work.agentId, false);
            say(work.id);

            var done = edit(work.agent, work.id, act.getKey(), act.getValue());
            work.assignTo("agent-" + UUID.randomUUID(), 2);

            assertThat(done.status()).as(done.response().body()).isEqualTo(200);
            assertThat(work.timeline()).contains("AssignmentRefused");
            assertThat(work.shown().json().at("/assignee/id").asString()).isEqualTo(work.agentId);
            assertThat(work.shown().text("status")).isEqualTo("IN_PROGRESS");
        }
    }

    @Test
    void staysWithWhoWasAwayWhenTheyAnswerBeforeAnybodyElseDoes() {
        edit(work.agent, work.id, "resolve", TicketAtWork.SOLVED);
        TicketAtWork.know(agents, work.agentId, false);
        say(work.id);

        edit(work.agent, work.id, "wait", "{\"reason\":\"CUSTOMER\"}");
        work.assignTo("agent-" + UUID.randomUUID(), 2);

        assertThat(work.timeline())
                .endsWith(
                        "TicketAssigned", "TicketAccepted", "WaitingStarted", "AssignmentRefused");
        assertThat(work.shown().json().at("/assignee/id").asString()).isEqualTo(work.agentId);
        assertThat(work.shown().text("status")).isEqualTo("WAITING");
    }

    @Test
    void staysWithWhoIsThereWhenTheCustomerObjects() {
        edit(work.agent, work.id, "resolve", TicketAtWork.SOLVED);

        var reopened = say(work.id);

        assertThat(reopened.text("status")).isEqualTo("REOPENED");
        assertThat(reopened.json().path("round").asInt()).isEqualTo(1);
        assertThat(reopened.json().at("/assignee/id").asString()).isEqualTo(work.agentId);
    }

    @Test
    void opensAFollowUpOfWhatAnAuthorityAskedThatIsTheCustomersAlone() {
        var letter =
                """
                {"kind":"COMPLAINT","channel":"APP","customer":{"phone":"%s"},"province":"广东",
                 "category":"%s","subject":"监管转来","authority":{"source":"PLATFORM_12315",
                 "number":"G1","arrivedOn":"2026-11-20"}}
                """;
        var plain = answered(letter.formatted(TicketAtWork.someone(), "LISTING.MISMATCH"));
        var unsafe = answered(letter.formatted(TicketAtWork.someone(), "SAFETY.FOOD"));

        var followUp = say(plain);
        assertThat(followUp.status()).as(followUp.response().body()).isEqualTo(201);
        assertThat(followUp.text("followUpOf")).isEqualTo(plain);
        assertThat(followUp.json().hasNonNull("major")).isFalse();
        assertThat(followUp.json().hasNonNull("authority")).isFalse();
        var cancelled = edit(work.leader, followUp.text("id"), "cancel", "{\"reason\":\"已沟通\"}");
        assertThat(cancelled.text("status")).isEqualTo("CANCELLED");
        assertThat(say(unsafe).text("major")).isEqualTo("SAFETY");
    }

    /** The customer called, solved, reviewed, and the authority told. */
    private String answered(String opening) {
        var id = work.client.post("/api/tickets", opening).text("id");
        assign(id);
        edit(work.agent, id, "accept", "");
        if (opening.contains("SAFETY")) {
            var untold = edit(work.agent, id, "resolve", solved(opening));
            assertThat(untold.text("type")).endsWith("proof-by-phone");
        }
        work.agent.post("/api/tickets/" + id + "/calls", "{\"outcome\":\"REACHED\"}");
        assertThat(edit(work.agent, id, "resolve", solved(opening)).status()).isEqualTo(200);
        edit(work.agent, id, "review", "{\"cause\":\"页面未更新\",\"measure\":\"上新前核对\"}");
        var filing = "{\"text\":\"已和解\",\"filedOn\":\"2026-11-21\"}";
        assertThat(edit(work.agent, id, "filing", filing).text("status")).isEqualTo("CLOSED");
        return id;
    }

    private static String solved(String opening) {
        return opening.contains("SAFETY")
                ? TicketAtWork.SOLVED.replace(
                        "\"REMEDIED\"",
                        "\"CONCLUDED\",\"statements\":{\"CONCLUSION\":\"FW-2026-17\"}")
                : TicketAtWork.SOLVED;
    }

    @Test
    void opensForAnAgentWhatFollowsAClosedTicket() {
        var phone = TicketAtWork.someone();
        var order = "JD" + UUID.randomUUID();
        var closed = opened(phone, order);
        assign(closed);
        close(closed);
        var key = UUID.randomUUID().toString();
        var body = again(phone, closed, ",\"take\":true");

        var followUp = work.agent.postAs(key, "/api/tickets", body);
        var sameKey = work.agent.postAs(key, "/api/tickets", body);
        var joined = work.agent.post("/api/tickets", again(phone, closed, ""));

        assertThat(followUp.status()).as(followUp.response().body()).isEqualTo(201);
        assertThat(sameKey.response().body()).isEqualTo(followUp.response().body());
        assertThat(followUp.text("followUpOf")).isEqualTo(closed);
        assertThat(followUp.text("orderId")).isEqualTo(order);
        assertThat(followUp.json().at("/assignee/id").asString()).isEqualTo(work.agentId);
        assertThat(followUp.json().at("/links/0/relation").asString()).isEqualTo("FOLLOW_UP_OF");
        assertThat(reopens(followUp.text("id"))).isTrue();
        var before = work.leader.get("/api/tickets/" + closed);
        assertThat(before.json().at("/links/0/id").asString()).isEqualTo(followUp.text("id"));
        assertThat(before.json().at("/links/0/relation").asString()).isEqualTo("FOLLOWED_BY");
        assertThat(joined.status()).isEqualTo(200);
        assertThat(joined.text("id")).isEqualTo(followUp.text("id"));
        assertThat(joined.json().path("joined").asBoolean()).isTrue();
        assertThat(say(closed).text("id")).isEqualTo(followUp.text("id"));
        assertThat(followUpsOf(closed)).hasSize(1);
    }

    @Test
    void opensOneFollowUpHoweverManySayThatTheyComeBack() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            var phone = TicketAtWork.someone();
            var order = "JD" + UUID.randomUUID();
            var closed = opened(phone, order);
            assign(closed);
            close(closed);
            longAgo(closed);
            var body = again(phone, closed, "");
            var said =
                    atOnce(
                            times(3, () -> work.agent.post("/api/tickets", body)),
                            times(3, () -> say(closed)),
                            times(
                                    2,
                                    () -> work.client.post("/api/tickets", ordered(phone, order))));

            assertThat(said).extracting(Reply::status).containsOnly(200, 201);
            assertThat(said).filteredOn(reply -> reply.status() == 201).hasSize(1);
            assertThat(said)
                    .extracting(reply -> reply.text("id"))
                    .containsOnly(said.getFirst().text("id"));
        }
    }

    @Test
    void anAgentFollowsUpWhatIsClosedAndTheSameCustomersOnly() {
        var phone = TicketAtWork.someone();
        var open = TicketAtWork.openedFor(phone, work.client);
        assertThat(work.leader.post("/api/tickets", again(phone, open, "")).status())
                .isEqualTo(409);
        assign(open);
        close(open);
        var other = again(TicketAtWork.someone(), open, "");

        var foreign = work.leader.post("/api/tickets", other);
        var byChannel = work.client.post("/api/tickets", again(phone, open, ""));
        var unknown = again(phone, UUID.randomUUID().toString(), "");

        assertThat(foreign.status()).isEqualTo(422);
        assertThat(foreign.text("pointer")).isEqualTo("/customer");
        assertThat(byChannel.status()).isEqualTo(403);
        assertThat(work.leader.post("/api/tickets", unknown).status()).isEqualTo(404);
        assertThat(followUpsOf(open)).isEmpty();
        var solved = again(phone, open, ",\"take\":true,\"resolve\":" + TicketAtWork.SOLVED);
        assertThat(work.agent.post("/api/tickets", solved).text("status")).isEqualTo("RESOLVED");
    }

    private static String again(String phone, String closed, String more) {
        return """
        {"kind":"COMPLAINT","channel":"PHONE","customer":{"phone":"%s"},"followUpOf":"%s",
         "subject":"还是没有收到"%s}
        """
                .formatted(phone, closed, more);
    }

    private boolean reopens(String id) {
        return jdbc.sql("SELECT (created ->> 'reopens')::boolean FROM ticket WHERE id = ?::uuid")
                .param(id)
                .query(Boolean.class)
                .single();
    }

    @Test
    void opensNothingForThanksAndKeepsThem() {
        close(work.id);

        var thanked = work.client.post(path(work.id, "messages"), "{\"text\":\"谢谢\"}");

        assertThat(thanked.status()).as(thanked.response().body()).isEqualTo(200);
        assertThat(thanked.text("id")).isEqualTo(work.id);
        assertThat(thanked.text("status")).isEqualTo("CLOSED");
        assertThat(work.timeline()).endsWith("TicketClosed", "MessageReceived");
        assertThat(followUpsOf(work.id)).isEmpty();
        assertThat(say(work.id).status()).isEqualTo(201);
    }

    @Test
    void callsBackWhoCalledInVainAboutWhatIsClosed() {
        close(work.id);

        var called = contact(work.id, "MISSED");
        var again = contact(work.id, "ABANDONED");
        var said = say(work.id);

        assertThat(called.status()).as(called.response().body()).isEqualTo(201);
        assertThat(called.text("followUpOf")).isEqualTo(work.id);
        assertThat(called.json().path("promises").valueStream())
                .extracting(promise -> promise.path("purpose").asString())
                .containsExactly("CALLBACK", "PROGRESS");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.text("id")).isEqualTo(called.text("id"));
        assertThat(again.json().path("contacts")).hasSize(2);
        assertThat(again.json().path("promises")).hasSize(2);
        assertThat(said.text("id")).isEqualTo(called.text("id"));
        assertThat(followUpsOf(work.id)).hasSize(1);
    }

    @Test
    void opensAFollowUpForACallThatAnyOfUsHadAboutWhatIsClosed() {
        var colleague = colleague();
        close(work.id);

        var called = contact(colleague, work.id, "ANSWERED");
        var again = contact(work.agent, work.id, "MISSED");

        assertThat(called.status()).as(called.response().body()).isEqualTo(201);
        assertThat(called.text("followUpOf")).isEqualTo(work.id);
        assertThat(called.json().at("/contacts/0/outcome").asString()).isEqualTo("ANSWERED");
        var followUp = "/api/tickets/" + called.text("id");
        assertThat(called.response().headers().firstValue("Location")).hasValue(followUp);
        assertThat(colleague.get(followUp).status()).isEqualTo(200);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.text("id")).isEqualTo(called.text("id"));
        assertThat(again.json().path("contacts")).hasSize(2);
        assertThat(say(work.id).text("id")).isEqualTo(called.text("id"));
        assertThat(followUpsOf(work.id)).hasSize(1);
        assertThat(work.shown().text("status")).isEqualTo("CLOSED");
    }

    @Test
    void leavesACallAboutWhatIsNotClosedToWhoeverHasIt() {
        var phone = TicketAtWork.someone();
        var into = TicketAtWork.openedFor(phone, work.client);
        var merged = TicketAtWork.openedFor(phone, work.client);
        merge(merged, into);

        assertThat(contact(colleague(), work.id, "ANSWERED").status()).isEqualTo(403);
        assertThat(contact(work.agent, work.id, "ANSWERED").status()).isEqualTo(200);
        assertThat(contact(work.leader, merged, "ANSWERED").status()).isEqualTo(409);
    }

    private Api colleague() {
        var id = "agent-" + UUID.randomUUID();
        TicketAtWork.know(agents, id);
        return Api.as(port, id, Role.AGENT);
    }

    @Test
    void opensNothingForWhatCannotHaveBeen() {
        close(work.id);

        var contact =
                work.client.post(
                        path(work.id, "contacts"),
                        """
                        {"channel":"PHONE","outcome":"MISSED","startedAt":"2130-01-01T00:00:00Z"}
                        """);
        var sentAt =
                work.client.post(
                        path(work.id, "messages"),
                        "{\"text\":\"又坏了\",\"sentAt\":\"2130-01-01T00:00:00Z\"}");
        var contactId =
                work.client.post(
                        path(work.id, "messages"),
                        "{\"text\":\"又坏了\",\"contactId\":\"%s\"}".formatted(UUID.randomUUID()));

        assertThat(List.of(contact, sentAt, contactId)).extracting(Reply::status).containsOnly(422);
        assertThat(followUpsOf(work.id)).isEmpty();
    }

    @Test
    void countsACallAboutAMergedTicketWhereItIsGoneAfterAndAsItsCustomersAnswer() {
        var phone = TicketAtWork.someone();
        var into = TicketAtWork.openedFor(phone, work.client);
        var merged = TicketAtWork.openedFor(phone, work.client);
        assign(merged);
        edit(work.agent, merged, "accept", "");
        edit(work.agent, merged, "wait", "{\"reason\":\"CUSTOMER\"}");
        merge(merged, into);

        var called = contact(merged, "ANSWERED");

        assertThat(called.status()).as(called.response().body()).isEqualTo(200);
        assertThat(called.text("id")).isEqualTo(merged);
        assertThat(called.json().path("contacts")).isEmpty();
        var there = work.leader.get("/api/tickets/" + into).json();
        assertThat(there.at("/contacts/0/outcome").asString()).isEqualTo("ANSWERED");
        assertThat(edit(work.leader, merged, "merge/undo", "").text("status"))
                .isEqualTo("IN_PROGRESS");
    }

    private Reply contact(String id, String outcome) {
        return contact(work.client, id, outcome);
    }

    private static Reply contact(Api who, String id, String outcome) {
        return who.post(
                path(id, "contacts"),
                """
                {"channel":"PHONE","outcome":"%s","startedAt":"%s"}
                """
                        .formatted(outcome, Instant.now()));
    }

    private Reply say(String id) {
        return work.client.post(path(id, "messages"), "{\"text\":\"还是没有收到\"}");
    }

    private Reply unlink(String id, String other) {
        return edit(work.leader, id, "links/" + other + "/remove", "");
    }

    private void close(String id) {
        var closed = edit(work.leader, id, "close", TicketAtWork.INVALID);
        assertThat(closed.status()).as(closed.response().body()).isEqualTo(200);
    }

    private void merge(String id, String into) {
        var body = "{\"into\":\"%s\",\"reason\":\"同一包裹\"}".formatted(into);
        var merged = edit(work.leader, id, "merge", body);
        assertThat(merged.status()).as(merged.response().body()).isEqualTo(200);
    }

    private String accepted() {
        var id = TicketAtWork.opened(work.client);
        assign(id);
        assertThat(edit(work.agent, id, "accept", "").status()).isEqualTo(200);
        return id;
    }

    private void assign(String id) {
        proposals.assign(TicketFixtures.choice(UUID.fromString(id), 1, work.agentId));
    }

    private String opened(String phone, String order) {
        var opened = work.client.post("/api/tickets", ordered(phone, order));
        assertThat(opened.status()).as(opened.response().body()).isEqualTo(201);
        return opened.text("id");
    }

    private static String ordered(String phone, String order) {
        return """
        {"kind":"COMPLAINT","channel":"APP","customer":{"phone":"%s"},
         "orderId":"%s","category":"DELIVERY.LATE","subject":"包裹在哪里"}
        """
                .formatted(phone, order);
    }

    private List<UUID> followUpsOf(String id) {
        return jdbc.sql("SELECT id FROM ticket WHERE succeeds = ?::uuid")
                .param(id)
                .query(UUID.class)
                .list();
    }

    /** So that another of the same is no repeat of it. */
    private void longAgo(String closed) {
        jdbc.sql(
                        """
                        UPDATE ticket SET state =
                            jsonb_set(state, '{closedAt}', '"2026-10-01T04:00:00Z"')
                        WHERE id = ?::uuid
                        """)
                .param(closed)
                .update();
    }

    private static Reply edit(Api who, String id, String command, String body) {
        return who.post(path(id, command), body, "If-Match", "*");
    }

    private static String path(String id, String command) {
        return "/api/tickets/" + id + "/" + command;
    }

    private static List<Callable<Reply>> times(int times, Callable<Reply> what) {
        return Collections.nCopies(times, what);
    }

    /** The replies in the order of what is done. */
    @SafeVarargs
    private static List<Reply> atOnce(List<Callable<Reply>>... what) throws Exception {
        var all = new ArrayList<Callable<Reply>>();
        for (var some : what) {
            all.addAll(some);
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.invokeAll(all).stream().map(Future::resultNow).toList();
        }
    }
}
