package io.gendan.api;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

import java.util.Map;

/**
 * An answer that can be kept and given again, byte for byte. Made by {@link Answers}.
 *
 * @param headers such as {@code Location} (a path, never an address) and {@code ETag}
 * @param body JSON; null for none
 */
public record Answer(int status, Map<String, String> headers, @Nullable String body) {

    public Answer {
        headers = Map.copyOf(headers);
    }

    /** What a controller returns. */
    public ResponseEntity<String> toResponse() {
        var response = ResponseEntity.status(status);
        headers.forEach(response::header);
        return body == null
                ? response.build()
                : response.contentType(MediaType.APPLICATION_JSON).body(body);
    }
}
