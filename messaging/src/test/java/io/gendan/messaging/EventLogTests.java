package io.gendan.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gendan.messaging.EventLog.Entry;
import io.gendan.messaging.EventLog.LoggedEvent;
import io.gendan.messaging.ParcelEvent.ParcelMoved;
import io.gendan.messaging.ParcelEvent.ParcelSent;
import io.gendan.messaging.ParcelEvent.Size;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

@MessagingTest
class EventLogTests {

    private static final Origin CLERK = new Origin("clerk-1", "counter");

    @Autowired EventLog log;
    @Autowired DatabaseClock clock;
    @Autowired JdbcTemplate jdbc;
    @Autowired TransactionTemplate transaction;

    private final UUID parcel = UUID.randomUUID();
    private final String key = parcel.toString();

    @Test
    void numbersEventsPerTopicAndKey() {
        append(new ParcelMoved(parcel, 1));
        append(new ParcelMoved(parcel, 2));

        assertThat(sequences(key)).containsExactly(1L, 2L);
    }

    @Test
    void appendsManyInTheirOrder() {
        var other = UUID.randomUUID();
        append(new ParcelMoved(parcel, 0));

        transaction.executeWithoutResult(
                _ -> log.appendAll(List.of(entry(parcel, 1), entry(other, 1), entry(parcel, 2))));

        assertThat(sequences(other.toString())).containsExactly(1L);
        assertThat(log.timeline(ParcelEvent.TOPIC, key, 0, 10))
                .extracting(logged -> log.read(logged, ParcelEvent.class))
                .containsExactly(
                        new ParcelMoved(parcel, 0),
                        new ParcelMoved(parcel, 1),
                        new ParcelMoved(parcel, 2));
    }

    @Test
    void readsWhatTheTransactionItselfTells() {
        append(new ParcelMoved(parcel, 0));

        transaction.executeWithoutResult(
                _ -> {
                    log.appendAll(List.of(entry(parcel, 1)));
                    assertThat(sequences(key)).containsExactly(1L, 2L);
                    log.appendAll(List.of(entry(parcel, 2)));
                });

        assertThat(sequences(key)).containsExactly(1L, 2L, 3L);
    }

    @Test
    void refusesWhatIsToldAfterTheRestWasWritten() {
        assertThatThrownBy(
                        () ->
                                transaction.executeWithoutResult(
                                        _ -> {
                                            log.appendAll(List.of(entry(parcel, 1)));
                                            beforeCommit(
                                                    () -> log.appendAll(List.of(entry(parcel, 2))));
                                        }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(sequences(key)).isEmpty();
    }

    private static void beforeCommit(Runnable work) {
        TransactionSynchronizationManager.registerSynchronization(
                new TransactionSynchronization() {
                    @Override
                    public void beforeCommit(boolean readOnly) {
                        work.run();
                    }
                });
    }

    @Test
    void tellsNothingOfATransactionThatIsTakenBack() {
        transaction.executeWithoutResult(
                status -> {
                    log.appendAll(List.of(entry(parcel, 1)));
                    status.setRollbackOnly();
                });

        assertThat(sequences(key)).isEmpty();
    }

    @Test
    void tellsWhatWasAppended() {
        var at = clock.now();
        var sent = new ParcelSent(parcel, Size.LARGE, null, at);

        transaction.executeWithoutResult(_ -> log.append(ParcelEvent.TOPIC, key, sent, at, CLERK));

        var logged = log.timeline(ParcelEvent.TOPIC, key, 0, 10).getFirst();
        assertThat(logged.type()).isEqualTo("ParcelSent");
        assertThat(logged.actor()).isEqualTo("clerk-1");
        assertThat(logged.reason()).isEqualTo("counter");
        assertThat(logged.at()).isEqualTo(at);
        assertThat(logged.payload().has("note")).isFalse();
        assertThat(log.read(logged, ParcelEvent.class)).isEqualTo(sent);
        assertThat(log.timeline(ParcelEvent.TOPIC, key, 1, 10)).isEmpty();
    }

    @Test
    void refusesToAppendWithoutTransaction() {
        assertThatThrownBy(
                        () ->
                                log.append(
                                        ParcelEvent.TOPIC,
                                        key,
                                        new ParcelMoved(parcel, 1),
                                        Instant.EPOCH,
                                        CLERK))
                .isInstanceOf(IllegalTransactionStateException.class);
    }

    @Test
    void refusesSecondWriterOfAKeyThatDidNotWaitForTheFirst() {
        assertThatThrownBy(
                        () ->
                                transaction.executeWithoutResult(
                                        _ -> {
                                            Thread.ofPlatform()
                                                    .start(
                                                            () ->
                                                                    append(
                                                                            new ParcelMoved(
                                                                                    parcel, 1)));
                                            insertOfAWriterThatSawNothing();
                                        }))
                .isInstanceOf(DuplicateKeyException.class);
    }

    private void insertOfAWriterThatSawNothing() {
        await().until(() -> !log.timeline(ParcelEvent.TOPIC, key, 0, 1).isEmpty());
        jdbc.update(
                """
                INSERT INTO event_log (topic, key, sequence, type, payload, actor, at)
                VALUES (?, ?, 1, 'ParcelMoved', '{}', 'clerk-2', clock_timestamp())
                """,
                ParcelEvent.TOPIC,
                key);
    }

    @Test
    void neverLetsTheApplicationChangeTheLog() {
        append(new ParcelMoved(parcel, 1));

        for (var change :
                List.of(
                        "UPDATE event_log SET actor = 'nobody'",
                        "DELETE FROM event_log",
                        "TRUNCATE event_log",
                        "DROP TABLE event_log",
                        "CREATE TABLE mine (id int)")) {
            assertThatThrownBy(() -> jdbc.execute(change))
                    .as(change)
                    .rootCause()
                    .hasFieldOrPropertyWithValue("SQLState", "42501");
        }
    }

    @Test
    void readsTheDatabasesClock() {
        var one = clock.now();
        var two = transaction.execute(_ -> List.of(clock.now(), clock.now()));

        assertThat(two).doesNotHaveDuplicates().allMatch(later -> later.isAfter(one));
        assertThat(Duration.between(one, Instant.now()).abs()).isLessThan(Duration.ofMinutes(1));
    }

    private void append(ParcelEvent event) {
        transaction.executeWithoutResult(
                _ -> log.append(ParcelEvent.TOPIC, key, event, clock.now(), CLERK));
    }

    private List<Long> sequences(String of) {
        return log.timeline(ParcelEvent.TOPIC, of, 0, 10).stream()
                .map(LoggedEvent::sequence)
                .toList();
    }

    private Entry entry(UUID id, int stop) {
        return new Entry(
                ParcelEvent.TOPIC, id.toString(), new ParcelMoved(id, stop), clock.now(), CLERK);
    }
}
