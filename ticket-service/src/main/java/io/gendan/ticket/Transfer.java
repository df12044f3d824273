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
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The owner's wish that somebody else has the ticket, until that comes to something or to nothing.
 *
 * @param to absent in what was kept by an older version
 * @param notTo to whom it was offered in vain
 * @param offer once somebody may have it
 */
record Transfer(
        UUID id,
        Person by,
        @Nullable Destination to,
        String reason,
        Instant at,
        List<String> notTo,
        @Nullable Offer offer) {

    /** After so many somebody else decides how it goes on. */
    private static final int MOST_OFFERS = 20;

    Transfer {
        notTo = notTo == null ? List.of() : List.copyOf(notTo);
    }

    /**
     * @param at absent in what was kept by an older version
     */
    record Offer(Person agent, Territory servedBy, String team, @Nullable Instant at) {}

    /**
     * @param reason masked
     */
    record Wish(UUID id, Person by, Destination to, String reason) {

        TransferRequested told(Stamp stamp) {
            return request(stamp, id, by, to, reason, null);
        }
    }

    private static TransferRequested request(
            Stamp stamp,
            UUID id,
            Person by,
            Destination to,
            String reason,
            @Nullable List<String> notTo) {
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
                reason,
                notTo);
    }

    static Transfer of(TransferRequested requested) {
        return new Transfer(
                requested.transferId(),
                new Person(requested.by(), requested.byName()),
                new Destination(requested.toAgent(), requested.toTeam(), requested.toTerritory()),
                requested.reason(),
                requested.at(),
                Objects.requireNonNullElse(requested.notTo(), List.of()),
                null);
    }

    /** The same wish, for another one than those who had the offer; none when only one will do. */
    Optional<TransferRequested> again(Stamp stamp) {
        if (to == null || to.agent() != null || offer == null || notTo.size() + 1 >= MOST_OFFERS) {
            return Optional.empty();
        }
        var had = Stream.concat(notTo.stream(), Stream.of(offer.agent().id())).toList();
        return Optional.of(request(stamp, id, by, to, reason, had));
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
                to,
                reason,
                at,
                notTo,
                new Offer(agent, offered.servedBy(), offered.team(), offered.at()));
    }

    /** Absent while nobody has the offer. */
    @Nullable Instant offeredAt() {
        return offer == null ? null : Objects.requireNonNullElse(offer.at(), at);
    }

    /** Whether whoever it is offered to has had so long. */
    boolean isOver(Duration answeredWithin, Instant now) {
        var offered = offeredAt();
        return offered != null && !offered.plus(answeredWithin).isAfter(now);
    }

    boolean isOfferedTo(String agent) {
        return offer != null && offer.agent().id().equals(agent);
    }
}
