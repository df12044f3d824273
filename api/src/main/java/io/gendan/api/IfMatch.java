package io.gendan.api;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The version that an edit was decided by; a controller method takes it as an argument, and callers
 * send the ETag of the thing as they read it.
 *
 * @param version absent when the caller sent {@code *}: whatever it is
 */
public record IfMatch(@Nullable Long version) {

    static final String HEADER = "If-Match";

    private static final String ANY = "*";

    /** Ours are versions. A weak one matches none (RFC 9110, 13.1.1), and an edit has one. */
    private static final Pattern TAG = Pattern.compile("\"(\\d{1,18})\"");

    /**
     * @param headers as often as it was sent
     * @throws Problem 428 when it is missing, 400 when it is not one strong tag of ours
     */
    static IfMatch parse(List<String> headers) {
        if (headers.isEmpty()) {
            throw Problem.of(428, "if-match-missing");
        }
        var given = String.join(",", headers).strip();
        if (given.equals(ANY)) {
            return new IfMatch(null);
        }
        var tag = TAG.matcher(given);
        if (!tag.matches()) {
            throw Problem.of(400, "if-match-invalid");
        }
        return new IfMatch(Long.valueOf(tag.group(1)));
    }
}
