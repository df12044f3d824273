package io.gendan.ticket;

import static io.gendan.ticket.MigratedStates.APP;
import static io.gendan.ticket.MigratedStates.LEADER;
import static io.gendan.ticket.MigratedStates.by;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.springframework.jdbc.core.JdbcTemplate;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What presses by being counted is counted for tickets from before by their log, and how far it had
 * come with them while they were complaints.
 */
@TicketServiceTest
class StrainMigrationTests {

    @Autowired Openings openings;
    @Autowired TicketDesk desk;
    @Autowired Hearing hearing;
    @Autowired Proposals proposals;
    @Autowired PromiseDesk promises;
    @Autowired FactsDesk facts;
    @Autowired MigratedStates states;
    @Autowired JdbcTemplate jdbc;

    @Test
    void countsWhatHappened() throws Exception {
        var ids = openings.open(2, APP);
        strain(ids.getFirst());

        assertThat(strains(ids)).containsExactly(new Strain(2, 1, 1), Strain.NONE);

        states.comeBack(
                ids,
                () -> {
                    jdbc.update("UPDATE ticket SET state = state - 'strain'");
                    assertThat(strains(ids)).containsOnly(Strain.NONE);
                },
                "V20261128_2050__strain.sql");
    }

    @Test
    void weighsWhatHappenedWhileItWasAComplaint() throws Exception {
        var ids = openings.open(3, APP);
        ids.forEach(this::strain);
        facts.change(by(LEADER, ids.get(0)), change(Kind.REQUEST, "10"));
        hearing.hear(by(APP, ids.get(0)), chat());
        facts.change(by(LEADER, ids.get(1)), change(Kind.REQUEST, null));
        hearing.hear(by(APP, ids.get(1)), chat());
        facts.change(by(LEADER, ids.get(1)), change(Kind.COMPLAINT, "2000.5"));

        assertThat(states.of(ids.getFirst()).weighed())
                .isEqualTo(new Weighed(new Strain(2, 1, 1), null));

        states.comeBack(
                ids,
                () -> jdbc.update("UPDATE ticket SET state = state - 'weighed'"),
                "V20261128_2351__weighed.sql");
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
                false,
                claim == null ? null : new BigDecimal(claim),
                "电话核实");
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
                states.of(id).promises().stream()
                        .filter(one -> one.purpose() == PromisePurpose.OWN)
                        .findFirst()
                        .orElseThrow()
                        .id();
        proposals.elapse(new ClockElapsed(id, 2, due, ClockKind.PROMISE, due, promise));
    }

    private static Incoming chat() {
        return new Incoming(
                Channel.CHAT, ContactOutcome.ANSWERED, Instant.now().minusSeconds(60), null, null);
    }

    private List<Strain> strains(List<UUID> ids) {
        return ids.stream().map(id -> states.of(id).strain()).toList();
    }
}
