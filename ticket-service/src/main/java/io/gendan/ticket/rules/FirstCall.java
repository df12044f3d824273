package io.gendan.ticket.rules;

import io.gendan.events.AuthoritySource;
import io.gendan.events.Kind;
import io.gendan.events.Major;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Set;

/**
 * That the customers of such tickets are promised a call as soon as theirs is such (首次致电). The
 * first line that is for a ticket counts.
 *
 * @param majors any, or none, when absent
 * @param sources of an authority's letter; any, or no letter, when absent
 * @param what is promised, as the customer reads it
 * @param within from when the ticket is such; at the next opening when we do not call then
 */
public record FirstCall(
        @NotNull Kind kind,
        @Nullable @Size(min = 1) Set<@NotNull Major> majors,
        @Nullable @Size(min = 1) Set<@NotNull AuthoritySource> sources,
        @NotBlank @Size(max = 80) String what,
        @NotNull Duration within)
        implements Promised {}
