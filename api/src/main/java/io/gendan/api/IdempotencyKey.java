package io.gendan.api;

import org.jspecify.annotations.Nullable;

/**
 * What makes two requests the same; a controller method takes it as an argument.
 *
 * @param client the account that asks: others may use the same key for something else
 * @param value the header {@code Idempotency-Key}, 1 to 255 visible ASCII characters
 * @param fingerprint SHA-256 of method, path and body: the same key with another one is refused
 */
public record IdempotencyKey(String client, String value, String fingerprint) {

    static final String HEADER = "Idempotency-Key";

    /**
     * @throws Problem 400 when it is missing or not 1 to 255 visible ASCII characters
     */
    static String valueOf(@Nullable String header) {
        if (header == null
                || header.isEmpty()
                || header.length() > 255
                || !header.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw Problem.of(400, "idempotency-key-missing");
        }
        return header;
    }
}
