package io.gendan.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gendan.messaging.ParcelEvent.ParcelMoved;
import io.gendan.messaging.testing.RealBroker;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;

@MessagingTest
class ReceivingTests {

    private static final Origin CLERK = Origin.of("clerk-1");

    @Autowired EventLog log;
    @Autowired DatabaseClock clock;
    @Autowired TransactionTemplate transaction;
    @Autowired Parcels parcels;

    private final UUID parcel = UUID.randomUUID();

    @Test
    void hearsWhatWasTold() {
        tell(parcel, 1, 2, 3);

        awaitStops(parcel, 1, 2, 3);
    }

    @Test
    void appliesARepeatOnce() {
        publish(parcel, 1, 1);
        publish(parcel, 1, 1);
        publish(parcel, 2, 2);
        publish(parcel, 1, 1);
        publish(parcel, 3, 3);

        awaitStops(parcel, 1, 2, 3);
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

    private void awaitStops(UUID parcel, Integer... stops) {
        await().untilAsserted(() -> assertThat(parcels.stops(parcel)).isEqualTo(List.of(stops)));
    }

    private static void publish(UUID parcel, long sequence, int stop) {
        var json = "{\"parcelId\":\"%s\",\"stop\":%d}".formatted(parcel, stop);
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
