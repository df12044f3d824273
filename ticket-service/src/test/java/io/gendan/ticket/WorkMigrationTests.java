package io.gendan.ticket;

import static io.gendan.ticket.MigratedStates.APP;
import static io.gendan.ticket.MigratedStates.LEADER;
import static io.gendan.ticket.MigratedStates.by;

import io.gendan.events.WaitingReason;
import io.gendan.ticket.PromiseDesk.Pledge;
import io.gendan.ticket.TicketDesk.Words;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.UUID;

/** What was done for tickets from before is read from their log. */
@TicketServiceTest
class WorkMigrationTests {

    @Autowired Openings openings;
    @Autowired TicketDesk desk;
    @Autowired Proposals proposals;
    @Autowired PromiseDesk promises;
    @Autowired MigratedStates states;
    @Autowired JdbcTemplate jdbc;

    @Test
    void findsAllThatWasDone() throws Exception {
        var lives = new ArrayList<>(openings.open(4, APP));
        lives.forEach(this::work);
        desk.resolve(by(LEADER, lives.get(1)), TicketFixtures.solution("已换货"));
        desk.confirm(by(APP, lives.get(1)));
        desk.resolve(by(LEADER, lives.get(2)), TicketFixtures.solution("已换货"));
        desk.reopen(by(APP, lives.get(2)), "还是坏的");
        desk.cancel(by(APP, lives.get(3)), "不需要了");
        lives.add(closed());

        states.comeBack(
                lives,
                () -> jdbc.update("UPDATE ticket SET state = state - 'work'"),
                "V20261123_0206__work.sql");
    }

    /** Solved, reopened, and at work again. */
    private void work(UUID id) {
        var act = by(LEADER, id);
        proposals.assign(TicketFixtures.choice(id, 1, "agent-south-1"));
        desk.accept(act);
        desk.answer(act, new Words("您好", null, null));
        desk.resolve(act, TicketFixtures.solution("已换货"));
        desk.reopen(act, "还是坏的");
        desk.answer(act, new Words("再看看", null, null));
        promises.await(
                act, new Pledge("送达新品", Instant.now().plusSeconds(3600), null, false, "/until"));
        desk.resume(act);
        desk.await(act, WaitingReason.CARRIER);
    }

    private UUID closed() {
        var id = openings.open(1, APP).getFirst();
        var act = by(LEADER, id);
        proposals.assign(TicketFixtures.choice(id, 1, "agent-south-1"));
        desk.accept(act);
        desk.answer(act, new Words("您好", null, null));
        desk.resolve(act, TicketFixtures.solution("已换货"));
        desk.confirm(by(APP, id));
        return id;
    }
}
