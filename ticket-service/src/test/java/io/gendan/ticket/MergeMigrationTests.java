package io.gendan.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.api.Caller;
import io.gendan.api.Role;
import io.gendan.api.Scope;
import io.gendan.ticket.TicketDesk.Words;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What is merged and was to be judged then is found, for tickets from before, in their log. */
@TicketServiceTest
class MergeMigrationTests {

    private static final Scope EVERYTHING = new Scope.Everything();
    private static final Caller APP = new Caller("app", "App", Set.of(Role.CHANNEL));
    private static final Caller LEADER =
            new Caller("supervisor-1", "Supervisor", Set.of(Role.SUPERVISOR));

    @Autowired Openings openings;
    @Autowired Hearing hearing;
    @Autowired FactsDesk facts;
    @Autowired MergeDesk merges;
    @Autowired Tickets tickets;
    @Autowired JdbcTemplate jdbc;
    @Autowired TransactionTemplate transaction;

    @Test
    void findsTheQuestionsThatWereOpen() throws Exception {
        var script =
                new ClassPathResource("db/migration/V20261128_2352__questions_of_merged.sql")
                        .getContentAsString(StandardCharsets.UTF_8);
        var lives = openings.open(4, APP);
        lives.subList(0, 2)
                .forEach(id -> hearing.hear(by(APP, id), new Words("孩子受伤了", null, null)));
        facts.refuseMajor(by(LEADER, lives.get(1)), "客户说的是旧伤");
        lives.subList(0, 3).forEach(id -> merges.merge(by(LEADER, id), lives.getLast(), "同一包裹"));

        transaction.executeWithoutResult(
                attempt -> {
                    var before = states(lives);
                    jdbc.update("UPDATE ticket SET state = state #- '{merge,question}'");
                    assertThat(states(lives)).isNotEqualTo(before);
                    jdbc.execute(script);
                    assertThat(states(lives)).isEqualTo(before);
                    attempt.setRollbackOnly();
                });
    }

    private static Act by(Caller caller, UUID id) {
        return new Act(id, caller, EVERYTHING, null);
    }

    private List<Memento> states(List<UUID> ids) {
        return ids.stream()
                .map(id -> tickets.lock(id, EVERYTHING).orElseThrow().memento())
                .toList();
    }
}
