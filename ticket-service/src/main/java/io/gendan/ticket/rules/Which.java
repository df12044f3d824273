package io.gendan.ticket.rules;

import io.gendan.events.Kind;
import io.gendan.events.Major;
import io.gendan.events.Priority;

import jakarta.validation.constraints.NotNull;

import org.jspecify.annotations.Nullable;

import java.util.Set;

/**
 * Which tickets a line is for. The first line of a list that is for a ticket counts.
 *
 * @param priorities any when absent
 * @param major any when absent
 */
public record Which(
        @NotNull Kind kind, @Nullable Set<@NotNull Priority> priorities, @Nullable Boolean major) {

    public boolean includes(Kind kind, Priority priority, @Nullable Major major) {
        return kind == this.kind
                && (priorities == null || priorities.contains(priority))
                && (this.major == null || this.major == (major != null));
    }
}
