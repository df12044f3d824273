package io.gendan.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.events.Kind;
import io.gendan.events.Priority;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** What customers had asked before that was kept is owed an answer as what they ask now. */
@EscalationTest
class AskedMigrationTests {

    private static final Instant AT = Instant.parse("2025-03-03T02:00:00.000001Z");

    @Autowired Told told;
    @Autowired Watches watches;
    @Autowired JdbcTemplate jdbc;
    @Autowired TransactionTemplate transaction;

    private final TicketTold waiting = new TicketTold();
    private final TicketTold merged = new TicketTold();
    private final TicketTold answered = new TicketTold();
    private final TicketTold unanswered = new TicketTold();

    @Test
    void isWhatAClockRunsFor() throws Exception {
        var script =
                new ClassPathResource("db/migration/V20261128_2353__asked.sql")
                        .getContentAsString(StandardCharsets.UTF_8);
        transaction.executeWithoutResult(
                attempt -> {
                    for (var ticket : tickets()) {
                        told.hear(ticket.created(Kind.COMPLAINT, Priority.NORMAL, AT));
                    }
                    for (var ticket : List.of(waiting, merged, answered)) {
                        told.hear(ticket.answered(AT.plusSeconds(1)));
                        told.hear(ticket.asked(AT.plusSeconds(2)));
                    }
                    told.hear(merged.merged(AT.plusSeconds(3)));
                    told.hear(answered.answered(AT.plusSeconds(3)));
                    var before = asked();
                    assertThat(before)
                            .containsExactly(
                                    List.of(AT.plusSeconds(2)),
                                    List.of(AT.plusSeconds(2)),
                                    List.of(),
                                    List.of());

                    jdbc.execute("UPDATE ticket SET asked = '[]'");
                    jdbc.execute(script.substring(script.indexOf("UPDATE ticket")));
                    assertThat(asked()).isEqualTo(before);
                    attempt.setRollbackOnly();
                });
    }

    private List<TicketTold> tickets() {
        return List.of(waiting, merged, answered, unanswered);
    }

    private List<List<Instant>> asked() {
        return tickets().stream()
                .map(ticket -> watches.find(ticket.id).orElseThrow().standing().asked())
                .toList();
    }
}
