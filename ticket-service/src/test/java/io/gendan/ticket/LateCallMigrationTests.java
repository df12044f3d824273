package io.gendan.ticket;

import static io.gendan.ticket.MigratedStates.APP;
import static io.gendan.ticket.MigratedStates.LEADER;
import static io.gendan.ticket.MigratedStates.by;

import io.gendan.events.Channel;
import io.gendan.events.ContactOutcome;
import io.gendan.events.WaitingReason;
import io.gendan.ticket.TicketDesk.Words;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * When customers talked to us and were waited for is read, for tickets from before, from their log.
 */
@TicketServiceTest
class LateCallMigrationTests {

    @Autowired Openings openings;
    @Autowired TicketDesk desk;
    @Autowired Hearing hearing;
    @Autowired Proposals proposals;
    @Autowired MergeDesk merges;
    @Autowired MigratedStates states;
    @Autowired JdbcTemplate jdbc;

    @Test
    void findsSinceWhenNotSinceWhenItWasTold() throws Exception {
        var lives = openings.open(9, APP);
        lives.forEach(this::talk);
        rings(lives.get(0), true);
        rings(lives.get(1), false);
        answers(lives.get(2));
        rings(lives.get(2), Instant.now().minusMillis(1), null);
        rings(lives.get(3), false);
        desk.resolve(by(LEADER, lives.get(3)), TicketFixtures.solution("已换货"));
        desk.reopen(by(APP, lives.get(3)), "还是坏的");
        waits(lives.get(4));
        waits(lives.get(5));
        rings(lives.get(5), false);
        waits(lives.get(6));
        merges.merge(by(LEADER, lives.get(6)), lives.get(7), "同一包裹");
        rings(lives.get(6), false);
        merges.merge(by(LEADER, lives.get(8)), lives.get(7), "同一包裹");
        hearing.hear(by(APP, lives.get(8)), new Words("还没到", null, null));

        states.comeBack(lives, () -> forget(lives), "V20261128_2353__when_they_talked.sql");
    }

    private void forget(List<UUID> lives) {
        jdbc.update(
                """
                UPDATE ticket SET state = jsonb_set(jsonb_set(
                    state - '{waitingSince,reopenedAt}'::text[] #- '{merge,waitingSince}'
                        #- '{absorbed,0,calledAt}' #- '{absorbed,1,calledAt}',
                    '{talk,toldAt}', state -> 'updatedAt'),
                    '{work,deeds,MESSAGE}',
                    jsonb_build_object('by', 'nobody', 'at', state -> 'updatedAt'))
                WHERE id = ANY (?)
                """,
                (Object) lives.toArray(UUID[]::new));
    }

    private void talk(UUID id) {
        proposals.assign(TicketFixtures.choice(id, 1, "agent-south-1"));
        desk.accept(by(LEADER, id));
        answers(id);
        rings(id, Instant.now().minusSeconds(60), null);
    }

    private void answers(UUID id) {
        desk.answer(by(LEADER, id), new Words("您好", null, null));
    }

    private void waits(UUID id) {
        desk.await(by(LEADER, id), WaitingReason.CUSTOMER);
    }

    private void rings(UUID id, boolean isOver) {
        var now = Instant.now();
        rings(id, now, isOver ? now.plusMillis(1) : null);
    }

    private void rings(UUID id, Instant startedAt, @Nullable Instant endedAt) {
        hearing.hear(
                by(APP, id),
                new Incoming(Channel.PHONE, ContactOutcome.ANSWERED, startedAt, endedAt, null));
    }
}
