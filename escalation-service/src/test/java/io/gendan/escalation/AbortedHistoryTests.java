package io.gendan.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.events.EscalationEvent;
import io.gendan.events.EscalationEvent.EscalationRaised;
import io.gendan.events.TicketEvent;
import io.gendan.events.TicketEvent.TicketCreated;
import io.gendan.events.Topics;
import io.gendan.messaging.EventLog;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/**
 * Random lives of tickets in the service's own tables. Each step is taken back after its last
 * effect and before its commit, and then taken again.
 */
@EscalationTest
class AbortedHistoryTests {

    private static final int HISTORIES = 12;
    private static final int STEPS = 30;

    /** Before the policy of the tests, and before what other tests leave behind. */
    private static final Instant FROM = Instant.parse("2025-02-01T00:00:00Z");

    @Autowired ClockFiring firing;
    @Autowired Watches watches;
    @Autowired Policies policies;
    @Autowired EventLog log;
    @Autowired Told told;
    @Autowired SettableTime time;
    @Autowired JdbcTemplate jdbc;

    @Test
    void raisesExactlyWhatTheModelExpectsThoughEachTransactionIsAbortedOnce() {
        int raised = 0;
        for (int seed = 0; seed < HISTORIES; seed++) {
            var random = new Random(seed);
            var from = FROM.plusSeconds(random.nextInt(100 * 86_400));
            var said =
                    new InTables(random, "history " + seed)
                            .live(from, STEPS, policies.inForceAt(from));
            raised += (int) said.stream().filter(EscalationRaised.class::isInstance).count();
        }
        assertThat(raised).isGreaterThan(HISTORIES / 2);
    }

    private final class InTables extends RandomLife {

        private UUID id = new UUID(0, 0);
        private long sequence;

        private InTables(Random random, String name) {
            super(random, name);
        }

        @Override
        void begin(TicketCreated created) {
            id = created.ticketId();
            twice(created.at(), () -> told.hear(created));
            news();
        }

        @Override
        List<EscalationEvent> fire(Instant now, boolean flooded) {
            twice(now, firing::run);
            return news();
        }

        @Override
        List<EscalationEvent> hear(TicketEvent event) {
            twice(event.at(), () -> told.hear(event));
            return news();
        }

        @Override
        Watch watch() {
            return watches.find(id).orElseThrow();
        }

        @Override
        void endStep(Instant now) {
            // nothing of it is in memory
        }

        private void twice(Instant now, Runnable step) {
            var before = kept();
            time.aborted(now, step);
            assertThat(kept()).isEqualTo(before);
            time.at(
                    now,
                    () -> {
                        step.run();
                        return now;
                    });
        }

        private Kept kept() {
            return new Kept(
                    watches.find(id),
                    jdbc.queryForList(
                            "SELECT concat(raised_stay, state, stay) FROM escalation"
                                    + " WHERE ticket_id = ? ORDER BY raised_at, id",
                            String.class,
                            id),
                    jdbc.queryForObject(
                            "SELECT count(*) FROM event_log WHERE key = ?",
                            Long.class,
                            id.toString()));
        }

        private List<EscalationEvent> news() {
            var said = new ArrayList<EscalationEvent>();
            for (var logged : log.timeline(Topics.ESCALATIONS, id.toString(), sequence, 100)) {
                said.add(log.read(logged, EscalationEvent.class));
                sequence = logged.sequence();
            }
            return said;
        }
    }

    private record Kept(Optional<Watch> watch, List<String> escalations, Long told) {}
}
