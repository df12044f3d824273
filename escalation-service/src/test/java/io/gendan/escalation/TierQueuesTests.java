package io.gendan.escalation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.gendan.api.Caller;
import io.gendan.api.Cursor;
import io.gendan.api.Paging;
import io.gendan.api.Problem;
import io.gendan.api.Role;
import io.gendan.api.Scope;
import io.gendan.events.Channel;
import io.gendan.events.EscalationCause;
import io.gendan.events.EscalationEvent.DueChanged;
import io.gendan.events.EscalationEvent.EscalationClaimed;
import io.gendan.events.HandOffPacket;
import io.gendan.events.Kind;
import io.gendan.events.Priority;
import io.gendan.events.TicketEvent.EscalationRefused;
import io.gendan.messaging.DatabaseClock;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

@EscalationTest
class TierQueuesTests {

    private static final String LIST = "/api/queues/{tier}";
    private static final Scope EVERYTHING = new Scope.Everything();
    private static final Caller FIRST = person("escalation-2-1");
    private static final Caller SECOND = person("escalation-2-2");

    @Autowired Told told;
    @Autowired TierQueues queues;
    @Autowired EscalationDesk desk;
    @Autowired DatabaseClock clock;
    @Autowired JdbcTemplate jdbc;

    private final TicketTold ticket = new TicketTold();

    @BeforeEach
    void emptyTheQueues() {
        jdbc.update("UPDATE escalation SET state = 'OVER' WHERE state = 'QUEUED'");
        told.isOnRoster(FIRST.id(), 2, null);
        told.isOnRoster(SECOND.id(), 2, null);
        told.isOnRoster("escalation-3-1", 3, null);
    }

    @Test
    void queuesAndInvitesWhenATicketClimbed() {
        var id = escalate(ticket, Priority.HIGH, false);

        assertThat(desk.queue(2, new Paging(10, null, LIST), EVERYTHING).items())
                .singleElement()
                .satisfies(
                        entry -> {
                            assertThat(entry.escalation().id()).isEqualTo(id);
                            assertThat(entry.escalation().stay()).isEqualTo(2);
                            assertThat(entry.priority()).isEqualTo(Priority.HIGH);
                        });
        assertThat(told.invitations(2, ticket.id)).hasSize(1);
    }

    @Test
    void keepsWhatWasSaidFirstWithWhatIsSaidLater() {
        var now = clock.now();
        told.hear(ticket.created(Kind.COMPLAINT, Priority.NORMAL, now));
        told.hear(ticket.wantsUp(EscalationCause.CUSTOMER, packet("", null, "not here yet"), now));
        told.hear(
                ticket.wantsUp(
                        EscalationCause.AGENT, packet("called twice", "photos", "decide"), now));
        told.hear(ticket.wantsUp(EscalationCause.CUSTOMER, packet("", null, "decide"), now));
        var escalated = ticket.escalated(2, EscalationCause.CUSTOMER, now, now);
        told.hear(escalated);

        assertThat(desk.escalation(escalated.escalationId(), EVERYTHING).packet())
                .isEqualTo(packet("called twice", "photos", "not here yet\ndecide"));
    }

    @Test
    void keepsAShortWordThatIsPartOfWhatWasSaidBefore() {
        var now = clock.now();
        told.hear(ticket.created(Kind.COMPLAINT, Priority.NORMAL, now));
        for (var said : List.of("还没退款，请退货", "退款", "请退货", "退款", "还没退款，请退货")) {
            told.hear(ticket.wantsUp(EscalationCause.CUSTOMER, packet("", null, said), now));
        }
        var escalated = ticket.escalated(2, EscalationCause.CUSTOMER, now, now);
        told.hear(escalated);

        assertThat(desk.escalation(escalated.escalationId(), EVERYTHING).packet())
                .isEqualTo(packet("", null, "还没退款，请退货\n退款\n请退货"));
    }

