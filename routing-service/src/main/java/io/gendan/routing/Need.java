package io.gendan.routing;

import io.gendan.events.Channel;
import io.gendan.events.Kind;
import io.gendan.events.Major;
import io.gendan.events.Phase;
import io.gendan.events.Priority;
import io.gendan.events.TicketEvent.FactsChanged;

import org.jspecify.annotations.Nullable;

import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * What a ticket asks of the agent who takes it.
 *
 * @param points how much of an agent's capacity it takes
 * @param refusedBy agents whose choice the ticket refused in this round
 */
record Need(
        Kind kind,
        @Nullable Phase phase,
        String category,
        Channel channel,
        Priority priority,
        @Nullable Major major,
        boolean vip,
        UUID customerId,
        int points,
        Set<String> refusedBy) {

    Need {
        refusedBy = Set.copyOf(refusedBy);
    }

    /** The first of the category's two levels. */
    String topCategory() {
        int dot = category.indexOf('.');
        return dot < 0 ? category : category.substring(0, dot);
    }

    /** Needs of one sort can be met by the same agents: when one cannot, none of them can. */
    String sort() {
        return "%s/%s/%s/%s/%s/%d/%s"
                .formatted(
                        kind,
                        priority,
                        major == null ? "-" : major,
                        phase == null ? "-" : phase,
                        topCategory(),
                        points,
                        String.join(",", new TreeSet<>(refusedBy)));
    }

    Need refusedAlsoBy(String agent) {
        var all = new TreeSet<>(refusedBy);
        all.add(agent);
        return withRefusedBy(all);
    }

    Need of(FactsChanged changed, int otherPoints) {
        return new Need(
                changed.kind(),
                changed.phase(),
                changed.category(),
                channel,
                changed.priority(),
                changed.major(),
                vip,
                customerId,
                otherPoints,
                refusedBy);
    }

    Need withRefusedBy(Set<String> agents) {
        return new Need(
                kind, phase, category, channel, priority, major, vip, customerId, points, agents);
    }
}
