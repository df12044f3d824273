package io.gendan.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Where a list goes on: the sort values of the last row shown. Callers get it as an opaque string;
 * it is not signed, so a query must treat its parts as any other input.
 */
public record Cursor(List<String> parts) {

    private static final String SEPARATOR = "\n";
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

    public Cursor {
        parts = List.copyOf(parts);
    }

    public static Cursor at(Object... parts) {
        return new Cursor(Arrays.stream(parts).map(String::valueOf).toList());
    }

    /** Says of which list it is, or of which order in it; {@link #in} takes it back. */
    public Cursor of(String list) {
        return new Cursor(Stream.concat(Stream.of(list), parts.stream()).toList());
    }

    /**
     * The sort values in that list.
     *
     * @throws Problem 400 when it is another one's
     */
    public Cursor in(String list) {
        if (!text(0).equals(list)) {
            throw notOurs(null);
        }
        return new Cursor(parts.subList(1, parts.size()));
    }

    public String encoded() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(String.join(SEPARATOR, parts).getBytes(UTF_8));
    }

    /**
     * @throws Problem 400 when it is none of ours
     */
    public static Cursor decode(String encoded) {
        try {
            var text = new String(Base64.getUrlDecoder().decode(encoded), UTF_8);
            var parts = List.of(text.split(SEPARATOR, -1));
            if (parts.stream().flatMapToInt(String::chars).anyMatch(Character::isISOControl)) {
                throw notOurs(null);
            }
            return new Cursor(parts);
        } catch (IllegalArgumentException notBase64) {
            throw notOurs(notBase64);
        }
    }

    /**
     * @throws Problem 400 when there is no such part
     */
    public String text(int index) {
        if (index >= parts.size()) {
            throw notOurs(null);
        }
        return parts.get(index);
    }

    /**
     * @throws Problem 400 when the part is not a number
     */
    public long number(int index) {
        try {
            return Long.parseLong(text(index));
        } catch (NumberFormatException notANumber) {
            throw notOurs(notANumber);
        }
    }

    /**
     * @throws Problem 400 when the part is not an instant of the years 1 to 9999, which every
     *     database knows
     */
    public Instant instant(int index) {
        try {
            var instant = Instant.parse(text(index));
            if (instant.isBefore(FIRST) || instant.isAfter(LAST)) {
                throw notOurs(null);
            }
            return instant;
        } catch (DateTimeParseException notAnInstant) {
            throw notOurs(notAnInstant);
        }
    }

    /**
     * @throws Problem 400 when the part is not an id
     */
    public UUID id(int index) {
        try {
            return UUID.fromString(text(index));
        } catch (IllegalArgumentException notAnId) {
            throw notOurs(notAnId);
        }
    }

    private static Problem notOurs(@Nullable Throwable cause) {
        return Problem.of(400, "cursor-invalid").with("parameter", "cursor").because(cause);
    }
}
