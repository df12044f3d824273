package io.gendan.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.gendan.messaging.Letter.LetterSettled;
import io.gendan.messaging.Letter.LetterWritten;
import io.gendan.messaging.Letter.Outcome;
import io.gendan.messaging.ParcelEvent.ParcelSent;
import io.gendan.messaging.ParcelEvent.Size;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** What becomes of records, without a broker: they are handed over as if they came from one. */
@MessagingTest
class ReceiverTests {

    private static final String TOPIC = "crates";
    private static final AtomicLong OFFSET = new AtomicLong();

    @Autowired EventLog log;
    @Autowired DatabaseClock clock;
    @Autowired JdbcTemplate jdbc;
    @Autowired TransactionTemplate transaction;
    @Autowired MessagingSettings settings;
    @Autowired Parcels parcels;

    private final UUID parcel = UUID.randomUUID();
    private final UUID other = UUID.randomUUID();
    private Receiver receiver;

    @BeforeEach
    void receive() throws NoSuchMethodException {
        receiver = receiver(ParcelEvent.class, false);
    }

    @Test
    void appliesInSequence() {
        receiver.receive(List.of(moved(parcel, 1), moved(other, 1), moved(parcel, 2)));

        assertThat(parcels.stops(parcel)).containsExactly(1, 2);
        assertThat(parcels.stops(other)).containsExactly(1);
    }

    /** Two receivers that lock the same things in one order cannot block each other. */
    @Test
    void appliesABatchInTheOrderOfItsKeys() {
        var low = new UUID(1, 1);
        var high = new UUID(2, 2);

        receiver.receive(List.of(moved(high, 1), moved(low, 1), moved(high, 2)));

        assertThat(
                        jdbc.queryForList(
                                "SELECT parcel FROM stop WHERE parcel IN (?, ?) ORDER BY number",
                                UUID.class,
                                low,
                                high))
                .containsExactly(low, high, high);
    }

    @Test
    void dropsRepeats() {
        var first = moved(parcel, 1);
        receiver.receive(List.of(first, first));
        receiver.receive(List.of(first));
        receiver.receive(List.of(moved(parcel, 1), moved(parcel, 2), moved(parcel, 1)));

        assertThat(parcels.stops(parcel)).containsExactly(1, 2);
        assertThat(letters()).isEmpty();
    }

    @Test
    void keepsAllOthersWhenOneOfABatchFails() {
        parcels.breakAt(parcel, failingAt(2));
        var others = IntStream.range(0, 50).mapToObj(_ -> UUID.randomUUID()).toList();
        var batch = new ArrayList<Delivery>();
        others.subList(0, 25).forEach(id -> batch.add(moved(id, 1)));
        batch.add(moved(parcel, 1));
        batch.add(moved(parcel, 2));
        batch.add(moved(parcel, 3));
        others.subList(25, 50).forEach(id -> batch.add(moved(id, 1)));
        others.forEach(id -> batch.add(moved(id, 2)));

        receiver.receive(batch);

        assertThat(others).allSatisfy(id -> assertThat(parcels.stops(id)).containsExactly(1, 2));
        assertThat(parcels.stops(parcel)).containsExactly(1);
        assertThat(letters()).hasSize(1);
    }

    @Test
    void triesThreeTimesBeforeItWritesALetter() {
        var tries = new AtomicInteger();
        parcels.breakAt(
                parcel,
                _ -> {
                    if (tries.incrementAndGet() < 3) {
                        throw new IllegalStateException("not yet");
                    }
                });

        receiver.receive(List.of(moved(parcel, 1)));

        assertThat(parcels.stops(parcel)).containsExactly(1);
        assertThat(letters()).isEmpty();
    }

    @Test
    void goesOnWithFollowersInOrderAfterRedrive() {
        parcels.breakAt(parcel, failingAt(1));
        receiver.receive(List.of(moved(parcel, 1), moved(parcel, 2), moved(other, 1)));
        receiver.receive(List.of(moved(parcel, 3)));
        assertThat(parcels.stops(parcel)).isEmpty();
        var written = onlyLetter();
        assertThat(written.reason()).isEqualTo("IllegalStateException: broken at 1");
        assertThat(written.exception()).contains("ReceiverTests");
        assertThat(written.sequence()).isEqualTo(1);
        assertThat(written.unreadable()).isFalse();

        parcels.repair(parcel);
        receiver.redrive(written.letterId(), false);
        receiver.redrive(written.letterId(), false);
        receiver.receive(List.of(moved(parcel, 4)));

        assertThat(parcels.stops(parcel)).containsExactly(1, 2, 3, 4);
        assertThat(told(written.letterId()).getLast())
                .isInstanceOfSatisfying(
                        LetterSettled.class,
                        settled -> assertThat(settled.outcome()).isEqualTo(Outcome.APPLIED));
        assertThat(waiting()).isZero();
    }

