package io.gendan.ticket;

import static io.gendan.ticket.MigratedStates.APP;
import static io.gendan.ticket.MigratedStates.LEADER;
import static io.gendan.ticket.MigratedStates.by;

import io.gendan.ticket.TicketDesk.Words;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is merged and was to be judged then is found, for tickets from before, in their log. */
@TicketServiceTest
class MergeMigrationTests {

    @Autowired Openings openings;
    @Autowired Hearing hearing;
    @Autowired FactsDesk facts;
    @Autowired MergeDesk merges;
    @Autowired MigratedStates states;
    @Autowired JdbcTemplate jdbc;

    @Test
    void findsTheQuestionsThatWereOpen() throws Exception {
        var lives = openings.open(4, APP);
        lives.subList(0, 2)
                .forEach(id -> hearing.hear(by(APP, id), new Words("孩子受伤了", null, null)));
        facts.refuseMajor(by(LEADER, lives.get(1)), null, "客户说的是旧伤");
        lives.subList(0, 3).forEach(id -> merges.merge(by(LEADER, id), lives.getLast(), "同一包裹"));

        states.comeBack(
                lives,
                () -> jdbc.update("UPDATE ticket SET state = state #- '{merge,question}'"),
                "V20261128_2352__questions_of_merged.sql");
    }
}
