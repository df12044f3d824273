package io.gendan.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gendan.messaging.ParcelEvent.ParcelMoved;
import io.gendan.messaging.testing.RealBroker;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** The whole way through a broker. */
@MessagingTest
class ReceivingTests {

    private static final Origin CLERK = Origin.of("clerk-1");
    private static final Duration SOON = Duration.ofSeconds(60);

    @Autowired EventLog log;
    @Autowired DatabaseClock clock;
    @Autowired JdbcTemplate jdbc;
    @Autowired TransactionTemplate transaction;
    @Autowired Receivers receivers;
    @Autowired BrokerTopics topics;
    @Autowired MessagingSettings settings;
    @Autowired Parcels parcels;

    private final UUID parcel = UUID.randomUUID();
    private final UUID other = UUID.randomUUID();

    @Test
    void hearsWhatWasTold() {
        tell(parcel, 1, 2, 3);

        awaitStops(parcel, 1, 2, 3);
    }

    @Test
    void appliesARepeatOnce() {
        awaitTopics();
        publish(parcel, 1);
        publish(parcel, 1);
        publish(parcel, 2);
        publish(parcel, 1);
        publish(parcel, 3);

        awaitStops(parcel, 1, 2, 3);
    }

    @Test
    void losesNothingOfABatchInWhichOneFails() {
        awaitTopics();
        receivers.stop();
        parcels.breakAt(parcel, failingAt(2));
        var others = IntStream.range(0, 30).mapToObj(_ -> UUID.randomUUID()).toList();
        for (int sequence = 1; sequence <= 3; sequence++) {
            for (var id : others) {
                publish(id, sequence);
            }
            publish(parcel, sequence);
        }
        receivers.start();

        others.forEach(id -> awaitStops(id, 1, 2, 3));
        awaitStops(parcel, 1);
        redrive(letterOf(parcel), false);
        await().atMost(SOON).until(() -> told(letterOf(parcel)) == 2);
        parcels.repair(parcel);
        redrive(letterOf(parcel), false);

        awaitStops(parcel, 1, 2, 3);
        await().atMost(SOON)
                .untilAsserted(
                        () ->
                                assertThat(lettersOnTheTopic(letterOf(parcel)))
                                        .containsExactly(
                                                "LetterWritten", "LetterWritten", "LetterSettled"));
    }

    @Test
    void neitherStopsAPartitionNorLosesAnEventForAPoisonRecord() {
        awaitTopics();
        var headers = new HashMap<String, String>();
        RealBroker.publish(ParcelEvent.TOPIC, parcel.toString(), new byte[] {'{'}, headers);
        RealBroker.publish(ParcelEvent.TOPIC, "nul\0", new byte[0], headers);
        RealBroker.publish(ParcelEvent.TOPIC, "k".repeat(5_000), new byte[0], headers);
        RealBroker.publish(ParcelEvent.TOPIC, null, null, headers);
        for (int sequence = 1; sequence <= 3; sequence++) {
            publish(parcel, sequence);
            publish(other, sequence);
        }

        awaitStops(other, 1, 2, 3);
        assertThat(parcels.stops(parcel)).isEmpty();
        redrive(letterOf(parcel), false);

        awaitStops(parcel, 1, 2, 3);
    }

    @Test
    void readsAgainWhatWasRolledBackWhenItStopped() {
        var tries = new AtomicInteger();
        var stopped = new CompletableFuture<Void>();
        parcels.breakAt(
                parcel,
                moved -> {
                    if (moved.stop() == 2 && tries.incrementAndGet() == 1) {
                        Thread.ofPlatform()
                                .start(
                                        () -> {
                                            receivers.stop();
                                            stopped.complete(null);
                                        });
                        await().until(() -> !receivers.isRunning());
                        throw new CannotAcquireLockException("dies before the commit");
                    }
                });
        tell(parcel, 1, 2, 3);
        stopped.orTimeout(SOON.toSeconds(), TimeUnit.SECONDS).join();
        assertThat(parcels.stops(parcel)).doesNotContain(2, 3);

        receivers.start();

        awaitStops(parcel, 1, 2, 3);
        assertThat(openLetters(parcel)).isEmpty();
    }

