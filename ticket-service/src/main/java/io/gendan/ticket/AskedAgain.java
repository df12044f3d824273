package io.gendan.ticket;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

import io.gendan.api.Answer;
import io.gendan.api.Answers;
import io.gendan.api.Caller;
import io.gendan.api.Idempotency;
import io.gendan.api.Problem;
import io.gendan.api.Role;
import io.gendan.api.Scope;
import io.gendan.ticket.Intake.Request;

import org.springframework.stereotype.Component;

import java.util.Map;
import java.util.UUID;

/** Answers who wanted to open a ticket of what is gone after already: with that ticket. */
@Component
class AskedAgain {

    private final TicketDesk desk;
    private final Idempotency idempotency;
    private final Answers answers;

    /**
     * @param joined always true: what was asked is an urge of this ticket, and opened no other
     */
    record Joined(@JsonUnwrapped TicketSnapshot ticket, boolean joined) {}

    AskedAgain(TicketDesk desk, Idempotency idempotency, Answers answers) {
        this.desk = desk;
        this.idempotency = idempotency;
        this.answers = answers;
    }

    /**
     * @throws TransitionRefused when the ticket is over by now
     * @throws Problem 409 when the request says how it was solved: that nobody says of somebody
     *     else's ticket by opening one
     */
    Answer about(UUID ticketId, Request request) {
        return idempotency.once(request.key(), () -> joined(ticketId, request));
    }

    /** The same within the caller's transaction, which has claimed the key. */
    Answer joined(UUID ticketId, Request request) {
        if (request.solvesAtOnce()) {
            throw Problem.of(409, "matter-open").with("ticket", ticketId);
        }
        var caller = request.caller();
        var ticket = desk.urge(ticketId, caller, viewer(caller), request.opening());
        return answers.of(
                200,
                Map.of(
                        "Location",
                        "/api/tickets/" + ticket.id(),
                        "ETag",
                        "\"" + ticket.version() + "\""),
                new Joined(ticket, true));
    }

    /** As what the ticket is shown to them; where an agent serves makes no difference to that. */
    private static Scope viewer(Caller caller) {
        if (caller.isOneOf(Role.CHANNEL)) {
            return new Scope.OfChannel(caller.id());
        }
        return caller.isOneOf(Role.SUPERVISOR)
                ? new Scope.Everything()
                : new Scope.OfAgent(caller.id(), null, Intake.FIRST_TIER);
    }
}
