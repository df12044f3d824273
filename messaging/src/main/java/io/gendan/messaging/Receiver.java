package io.gendan.messaging;

import io.gendan.messaging.Reception.Fate;
import io.gendan.messaging.Reception.NotApplied;
import io.micrometer.core.instrument.MeterRegistry;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.transaction.support.TransactionOperations;

import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Receives one topic: a poll's records in one transaction, or one by one when that fails by the
 * fault of one of them.
 *
 * <p>Returns only when everything it was handed is in the database; throws when the world prevents
 * it, and may then be handed the same records again.
 */
final class Receiver implements BatchMessageListener<String, byte[]> {

    private static final Logger LOG = LoggerFactory.getLogger(Receiver.class);

    private static final int TRIES = 3;
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(50);

    private final Subscription subscription;
    private final Positions positions;
    private final Letters letters;
    private final TransactionOperations transactions;
    private final MeterRegistry meters;

    Receiver(
            Subscription subscription,
            Positions positions,
            Letters letters,
            TransactionOperations transactions,
            MeterRegistry meters) {
        this.subscription = subscription;
        this.positions = positions;
        this.letters = letters;
        this.transactions = transactions;
        this.meters = meters;
    }

    Subscription subscription() {
        return subscription;
    }

    @Override
    public void onMessage(List<ConsumerRecord<String, byte[]>> records) {
        receive(records.stream().map(Delivery::of).toList());
    }

    void receive(List<Delivery> deliveries) {
        if (deliveries.size() > 1) {
            try {
                inTransaction(Map.of(), false, reception -> reception.receive(deliveries));
                return;
            } catch (RuntimeException e) {
                if (Faults.ofTheWorld(e)) {
                    throw e;
                }
                LOG.warn("Receiving {} one by one after: {}", subscription.topic(), e.toString());
            }
        }
        for (var delivery : deliveries) {
            untilSettled(delivery.place(), reception -> reception.receive(List.of(delivery)));
        }
    }

    /** Lets an open letter go on, or leaves its record out. */
    void redrive(UUID letterId, boolean skip) {
        var place = letters.find(letterId).map(letter -> letter.delivery().place());
        untilSettled(place.orElse(letterId), reception -> reception.redrive(letterId, skip));
    }

    /** Applies what was of an unknown type when it came; one that fails stays for the next time. */
    void readAgain() {
        var types = EventJson.types(subscription.type()).keySet();
        for (var delivery : positions.unread(subscription.topic(), types)) {
            try {
                inTransaction(Map.of(), true, reception -> reception.readAgain(delivery));
            } catch (RuntimeException e) {
                if (Faults.ofTheWorld(e)) {
                    throw e;
                }
                LOG.error(
                        "Cannot apply {} {} {}, unread until now",
                        delivery.type(),
                        delivery.key(),
                        delivery.sequence(),
                        e);
            }
        }
    }

    private void untilSettled(UUID place, Consumer<Reception> work) {
        var faulty = new HashMap<UUID, Throwable>();
        var tries = new HashMap<UUID, Integer>();
        while (true) {
            try {
                inTransaction(faulty, true, work);
                return;
            } catch (RuntimeException e) {
                var culprit = e instanceof NotApplied notApplied ? notApplied.place() : place;
                if (Faults.ofTheWorld(e) || faulty.containsKey(culprit)) {
                    throw e; // the partition waits rather than lose what cannot even be a letter
                }
                if (tries.merge(culprit, 1, Integer::sum) < TRIES) {
                    pause();
                } else {
                    faulty.put(culprit, e instanceof NotApplied ? cause(e) : e);
                }
            }
        }
    }

    private void inTransaction(
            Map<UUID, Throwable> faulty, boolean oneByOne, Consumer<Reception> work) {
        var fates = new EnumMap<Fate, Integer>(Fate.class);
        transactions.executeWithoutResult(
                _ -> {
                    var reception =
                            new Reception(subscription, positions, letters, faulty, oneByOne);
                    work.accept(reception);
                    fates.putAll(reception.fates());
                });
        fates.forEach(this::count);
    }

    private void count(Fate fate, int records) {
        meters.counter(
                        "received",
                        "topic",
                        subscription.topic(),
                        "fate",
                        fate.name().toLowerCase(Locale.ROOT))
                .increment(records);
    }

    private static Throwable cause(Throwable fault) {
        return fault.getCause() == null ? fault : fault.getCause();
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_TRIES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted between two tries", e);
        }
    }
}
