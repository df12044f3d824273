package io.gendan.ticket;

import io.gendan.events.Kind;
import io.gendan.events.Major;
import io.gendan.events.Phase;
import io.gendan.events.Priority;
import io.gendan.events.Region;
import io.gendan.events.TicketEvent.FactsChanged;
import io.gendan.events.TicketEvent.TicketCreated;

import org.jspecify.annotations.Nullable;

/** What a ticket is about, as far as we know: that may turn out otherwise. */
record Facts(
        Kind kind,
        @Nullable Phase phase,
        String category,
        Priority priority,
        @Nullable Major major,
        Region region) {

    static Facts of(TicketCreated created) {
        return new Facts(
                created.kind(),
                created.phase(),
                created.category(),
                created.priority(),
                created.major(),
                created.region());
    }

    static Facts of(FactsChanged changed) {
        return new Facts(
                changed.kind(),
                changed.phase(),
                changed.category(),
                changed.priority(),
                changed.major(),
                changed.region());
    }

    /** Whether whoever is the right one for this is so for the other. */
    boolean asksForTheSame(Facts other) {
        return kind == other.kind
                && phase == other.phase
                && category.equals(other.category)
                && region.divisions().equals(other.region.divisions());
    }
}