    @Test
    void leavesToTheTimelineWhatIsTooMuchToRead() {
        var now = clock.now();
        told.hear(ticket.created(Kind.COMPLAINT, Priority.NORMAL, now));
        for (int time = 0; time < 10; time++) {
            var said = packet("", null, time + "还没有收到".repeat(400));
            told.hear(ticket.wantsUp(EscalationCause.CUSTOMER, said, now));
        }
        var escalated = ticket.escalated(2, EscalationCause.CUSTOMER, now, now);
        told.hear(escalated);

        var kept = desk.escalation(escalated.escalationId(), EVERYTHING).packet();
        assertThat(Objects.requireNonNull(kept).asked())
                .startsWith("0")
                .contains("\n1")
                .hasSizeLessThan(8_000);
    }

    private static HandOffPacket packet(String tried, @Nullable String evidence, String asked) {
        return new HandOffPacket(tried, evidence, asked, null);
    }

    @Test
    void servesVipFirstThenPriorityThenWhatIsDueSooner() {
        var normal = escalate(new TicketTold(), Priority.NORMAL, false);
        var high = escalate(new TicketTold(), Priority.HIGH, false);
        var laterHigh = escalate(new TicketTold(), Priority.HIGH, false);
        var vip = escalate(new TicketTold(), Priority.LOW, true);

        var first = desk.queue(2, new Paging(2, null, LIST), EVERYTHING);
        var cursor = Cursor.decode(Objects.requireNonNull(first.next())).in(LIST);
        var rest = desk.queue(2, new Paging(2, cursor, LIST), EVERYTHING);

        assertThat(first.items()).extracting(e -> e.escalation().id()).containsExactly(vip, high);
        assertThat(rest.items())
                .extracting(e -> e.escalation().id())
                .containsExactly(laterHigh, normal);
        assertThat(rest.next()).isNull();
        assertThat(desk.claimHead(2, FIRST, EVERYTHING))
                .hasValueSatisfying(e -> assertThat(e.escalation().id()).isEqualTo(vip));
    }

    @Test
    void aMergedTicketLeavesTheQueueAndComesBackToItsPlace() {
        var id = escalate(ticket, Priority.HIGH, false);
        desk.claimHead(2, FIRST, EVERYTHING);

        told.hear(ticket.merged(clock.now()));
        assertThat(desk.queue(2, new Paging(10, null, LIST), EVERYTHING).items()).isEmpty();
        told.hear(ticket.unmerged(Set.of(), clock.now()));

        assertThat(desk.queue(2, new Paging(10, null, LIST), EVERYTHING).items())
                .singleElement()
                .satisfies(
                        entry -> {
                            assertThat(entry.escalation().id()).isEqualTo(id);
                            assertThat(entry.escalation().stay()).isEqualTo(3);
                            assertThat(entry.escalation().claim()).isNull();
                        });
        assertThat(told.invitations(2, ticket.id)).hasSize(2);
    }

    @Test
    void aCancelledTicketLeavesTheQueueAndIsCountedNoMore() {
        escalate(ticket, Priority.HIGH, false);

        told.hear(ticket.cancelled(clock.now()));

        assertThat(desk.queue(2, new Paging(10, null, LIST), EVERYTHING).items()).isEmpty();
        assertThat(told.escalations(ticket.id).getLast())
                .isInstanceOfSatisfying(DueChanged.class, due -> assertThat(due.dueAt()).isNull());
    }

    @Test
    void claimsTheHeadOfTheLineForAPersonOfTheTier() {
        var id = escalate(ticket, Priority.HIGH, false);

        var claimed = desk.claimHead(2, FIRST, desk.scope(FIRST)).orElseThrow();

        assertThat(claimed.escalation().state()).isEqualTo(EscalationState.CLAIMED);
        assertThat(told.escalations(ticket.id).getLast())
                .isInstanceOfSatisfying(
                        EscalationClaimed.class,
                        told -> {
                            assertThat(told.escalationId()).isEqualTo(id);
                            assertThat(told.agent()).isEqualTo("escalation-2-1");
                            assertThat(told.agentName()).isEqualTo("Name of escalation-2-1");
                            assertThat(told.team()).isEqualTo("tier-2");
                            assertThat(told.stay()).isEqualTo(2);
                        });
        assertThat(desk.claimHead(2, SECOND, EVERYTHING)).isEmpty();
    }

