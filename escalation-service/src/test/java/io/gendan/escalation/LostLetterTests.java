package io.gendan.escalation;

import static io.gendan.escalation.WatchFixtures.clocks;
import static io.gendan.events.ClockKind.RESOLUTION;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.events.Authority;
import io.gendan.events.AuthoritySource;
import io.gendan.events.Kind;
import io.gendan.events.Priority;
import io.gendan.events.TicketEvent;
import io.gendan.events.TicketEvent.TicketCreated;
import io.gendan.events.WaitingReason;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * A letter that came later was not always kept. What is told of its ticket next makes good for
 * that: the watch is then what follows from the log.
 */
@EscalationTest
class LostLetterTests {

    /** Before the policy of the tests, so that the shipped one is used. */
    private static final Instant AT = Instant.parse("2025-03-03T02:00:00Z");

    private static final Authority LETTER = letter(AuthoritySource.PLATFORM_12315, 3);

    @Autowired Told told;
    @Autowired Watches watches;
    @Autowired Policies policies;
    @Autowired JdbcTemplate jdbc;
    @Autowired TransactionTemplate transaction;

    private final TicketTold ticket = new TicketTold();
    private final List<TicketEvent> log = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isKeptWhenItIsToldAgain(boolean isFiled) {
        takenBack(
                () -> {
                    isLost(isFiled);

                    hear(ticket.asksAnAuthority(LETTER, AT.plusSeconds(10)));

                    assertThat(watch().facts().authority()).isEqualTo(LETTER);
                    assertThat(watch().standing().filed()).isEqualTo(isFiled);
                    assertIsWhatFollowsFromTheLog();
                });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isKeptAsItIsCorrected(boolean isFiled) {
        takenBack(
                () -> {
                    isLost(isFiled);

                    hear(
                            ticket.asksAnAuthority(
                                    letter(AuthoritySource.PLATFORM_12315, 2), AT.plusSeconds(10)));

                    assertIsWhatFollowsFromTheLog();
                });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isOwedNoAnswerWhenItIsTakenOff(boolean isFiled) {
        takenBack(
                () -> {
                    isLost(isFiled);

                    hear(ticket.isNoAuthoritys(AT.plusSeconds(10)));

                    assertThat(watch().standing().filed()).isFalse();
                    assertThat(last().isRunning()).isTrue();
                    assertIsWhatFollowsFromTheLog();
                });
    }

    @Test
    void isAnsweredThoughNobodyKeptThatItIsFiled() {
        takenBack(
                () -> {
                    isLost(true);
                    change("UPDATE ticket SET filed = false WHERE id = ?");

                    hear(ticket.asksAnAuthority(LETTER, AT.plusSeconds(10)));

                    assertThat(last().state()).isEqualTo(ClockState.STOPPED);
                });
    }

    @Test
    void isDueByTheLawAgainWhereItRestedMeanwhile() {
        takenBack(
                () -> {
                    isLost(false);
                    var due = last().dueAt();
                    hear(ticket.waits(WaitingReason.CUSTOMER, AT.plusSeconds(5)));
                    assertThat(last().state()).isEqualTo(ClockState.PAUSED);

                    hear(ticket.asksAnAuthority(LETTER, AT.plusSeconds(10)));

                    assertThat(last().isRunning()).isTrue();
                    assertThat(last().pauses()).isEmpty();
                    assertThat(last().dueAt()).isEqualTo(due);
                });
    }

    @Test
    void isNotAnsweredByWhatWasFiledForAnother() {
        takenBack(
                () -> {
                    isLost(true);

                    hear(
                            ticket.asksAnAuthority(
                                    letter(AuthoritySource.HOTLINE_12345, 3), AT.plusSeconds(10)));

                    assertThat(watch().standing().filed()).isFalse();
                    assertThat(last().isRunning()).isTrue();
                });
    }

    private void isLost(boolean isFiled) {
        hear(ticket.created(Kind.COMPLAINT, Priority.NORMAL, AT));
        hear(ticket.assigned("agent-south-1", AT.plusSeconds(1)));
        hear(ticket.asksAnAuthority(LETTER, AT.plusSeconds(2)));
        if (isFiled) {
            hear(ticket.files(AT.plusSeconds(3)));
        }
        change("UPDATE ticket SET authority = NULL WHERE id = ?");
    }

    private void hear(TicketEvent event) {
        told.hear(event);
        log.add(event);
    }

    private void change(String sql) {
        assertThat(jdbc.update(sql, ticket.id)).isOne();
    }

    private void assertIsWhatFollowsFromTheLog() {
        var created = (TicketCreated) log.getFirst();
        var rebuilt =
                TicketTold.watch(policies.inForceAt(created.at()), log.toArray(TicketEvent[]::new));
        assertThat(watch().facts()).isEqualTo(rebuilt.facts());
        assertThat(watch().standing()).isEqualTo(rebuilt.standing());
        assertThat(watch().clocks()).containsExactlyInAnyOrderElementsOf(rebuilt.clocks());
    }

    private Watch watch() {
        return watches.find(ticket.id).orElseThrow();
    }

    private Clock last() {
        return clocks(watch(), RESOLUTION).stream()
                .reduce((one, other) -> one.number() > other.number() ? one : other)
                .orElseThrow();
    }

    private void takenBack(Runnable test) {
        transaction.executeWithoutResult(
                attempt -> {
                    test.run();
                    attempt.setRollbackOnly();
                });
    }

    private static Authority letter(AuthoritySource source, int dayOfMarch) {
        return new Authority(source, "118", LocalDate.of(2025, 3, dayOfMarch), null);
    }
}
