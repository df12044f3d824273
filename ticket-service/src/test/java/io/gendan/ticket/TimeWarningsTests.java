package io.gendan.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gendan.api.Role;
import io.gendan.events.AgentEvent.AgentChanged;
import io.gendan.events.ClockKind;
import io.gendan.events.ClockStep;
import io.gendan.events.EscalationCause;
import io.gendan.events.EscalationEvent.ClockStepped;
import io.gendan.events.EscalationEvent.ClockWarned;
import io.gendan.events.EscalationEvent.EscalationClaimed;
import io.gendan.events.EscalationEvent.EscalationRaised;
import io.gendan.events.EscalationEvent.LastTierOverdue;
import io.gendan.events.Level;
import io.gendan.events.Territory;
import io.gendan.events.Topics;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionOperations;

import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Who is told that the time of a ticket passes, and that it has passed at the last tier. */
@TicketServiceTest
class TimeWarningsTests {

    private static final Instant DUE = Instant.parse("2026-11-29T02:30:00Z");

    @LocalServerPort int port;
    @Autowired Agents agents;
    @Autowired Proposals proposals;
    @Autowired TimeWarnings warnings;
    @Autowired TransactionOperations transaction;
    @Autowired JdbcTemplate jdbc;

    private TicketAtWork work;

    @BeforeEach
    void ticket() {
        jdbc.update("UPDATE agent SET on_duty = false WHERE tier = ?", Topics.LAST_TIER);
        work = TicketAtWork.accepted(port, agents, proposals);
    }

    @Test
    void tellsTheOwnerAtHalfAndThreeQuartersOfTheTimeAndTheLeadersAtNineTenths() {
        for (int percent : List.of(50, 75, 90)) {
            Neighbours.say(Topics.ESCALATIONS, warned(1, ClockKind.RESOLUTION, percent, null))
                    .again();
        }
        await().untilAsserted(() -> assertThat(told(work.leader)).hasSize(1));

        assertThat(told(work.leader))
                .containsExactly("NEARLY_DUE: 解决 Resolution, 90%, 2026-11-29 10:30");
        assertThat(told(work.agent))
                .containsExactlyInAnyOrder(
                        "TIME_RUNS: 解决 Resolution, 50%, 2026-11-29 10:30",
                        "TIME_RUNS: 解决 Resolution, 75%, 2026-11-29 10:30");
    }

    @Test
    void tellsTheLeadersAloneOfWhatNobodyHas() {
        work = TicketAtWork.opened(port, agents, proposals);
        warn(ClockKind.FIRST_RESPONSE, 75, null);
        warn(ClockKind.FIRST_RESPONSE, 90, null);

        assertThat(told(work.leader))
                .containsExactly("NEARLY_DUE: 首次响应 First response, 90%, 2026-11-29 10:30");
        assertThat(told(work.agent)).isEmpty();
    }

    @Test
    void tellsNothingOfAnotherStayNorOfWhatIsOver() {
        tell(warned(2, ClockKind.RESOLUTION, 90, null));
        work.edit(work.agent, "resolve", TicketAtWork.SOLVED);
        warn(ClockKind.RESOLUTION, 90, null);
        warn(ClockKind.TIER_RESOLUTION, 50, null);
        assertThat(told(work.leader)).isEmpty();
        assertThat(told(work.agent)).isEmpty();

        warn(ClockKind.CLOSING, 50, null);
        assertThat(told(work.agent))
                .containsExactly("TIME_RUNS: 关单 Closing, 50%, 2026-11-29 10:30");

        work.edit(work.leader, "close", TicketAtWork.INVALID);
        warn(ClockKind.CLOSING, 90, null);
        transaction.executeWithoutResult(_ -> warnings.ring(rings(1, 1)));
        assertThat(told(work.leader)).isEmpty();
    }

    @Test
    void tellsOfAPromiseWhoIsToKeepItAsLongAsItIsOpen() {
        var colleague = "agent-" + UUID.randomUUID();
        TicketAtWork.know(agents, colleague);
        var other = Api.as(port, colleague, Role.AGENT);
        work.edit(
                work.agent,
                "promises",
                "{\"what\":\"回电\",\"dueAt\":\"%s\",\"owner\":\"%s\"}"
                        .formatted(Instant.now().plusSeconds(3600), colleague));
        var promise = promise("OWN");

        warn(ClockKind.PROMISE, 50, promise);
        warn(ClockKind.PROMISE, 90, promise);
        work.edit(other, "promises/" + promise + "/keep", "");
        warn(ClockKind.PROMISE, 75, promise);

        assertThat(told(other))
                .contains("TIME_RUNS: 承诺 Promise, 回电, 50%, 2026-11-29 10:30")
                .noneMatch(notice -> notice.contains("75%"));
        assertThat(told(work.leader))
                .containsExactly("NEARLY_DUE: 承诺 Promise, 回电, 90%, 2026-11-29 10:30");
        assertThat(told(work.agent)).isEmpty();
    }

