package io.gendan.ticket;

import static io.gendan.ticket.MigratedStates.APP;
import static io.gendan.ticket.MigratedStates.LEADER;
import static io.gendan.ticket.MigratedStates.by;

import io.gendan.events.CallOutcome;
import io.gendan.events.Channel;
import io.gendan.events.ContactOutcome;
import io.gendan.ticket.ContactDesk.Outgoing;
import io.gendan.ticket.TicketDesk.Words;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.UUID;

/** What is kept of calls and messages can be had again from the log by what the migrations say. */
@TicketServiceTest
class TalkMigrationTests {

    @Autowired Openings openings;
    @Autowired TicketDesk desk;
    @Autowired ContactDesk contacts;
    @Autowired Hearing hearing;
    @Autowired Proposals proposals;
    @Autowired MigratedStates states;
    @Autowired JdbcTemplate jdbc;

    @Test
    void findsWhoAnsweredAndWhoWasSilent() throws Exception {
        var lives = new ArrayList<>(openings.open(6, APP));
        hearing.hear(by(APP, lives.get(1)), new Words("还没到", null, null));
        hearing.hear(by(APP, lives.get(2)), rang(ContactOutcome.ANSWERED));
        lives.subList(3, 6).forEach(this::talk);
        contacts.record(by(LEADER, lives.get(4)), call(CallOutcome.REACHED));
        desk.answer(by(LEADER, lives.get(5)), new Words("请回复", null, null));
        contacts.record(by(LEADER, lives.get(5)), call(CallOutcome.BUSY));

        states.comeBack(
                lives,
                () -> {
                    jdbc.update(
                            """
                            UPDATE ticket SET state = state #- '{talk,silence}'
                                #- '{work,deeds,MESSAGE}'
                            WHERE id = ?
                            """,
                            lives.get(2));
                    jdbc.update("UPDATE ticket SET state = state #- '{talk,silence}'");
                    jdbc.update(
                            "UPDATE ticket SET state = jsonb_set(state, '{talk,toldAt}', 'null')"
                                    + " WHERE id = ?",
                            lives.get(2));
                    jdbc.update(
                            "UPDATE ticket SET state = state - 'talk' WHERE id = ?", lives.get(1));
                },
                "V20261128_2030__answered_contacts.sql",
                "V20261128_2031__silences.sql",
                "V20261128_2353__when_they_talked.sql");
    }

    private void talk(UUID id) {
        var act = by(LEADER, id);
        proposals.assign(TicketFixtures.choice(id, 1, "agent-south-1"));
        desk.answer(act, new Words("您好", null, null));
        hearing.hear(by(APP, id), rang(ContactOutcome.MISSED));
        hearing.hear(by(APP, id), rang(ContactOutcome.ANSWERED));
    }

    private static Incoming rang(ContactOutcome outcome) {
        return new Incoming(Channel.PHONE, outcome, Instant.now().minusSeconds(60), null, null);
    }

    private static Outgoing call(CallOutcome outcome) {
        return new Outgoing(outcome, null, null, null, null);
    }
}
