package io.gendan.ticket;

import io.gendan.api.Caller;
import io.gendan.api.Problem;
import io.gendan.events.Channel;
import io.gendan.events.PromisePurpose;
import io.gendan.ticket.Ticket.Person;
import io.gendan.ticket.rules.ServiceRules;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** What our people promise customers, and what becomes of it. */
@Component
@Transactional
public class PromiseDesk {

    private static final Duration LONGEST = Duration.ofDays(3653);

    private final Changes changes;
    private final Tickets tickets;
    private final Surveys surveys;
    private final Agents agents;

    /**
     * What somebody promises the customer.
     *
     * @param customerAsked for that hour: then it may be one at which we do not call
     * @param pointer where in the request the due time was, for a refusal
     * @param owner the colleague who is to do it; who promises, when absent
     */
    public record Pledge(
            String what,
            Instant dueAt,
            @Nullable Channel channel,
            boolean customerAsked,
            String pointer,
            @Nullable String owner) {

        /** What whoever promises it does. */
        public Pledge(
                String what,
                Instant dueAt,
                @Nullable Channel channel,
                boolean customerAsked,
                String pointer) {
            this(what, dueAt, channel, customerAsked, pointer, null);
        }
    }

    PromiseDesk(Changes changes, Tickets tickets, Surveys surveys, Agents agents) {
        this.changes = changes;
        this.tickets = tickets;
        this.surveys = surveys;
        this.agents = agents;
    }

    /** Waits until an open promise ends. */
    public TicketSnapshot await(Act act, UUID promiseId) {
        return changes.work(act, (ticket, now) -> ticket.await(promiseId, act.caller().id(), now));
    }

    /** Promises, and waits until that ends. */
    public TicketSnapshot await(Act act, Pledge pledge) {
        var draft = draft(pledge, act.caller());
        return changes.work(
                act,
                (ticket, now) -> {
                    requireFuture(pledge, now);
                    ticket.promise(draft, now);
                    ticket.await(draft.id(), act.caller().id(), now);
                });
    }

    /**
     * @throws Problem 422 when nobody knows the colleague who is to do it
     */
    public TicketSnapshot promise(Act act, Pledge pledge) {
        return changes.work(
                act,
                (ticket, now) -> {
                    requireFuture(pledge, now);
                    requireCallable(pledge, ticket);
                    ticket.promise(draft(pledge, act.caller()), act.caller().id(), now);
                });
    }

    /**
     * Says that a promise was kept.
     *
     * @param resolution how that solved the ticket, if it waited for it; by what was promised, when
     *     it has no words
     */
    public TicketSnapshot keep(Act act, UUID promiseId, Resolution resolution) {
        return changes.settle(
                act,
                promiseId,
                (ticket, now) -> {
                    var solves = ticket.isWaitingFor(promiseId);
                    if (solves) {
                        surveys.decide(ticket, now);
                    }
                    ticket.keep(promiseId, act.caller().id(), resolution.masked(), now);
                    if (solves) {
                        var told = resolution.told();
                        tickets.noteResult(
                                ticket.id(),
                                told == null ? ticket.promise(promiseId).what() : told);
                    }
                });
    }

    public TicketSnapshot withdraw(Act act, UUID promiseId, String reason) {
        var masked = Masking.mask(reason);
        return changes.settle(
                act,
                promiseId,
                (ticket, now) -> ticket.withdraw(promiseId, act.caller().id(), masked, now));
    }

    private Promise.Draft draft(Pledge pledge, Caller caller) {
        return new Promise.Draft(
                UUID.randomUUID(),
                owner(pledge, caller),
                Masking.mask(pledge.what()),
                pledge.dueAt().truncatedTo(ChronoUnit.MICROS),
                pledge.channel(),
                PromisePurpose.OWN);
    }

    private Person owner(Pledge pledge, Caller caller) {
        var owner = pledge.owner();
        return owner == null || owner.equals(caller.id())
                ? agents.person(caller)
                : agents.find(owner)
                        .map(agent -> new Person(agent.id(), agent.name()))
                        .orElseThrow(() -> Problem.of(422, "owner-unknown", owner).at("/owner"));
    }

    private static void requireFuture(Pledge pledge, Instant now) {
        if (!pledge.dueAt().isAfter(now) || pledge.dueAt().isAfter(now.plus(LONGEST))) {
            throw Problem.of(422, "promise-due").at(pledge.pointer());
        }
    }

    private void requireCallable(Pledge pledge, Ticket ticket) {
        if (pledge.channel() == Channel.PHONE
                && !pledge.customerAsked()
                && !ticket.rules().calling().isOpen(pledge.dueAt())) {
            throw outsideCallingHours(ticket.rules(), pledge.pointer());
        }
    }

    static Problem outsideCallingHours(ServiceRules rules, String pointer) {
        var calling = rules.calling();
        return Problem.of(
                        422, "calling-hours", calling.from().toString(), calling.until().toString())
                .at(pointer);
    }
}
