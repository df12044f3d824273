package io.gendan.escalation;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** How instants and enums stand in columns. */
final class Columns {

    private Columns() {}

    static Instant instant(OffsetDateTime column) {
        return column.toInstant();
    }

    static @Nullable Instant instantOrNull(@Nullable OffsetDateTime column) {
        return column == null ? null : column.toInstant();
    }

    static @Nullable OffsetDateTime time(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    static <E extends Enum<E>> @Nullable E value(Class<E> type, @Nullable String column) {
        return column == null ? null : Enum.valueOf(type, column);
    }

    static @Nullable String name(@Nullable Enum<?> value) {
        return value == null ? null : value.name();
    }
}
