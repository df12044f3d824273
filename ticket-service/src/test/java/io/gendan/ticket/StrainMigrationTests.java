package io.gendan.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.api.Caller;
import io.gendan.api.Role;
import io.gendan.api.Scope;
import io.gendan.events.Channel;
import io.gendan.events.ClockKind;
import io.gendan.events.ContactOutcome;
import io.gendan.events.EscalationEvent.ClockElapsed;
import io.gendan.events.PromisePurpose;
import io.gendan.ticket.PromiseDesk.Pledge;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What presses by being counted is counted for tickets from before by their log. */
@TicketServiceTest
class StrainMigrationTests {

    private static final Scope EVERYTHING = new Scope.Everything();
    private static final Caller APP = new Caller("app", "App", Set.of(Role.CHANNEL));
    private static final Caller LEADER =
            new Caller("supervisor-1", "Supervisor", Set.of(Role.SUPERVISOR));

    @Autowired Openings openings;
    @Autowired TicketDesk desk;
    @Autowired Hearing hearing;
    @Autowired Proposals proposals;
    @Autowired PromiseDesk promises;
    @Autowired Tickets tickets;
    @Autowired JdbcTemplate jdbc;
    @Autowired TransactionTemplate transaction;

    @Test
    void countsWhatHappened() throws Exception {
        var script =
                new ClassPathResource("db/migration/V20261128_2050__strain.sql")
                        .getContentAsString(StandardCharsets.UTF_8);
        var ids = openings.open(2, APP);
        strain(ids.getFirst());

        transaction.executeWithoutResult(
                attempt -> {
                    var before = strains(ids);
                    assertThat(before).containsExactly(new Strain(2, 1, 1), Strain.NONE);
                    jdbc.update("UPDATE ticket SET state = state - 'strain'");
                    assertThat(strains(ids)).containsOnly(Strain.NONE);
                    jdbc.execute(script);
                    assertThat(strains(ids)).isEqualTo(before);
                    attempt.setRollbackOnly();
                });
    }

    private void strain(UUID id) {
        var byLeader = new Act(id, LEADER, EVERYTHING, null);
        var byCustomer = new Act(id, APP, EVERYTHING, null);
        hearing.hear(byCustomer, chat());
        hearing.hear(byCustomer, chat());
        proposals.assign(TicketFixtures.choice(id, 1, "agent-south-1"));
        desk.accept(byLeader);
        var due = Instant.now().plusSeconds(3600);
        promises.promise(byLeader, new Pledge("回电", due, null, false, "/dueAt"));
        desk.resolve(byLeader, TicketFixtures.solution("已换货"));
        desk.reopen(byCustomer, "还是坏的");
        var promise =
                memento(id).promises().stream()
                        .filter(one -> one.purpose() == PromisePurpose.OWN)
                        .findFirst()
                        .orElseThrow()
                        .id();
        proposals.elapse(new ClockElapsed(id, 2, due, ClockKind.PROMISE, due, promise));
    }

    private static Incoming chat() {
        return new Incoming(
                Channel.CHAT, ContactOutcome.ANSWERED, Instant.now().minusSeconds(60), null);
    }

    private List<Strain> strains(List<UUID> ids) {
        return ids.stream().map(id -> memento(id).strain()).toList();
    }

    private Memento memento(UUID id) {
        return transaction.execute(_ -> tickets.lock(id, EVERYTHING).orElseThrow().memento());
    }
}