    @Test
    void keepsTheLetterWithItsNewReasonWhenRedriveFails() {
        parcels.breakAt(parcel, failingAt(1));
        receiver.receive(List.of(moved(parcel, 1), moved(parcel, 2)));
        parcels.breakAt(
                parcel,
                _ -> {
                    throw new UnsupportedOperationException("still broken");
                });

        receiver.redrive(onlyLetter().letterId(), false);

        assertThat(parcels.stops(parcel)).isEmpty();
        assertThat(onlyLetter().reason()).contains("still broken");

        parcels.repair(parcel);
        receiver.redrive(onlyLetter().letterId(), false);
        assertThat(parcels.stops(parcel)).containsExactly(1, 2);
    }

    @Test
    void blocksAgainAtAFollowerThatFails() {
        parcels.breakAt(parcel, failingAt(1));
        receiver.receive(List.of(moved(parcel, 1), moved(parcel, 2), moved(parcel, 3)));
        var first = onlyLetter();
        parcels.breakAt(parcel, failingAt(2));

        receiver.redrive(first.letterId(), false);

        assertThat(parcels.stops(parcel)).containsExactly(1);
        var second = onlyLetter();
        assertThat(second.letterId()).isNotEqualTo(first.letterId());
        parcels.repair(parcel);
        receiver.redrive(second.letterId(), false);
        assertThat(parcels.stops(parcel)).containsExactly(1, 2, 3);
    }

    @Test
    void leavesAReadableLetterOutWhenAskedTo() {
        var broken = moved(parcel, 1);
        parcels.breakAt(parcel, failingAt(1));
        receiver.receive(List.of(broken, moved(parcel, 2)));
        parcels.repair(parcel);

        receiver.redrive(onlyLetter().letterId(), true);
        receiver.receive(List.of(broken, moved(parcel, 3)));

        assertThat(parcels.stops(parcel)).containsExactly(2, 3);
        assertThat(letters()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"parcelId\":                  | ce_type     | ParcelMoved",
                "[]                              | ce_type     | ParcelMoved",
                "{\"stop\":1}                    | ce_type     | ParcelMoved",
                "{}                              | ce_type     | no/type",
                "{}                              | ce_sequence | -3",
                "{}                              | ce_sequence | many",
                "{}                              | ce_id       |"
            })
    void blocksOnlyTheKeyOfAnUnreadableRecord(String json, String header, @Nullable String text) {
        var headers = headers(1, UUID.randomUUID());
        if (text == null) {
            headers.remove(header);
        } else {
            headers.put(header, text);
        }
        var forged = delivery(parcel.toString(), headers, json.getBytes(StandardCharsets.UTF_8));

        receiver.receive(List.of(forged, moved(parcel, 1), moved(other, 1)));

        assertThat(parcels.stops(parcel)).isEmpty();
        assertThat(parcels.stops(other)).containsExactly(1);
        assertThat(onlyLetter().unreadable()).isTrue();

        receiver.redrive(onlyLetter().letterId(), false);
        receiver.receive(List.of(forged, moved(parcel, 2)));

        assertThat(parcels.stops(parcel)).containsExactly(1, 2);
        assertThat(letters()).isEmpty();
    }

    @Test
    void doesNotWaitForTheGenuineEventWhenThereWasNone() {
        var unreadable = delivery(parcel.toString(), headers(1, UUID.randomUUID()), new byte[] {1});
        receiver.receive(List.of(unreadable, moved(parcel, 2), moved(parcel, 3)));

        receiver.redrive(onlyLetter().letterId(), false);

        assertThat(parcels.stops(parcel)).containsExactly(2, 3);
    }

    @Test
    void writesALetterForARecordWithoutKey() {
        var keyless = delivery(null, headers(1, UUID.randomUUID()), new byte[0]);

        receiver.receive(List.of(keyless, moved(parcel, 1)));
        receiver.receive(List.of(keyless, moved(parcel, 2)));

        assertThat(parcels.stops(parcel)).containsExactly(1, 2);
        receiver.redrive(onlyLetter().letterId(), false);
        assertThat(letters()).isEmpty();
    }

