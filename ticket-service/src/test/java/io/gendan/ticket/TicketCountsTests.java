package io.gendan.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.api.Caller;
import io.gendan.api.Role;
import io.gendan.api.Scope;
import io.gendan.events.AgentEvent.AgentChanged;
import io.gendan.events.AssignmentEvent.AgentChosen;
import io.gendan.events.AssignmentEvent.Decision;
import io.gendan.events.ClockKind;
import io.gendan.events.CloseReason;
import io.gendan.events.EscalationEvent.DueChanged;
import io.gendan.events.Level;
import io.gendan.events.Territory;
import io.gendan.ticket.TicketCounts.Count;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

@TicketServiceTest
class TicketCountsTests {

    private static final Scope EVERYTHING = new Scope.Everything();
    private static final Caller APP = new Caller("app", "App", Set.of(Role.CHANNEL));
    private static final Caller LEADER =
            new Caller("supervisor-1", "Supervisor", Set.of(Role.SUPERVISOR));
    private static final int WRITERS = 4;
    private static final int EACH = 8;

    @LocalServerPort int port;
    @Autowired Openings openings;
    @Autowired TicketDesk desk;
    @Autowired Proposals proposals;
    @Autowired TicketCounts counts;
    @Autowired KeptCounts kept;
    @Autowired Agents agents;
    @Autowired JdbcClient jdbc;
    @Autowired DuePlaces places;

    @Test
    void areWhatAScanGivesBeforeAndAfterFolding() {
        openings.open(3, APP).forEach(this::work);

        assertThat(kept.counted()).isEqualTo(kept.scanned());
        counts.fold();
        assertThat(kept.counted()).isEqualTo(kept.scanned());
        assertThat(kept.misplaced()).isEmpty();
    }

    @Test
    void areRightAtEachMomentWhileManyWriteAndFold() throws Exception {
        var done = new AtomicBoolean();
        var mine = openings.open(WRITERS * EACH, APP);
        try (var threads = Executors.newFixedThreadPool(WRITERS + 2)) {
            var others = new ArrayList<Future<?>>();
            try {
                others.add(threads.submit(() -> foldUntil(done)));
                others.add(threads.submit(() -> neverShrinksUntil(done)));
                var writers = new ArrayList<Future<?>>();
                for (var writer = 0; writer < WRITERS; writer++) {
                    var part = mine.subList(writer * EACH, (writer + 1) * EACH);
                    writers.add(threads.submit(() -> write(part)));
                }
                for (var writer : writers) {
                    writer.get();
                }
            } finally {
                done.set(true);
            }
            for (var other : others) {
                other.get();
            }
        }
        assertThat(kept.counted()).isEqualTo(kept.scanned());
        assertThat(kept.misplaced()).isEmpty();
    }

    @Test
    void ofAnAgentAreThoseOfTheirPlace() {
        agents.save(
                new AgentChanged(
                        "agent-northwest-9",
                        Instant.EPOCH,
                        "马婷",
                        "northwest-1",
                        Territory.NORTHWEST,
                        1,
                        Level.SENIOR,
                        List.of(),
                        true));
        var agent = Api.as(port, "agent-northwest-9", Role.AGENT);
        var before = agent.get("/api/tickets/counts").json();
        var all = counts.read(EVERYTHING, null).tickets();
        var opened = openings.open(4, APP);
        assign(opened.get(0), Territory.NORTHWEST, Territory.NORTHWEST);
        assign(opened.get(1), Territory.EAST, Territory.NORTHWEST);
        assign(opened.get(2), Territory.EAST, Territory.EAST);
        desk.close(
                new Act(opened.get(1), LEADER, EVERYTHING, null),
                CloseReason.INVALID,
                Map.of("WHY", "误拨"));

        var after = agent.get("/api/tickets/counts").json();

        assertThat(after.path("tickets").path("all").asLong())
                .isEqualTo(before.path("tickets").path("all").asLong() + 2);
        assertThat(after.path("tickets").path("open").asLong())
                .isEqualTo(before.path("tickets").path("open").asLong() + 1);
        assertThat(counts.read(EVERYTHING, null).tickets())
                .isEqualTo(new Count(all.all() + 4, all.open() + 3));
        assertThat(Api.as(port, "app", Role.CHANNEL).get("/api/tickets/counts").status())
                .isEqualTo(403);
    }

    @Test
    void tellWhatIsOverdueNow() {
        var opened = openings.open(3, APP);
        assign(opened.get(0), Territory.NORTHEAST, Territory.NORTHEAST);
        assign(opened.get(1), Territory.NORTHEAST, Territory.NORTHEAST);
        var before = counts.read(EVERYTHING, Territory.NORTHEAST).overdue().tickets();
        due(opened.get(0), Instant.now().minusSeconds(5));
        due(opened.get(1), Instant.now().plusSeconds(600));
        due(opened.get(2), Instant.now().minusSeconds(5));

        assertThat(counts.read(EVERYTHING, Territory.NORTHEAST).overdue().tickets())
                .isEqualTo(before + 1);
    }

