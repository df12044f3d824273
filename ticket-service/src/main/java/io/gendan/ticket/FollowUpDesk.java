package io.gendan.ticket;

import io.gendan.api.Answer;
import io.gendan.api.Idempotency;
import io.gendan.api.IdempotencyKey;
import io.gendan.api.Problem;
import io.gendan.messaging.Origin;
import io.gendan.ticket.Intake.Request;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.util.List;

/**
 * Opens what one of us says follows a closed ticket, or finds it open already. Each in a
 * transaction of its own, beside the line of the other openings: it locks the closed ticket before
 * its matter, and a batch of openings waits for no ticket.
 */
@Component
public class FollowUpDesk {

    private final Intake intake;
    private final FollowUps followUps;
    private final AskedAgain askedAgain;
    private final Customers customers;
    private final Changes changes;
    private final Idempotency idempotency;

    FollowUpDesk(
            Intake intake,
            FollowUps followUps,
            AskedAgain askedAgain,
            Customers customers,
            Changes changes,
            Idempotency idempotency) {
        this.intake = intake;
        this.followUps = followUps;
        this.askedAgain = askedAgain;
        this.customers = customers;
        this.changes = changes;
        this.idempotency = idempotency;
    }

    /**
     * @param act to the ticket that it follows
     * @param taking absent when an agent is to be sought for it
     * @throws Problem 404 when that is not in the scope, 409 when it is not closed, 422 when it is
     *     another customer's or a rule is broken
     */
    public Answer open(Act act, Opening opening, @Nullable Taking taking, IdempotencyKey key) {
        return idempotency.once(
                key,
                () -> {
                    var where = followUps.lock(act.ticketId(), act.scope());
                    var closed = where.closed();
                    if (closed == null) {
                        throw Problem.of(409, "follows-closed")
                                .at("/followUpOf")
                                .with("ticket", where.last());
                    }
                    var saying = opening.goingOnWith(closed);
                    var request = intake.check(saying, taking, act.caller(), key);
                    requireSameCustomer(closed, request);
                    var open = where.open();
                    return open == null || !request.joins()
                            ? open(closed, request)
                            : askedAgain.joined(open, request);
                });
    }

    private void requireSameCustomer(Ticket closed, Request request) {
        var phone = request.phone();
        var customer =
                request.customer() != null || phone == null
                        ? request.customer()
                        : customers.known(List.of(phone.e164())).get(phone.e164());
        if (customer == null || !customer.id().equals(closed.created().customerId())) {
            throw Problem.of(422, "follows-own").at("/customer");
        }
    }

    private Answer open(Ticket closed, Request request) {
        var written = intake.follow(request, closed, followUps.reopens(closed));
        var opened = written.opened().ticket();
        var origin = new Origin(request.caller().id(), "followed by " + opened.created().number());
        changes.propose(
                closed.id(), origin, (ticket, now) -> ticket.ties().isFollowedBy(opened, now));
        return written.answer();
    }
}
