package io.gendan.escalation;

import io.gendan.events.Territory;
import io.gendan.events.TicketEvent.TicketAssigned;
import io.gendan.events.TicketEvent.TicketPlaced;

import org.jspecify.annotations.Nullable;

/** Who serves a ticket, as far as it is known. */
public record Place(
        @Nullable Territory territory,
        @Nullable Territory servedBy,
        @Nullable String team,
        @Nullable String assignee) {

    static final Place UNKNOWN = new Place(null, null, null, null);

    Place with(TicketPlaced placed) {
        return new Place(placed.territory(), placed.servedBy(), placed.team(), assignee);
    }

    static Place of(TicketAssigned assigned) {
        return new Place(
                assigned.territory(), assigned.servedBy(), assigned.team(), assigned.agent());
    }
}
