package io.gendan.ticket;

import io.gendan.api.Problem;

import java.util.UUID;

/** A command that the state of the ticket does not allow. Nothing was changed. */
final class TransitionRefused extends Problem {

    TransitionRefused(UUID ticketId, TicketStatus status, Command command) {
        super(409, "transition-refused", ticketId.toString(), status.name(), command.word());
        with("state", status.name());
        with("legal", Command.legalIn(status));
    }
}
