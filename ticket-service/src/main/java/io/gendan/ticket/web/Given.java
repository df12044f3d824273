package io.gendan.ticket.web;

import io.gendan.api.Problem;

import org.jspecify.annotations.Nullable;

/** What a request must have, or is refused for. */
final class Given {

    private static final int LONGEST_TEXT = 20_000;

    private Given() {}

    static String text(String pointer, @Nullable String given) {
        return text(pointer, given, LONGEST_TEXT);
    }

    static String text(String pointer, @Nullable String given, int most) {
        var text = required(pointer, given);
        if (text.isBlank()) {
            throw Problem.of(422, "required", pointer.substring(1)).at(pointer);
        }
        if (text.length() > most) {
            throw Problem.of(422, "too-long", most).at(pointer);
        }
        return text;
    }

    static <T> T required(String pointer, @Nullable T value) {
        if (value == null) {
            throw Problem.of(422, "required", pointer.substring(1)).at(pointer);
        }
        return value;
    }
}
