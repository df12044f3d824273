package io.gendan.voc;

import io.gendan.events.Territory;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** How columns that may be absent are read and written. */
final class Rows {

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");
    private static final LocalDate FIRST_DAY = LocalDate.ofInstant(FIRST, ZoneOffset.UTC);
    private static final LocalDate LAST_DAY = LocalDate.ofInstant(LAST, ZoneOffset.UTC);

    private Rows() {}

    static @Nullable Territory territory(@Nullable String name) {
        return name == null ? null : Territory.valueOf(name);
    }

    static @Nullable String name(@Nullable Enum<?> value) {
        return value == null ? null : value.name();
    }

    /** Nothing happens beyond the years that the database knows. */
    static @Nullable OffsetDateTime storable(@Nullable Instant asked) {
        if (asked == null) {
            return null;
        }
        var known = asked.isBefore(FIRST) ? FIRST : asked.isAfter(LAST) ? LAST : asked;
        return known.atOffset(ZoneOffset.UTC);
    }

    static LocalDate storable(LocalDate asked) {
        return asked.isBefore(FIRST_DAY) ? FIRST_DAY : asked.isAfter(LAST_DAY) ? LAST_DAY : asked;
    }
}
