package io.gendan.messaging;

import org.jspecify.annotations.Nullable;

/**
 * Who did it, and why.
 *
 * @param actor account id, or {@code system:<service>}
 */
public record Origin(String actor, @Nullable String reason) {

    public static Origin of(String actor) {
        return new Origin(actor, null);
    }
}