    @Test
    void readsAgainWhatWasCommittedBeforeTheOffset() {
        tell(parcel, 1, 2);
        awaitStops(parcel, 1, 2);
        receivers.stop();
        forgetOffsets();

        receivers.start();
        tell(parcel, 3);

        awaitStops(parcel, 1, 2, 3);
    }

    @Test
    void waitsWhileItsConnectionsAreKilled() {
        var tries = new AtomicInteger();
        parcels.breakAt(
                parcel,
                _ -> {
                    if (tries.incrementAndGet() <= 3) {
                        jdbc.execute("SELECT pg_terminate_backend(pg_backend_pid())");
                    }
                });
        tell(parcel, 1, 2);
        tell(other, 1);

        awaitStops(parcel, 1, 2);
        awaitStops(other, 1);
        assertThat(tries).hasValueGreaterThan(3);
        assertThat(openLetters(parcel)).isEmpty();
        assertThat(openLetters(other)).isEmpty();
    }

    private void tell(UUID parcel, int... stops) {
        for (var stop : stops) {
            transaction.executeWithoutResult(
                    _ ->
                            log.append(
                                    ParcelEvent.TOPIC,
                                    parcel.toString(),
                                    new ParcelMoved(parcel, stop),
                                    clock.now(),
                                    CLERK));
        }
    }

    private static Parcels.Fault failingAt(int stop) {
        return moved -> {
            if (moved.stop() == stop) {
                throw new IllegalStateException("broken at " + stop);
            }
        };
    }

    private void awaitTopics() {
        await().atMost(SOON).until(topics::areReady);
    }

    private void awaitStops(UUID parcel, Integer... stops) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(parcels.stops(parcel)).isEqualTo(List.of(stops)));
    }

    private UUID letterOf(UUID parcel) {
        await().atMost(SOON).until(() -> !letters(parcel).isEmpty());
        return letters(parcel).getFirst();
    }

    private List<UUID> letters(UUID parcel) {
        return jdbc.queryForList(
                "SELECT id FROM letter WHERE key = ?", UUID.class, parcel.toString());
    }

    private List<UUID> openLetters(UUID parcel) {
        return jdbc.queryForList(
                "SELECT id FROM letter WHERE key = ? AND outcome IS NULL",
                UUID.class,
                parcel.toString());
    }

    private int told(UUID letter) {
        return log.timeline(settings.deadTopic(), letter.toString(), 0, 10).size();
    }

    private List<String> lettersOnTheTopic(UUID letter) {
        return RealBroker.records(settings.deadTopic()).stream()
                .filter(one -> letter.toString().equals(one.key()))
                .map(one -> String.valueOf(RealBroker.header(one, "ce_type")))
                .toList();
    }

    private void redrive(UUID letter, boolean skip) {
        RealBroker.publish(
                settings.redriveTopic(),
                letter.toString(),
                "{\"letterId\":\"%s\",\"skip\":%s}"
                        .formatted(letter, skip)
                        .getBytes(StandardCharsets.UTF_8),
                Map.of());
    }

    private void forgetOffsets() {
        RealBroker.forgetOffsets(settings.group(ParcelEvent.TOPIC));
    }

    private static void publish(UUID parcel, int sequence) {
        var json = "{\"parcelId\":\"%s\",\"stop\":%d}".formatted(parcel, sequence);
        RealBroker.publish(
                ParcelEvent.TOPIC,
                parcel.toString(),
                json.getBytes(StandardCharsets.UTF_8),
                Map.of(
                        "ce_id",
                        new UUID(parcel.getMostSignificantBits(), sequence).toString(),
                        "ce_type",
                        "ParcelMoved",
                        "ce_sequence",
                        Long.toString(sequence)));
    }
}