    @Test
    void whoHasItTellsHowFarItIsUntilTheCustomerKnows() {
        var progress = promise("PROGRESS");
        warn(ClockKind.PROMISE, 50, progress);
        work.says(work.agent, "正在核实");
        warn(ClockKind.PROMISE, 75, progress);
        warn(ClockKind.PROMISE, 90, progress);

        assertThat(told(work.agent))
                .containsExactly(
                        "TIME_RUNS: 承诺 Promise, 告知进展 Tell how far it is, 50%, 2026-11-29 10:30");
        assertThat(told(work.leader)).isEmpty();
    }

    @Test
    void whetherItIsMajorConcernsWhoHasItBeforeTheLeaders() {
        work.says(work.client, "孩子受伤了");
        var check = promise("MAJOR_CHECK");
        warn(ClockKind.PROMISE, 50, check);

        assertThat(told(work.agent)).anyMatch(notice -> notice.startsWith("TIME_RUNS: 承诺 "));
        assertThat(told(work.leader)).noneMatch(notice -> notice.startsWith("TIME_RUNS"));
    }

    @Test
    void saysForWhatItWaits() {
        work.edit(work.agent, "wait", "{\"reason\":\"CARRIER\"}");
        var wait =
                jdbc.queryForObject(
                        "SELECT (state ->> 'waitId')::uuid FROM ticket WHERE id = ?",
                        UUID.class,
                        id());
        warn(ClockKind.WAITING, 50, wait);
        warn(ClockKind.WAITING, 75, UUID.randomUUID());

        assertThat(told(work.agent))
                .containsExactly(
                        "TIME_RUNS: 等待 Wait, 待承运商 Waiting for the carrier, 50%,"
                                + " 2026-11-29 10:30");
    }

    @Test
    void tellsTheLeadersThatACustomerIsNotAnswered() {
        Neighbours.say(Topics.ESCALATIONS, stepped(ClockStep.OFFER_AGAIN));
        Neighbours.say(Topics.ESCALATIONS, stepped(ClockStep.TELL_LEADER)).again();

        await().untilAsserted(
                        () ->
                                assertThat(told(work.leader))
                                        .containsExactly(
                                                "NOT_ANSWERED: 首次响应 First response,"
                                                        + " 2026-11-29 10:30"));
    }

    @Test
    void ringsAtTheManagerOnDutyAndAfterTwoRingsAtTheDeputy() {
        var junior = know(4, Level.JUNIOR, true);
        var manager = know(4, Level.SENIOR, true);
        know(4, Level.SENIOR, false);
        know(3, Level.SENIOR, true);
        climb();
        Neighbours.say(Topics.ESCALATIONS, rings(2, 1)).again();
        Neighbours.say(Topics.ESCALATIONS, rings(2, 2));
        await().untilAsserted(() -> assertThat(told(manager)).hasSize(2));
        assertThat(told(junior)).isEmpty();

        Neighbours.say(Topics.ESCALATIONS, rings(2, 3)).again();

        await().untilAsserted(() -> assertThat(told(junior)).hasSize(1));
        assertThat(told(manager))
                .hasSize(3)
                .containsOnly("LAST_TIER_OVERDUE: 层级响应 Response of the tier, 2026-11-29 10:30");
        assertThat(told(work.agent)).isEmpty();
        assertThat(told(work.leader)).isEmpty();
    }

    @Test
    void ringsAtWhoHasClaimedIt() {
        var manager = know(4, Level.SENIOR, true);
        var deputy = know(4, Level.INTERMEDIATE, true);
        var other = know(4, Level.JUNIOR, true);
        climb();
        claim(other);

        ring(2, 2);
        assertThat(told(other)).hasSize(1);
        assertThat(told(deputy)).isEmpty();
        ring(2, 3);
        assertThat(told(other)).hasSize(2);
        assertThat(told(deputy)).hasSize(1);
        work.edit(Api.as(port, other, Role.ESCALATION), "accept", "");
        ring(2, 2);
        assertThat(told(other)).hasSize(3);
        assertThat(told(manager)).isEmpty();
    }

    @Test
    void ringsAtTheManagerWhenTheDeputyHasIt() {
        var manager = know(4, Level.SENIOR, true);
        var deputy = know(4, Level.INTERMEDIATE, true);
        climb();
        claim(deputy);

        ring(2, 2);
        assertThat(told(manager)).isEmpty();
        ring(2, 3);

        assertThat(told(deputy)).hasSize(2);
        assertThat(told(manager)).hasSize(1);
    }

