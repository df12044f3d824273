package io.gendan.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.api.Caller;
import io.gendan.api.Role;
import io.gendan.api.Scope;
import io.gendan.events.CallOutcome;
import io.gendan.events.Channel;
import io.gendan.events.ContactOutcome;
import io.gendan.ticket.ContactDesk.Outgoing;
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

/** What is kept of calls and messages can be had again from the log by what the migrations say. */
@TicketServiceTest
class TalkMigrationTests {

    private static final Scope EVERYTHING = new Scope.Everything();
    private static final Caller APP = new Caller("app", "App", Set.of(Role.CHANNEL));
    private static final Caller LEADER =
            new Caller("supervisor-1", "Supervisor", Set.of(Role.SUPERVISOR));

    @Autowired Openings openings;
    @Autowired TicketDesk desk;
    @Autowired ContactDesk contacts;
    @Autowired Hearing hearing;
    @Autowired Proposals proposals;
    @Autowired Tickets tickets;
    @Autowired JdbcTemplate jdbc;
    @Autowired TransactionTemplate transaction;

    @Test
    void findsWhoAnsweredAndWhoWasSilent() throws Exception {
        var scripts =
                List.of(
                        script("V20261128_2030__answered_contacts.sql"),
                        script("V20261128_2031__silences.sql"),
                        script("V20261128_2353__when_they_talked.sql"));
        var lives = new ArrayList<>(openings.open(6, APP));
        hearing.hear(by(APP, lives.get(1)), new Words("还没到", null, null));
        hearing.hear(by(APP, lives.get(2)), rang(ContactOutcome.ANSWERED));
        lives.subList(3, 6).forEach(this::talk);
        contacts.record(by(LEADER, lives.get(4)), call(CallOutcome.REACHED));
        desk.answer(by(LEADER, lives.get(5)), new Words("请回复", null, null));
        contacts.record(by(LEADER, lives.get(5)), call(CallOutcome.BUSY));

        transaction.executeWithoutResult(
                attempt -> {
                    var before = states(lives);
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
                    scripts.forEach(jdbc::execute);
                    assertThat(states(lives)).isEqualTo(before);
                    attempt.setRollbackOnly();
                });
    }

    private static String script(String name) throws Exception {
        return new ClassPathResource("db/migration/" + name)
                .getContentAsString(StandardCharsets.UTF_8);
    }

    private void talk(UUID id) {
        var act = by(LEADER, id);
        proposals.assign(TicketFixtures.choice(id, 1, "agent-south-1"));
        desk.answer(act, new Words("您好", null, null));
        hearing.hear(by(APP, id), rang(ContactOutcome.MISSED));
        hearing.hear(by(APP, id), rang(ContactOutcome.ANSWERED));
    }

    private static Incoming rang(ContactOutcome outcome) {
        return new Incoming(Channel.PHONE, outcome, Instant.now().minusSeconds(60), null);
    }

    private static Outgoing call(CallOutcome outcome) {
        return new Outgoing(outcome, null, null, null, null);
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
