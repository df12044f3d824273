package io.gendan.ticket.rules;

import jakarta.validation.constraints.Min;

import org.jspecify.annotations.Nullable;

/**
 * What it does when a resolution was none again and again.
 *
 * @param climbsAt which reopening makes the ticket climb, to another owner; none when absent
 */
public record Reopenings(@Nullable @Min(1) Integer climbsAt) {

    static final Reopenings NONE = new Reopenings(null);

    public boolean climbsAt(int reopenings) {
        return climbsAt != null && climbsAt == reopenings;
    }
}
