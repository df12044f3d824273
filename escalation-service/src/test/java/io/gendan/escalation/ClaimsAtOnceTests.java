package io.gendan.escalation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gendan.api.Caller;
import io.gendan.api.Role;
import io.gendan.api.Scope;
import io.gendan.events.Channel;
import io.gendan.events.EscalationCause;
import io.gendan.events.Kind;
import io.gendan.events.Priority;
import io.gendan.messaging.DatabaseClock;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionOperations;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What a claim gets while another transaction has tickets of the line. */
@EscalationTest
class ClaimsAtOnceTests {

    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Scope EVERYTHING = new Scope.Everything();
    private static final Caller FIRST = person("at-once-2-1");
    private static final Caller SECOND = person("at-once-2-2");
    private static final Caller LEADER =
            new Caller("at-once-leader", "Wang", Set.of(Role.SUPERVISOR));

    @Autowired Told told;
    @Autowired EscalationDesk desk;
    @Autowired Watches watches;
    @Autowired DatabaseClock clock;
    @Autowired JdbcTemplate jdbc;
    @Autowired TransactionOperations transaction;

    private final ExecutorService others = Executors.newVirtualThreadPerTaskExecutor();
    private final TicketTold ticket = new TicketTold();
    private final TicketTold next = new TicketTold();

    @BeforeEach
    void emptyTheQueues() {
        jdbc.update("UPDATE escalation SET state = 'OVER' WHERE state = 'QUEUED'");
        told.isOnRoster(FIRST.id(), 2, null);
        told.isOnRoster(SECOND.id(), 2, null);
    }

    @AfterEach
    void close() {
        others.close();
    }

    @Test
    void waitsForTheHeadWhenOthersAreAtAllThatStandInLine() throws Exception {
        var id = escalate(ticket, Priority.HIGH);

        var claim =
                transaction.execute(
                        _ -> {
                            watches.lock(ticket.id);
                            return whileThisGoesOn(this::claimHeadAsSecond);
                        });

        assertThat(claim.get()).hasValue(id);
    }

    @Test
    void takesTheFirstThatNobodyIsAtWithoutWaiting() {
        escalate(ticket, Priority.HIGH);
        var id = escalate(next, Priority.LOW);

        transaction.executeWithoutResult(
                _ -> {
                    watches.lock(ticket.id);
                    assertThat(others.submit(this::claimHeadAsSecond))
                            .succeedsWithin(SOON)
                            .isEqualTo(Optional.of(id));
                });
    }

    @Test
    void findsNobodyOnlyOnceTheLastIsTaken() throws Exception {
        escalate(ticket, Priority.HIGH);

        var claim =
                transaction.execute(
                        _ -> {
                            desk.claimHead(2, FIRST, EVERYTHING);
                            return whileThisGoesOn(this::claimHeadAsSecond);
                        });

        assertThat(claim.get()).isEmpty();
    }

    @Test
    void goesOnToTheNextAndKeepsNothingOfWhatItWaitedForInVain() throws Exception {
        escalate(ticket, Priority.HIGH);
        var id = escalate(next, Priority.LOW);

        var claim =
                transaction.execute(
                        _ -> {
                            desk.claimHead(2, FIRST, EVERYTHING);
                            watches.lock(next.id);
                            return whileThisGoesOn(this::claimHeadAsSecondBeforeOthersLockTheFirst);
                        });

        assertThat(claim.get()).hasValue(id);
    }

    private Optional<UUID> claimHeadAsSecondBeforeOthersLockTheFirst() {
        return transaction.execute(
                _ -> {
                    var claimed = claimHeadAsSecond();
                    assertThat(others.submit(this::lockTicket)).succeedsWithin(SOON);
                    return claimed;
                });
    }

    @Test
    void passesOverWhatIsJustBeingTakenForWhoAsksForTheNextByItsId() {
        escalate(ticket, Priority.HIGH);
        var id = escalate(next, Priority.LOW);

        transaction.executeWithoutResult(
                _ -> {
                    desk.claimHead(2, FIRST, EVERYTHING);
                    assertThat(others.submit(() -> isPicked(id, SECOND)))
                            .succeedsWithin(SOON)
                            .isEqualTo(false);
                });
    }

    @Test
    void picksNothingWhenTheLineBeforeItIsJustBeingTaken() {
        escalate(ticket, Priority.HIGH);
        var id = escalate(next, Priority.LOW);

        transaction.executeWithoutResult(
                _ -> {
                    desk.claimHead(2, FIRST, EVERYTHING);
                    assertThat(others.submit(() -> isPicked(id, LEADER)))
                            .succeedsWithin(SOON)
                            .isEqualTo(false);
                });
    }

    @Test
    void leavesTheHeadToOthersWhileALeaderPicksAnother() {
        var head = escalate(ticket, Priority.HIGH);
        var id = escalate(next, Priority.LOW);

        transaction.executeWithoutResult(
                _ -> {
                    assertThat(isPicked(id, LEADER)).isTrue();
                    assertThat(others.submit(this::claimHeadAsSecond))
                            .succeedsWithin(SOON)
                            .isEqualTo(Optional.of(head));
                });
    }

    private boolean isPicked(UUID id, Caller caller) {
        return desk.claim(id, caller, EVERYTHING).escalation().claim().picked();
    }

    private Optional<Watch> lockTicket() {
        return transaction.execute(_ -> watches.lock(ticket.id));
    }

    private Optional<UUID> claimHeadAsSecond() {
        return desk.claimHead(2, SECOND, EVERYTHING).map(entry -> entry.escalation().id());
    }

    /** Begins it in another thread, and goes on when it is over or waits for this transaction. */
    private <T> Future<T> whileThisGoesOn(Callable<T> claim) {
        var me = jdbc.queryForObject("SELECT pg_backend_pid()", Integer.class);
        var going = others.submit(claim);
        await().atMost(SOON).until(() -> going.isDone() || isAwaited(me));
        return going;
    }

    private boolean isAwaited(Integer backend) {
        return jdbc.queryForObject(
                """
                SELECT EXISTS (SELECT FROM pg_locks
                    WHERE NOT granted AND ? = ANY (pg_blocking_pids(pid)))
                """,
                Boolean.class,
                backend);
    }

    private UUID escalate(TicketTold climbing, Priority priority) {
        var now = clock.now();
        told.hear(climbing.created(Kind.COMPLAINT, priority, Channel.APP, null, false, now));
        var escalated = climbing.escalated(2, EscalationCause.AGENT, now, now);
        told.hear(escalated);
        return escalated.escalationId();
    }

    private static Caller person(String id) {
        return new Caller(id, id, Set.of(Role.ESCALATION));
    }
}