    @Test
    void writesALetterOfItsOwnAboutARecordThatAnotherServiceHearsToo() {
        var unreadable = delivery(parcel.toString(), headers(1, UUID.randomUUID()), new byte[] {1});
        var another =
                new MessagingSettings(
                        "another",
                        null,
                        List.of(),
                        Map.of(),
                        settings.replication(),
                        settings.minInSyncReplicas(),
                        settings.relay(),
                        settings.receiving());

        receiver.receive(List.of(unreadable));

        assertThat(new Letters(jdbc, log, clock, settings).hasWritten(unreadable)).isTrue();
        assertThat(new Letters(jdbc, log, clock, another).hasWritten(unreadable)).isFalse();
    }

    @Test
    void holdsWhatComesBeyondAGapUntilItIsFilled() {
        receiver.receive(List.of(moved(parcel, 1), moved(parcel, 4), moved(other, 1)));
        receiver.receive(List.of(moved(parcel, 3)));
        assertThat(parcels.stops(parcel)).containsExactly(1);
        assertThat(onlyLetter().reason()).startsWith("gap");

        receiver.receive(List.of(moved(parcel, 2), moved(parcel, 5)));

        assertThat(parcels.stops(parcel)).containsExactly(1, 2, 3, 4, 5);
        assertThat(letters()).isEmpty();
        assertThat(waiting()).isZero();
    }

    @Test
    void givesUpAGapWhenAskedTo() {
        receiver.receive(List.of(moved(parcel, 3), moved(parcel, 4)));

        receiver.redrive(onlyLetter().letterId(), false);
        assertThat(parcels.stops(parcel)).isEmpty();
        receiver.redrive(onlyLetter().letterId(), true);
        receiver.receive(List.of(moved(parcel, 1), moved(parcel, 5)));

        assertThat(parcels.stops(parcel)).containsExactly(3, 4, 5);
        assertThat(letters()).isEmpty();
    }

    @Test
    void allowsGapsOnACompactedTopic() throws NoSuchMethodException {
        receiver = receiver(ParcelEvent.class, true);

        receiver.receive(List.of(moved(parcel, 3), moved(parcel, 7), moved(parcel, 5)));

        assertThat(parcels.stops(parcel)).containsExactly(3, 7);
    }

    @Test
    void keepsAnUnknownTypeForTheVersionThatKnowsIt() throws NoSuchMethodException {
        var before = receiver(ParcelEvent.FirstVersion.class, false);
        before.receive(List.of(sent(parcel, 1), moved(parcel, 2), sent(parcel, 3)));
        before.receive(List.of(moved(parcel, 2)));
        before.readAgain();
        assertThat(parcels.stops(parcel)).isEmpty();
        assertThat(letters()).isEmpty();

        receiver.readAgain();
        receiver.readAgain();

        assertThat(parcels.stops(parcel)).containsExactly(2);
    }

    @Test
    void readsAnUnknownEnumValueAsItsDefault() {
        var json =
                "{\"parcelId\":\"%s\",\"size\":\"HUGE\",\"at\":\"2026-01-01T00:00:00Z\",\"x\":1}";
        var headers = headers(1, UUID.randomUUID());
        headers.put("ce_type", "ParcelSent");

        receiver.receive(
                List.of(delivery(parcel.toString(), headers, bytes(json.formatted(parcel)))));

        assertThat(letters()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"08006", "40001", "40P01", "53100", "57014", "58030", "55P03", "25006"})
    void writesNoLetterForFaultsOfTheWorld(String state) {
        parcels.breakAt(
                parcel,
                _ ->
                        jdbc.execute(
                                "DO $$ BEGIN RAISE EXCEPTION SQLSTATE '%s'; END $$"
                                        .formatted(state)));

        assertThatThrownBy(() -> receiver.receive(List.of(moved(parcel, 1))))
                .matches(Faults::ofTheWorld);
        assertThatThrownBy(() -> receiver.receive(List.of(moved(other, 1), moved(parcel, 1))))
                .matches(Faults::ofTheWorld);

        assertThat(letters()).isEmpty();
        parcels.repair(parcel);
        receiver.receive(List.of(moved(other, 1), moved(parcel, 1)));
        assertThat(parcels.stops(parcel)).containsExactly(1);
        assertThat(parcels.stops(other)).containsExactly(1);
    }

    @Test
    void writesNoLetterWhenItsConnectionIsKilled() {
        parcels.breakAt(parcel, _ -> jdbc.execute("SELECT pg_terminate_backend(pg_backend_pid())"));

        assertThatThrownBy(() -> receiver.receive(List.of(moved(parcel, 1))))
                .matches(Faults::ofTheWorld);

        parcels.repair(parcel);
        receiver.receive(List.of(moved(parcel, 1)));
        assertThat(parcels.stops(parcel)).containsExactly(1);
        assertThat(letters()).isEmpty();
    }