    @Test
    void ringsAtTheLeadersWhereNobodyIsOnDuty() {
        climb();
        ring(2, 1);
        assertThat(told(work.leader)).hasSize(1);
        var manager = know(4, Level.JUNIOR, true);

        ring(2, 2);
        assertThat(told(work.leader)).hasSize(1);
        ring(2, 3);
        assertThat(told(work.leader)).hasSize(2);
        assertThat(told(manager)).hasSize(2);
    }

    @Test
    void tellsNeitherOwnersNorADeputyUnderRulesThatDoNotSaySo() {
        jdbc.update(
                "UPDATE ticket SET created = created || '{\"rules\":\"2026.4\"}' WHERE id = ?",
                id());
        var manager = know(4, Level.SENIOR, true);
        var deputy = know(4, Level.JUNIOR, true);
        warn(ClockKind.RESOLUTION, 50, null);
        warn(ClockKind.RESOLUTION, 90, null);
        climb();
        ring(2, 3);

        assertThat(told(work.agent)).isEmpty();
        assertThat(told(work.leader)).isEmpty();
        assertThat(told(deputy)).isEmpty();
        assertThat(told(manager)).hasSize(1);
    }

    private UUID id() {
        return UUID.fromString(work.id);
    }

    private void warn(ClockKind clock, int percent, @Nullable UUID about) {
        tell(warned(1, clock, percent, about));
    }

    private void tell(ClockWarned warned) {
        transaction.executeWithoutResult(_ -> warnings.warn(warned));
    }

    private ClockWarned warned(int stay, ClockKind clock, int percent, @Nullable UUID about) {
        return new ClockWarned(id(), stay, Instant.now(), clock, percent, DUE, about);
    }

    private ClockStepped stepped(ClockStep step) {
        return new ClockStepped(id(), 1, Instant.now(), ClockKind.FIRST_RESPONSE, step, DUE, null);
    }

    private void ring(int stay, int times) {
        transaction.executeWithoutResult(_ -> warnings.ring(rings(stay, times)));
    }

    private LastTierOverdue rings(int stay, int times) {
        return new LastTierOverdue(id(), stay, Instant.now(), ClockKind.TIER_RESPONSE, DUE, times);
    }

    private String know(int tier, Level level, boolean onDuty) {
        var agent = "manager-" + UUID.randomUUID();
        agents.save(
                new AgentChanged(
                        agent,
                        Instant.EPOCH,
                        agent,
                        "tier-" + tier,
                        null,
                        tier,
                        level,
                        List.of(),
                        onDuty));
        return agent;
    }

    private void climb() {
        proposals.escalate(
                new EscalationRaised(
                        id(),
                        1,
                        Instant.EPOCH,
                        UUID.randomUUID(),
                        1,
                        Topics.LAST_TIER,
                        EscalationCause.TIME,
                        ClockKind.RESOLUTION,
                        Instant.EPOCH));
    }

    private void claim(String agent) {
        proposals.assign(
                new EscalationClaimed(
                        id(),
                        2,
                        Instant.EPOCH,
                        UUID.randomUUID(),
                        Topics.LAST_TIER,
                        agent,
                        agent,
                        "tier-4",
                        Territory.SOUTH,
                        null));
    }

    private UUID promise(String purpose) {
        return work.leader
                .get("/api/tickets/" + work.id)
                .json()
                .path("promises")
                .valueStream()
                .filter(one -> one.path("purpose").asString().equals(purpose))
                .map(one -> UUID.fromString(one.path("id").asString()))
                .findFirst()
                .orElseThrow();
    }

    private List<String> told(String manager) {
        return told(Api.as(port, manager, Role.ESCALATION));
    }

    /** Of what is told here, about this ticket. */
    private List<String> told(Api person) {
        return person.get("/api/notices")
                .json()
                .path("items")
                .valueStream()
                .filter(one -> one.path("ticketId").asString().equals(work.id))
                .filter(one -> isRung(NoticeKind.valueOf(one.path("kind").asString())))
                .map(TimeWarningsTests::told)
                .toList();
    }

    private static boolean isRung(NoticeKind kind) {
        return switch (kind) {
            case TIME_RUNS, NEARLY_DUE, NOT_ANSWERED, LAST_TIER_OVERDUE -> true;
            default -> false;
        };
    }

    private static String told(JsonNode notice) {
        return notice.path("kind").asString() + ": " + notice.path("detail").asString();
    }
}
