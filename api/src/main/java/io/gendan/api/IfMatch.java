package io.gendan.api;

import org.jspecify.annotations.Nullable;

/**
 * The version that an edit was decided by; a controller method takes it as an argument, and callers
 * send the ETag of the thing as they read it.
 *
 * @param version absent when the caller sent {@code *}: whatever it is
 */
public record IfMatch(@Nullable Long version) {

    static final String HEADER = "If-Match";

    private static final String ANY = "*";

    /**
     * @throws Problem 428 when it is missing, 400 when it is no version of ours
     */
    static IfMatch parse(@Nullable String header) {
        if (header == null) {
            throw Problem.of(428, "if-match-missing");
        }
        var given = header.strip();
        if (given.equals(ANY)) {
            return new IfMatch(null);
        }
        try {
            return new IfMatch(Long.valueOf(given.replaceFirst("^W/", "").replace("\"", "")));
        } catch (NumberFormatException notOurs) {
            throw Problem.of(400, "if-match-invalid").because(notOurs);
        }
    }
}