    @Test
    void namesTheCauseOfWhatIsToldMeanwhile() {
        var cause = moved(parcel, 1);
        parcels.breakAt(
                parcel,
                moved ->
                        log.append(
                                ParcelEvent.TOPIC,
                                parcel.toString(),
                                moved,
                                clock.now(),
                                settings.origin()));

        receiver.receive(List.of(cause));

        assertThat(
                        jdbc.queryForObject(
                                "SELECT causation FROM event_log WHERE topic = ? AND key = ?",
                                String.class,
                                ParcelEvent.TOPIC,
                                parcel.toString()))
                .isEqualTo(cause.id());
    }

    @Test
    void blamesTheRecordWhoseTellingCannotBeWritten() {
        receiver.receive(List.of(moved(parcel, 1), moved(parcel, 3)));
        parcels.breakAt(
                parcel,
                moved -> {
                    if (moved.stop() == 3) {
                        log.append(
                                ParcelEvent.TOPIC,
                                parcel.toString(),
                                new ParcelSent(parcel, Size.LARGE, "\0", clock.now()),
                                clock.now(),
                                settings.origin());
                    }
                });

        receiver.receive(List.of(moved(parcel, 2)));

        assertThat(parcels.stops(parcel)).containsExactly(1, 2);
        assertThat(letters())
                .extracting(LetterWritten::sequence, letter -> letter.exception() != null)
                .containsExactlyInAnyOrder(tuple(3L, false), tuple(3L, true));
    }

    private Receiver receiver(Class<?> type, boolean compacted) throws NoSuchMethodException {
        var method = Parcels.class.getDeclaredMethod("on", ParcelEvent.class, Received.class);
        return new Receiver(
                new Subscription(TOPIC, compacted, type, parcels, method),
                new Positions(jdbc),
                new Letters(jdbc, log, clock, settings),
                transaction,
                new SimpleMeterRegistry());
    }

    private static Parcels.Fault failingAt(int stop) {
        return moved -> {
            if (moved.stop() == stop) {
                throw new IllegalStateException("broken at " + stop);
            }
        };
    }

    private LetterWritten onlyLetter() {
        assertThat(letters()).hasSize(1);
        return letters().getFirst();
    }

    /** Those of this test's keys that are open, as they were told last. */
    private List<LetterWritten> letters() {
        var open =
                jdbc.queryForList(
                        """
                        SELECT id FROM letter WHERE outcome IS NULL AND topic = ?
                            AND (key IN (?, ?) OR key IS NULL)
                        """,
                        UUID.class,
                        TOPIC,
                        parcel.toString(),
                        other.toString());
        return open.stream().map(id -> (LetterWritten) told(id).getLast()).toList();
    }

    private List<Letter> told(UUID letter) {
        return log.timeline(settings.deadTopic(), letter.toString(), 0, 100).stream()
                .map(logged -> log.read(logged, Letter.class))
                .toList();
    }

    private int waiting() {
        var held =
                jdbc.queryForObject(
                        "SELECT count(*) FROM held_event WHERE key = ?",
                        Integer.class,
                        parcel.toString());
        return held == null ? 0 : held;
    }

    private static Delivery moved(UUID id, int sequence) {
        return delivery(
                id.toString(),
                headers(sequence, new UUID(id.getMostSignificantBits(), sequence)),
                bytes("{\"parcelId\":\"%s\",\"stop\":%d}".formatted(id, sequence)));
    }

    private static Delivery sent(UUID id, int sequence) {
        var headers = headers(sequence, new UUID(id.getMostSignificantBits(), sequence));
        headers.put("ce_type", "ParcelSent");
        var json = "{\"parcelId\":\"%s\",\"size\":\"SMALL\",\"at\":\"2026-01-01T00:00:00Z\"}";
        return delivery(id.toString(), headers, bytes(json.formatted(id)));
    }

    private static Map<String, String> headers(int sequence, UUID id) {
        return new HashMap<>(
                Map.of(
                        "ce_id", id.toString(),
                        "ce_type", "ParcelMoved",
                        "ce_sequence", Integer.toString(sequence)));
    }

    private static Delivery delivery(
            @Nullable String key, Map<String, String> headers, byte[] value) {
        return new Delivery(
                TOPIC,
                0,
                OFFSET.incrementAndGet(),
                Instant.parse("2026-11-22T08:00:00Z"),
                key,
                headers,
                value);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
