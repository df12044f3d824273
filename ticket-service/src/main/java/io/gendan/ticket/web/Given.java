package io.gendan.ticket.web;

import io.gendan.api.Problem;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a request must have, or is refused for. */
final class Given {

    private static final int LONGEST_TEXT = 20_000;
    private static final int LONGEST_STATEMENT = 2_000;

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

    /** By their codes; none when they are absent. */
    static Map<String, String> statements(
            String pointer, @Nullable Map<String, ? extends @Nullable String> given) {
        var statements = new LinkedHashMap<String, String>();
        if (given != null) {
            given.forEach(
                    (code, said) ->
                            statements.put(
                                    code, text(pointer + "/" + code, said, LONGEST_STATEMENT)));
        }
        return statements;
    }

    static <T> T required(String pointer, @Nullable T value) {
        if (value == null) {
            throw Problem.of(422, "required", pointer.substring(1)).at(pointer);
        }
        return value;
    }
}
