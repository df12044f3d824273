package io.gendan.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gendan.messaging.EventLog.Entry;
import io.gendan.messaging.OutboxRelay.RelayFailed;
import io.gendan.messaging.ParcelEvent.ParcelMoved;
import io.gendan.messaging.testing.RealBroker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

@MessagingTest
class OutboxRelayTests {

    private static final Origin CLERK = Origin.of("clerk-1");
    private static final Duration SOON = Duration.ofSeconds(60);

    @Autowired EventLog log;
    @Autowired DatabaseClock clock;
    @Autowired JdbcTemplate jdbc;
    @Autowired TransactionTemplate transaction;
    @Autowired MessagingSettings settings;
    @Autowired RelayThread thread;
    @Autowired BrokerTopics topics;

    private final UUID parcel = UUID.randomUUID();

    @BeforeEach
    void stopTheServicesOwn() {
        await().atMost(SOON).until(topics::areReady);
        thread.stop();
    }

    @AfterEach
    void startTheServicesOwn() {
        thread.start();
    }

    @Test
    void publishesCloudEvents() {
        append(parcel, 1);

        try (var relay = relay(transaction)) {
            runAll(relay);
        }

        var published = onlyRecord();
        assertThat(published.key()).isEqualTo(parcel.toString());
        assertThat(new String(published.value()))
                .isEqualTo("{\"stop\": 1, \"parcelId\": \"%s\"}".formatted(parcel));
        var logged = log.timeline(ParcelEvent.TOPIC, parcel.toString(), 0, 1).getFirst();
        assertThat(headers(published))
                .containsEntry("ce_specversion", "1.0")
                .containsEntry("ce_id", logged.id().toString())
                .containsEntry("ce_type", "ParcelMoved")
                .containsEntry("ce_source", "urn:gendan:parcel")
                .containsEntry("ce_time", logged.at().toString())
                .containsEntry("ce_subject", parcel.toString())
                .containsEntry("ce_sequence", "1")
                .containsEntry("ce_dataschema", "urn:gendan:parcels:ParcelMoved:1")
                .containsEntry("content-type", "application/json")
                .hasEntrySatisfying(
                        "traceparent",
                        trace -> assertThat(trace).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01"))
                .doesNotContainKey("ce_causation");
    }

    @Test
    void relaysWhatWasCommittedAfterALaterOne() throws InterruptedException {
        var late = UUID.randomUUID();
        var appended = new CountDownLatch(1);
        var relayed = new CountDownLatch(1);
        try (var relay = relay(transaction)) {
            var slow =
                    CompletableFuture.runAsync(
                            () ->
                                    transaction.executeWithoutResult(
                                            _ -> {
                                                log.appendAll(List.of(entry(late, 1)));
                                                appended.countDown();
                                                awaitLatch(relayed);
                                            }));
            assertThat(appended.await(10, TimeUnit.SECONDS)).isTrue();
            append(parcel, 1);
            runAll(relay);
            assertThat(published(parcel)).hasSize(1);
            assertThat(published(late)).isEmpty();
            relayed.countDown();
            slow.join();

            runAll(relay);

            assertThat(published(late)).hasSize(1);
        }
    }

    @Test
    void keepsTheOrderOfEachKeyWithTwoRelaysAtWork() {
        var keys = IntStream.range(0, 40).mapToObj(_ -> UUID.randomUUID()).toList();
        keys.forEach(key -> append(key, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12));
        var perKey = 15;
        var done = new AtomicBoolean();
        try (var threads = Executors.newFixedThreadPool(2)) {
            for (int instance = 0; instance < 2; instance++) {
                threads.submit(
                        () -> {
                            try (var relay = relay(transaction)) {
                                while (!done.get()) {
                                    relay.run();
                                }
                            }
                        });
            }
            for (int number = 13; number <= perKey; number++) {
                for (var key : keys) {
                    append(key, number);
                }
            }
            await().atMost(SOON).untilAsserted(() -> assertThat(waiting()).isZero());
            done.set(true);
        }

        var published = RealBroker.records(ParcelEvent.TOPIC);
        assertThat(keys)
                .allSatisfy(
                        key ->
                                assertThat(sequences(published, key))
                                        .isEqualTo(
                                                IntStream.rangeClosed(1, perKey).boxed().toList()));
    }

    @Test
    void sendsAgainWhenItDiesBetweenSendingAndCommitting() {
        append(parcel, 1);
        TransactionOperations dying =
                new TransactionOperations() {
                    @Override
                    public <T> T execute(TransactionCallback<T> action) {
                        return transaction.execute(
                                status -> {
                                    action.doInTransaction(status);
                                    throw new IllegalStateException("killed");
                                });
                    }
                };
        try (var relay = relay(dying)) {
            assertThatThrownBy(relay::run).isInstanceOf(RelayFailed.class);
        }
        assertThat(published(parcel)).hasSize(1);

        try (var relay = relay(transaction)) {
            runAll(relay);
        }

        assertThat(published(parcel))
                .hasSize(2)
                .extracting(again -> RealBroker.header(again, "ce_id"))
                .doesNotContainNull()
                .containsOnly(
                        log.timeline(ParcelEvent.TOPIC, parcel.toString(), 0, 1)
                                .getFirst()
                                .id()
                                .toString());
    }

    @Test
    void losesNothingWhileTheBrokerIsAway() {
        append(parcel, 1);
        try (var relay = relay(transaction, "localhost:1")) {
            assertThatThrownBy(relay::run).isInstanceOf(RelayFailed.class);
            append(parcel, 2);
            assertThatThrownBy(relay::run).isInstanceOf(RelayFailed.class);
        }

        try (var relay = relay(transaction)) {
            runAll(relay);
        }

        assertThat(sequences(published(parcel), parcel)).containsExactly(1, 2);
    }

    @Test
    void leavesBucketsAloneThatAnotherInstanceHolds() {
        append(parcel, 1);
        try (var relay = relay(transaction);
                var other = relay(transaction)) {
            transaction.executeWithoutResult(
                    _ -> {
                        jdbc.queryForList(
                                "SELECT pg_advisory_xact_lock(?, b) FROM generate_series(0, 15) b",
                                0x6f757462);
                        assertThat(CompletableFuture.supplyAsync(other::run).join()).isZero();
                    });
            assertThat(relay.run()).isPositive();
        }
    }

    @Test
    void wakesUpAfterTheCommit() {
        thread.start();

        append(parcel, 1);

        await().atMost(SOON).until(() -> published(parcel).size() == 1);
    }

    private OutboxRelay relay(TransactionOperations transactions) {
        return relay(transactions, RealBroker.bootstrapServers());
    }

    private OutboxRelay relay(TransactionOperations transactions, String brokers) {
        var smallBatches =
                new MessagingSettings(
                        settings.service(),
                        null,
                        settings.says(),
                        Map.of(),
                        settings.replication(),
                        settings.minInSyncReplicas(),
                        new MessagingSettings.Relay(Duration.ofMillis(100), Duration.ZERO, 7),
                        settings.receiving());
        return new OutboxRelay(
                jdbc,
                transactions,
                () ->
                        new KafkaProducer<>(
                                Map.of(
                                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                        brokers,
                                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                                        brokers.endsWith(":1") ? 200 : 5_000),
                                new StringSerializer(),
                                new ByteArraySerializer()),
                smallBatches,
                new SimpleMeterRegistry());
    }

    private static void runAll(OutboxRelay relay) {
        int relayed;
        do {
            relayed = relay.run();
        } while (relayed > 0);
    }

    private void append(UUID id, int... stops) {
        var entries = IntStream.of(stops).mapToObj(stop -> entry(id, stop)).toList();
        transaction.executeWithoutResult(_ -> log.appendAll(entries));
    }

    private Entry entry(UUID id, int stop) {
        return new Entry(
                ParcelEvent.TOPIC, id.toString(), new ParcelMoved(id, stop), clock.now(), CLERK);
    }

    private int waiting() {
        var waiting = jdbc.queryForObject("SELECT count(*) FROM outbox", Integer.class);
        return waiting == null ? 0 : waiting;
    }

    private ConsumerRecord<String, byte[]> onlyRecord() {
        assertThat(published(parcel)).hasSize(1);
        return published(parcel).getFirst();
    }

    private static List<ConsumerRecord<String, byte[]>> published(UUID id) {
        return RealBroker.records(ParcelEvent.TOPIC).stream()
                .filter(one -> id.toString().equals(one.key()))
                .toList();
    }

    private static List<Integer> sequences(List<ConsumerRecord<String, byte[]>> records, UUID id) {
        var sequences = new ArrayList<Integer>();
        for (var one : records) {
            var sequence = RealBroker.header(one, "ce_sequence");
            if (id.toString().equals(one.key()) && sequence != null) {
                sequences.add(Integer.valueOf(sequence));
            }
        }
        return sequences;
    }

    private static Map<String, String> headers(ConsumerRecord<String, byte[]> published) {
        var headers = new HashMap<String, String>();
        published.headers().forEach(one -> headers.put(one.key(), new String(one.value())));
        return headers;
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
