package io.gendan.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.api.Caller;
import io.gendan.api.Role;
import io.gendan.api.Scope;
import io.gendan.events.WaitingReason;
import io.gendan.ticket.PromiseDesk.Pledge;
import io.gendan.ticket.TicketDesk.Words;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What was done for tickets from before is read from their log. */
@TicketServiceTest
class WorkMigrationTests {

    private static final Scope EVERYTHING = new Scope.Everything();
    private static final Caller APP = new Caller("app", "App", Set.of(Role.CHANNEL));
    private static final Caller LEADER =
            new Caller("supervisor-1", "Supervisor", Set.of(Role.SUPERVISOR));

    @Autowired Openings openings;
    @Autowired TicketDesk desk;
    @Autowired Proposals proposals;
    @Autowired PromiseDesk promises;
    @Autowired Tickets tickets;
    @Autowired JdbcTemplate jdbc;
    @Autowired TransactionTemplate transaction;

    @Test
    void findsAllThatWasDone() throws Exception {
        var script =
                new ClassPathResource("db/migration/V20261123_0206__work.sql")
                        .getContentAsString(StandardCharsets.UTF_8);
        var lives = new ArrayList<>(openings.open(4, APP));
        lives.forEach(this::work);
        desk.resolve(by(LEADER, lives.get(1)), TicketFixtures.solution("已换货"));
        desk.confirm(by(APP, lives.get(1)));
        desk.resolve(by(LEADER, lives.get(2)), TicketFixtures.solution("已换货"));
        desk.reopen(by(APP, lives.get(2)), "还是坏的");
        desk.cancel(by(APP, lives.get(3)), "不需要了");
        lives.add(closed());

        transaction.executeWithoutResult(
                attempt -> {
                    var before = works(lives);
                    jdbc.update("UPDATE ticket SET state = state - 'work'");
                    jdbc.execute(script);
                    assertThat(works(lives)).isEqualTo(before);
                    attempt.setRollbackOnly();
                });
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
        desk.answer(act, new Words("您好", null, null));
        desk.resolve(act, TicketFixtures.solution("已换货"));
        desk.confirm(by(APP, id));
        return id;
    }

    private static Act by(Caller caller, UUID id) {
        return new Act(id, caller, EVERYTHING, null);
    }

    private List<Work> works(List<UUID> ids) {
        return ids.stream()
                .map(id -> tickets.lock(id, EVERYTHING).orElseThrow().memento().work())
                .toList();
    }
}
