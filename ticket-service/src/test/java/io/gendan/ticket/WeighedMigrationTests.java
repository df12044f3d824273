package io.gendan.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.api.Caller;
import io.gendan.api.Role;
import io.gendan.api.Scope;
import io.gendan.events.Channel;
import io.gendan.events.ClockKind;
import io.gendan.events.ContactOutcome;
import io.gendan.events.EscalationEvent.ClockElapsed;
import io.gendan.events.Kind;
import io.gendan.events.PromisePurpose;
import io.gendan.ticket.PromiseDesk.Pledge;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/** How far it had come with tickets from before, while they were complaints, their log tells. */
@TicketServiceTest
class WeighedMigrationTests {

    private static final Scope EVERYTHING = new Scope.Everything();
    private static final Caller APP = new Caller("app", "App", Set.of(Role.CHANNEL));
    private static final Caller LEADER =
            new Caller("supervisor-1", "Supervisor", Set.of(Role.SUPERVISOR));

    @Autowired Openings openings;
    @Autowired TicketDesk desk;
    @Autowired Hearing hearing;
    @Autowired Proposals proposals;
    @Autowired PromiseDesk promises;
    @Autowired FactsDesk facts;
    @Autowired Tickets tickets;
    @Autowired JdbcTemplate jdbc;
    @Autowired TransactionTemplate transaction;

    @Test
    void weighsWhatHappenedWhileItWasAComplaint() throws Exception {
        var script =
                new ClassPathResource("db/migration/V20261128_2351__weighed.sql")
                        .getContentAsString(StandardCharsets.UTF_8);
        var ids = openings.open(3, APP);
        ids.forEach(this::strain);
        facts.change(by(LEADER, ids.get(0)), change(Kind.REQUEST, "10"));
        hearing.hear(by(APP, ids.get(0)), chat());
        facts.change(by(LEADER, ids.get(1)), change(Kind.REQUEST, null));
        hearing.hear(by(APP, ids.get(1)), chat());
        facts.change(by(LEADER, ids.get(1)), change(Kind.COMPLAINT, "2000.5"));

        transaction.executeWithoutResult(
                attempt -> {
                    var before = ids.stream().map(id -> memento(id).weighed()).toList();
                    assertThat(before.getFirst()).isEqualTo(new Weighed(new Strain(2, 1, 1), null));
                    jdbc.update("UPDATE ticket SET state = state - 'weighed'");
                    jdbc.execute(script);
                    assertThat(ids.stream().map(id -> memento(id).weighed()).toList())
                            .isEqualTo(before);
                    attempt.setRollbackOnly();
                });
    }

    private static FactsChange change(Kind kind, @Nullable String claim) {
        return new FactsChange(
                kind,
                null,
                null,
                null,
                null,
                null,
                null,
                false,
                claim == null ? null : new BigDecimal(claim),
                "电话核实");
    }

    private static Act by(Caller caller, UUID id) {
        return new Act(id, caller, EVERYTHING, null);
    }

    private void strain(UUID id) {
        var byLeader = by(LEADER, id);
        var byCustomer = by(APP, id);
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

    private Memento memento(UUID id) {
        return transaction.execute(_ -> tickets.lock(id, EVERYTHING).orElseThrow().memento());
    }
}
