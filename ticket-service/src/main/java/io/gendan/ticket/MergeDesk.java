package io.gendan.ticket;

import io.gendan.api.Problem;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import java.util.UUID;

/** Two tickets about one matter become one, and two again. */
@Component
@Transactional
public class MergeDesk {

    private final Changes changes;
    private final Tickets tickets;

    MergeDesk(Changes changes, Tickets tickets) {
        this.changes = changes;
        this.tickets = tickets;
    }

    /**
     * Both tickets are locked in the order of their ids, whichever is merged into which.
     *
     * @throws Problem 404 when one of them is not in the scope, 403 when not both are the caller's
     */
    public TicketSnapshot merge(Act act, UUID into, String reason) {
        var masked = Masking.mask(reason);
        return changes.together(
                act,
                into,
                (ticket, other, now) -> {
                    Changes.requireTheirs(other, act);
                    ticket.ties().mergeInto(other, masked, now);
                });
    }

    public TicketSnapshot undo(Act act, @Nullable String reason) {
        var masked = reason == null ? null : Masking.mask(reason);
        var into = tickets.mergedInto(act.ticketId(), act.scope()).orElse(act.ticketId());
        return changes.together(
                act,
                into,
                (ticket, other, now) -> {
                    Changes.requireTheirs(other, act);
                    if (!ticket.ties().isMergedInto(other.id())) {
                        throw new TransitionRefused(
                                ticket.id(), ticket.memento().status(), Command.UNDO_MERGE);
                    }
                    ticket.ties().unmergeFrom(other, masked, now);
                });
    }
}
