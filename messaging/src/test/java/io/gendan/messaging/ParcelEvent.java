package io.gendan.messaging;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/** Events about parcels: a domain of its own for tests. */
sealed interface ParcelEvent {

    String TOPIC = "parcels";

    /** What the first version of a reader knew. */
    sealed interface FirstVersion extends ParcelEvent {}

    record ParcelSent(UUID parcelId, Size size, @Nullable String note, Instant at)
            implements FirstVersion {}

    record ParcelMoved(UUID parcelId, int stop) implements ParcelEvent {}

    enum Size {
        SMALL,
        LARGE,
        @JsonEnumDefaultValue
        UNKNOWN
    }
}
