package io.gendan.voc;

import io.gendan.events.Territory;

import org.jspecify.annotations.Nullable;

/** How columns that may be absent are read and written. */
final class Rows {

    private Rows() {}

    static @Nullable Territory territory(@Nullable String name) {
        return name == null ? null : Territory.valueOf(name);
    }

    static @Nullable String name(@Nullable Enum<?> value) {
        return value == null ? null : value.name();
    }
}
