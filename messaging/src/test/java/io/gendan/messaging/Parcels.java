package io.gendan.messaging;

import io.gendan.messaging.ParcelEvent.ParcelMoved;
import io.gendan.messaging.ParcelEvent.ParcelSent;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Hears about parcels and writes down what it heard, each time it is told. */
@Component
class Parcels {

    private final JdbcTemplate jdbc;
    private final Map<UUID, Fault> faults = new ConcurrentHashMap<>();

    Parcels(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** What goes wrong when a parcel is heard of. */
    interface Fault {
        void at(ParcelMoved moved) throws Exception;
    }

    void breakAt(UUID parcel, Fault fault) {
        faults.put(parcel, fault);
    }

    void repair(UUID parcel) {
        faults.remove(parcel);
    }

    @Receives(topic = ParcelEvent.TOPIC)
    void on(ParcelEvent event, Received received) throws Exception {
        switch (event) {
            case ParcelMoved moved -> {
                jdbc.update(
                        "INSERT INTO stop (parcel, stop, event) VALUES (?, ?, ?)",
                        moved.parcelId(),
                        moved.stop(),
                        received.id());
                var fault = faults.get(moved.parcelId());
                if (fault != null) {
                    fault.at(moved);
                }
            }
            case ParcelSent _ -> {} // known by its first stop
        }
    }

    List<Integer> stops(UUID parcel) {
        return jdbc.queryForList(
                "SELECT stop FROM stop WHERE parcel = ? ORDER BY number", Integer.class, parcel);
    }
}
