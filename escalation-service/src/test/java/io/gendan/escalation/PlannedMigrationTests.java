package io.gendan.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.events.ClockKind;
import io.gendan.events.Kind;
import io.gendan.events.Priority;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/** What was promised of a suggestion for a day runs on though its ticket was closed before. */
@EscalationTest
class PlannedMigrationTests {

    private static final Instant AT = Instant.parse("2025-03-03T02:00:00Z");
    private static final Duration PLANNED = Duration.ofDays(100);

    @Autowired Told told;
    @Autowired Watches watches;
    @Autowired JdbcTemplate jdbc;
    @Autowired TransactionTemplate transaction;

    private final TicketTold ticket = new TicketTold();

    @Test
    void runsOnAsItWasDueAndNothingElseDoes() throws Exception {
        var script =
                new ClassPathResource("db/migration/V20261129_0250__planned_after_the_end.sql")
                        .getContentAsString(StandardCharsets.UTF_8);
        transaction.executeWithoutResult(
                attempt -> {
                    told.hear(ticket.created(Kind.SUGGESTION, Priority.LOW, AT));
                    told.hear(ticket.resolved(AT.plusSeconds(60)));
                    promise(planned());
                    told.hear(ticket.reopened(AT.plusSeconds(70)));
                    told.hear(ticket.resolved(AT.plusSeconds(80)));
                    promise(planned());
                    promise(UUID.randomUUID());
                    told.hear(ticket.closed(AT.plusSeconds(90)));
                    var before = promises();
                    assertThat(before).hasSize(3).allMatch(Clock::isRunning);
                    jdbc.update(
                            """
                            UPDATE clock SET state = 'STOPPED', ended_at = clock_timestamp(),
                                fires_at = NULL
                            WHERE ticket_id = ? AND kind = 'PROMISE'\
                            """,
                            ticket.id);

                    jdbc.execute(script);

                    assertThat(promises())
                            .extracting(Clock::state)
                            .containsExactly(
                                    ClockState.STOPPED, ClockState.RUNNING, ClockState.STOPPED);
                    var runsOn = promises().get(1);
                    assertThat(runsOn)
                            .usingRecursiveComparison()
                            .ignoringFields("firesAt")
                            .isEqualTo(before.get(1));
                    assertThat(runsOn.firesAt()).isNotNull();
                    attempt.setRollbackOnly();
                });
    }

    private UUID planned() {
        var name = "planned:" + ticket.id + ":" + ticket.stay();
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    private void promise(UUID id) {
        var at = AT.plusSeconds(60 + 20L * (ticket.stay() - 1));
        told.hear(ticket.promises(id, at.plus(PLANNED), at));
    }

    private List<Clock> promises() {
        return watches.find(ticket.id).orElseThrow().clocks().stream()
                .filter(clock -> clock.kind() == ClockKind.PROMISE)
                .sorted(Comparator.comparing(Clock::number))
                .toList();
    }
}
