package io.gendan.ticket;

import io.gendan.events.TicketEvent.TicketUrged;
import io.gendan.ticket.rules.Urges;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * How often the customer asked again about a ticket.
 *
 * @param lately when, since it last climbed or was to climb for that; no more of them than any rule
 *     counts
 */
record Urged(int count, List<Instant> lately) {

    private static Urged none() {
        return new Urged(0, List.of());
    }

    static Urged after(@Nullable Urged before, TicketUrged urged) {
        var known = before == null ? none() : before;
        var times = Stream.concat(known.lately.stream(), Stream.of(urged.at())).toList();
        var surplus = Math.max(0, times.size() - Urges.MOST_COUNTED);
        return new Urged(urged.count(), List.copyOf(times.subList(surplus, times.size())));
    }

    static @Nullable Urged climbed(@Nullable Urged before) {
        return before == null ? null : new Urged(before.count, List.of());
    }

    static int timesOf(@Nullable Urged urged) {
        return urged == null ? 0 : urged.count;
    }

    boolean isToClimb(Urges rules, Instant now) {
        var first = lately.size() - rules.climbsAt();
        return first >= 0 && !lately.get(first).isBefore(now.minus(rules.climbsWithin()));
    }
}
