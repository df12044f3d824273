package io.gendan.ticket;

import io.gendan.events.TicketEvent.TicketUrged;
import io.gendan.ticket.rules.Urges;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How often the customer asked again about a ticket.
 *
 * @param lately when, since it last climbed or was to climb for that; no more of them than any rule
 *     counts
 * @param judged how often they had when that was last judged; absent when as often as now. What
 *     they asked about a ticket that is merged into it is judged when they next ask here
 */
record Urged(int count, List<Instant> lately, @Nullable Integer judged) {

    Urged {
        judged = judged != null && judged == count ? null : judged;
    }

    private static Urged none() {
        return new Urged(0, List.of(), null);
    }

    static Urged after(@Nullable Urged before, TicketUrged urged) {
        var known = before == null ? none() : before;
        return new Urged(urged.count(), known.latelyAnd(List.of(urged.at())), null);
    }

    private List<Instant> latelyAnd(List<Instant> more) {
        var times = Stream.concat(lately.stream(), more.stream()).sorted().toList();
        var surplus = Math.max(0, times.size() - Urges.MOST_COUNTED);
        return List.copyOf(times.subList(surplus, times.size()));
    }

    static @Nullable Urged climbed(@Nullable Urged before) {
        return before == null ? null : new Urged(before.count, List.of(), before.judged);
    }

    /** Those about a ticket that is merged into it count here, too. */
    static @Nullable Urged with(@Nullable Urged before, List<Instant> brought) {
        if (brought.isEmpty()) {
            return before;
        }
        var known = before == null ? none() : before;
        return new Urged(
                known.count + brought.size(), known.latelyAnd(brought), known.judgedCount());
    }

    /** What came with the ticket that is on its own again goes with it. */
    static @Nullable Urged without(@Nullable Urged before, List<Instant> brought) {
        if (before == null || brought.isEmpty()) {
            return before;
        }
        var left = new ArrayList<>(before.lately);
        brought.forEach(left::remove);
        var count = before.count - brought.size();
        return count == 0 ? null : new Urged(count, List.copyOf(left), before.judgedCount());
    }

    private int judgedCount() {
        return judged == null ? count : judged;
    }

    /** Those of late, as far as somebody counts them by these rules. */
    static List<Instant> since(@Nullable Urged urged, Urges rules, Instant now) {
        var first = now.minus(rules.climbsWithin());
        return urged == null
                ? List.of()
                : urged.lately.stream().filter(at -> !at.isBefore(first)).toList();
    }

    static int timesOf(@Nullable Urged urged) {
        return urged == null ? 0 : urged.count;
    }

    /** Whether it presses more by being asked about once more. */
    static boolean presses(@Nullable Urged before, Urges rules) {
        var judged = before == null ? 0 : before.judgedCount();
        return judged < rules.raisesPriorityAt() && timesOf(before) + 1 >= rules.raisesPriorityAt();
    }

    boolean isToClimb(Urges rules, Instant now) {
        var first = lately.size() - rules.climbsAt();
        return first >= 0 && !lately.get(first).isBefore(now.minus(rules.climbsWithin()));
    }
}
