package io.gendan.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.events.Authority;
import io.gendan.events.AuthoritySource;
import io.gendan.events.Channel;
import io.gendan.events.ClockKind;
import io.gendan.events.EscalationCause;
import io.gendan.events.Kind;
import io.gendan.events.Major;
import io.gendan.events.Priority;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;

/** The deadlines of authorities that ran otherwise before run on as they do now. */
@EscalationTest
class DeadlineMigrationTests {

    private static final Instant AT = Instant.parse("2025-03-03T02:00:00Z");
    private static final Authority LETTER =
            new Authority(
                    AuthoritySource.PLATFORM_12315,
                    "118",
                    LocalDate.of(2025, 3, 3),
                    LocalDate.of(2025, 3, 20));

    @Autowired Told told;
    @Autowired ClockFiring firing;
    @Autowired SettableTime time;
    @Autowired Watches watches;
    @Autowired JdbcTemplate jdbc;
    @Autowired TransactionTemplate transaction;

    private final TicketTold ticket = new TicketTold();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void runOnThoughAResolutionStoppedThem(boolean hasLetter) throws Exception {
        var script = script("V20261128_1940__until_answered.sql");
        transaction.executeWithoutResult(
                attempt -> {
                    open(hasLetter ? LETTER : null);
                    told.hear(ticket.resolved(AT.plusSeconds(60)));
                    var before = deadline();
                    assertThat(before.isRunning()).isTrue();
                    change(
                            """
                            UPDATE clock SET state = 'STOPPED', remaining_us = 1,
                                ended_at = clock_timestamp(), fires_at = NULL,
                                pauses = pauses || '[{"reason": "RESOLVED"}]'
                            WHERE ticket_id = ? AND kind = 'RESOLUTION'\
                            """);
                    jdbc.execute(script);
                    assertThat(deadline())
                            .usingRecursiveComparison()
                            .ignoringFields("firesAt")
                            .isEqualTo(before);
                    assertThat(deadline().firesAt()).isNotNull();
                    attempt.setRollbackOnly();
                });
    }

    @Test
    void areRaisedThoughAClimbWasRefused() throws Exception {
        var script = script("V20261128_2310__refused_before_the_deadline.sql");
        transaction.executeWithoutResult(
                attempt -> {
                    open(LETTER);
                    told.hear(ticket.escalated(3, EscalationCause.MAJOR, AT, AT.plusSeconds(1)));
                    time.at(AT.plusSeconds(7200), firing::run);
                    told.hear(ticket.resolved(AT.plusSeconds(7201)));
                    told.hear(ticket.refused(ticket.stay(), AT.plusSeconds(7202)));
                    var standing = watches.find(ticket.id).orElseThrow().standing();
                    var before = deadline();
                    change(
                            """
                            UPDATE clock SET state = 'ELAPSED', ended_at = due_at, fires_at = NULL
                            WHERE ticket_id = ? AND kind = 'RESOLUTION'\
                            """);
                    change("UPDATE ticket SET raised_stay = stay WHERE id = ?");
                    jdbc.execute(script);
                    assertThat(watches.find(ticket.id).orElseThrow().standing())
                            .isEqualTo(standing);
                    assertThat(deadline())
                            .usingRecursiveComparison()
                            .ignoringFields("firesAt")
                            .isEqualTo(before);
                    assertThat(deadline().firesAt()).isNotNull();
                    attempt.setRollbackOnly();
                });
    }

    private void open(@Nullable Authority letter) {
        told.hear(
                ticket.created(
                        Kind.COMPLAINT,
                        Priority.HIGH,
                        Channel.APP,
                        Major.REGULATOR,
                        false,
                        letter,
                        AT));
    }

    private Clock deadline() {
        return watches.find(ticket.id).orElseThrow().clocks().stream()
                .filter(clock -> clock.kind() == ClockKind.RESOLUTION)
                .findFirst()
                .orElseThrow();
    }

    private void change(String sql) {
        assertThat(jdbc.update(sql, ticket.id)).isOne();
    }

    private static String script(String name) throws Exception {
        return new ClassPathResource("db/migration/" + name)
                .getContentAsString(StandardCharsets.UTF_8);
    }
}
