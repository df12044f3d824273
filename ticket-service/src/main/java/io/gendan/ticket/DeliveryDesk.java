package io.gendan.ticket;

import io.gendan.api.Problem;
import io.gendan.api.Scope;
import io.gendan.messaging.Origin;
import io.gendan.ticket.ChannelOutbox.Lost;
import io.gendan.ticket.ChannelOutbox.Reported;
import io.gendan.ticket.ChannelOutbox.Unfetched;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import java.time.Instant;
import java.util.UUID;

/**
 * What becomes of what the customer cannot be told: when it is given up, its ticket, if it is of
 * one, says so. The row of the ticket is locked before that of the delivery, here as everywhere.
 */
@Component
@Transactional
public class DeliveryDesk {

    private final ChannelOutbox outbox;
    private final Changes changes;

    DeliveryDesk(ChannelOutbox outbox, Changes changes) {
        this.outbox = outbox;
        this.changes = changes;
    }

    /**
     * The customer could not be told: it is handed out again later, or given up.
     *
     * @throws Problem 404 when the channel has no such delivery
     */
    public Reported failed(UUID id, String reason, Scope.OfChannel channel) {
        outbox.ticketOf(id, channel)
                .ifPresentOrElse(
                        ticketId -> failed(ticketId, id, reason, channel),
                        () -> outbox.failed(id, reason, channel));
        return outbox.require(id, channel);
    }

    private void failed(UUID ticketId, UUID id, String reason, Scope.OfChannel channel) {
        changes.propose(
                ticketId,
                new Origin(channel.client(), "could not tell the customer"),
                (ticket, now) ->
                        outbox.failed(id, reason, channel)
                                .ifPresent(lost -> say(ticket, lost, now)));
    }

    void giveUp(Unfetched unfetched) {
        var ticketId = unfetched.ticketId();
        if (ticketId == null) {
            outbox.giveUp(unfetched.id());
            return;
        }
        changes.propose(
                ticketId,
                new Origin("system:ticket", "nobody told the customer"),
                (ticket, now) ->
                        outbox.giveUp(unfetched.id()).ifPresent(lost -> say(ticket, lost, now)));
    }

    private static void say(Ticket ticket, Lost lost, Instant now) {
        ticket.isUndelivered(lost.id(), lost.messageId(), lost.reason(), now);
    }
}
