package io.gendan.ticket;

import io.gendan.events.AssignmentEvent.AgentChosen;
import io.gendan.events.Territory;
import io.gendan.events.TicketEvent.TransferEnded;
import io.gendan.events.TicketEvent.TransferOffered;
import io.gendan.events.TicketEvent.TransferRequested;
import io.gendan.events.TransferOutcome;
import io.gendan.ticket.HandOverDesk.Destination;
import io.gendan.ticket.Ticket.Person;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * The owner's wish that somebody else has the ticket, until that comes to something or to nothing.
 *
 * @param offer once somebody may have it
 */
record Transfer(UUID id, Person by, String reason, Instant at, @Nullable Offer offer) {

    /**
     * @param at absent in what was kept by an older version
     */
    record Offer(Person agent, Territory servedBy, String team, @Nullable Instant at) {}

    /**
     * @param reason masked
     */
    record Wish(UUID id, Person by, Destination to, String reason) {

        TransferRequested told(Stamp stamp) {
            return new TransferRequested(
                    stamp.ticketId(),
                    stamp.round(),
                    stamp.stay(),
                    stamp.at(),
                    id,
                    by.id(),
                    by.name(),
                    to.agent(),
                    to.team(),
                    to.territory(),
                    reason);
        }
    }

    static Transfer of(TransferRequested requested) {
        return new Transfer(
                requested.transferId(),
                new Person(requested.by(), requested.byName()),
                requested.reason(),
                requested.at(),
                null);
    }

    TransferOffered offer(Stamp stamp, AgentChosen choice) {
        return new TransferOffered(
                stamp.ticketId(),
                stamp.round(),
                stamp.stay(),
                stamp.at(),
                id,
                choice.agent(),
                choice.agentName(),
                choice.servedBy(),
                choice.team());
    }

    TransferEnded end(Stamp stamp, TransferOutcome outcome, @Nullable String reason) {
        return new TransferEnded(
                stamp.ticketId(),
                stamp.round(),
                stamp.stay(),
                stamp.at(),
                id,
                outcome,
                offer == null ? null : offer.agent().id(),
                reason);
    }

    Transfer offered(TransferOffered offered) {
        var agent = new Person(offered.agent(), offered.agentName());
        return new Transfer(
                id,
                by,
                reason,
                at,
                new Offer(agent, offered.servedBy(), offered.team(), offered.at()));
    }

    /** Whether whoever it is offered to has had so long. */
    boolean isOver(Duration answeredWithin, Instant now) {
        return offer != null
                && !Objects.requireNonNullElse(offer.at(), at).plus(answeredWithin).isAfter(now);
    }

    boolean isOfferedTo(String agent) {
        return offer != null && offer.agent().id().equals(agent);
    }
}
