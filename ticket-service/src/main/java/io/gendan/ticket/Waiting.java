package io.gendan.ticket;

import io.gendan.api.Problem;
import io.gendan.events.TicketEvent.CustomerReminded;
import io.gendan.events.TicketEvent.WaitingEnded;
import io.gendan.events.TicketEvent.WaitingStarted;
import io.gendan.events.WaitEnd;
import io.gendan.events.WaitingReason;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/** When a ticket rests, and for whom. */
final class Waiting extends Telling {

    Waiting(Telling ticket) {
        super(ticket);
    }

    /**
     * Waits for somebody.
     *
     * @throws Problem 422 for {@code AGREED}, which needs a promise: {@link #await(UUID, String,
     *     Instant)}
     */
    void await(WaitingReason reason, UUID waitId, String agent, Instant now) {
        require(Command.WAIT);
        if (reason == WaitingReason.AGREED) {
            throw Problem.of(422, "required", "until").at("/until");
        }
        goOn(agent, now);
        say(new WaitingStarted(id(), round(), stay(), at(now), reason, null, waitId, null));
    }

    /** Waits for the carrier, who looks for the parcel. */
    void awaitSearch(UUID waitId, String agent, Instant now) {
        require(Command.WAIT);
        goOn(agent, now);
        say(
                new WaitingStarted(
                        id(), round(), stay(), at(now), WaitingReason.CARRIER, null, waitId, true));
    }

    /**
     * Waits as agreed with the customer, until the promise ends.
     *
     * @throws Problem 404 when there is no such promise, 409 when it is over
     */
    void await(UUID promiseId, String agent, Instant now) {
        require(Command.WAIT);
        var promise = state.promises().requireSettleable(promiseId);
        goOn(agent, now);
        say(
                new WaitingStarted(
                        id(),
                        round(),
                        stay(),
                        at(now),
                        WaitingReason.AGREED,
                        promise.id(),
                        null,
                        null));
    }

    void resume(Instant now) {
        require(Command.RESUME);
        end(WaitEnd.RESUMED, now);
    }

    /** Of a wait that an older version kept nobody knows. */
    boolean beganBy(Instant then) {
        var since = state.waitingSince();
        return since == null || !since.isAfter(then);
    }

    boolean isOn(@Nullable UUID wait) {
        return state.waitId() != null && state.waitId().equals(wait);
    }

    /** Of a wait that is over nobody is reminded. */
    void remind(@Nullable UUID wait, Instant now) {
        if (isOn(wait)) {
            say(new CustomerReminded(id(), round(), stay(), at(now), Objects.requireNonNull(wait)));
        }
    }

    void endFor(UUID promiseId, Instant now) {
        if (isWaitingFor(promiseId)) {
            end(WaitEnd.PROMISE, now);
        }
    }

    void end(WaitEnd reason, Instant now) {
        var waitedFor = state.waitingReason();
        var search = state.waitingSearch();
        say(new WaitingEnded(id(), round(), stay(), at(now), reason, waitedFor, search));
    }
}
