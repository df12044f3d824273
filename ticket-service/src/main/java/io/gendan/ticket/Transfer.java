package io.gendan.ticket;

import io.gendan.events.Territory;
import io.gendan.events.TicketEvent.TransferOffered;
import io.gendan.events.TicketEvent.TransferRequested;
import io.gendan.ticket.Ticket.Person;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * The owner's wish that somebody else has the ticket, until that comes to something or to nothing.
 *
 * @param offer once somebody may have it
 */
record Transfer(UUID id, Person by, String reason, Instant at, @Nullable Offer offer) {

    record Offer(Person agent, Territory servedBy, String team) {}

    /** To whom: one of the three. */
    record Wish(
            UUID id,
            Person by,
            @Nullable String toAgent,
            @Nullable String toTeam,
            @Nullable Territory toTerritory,
            String reason) {}

    static Transfer of(TransferRequested requested) {
        return new Transfer(
                requested.transferId(),
                new Person(requested.by(), requested.byName()),
                requested.reason(),
                requested.at(),
                null);
    }

    Transfer offered(TransferOffered offered) {
        var agent = new Person(offered.agent(), offered.agentName());
        return new Transfer(
                id, by, reason, at, new Offer(agent, offered.servedBy(), offered.team()));
    }

    boolean isOfferedTo(String agent) {
        return offer != null && offer.agent().id().equals(agent);
    }
}