    @Test
    void tellOnceWhatIsOverdueAsAWholeWhateverIsDueOfItNext() {
        var opened = openings.open(4, APP);
        for (var id : opened) {
            assign(id, Territory.NORTHEAST, Territory.NORTHEAST);
        }
        var agent = new Scope.OfAgent("agent-northeast-1", Territory.NORTHEAST.name(), 1);
        var everywhere = overdue(EVERYTHING);
        var here = overdue(agent);
        var passed = Instant.now().minusSeconds(5);
        overdue(opened.get(0), Instant.now().plusSeconds(600), passed);
        overdue(opened.get(1), passed, passed);
        overdue(opened.get(2), null, passed);
        overdue(opened.get(3), Instant.now().plusSeconds(600), null);

        assertThat(overdue(EVERYTHING)).isEqualTo(everywhere + 3);
        assertThat(overdue(agent)).isEqualTo(here + 3);
        places.putRight();
        assertThat(overdue(agent)).isEqualTo(here + 3);

        overdue(opened.get(0), Instant.now().plusSeconds(600), null);
        overdue(opened.get(2), null, null);
        assertThat(overdue(agent)).isEqualTo(here + 1);
    }

    private long overdue(Scope scope) {
        return counts.read(scope, Territory.NORTHEAST).overdue().tickets();
    }

    @Test
    void tellWhatIsOverdueAtAPlaceHoweverMuchIsElsewhere() {
        var ours = openings.open(1, APP).getFirst();
        assign(ours, Territory.NORTHEAST, Territory.NORTHEAST);
        var agent = new Scope.OfAgent("agent-northeast-1", Territory.NORTHEAST.name(), 1);
        var before = counts.read(agent, null).overdue().tickets();
        due(ours, Instant.now().minusSeconds(5));
        jdbc.sql(
                        """
                        INSERT INTO ticket_due (ticket_id, due_at, clock)
                        SELECT uuidv7(), '2026-01-01', 'REVISIT' FROM generate_series(1, 1001)
                        """)
                .update();
        try {
            assertThat(counts.read(agent, null).overdue())
                    .isEqualTo(new TicketCounts.Overdue(before + 1, false));
            assertThat(counts.read(EVERYTHING, null).overdue())
                    .isEqualTo(new TicketCounts.Overdue(1_000, true));
        } finally {
            jdbc.sql("DELETE FROM ticket_due WHERE clock = 'REVISIT'").update();
        }
    }

    @Test
    void tellWhatIsOverdueWhereItIsGone() {
        var ours = openings.open(1, APP).getFirst();
        due(ours, Instant.now().minusSeconds(5));
        places.putRight();
        var agent = new Scope.OfAgent("agent-northwest-1", Territory.NORTHWEST.name(), 1);
        var before = counts.read(agent, null).overdue().tickets();

        assign(ours, Territory.NORTHWEST, Territory.NORTHWEST);

        assertThat(counts.read(agent, null).overdue().tickets()).isEqualTo(before + 1);
        places.putRight();
        assertThat(counts.read(agent, null).overdue().tickets()).isEqualTo(before + 1);
        due(ours, null);
        assertThat(counts.read(agent, null).overdue().tickets()).isEqualTo(before);
    }

    private void write(List<UUID> tickets) {
        for (var ticket : tickets) {
            openings.open(1, APP);
            work(ticket);
        }
    }

    private void work(UUID id) {
        var act = new Act(id, LEADER, EVERYTHING, null);
        assign(id, Territory.SOUTH, Territory.SOUTH);
        desk.accept(act);
        desk.answer(act, new TicketDesk.Words("您好", null, null));
        desk.resolve(act, TicketFixtures.solution("已换货"));
    }

    private void foldUntil(AtomicBoolean done) {
        while (!done.get()) {
            counts.fold();
        }
    }

    private void neverShrinksUntil(AtomicBoolean done) {
        var last = 0L;
        while (!done.get()) {
            var now = counts.read(EVERYTHING, null).tickets().all();
            assertThat(now).isGreaterThanOrEqualTo(last);
            last = now;
        }
    }

    private void due(UUID id, @Nullable Instant at) {
        overdue(id, at, null);
    }

    private void overdue(UUID id, @Nullable Instant at, @Nullable Instant since) {
        var clock = at == null ? null : ClockKind.RESOLUTION;
        proposals.noteDue(new DueChanged(id, Instant.now(), clock, at, null, since));
    }

    private void assign(UUID id, Territory territory, Territory servedBy) {
        proposals.assign(
                new AgentChosen(
                        id,
                        1,
                        Instant.EPOCH,
                        territory,
                        servedBy,
                        "team",
                        "agent-south-1",
                        "许文",
                        new Decision("2026.1", "province 44", List.of())));
    }
}
