package io.gendan.ticket;

import io.gendan.api.Problem;

import java.util.UUID;

/** A command that the state of the ticket does not allow. Nothing was changed. */
final class TransitionRefused extends Problem {

    private static final int CONFLICT = 409;

    TransitionRefused(UUID ticketId, TicketStatus status, Command command) {
        super(CONFLICT, "transition-refused", ticketId.toString(), status.name(), command.word());
        in(status, this);
    }

    /**
     * What is refused for what else is so of the ticket says, too, where it is and what is legal
     * there.
     */
    static Problem in(TicketStatus status, Problem refused) {
        return refused.status() == CONFLICT
                ? refused.with("state", status.name()).with("legal", Command.legalIn(status))
                : refused;
    }
}