    @Test
    void letsOneOfTwoWinWhoClaimAtOnce() throws Exception {
        var id = escalate(ticket, Priority.HIGH, false);
        var start = new CountDownLatch(1);

        List<Throwable> refusals;
        try (var people = Executors.newFixedThreadPool(2)) {
            var claims =
                    List.of(FIRST, SECOND).stream()
                            .map(
                                    person ->
                                            people.submit(
                                                    (Callable<Throwable>)
                                                            () -> {
                                                                start.await();
                                                                return catchThrowable(
                                                                        () ->
                                                                                desk.claim(
                                                                                        id,
                                                                                        person,
                                                                                        EVERYTHING));
                                                            }))
                            .toList();
            start.countDown();
            refusals = new ArrayList<>();
            for (var claim : claims) {
                refusals.add(claim.get());
            }
        }

        assertThat(refusals).containsOnlyOnce((Throwable) null);
        assertThat(refusals)
                .filteredOn(refusal -> refusal != null)
                .singleElement()
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> {
                            assertThat(problem.status()).isEqualTo(409);
                            assertThat(problem.members()).containsKey("claimedBy");
                        });
        assertThat(told.escalations(ticket.id))
                .filteredOn(event -> event instanceof EscalationClaimed)
                .hasSize(1);
    }

    @Test
    void givesItAgainToWhoHasIt() {
        var id = escalate(ticket, Priority.HIGH, false);
        desk.claim(id, FIRST, EVERYTHING);

        var again = desk.claim(id, FIRST, EVERYTHING);

        assertThat(again.escalation().state()).isEqualTo(EscalationState.CLAIMED);
        assertThat(told.escalations(ticket.id))
                .filteredOn(event -> event instanceof EscalationClaimed)
                .hasSize(1);
    }

    @Test
    void confirmsWhenTheTicketIsTheirs() {
        var id = escalate(ticket, Priority.HIGH, false);
        desk.claim(id, FIRST, EVERYTHING);

        told.hear(ticket.assigned(FIRST.id(), clock.now()));

        assertThat(state(id)).isEqualTo(EscalationState.CONFIRMED);
    }

    @Test
    void settlesWhatTheTicketRefused() {
        var id = escalate(ticket, Priority.HIGH, false);
        desk.claim(id, FIRST, EVERYTHING);

        told.hear(
                new EscalationRefused(
                        ticket.id, 2, 2, clock.now(), id, 2, "the ticket is RESOLVED"));

        assertThat(state(id)).isEqualTo(EscalationState.REFUSED);
        var refusal = catchThrowable(() -> desk.claim(id, SECOND, EVERYTHING));
        assertThat(refusal).isInstanceOf(EscalationTaken.class);
    }

    @Test
    void leavesTheQueueWhenTheTicketMovesOn() {
        var climbed = escalate(ticket, Priority.HIGH, false);
        var resolved = new TicketTold();
        var id = escalate(resolved, Priority.HIGH, false);

        var now = clock.now();
        told.hear(ticket.escalated(3, now));
        told.hear(resolved.resolved(now));

        assertThat(state(climbed)).isEqualTo(EscalationState.OVER);
        assertThat(state(id)).isEqualTo(EscalationState.OVER);
        assertThat(told.invitations(3, ticket.id)).hasSize(1);
        assertThat(desk.claimHead(2, FIRST, EVERYTHING)).isEmpty();
    }

    @Test
    void invitesAgainForWhatNobodyTook() {
        var id = escalate(ticket, Priority.HIGH, false);
        queues.inviteAgain();
        assertThat(told.invitations(2, ticket.id)).hasSize(1);

        jdbc.update(
                "UPDATE escalation SET invited_at = invited_at - interval '31 s' WHERE id = ?", id);
        queues.inviteAgain();
        queues.inviteAgain();

        assertThat(told.invitations(2, ticket.id)).hasSize(2);
    }

    @Test
    void invitesLessOftenTheLongerNobodyTakesIt() {
        var id = escalate(ticket, Priority.HIGH, false);

        lastInvited(id, "100 s", "300 s");
        queues.inviteAgain();
        assertThat(told.invitations(2, ticket.id)).hasSize(1);
        lastInvited(id, "100 s", "150 s");
        queues.inviteAgain();
        assertThat(told.invitations(2, ticket.id)).hasSize(2);
        lastInvited(id, "600 s", "10 h");
        queues.inviteAgain();
        assertThat(told.invitations(2, ticket.id)).hasSize(2);
        lastInvited(id, "901 s", "10 h");
        queues.inviteAgain();
        assertThat(told.invitations(2, ticket.id)).hasSize(3);
    }

    private void lastInvited(UUID id, String ago, String escalatedAgo) {
        jdbc.update(
                """
                UPDATE escalation SET invited_at = clock_timestamp() - ?::interval,
                    escalated_at = clock_timestamp() - ?::interval
                WHERE id = ?
                """,
                ago,
                escalatedAgo,
                id);
    }

    @Test
    void hidesOtherTiers() {
        var id = escalate(ticket, Priority.HIGH, false);
        var other = person("escalation-3-1");

        assertThat(catchThrowable(() -> desk.claim(id, other, desk.scope(other))))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(404));
        assertThat(
                        catchThrowable(
                                () -> desk.queue(2, new Paging(1, null, LIST), desk.scope(other))))
                .isInstanceOf(Problem.class);
        assertThat(catchThrowable(() -> desk.scope(person("nobody"))))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(403));
    }

    @Test
    void givesTheHeadOfTheLineToWhoAsksForItByItsId() {
        var head = escalate(ticket, Priority.HIGH, false);
        var next = escalate(new TicketTold(), Priority.NORMAL, false);

        assertThat(desk.claim(head, FIRST, desk.scope(FIRST)).escalation().claim())
                .satisfies(claim -> assertThat(claim.picked()).isFalse());
        assertThat(desk.claim(next, SECOND, desk.scope(SECOND)).escalation().state())
                .isEqualTo(EscalationState.CLAIMED);
        assertThat(claimed(ticket).picked()).isFalse();
    }

    @Test
    void passesNobodyOverForWhoLeadsNobody() {
        var before = escalate(new TicketTold(), Priority.NORMAL, false);
        var id = escalate(ticket, Priority.NORMAL, false);

        assertThat(catchThrowable(() -> desk.claim(id, FIRST, desk.scope(FIRST))))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> {
                            assertThat(problem.status()).isEqualTo(409);
                            assertThat(problem.members()).containsEntry("head", before);
                        });
        assertThat(state(id)).isEqualTo(EscalationState.QUEUED);
        assertThat(state(before)).isEqualTo(EscalationState.QUEUED);
        assertThat(told.escalations(ticket.id))
                .noneMatch(event -> event instanceof EscalationClaimed);
    }

    @Test
    void isHeadNoMoreOnceSomethingThatPressesMoreCameBeforeIt() {
        var id = escalate(ticket, Priority.NORMAL, false);
        escalate(new TicketTold(), Priority.HIGH, false);

        assertThat(catchThrowable(() -> desk.claim(id, FIRST, desk.scope(FIRST))))
                .isInstanceOf(Problem.class);
        assertThat(state(id)).isEqualTo(EscalationState.QUEUED);
    }

    @Test
    void letsALeaderPickWhichIsOnRecord() {
        var before = escalate(new TicketTold(), Priority.HIGH, false);
        var id = escalate(ticket, Priority.LOW, false);
        var leader = new Caller("supervisor-1", "Wang", Set.of(Role.SUPERVISOR));

        var picked = desk.claim(id, leader, desk.scope(leader));

        assertThat(picked.escalation().claim())
                .satisfies(
                        claim -> {
                            assertThat(claim.name()).isEqualTo("Wang");
                            assertThat(claim.picked()).isTrue();
                        });
        assertThat(claimed(ticket).picked()).isTrue();
        assertThat(state(before)).isEqualTo(EscalationState.QUEUED);
    }

    private EscalationClaimed claimed(TicketTold taken) {
        return (EscalationClaimed) told.escalations(taken.id).getLast();
    }

    private UUID escalate(TicketTold climbing, Priority priority, boolean vip) {
        var now = clock.now();
        told.hear(climbing.created(Kind.COMPLAINT, priority, Channel.APP, null, vip, now));
        var escalated = climbing.escalated(2, EscalationCause.AGENT, now, now);
        told.hear(escalated);
        return escalated.escalationId();
    }

    private EscalationState state(UUID id) {
        return desk.escalation(id, EVERYTHING).escalation().state();
    }

    private static Caller person(String id) {
        return new Caller(id, id, Set.of(Role.ESCALATION));
    }
}
