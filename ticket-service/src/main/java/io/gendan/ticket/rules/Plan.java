package io.gendan.ticket.rules;

import io.gendan.events.Authority;
import io.gendan.events.AuthoritySource;
import io.gendan.events.Kind;
import io.gendan.events.Major;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Set;

/**
 * That the customers of such tickets are promised to hear what will be done (处理方案). The first line
 * that is for a ticket counts.
 *
 * @param majors any, or none, when absent
 * @param sources of an authority's letter; any, or no letter, when absent
 * @param step of the procedure, by which it is kept
 * @param what is promised, as the customer reads it
 * @param calendar by which it is counted: {@code ALWAYS} or {@code WORKDAYS}
 * @param fromNextDay whether it counts from the day after the letter arrived; from when the ticket
 *     is such, when it does not say
 */
public record Plan(
        @NotNull Kind kind,
        @Nullable @Size(min = 1) Set<@NotNull Major> majors,
        @Nullable @Size(min = 1) Set<@NotNull AuthoritySource> sources,
        @NotNull @Pattern(regexp = ServiceRules.CODE) String step,
        @NotBlank @Size(max = 80) String what,
        @NotNull Duration within,
        @NotNull @Pattern(regexp = ServiceRules.CODE) String calendar,
        @Nullable Boolean fromNextDay)
        implements Promised {

    Procedure.Due due() {
        return new Procedure.Due(within, calendar, null);
    }

    /**
     * By when the customer is to hear it: counted from now on, if it were late already.
     *
     * @param now when the ticket is such
     * @param zone where letters arrive
     */
    public Instant dueAt(Instant now, @Nullable Authority letter, ZoneId zone, WorkingDays days) {
        var begins =
                letter == null || !Boolean.TRUE.equals(fromNextDay)
                        ? now
                        : letter.arrivedOn().plusDays(1).atStartOfDay(zone).toInstant();
        return due().from(begins, days)
                .filter(due -> due.isAfter(now))
                .or(() -> due().from(now, days))
                .orElseGet(() -> now.plus(within));
    }
}
