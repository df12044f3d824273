package io.gendan.ticket;

import static io.gendan.ticket.MigratedStates.APP;
import static io.gendan.ticket.MigratedStates.LEADER;
import static io.gendan.ticket.MigratedStates.by;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.events.ClockKind;
import io.gendan.events.CloseReason;
import io.gendan.events.EscalationCause;
import io.gendan.events.EscalationEvent.EscalationClaimed;
import io.gendan.events.EscalationEvent.EscalationRaised;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Whether a ticket from before stands in the queue of a tier is read from its log. */
@TicketServiceTest
class QueueMigrationTests {

    @Autowired Openings openings;
    @Autowired TicketDesk desk;
    @Autowired Proposals proposals;
    @Autowired MergeDesk merges;
    @Autowired MigratedStates states;
    @Autowired JdbcTemplate jdbc;

    @Test
    void findsWhatNobodyHasClaimed() throws Exception {
        var lives = new ArrayList<>(openings.open(10, APP));
        lives.forEach(id -> proposals.assign(TicketFixtures.choice(id, 1, "agent-south-1")));
        lives.subList(1, 10).forEach(this::climb);
        desk.accept(by(LEADER, lives.get(2)));
        proposals.assign(claim(lives.get(3)));
        desk.accept(by(LEADER, lives.get(4)));
        desk.resolve(by(LEADER, lives.get(4)), TicketFixtures.solution("已换货"));
        proposals.assign(claim(lives.get(5)));
        desk.accept(by(LEADER, lives.get(5)));
        desk.resolve(by(LEADER, lives.get(5)), TicketFixtures.solution("已换货"));
        desk.reopen(by(APP, lives.get(5)), "还是坏的");
        desk.close(by(LEADER, lives.get(6)), CloseReason.INVALID, Map.of("WHY", "误拨"));
        desk.cancel(by(APP, lives.get(7)), "不需要了");
        merges.merge(by(LEADER, lives.get(8)), lives.get(0), "同一包裹");
        merges.merge(by(LEADER, lives.get(9)), lives.get(0), "同一包裹");
        merges.undo(by(LEADER, lives.get(9)), null);

        assertThat(lives.stream().map(states::of).map(Memento::inQueue))
                .isEqualTo(
                        List.of(false, true, true, false, false, false, false, false, true, true));

        states.comeBack(
                lives,
                () -> jdbc.update("UPDATE ticket SET state = state - 'inQueue'"),
                "V20261129_0255__in_queue.sql");
    }

    @Test
    void findsWhatWasSolvedBeforeAnybodyClaimedIt() throws Exception {
        var lives = new ArrayList<>(openings.open(5, APP));
        lives.forEach(id -> proposals.assign(TicketFixtures.choice(id, 1, "agent-south-1")));
        lives.subList(1, 5).forEach(this::climb);
        proposals.assign(claim(lives.get(2)));
        for (var id : lives) {
            desk.accept(by(LEADER, id));
            desk.resolve(by(LEADER, id), TicketFixtures.solution("已换货"));
        }
        desk.reopen(by(APP, lives.get(3)), "还是坏的");
        desk.close(by(LEADER, lives.get(4)), CloseReason.INVALID, Map.of("WHY", "误拨"));

        assertThat(lives.stream().map(states::of).map(Memento::solvedUnclaimed))
                .isEqualTo(List.of(false, true, false, false, false));

        states.comeBack(
                lives,
                () -> jdbc.update("UPDATE ticket SET state = state - 'solvedUnclaimed'"),
                "V20261129_0534__solved_unclaimed.sql");
    }

    private void climb(UUID id) {
        proposals.escalate(
                new EscalationRaised(
                        id,
                        1,
                        Instant.EPOCH,
                        UUID.randomUUID(),
                        1,
                        2,
                        EscalationCause.TIME,
                        ClockKind.FIRST_RESPONSE,
                        Instant.EPOCH));
    }

    private static EscalationClaimed claim(UUID id) {
        return new EscalationClaimed(
                id,
                2,
                Instant.now(),
                UUID.randomUUID(),
                2,
                "escalation-2-1",
                "沈言",
                "tier-2",
                null,
                null);
    }
}
