package io.gendan.ticket;

import io.gendan.api.Problem;
import io.gendan.events.Authority;
import io.gendan.events.EscalationCause;
import io.gendan.events.HandOffPacket;
import io.gendan.events.Priority;
import io.gendan.events.Territory;
import io.gendan.events.TicketEvent;
import io.gendan.events.TicketEvent.EscalationRequested;
import io.gendan.events.TicketEvent.TicketAccepted;
import io.gendan.events.TicketEvent.TicketAssigned;
import io.gendan.events.TicketEvent.TicketCreated;
import io.gendan.ticket.Ticket.Person;
import io.gendan.ticket.rules.ServiceRules;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Decides something about one ticket: knows what its events have made of it so far, and says what
 * more happens. What one part of a {@link Ticket} says the others know at once.
 */
abstract class Telling {

    /** Of promises, and of questions to those above. */
    private static final int MOST = 50;

    private static final String ASKED_AGAIN = "asked again";

    final TicketCreated created;
    final ServiceRules rules;
    final TicketState state;
    private final News news;

    /** What was said since the ticket was loaded, by one act. */
    private static final class News {

        private final List<TicketEvent> events = new ArrayList<>();
        private @Nullable Priority priorityBefore;
    }

    Telling(TicketCreated created, ServiceRules rules, TicketState state) {
        this.created = created;
        this.rules = rules;
        this.state = state;
        this.news = new News();
    }

    /** Of the same ticket. */
    Telling(Telling ticket) {
        this.created = ticket.created;
        this.rules = ticket.rules;
        this.state = ticket.state;
        this.news = ticket.news;
    }

    final void say(TicketEvent event) {
        state.apply(event);
        news.events.add(event);
    }

    boolean hasNews() {
        return !news.events.isEmpty();
    }

    /** The events since the ticket was loaded, in order; the next call gives none. */
    List<TicketEvent> drainNews() {
        var drained = List.copyOf(news.events);
        news.events.clear();
        news.priorityBefore = null;
        return drained;
    }

    /** Once by one act, for whatever of it comes first. */
    final void sayAskedToClimb(
            UUID requestId, Person by, EscalationCause cause, HandOffPacket packet, Instant now) {
        if (news.events.stream().anyMatch(this::asksToClimbFromHere)) {
            return;
        }
        say(
                new EscalationRequested(
                        id(), round(), stay(), at(now), requestId, by.id(), by.name(), cause,
                        packet));
    }

    private boolean asksToClimbFromHere(TicketEvent event) {
        return event instanceof EscalationRequested requested && requested.stay() == stay();
    }

    /**
     * Makes a complaint press that shows by what came since then to go badly, by all of it once.
     * Not what is over: nobody works on it.
     */
    final void sayRaisedSince(Weighed before, Instant now) {
        var why = state.weighed().since(before, rules.raises());
        if (!why.isEmpty() && (status().isOpen() || status() == TicketStatus.RESOLVED)) {
            var raised = Facts.raised(state.facts().kind(), priorityBefore());
            sayPressing(raised, String.join("；", why), now);
        }
    }

    /** By being asked about again. */
    final void sayPressed(Instant now) {
        sayPressing(Facts.pressed(priorityBefore()), ASKED_AGAIN, now);
    }

    /** All of one act presses as much as the most of it does alone. */
    private void sayPressing(Priority pressing, String why, Instant now) {
        var facts = state.facts();
        if (pressing.compareTo(facts.priority()) < 0) {
            say(facts.withPriority(pressing).told(stamp(now), why));
        }
    }

    /** As it was when the first of the act made it press. */
    private Priority priorityBefore() {
        var before = Objects.requireNonNullElse(news.priorityBefore, state.facts().priority());
        news.priorityBefore = before;
        return before;
    }

    void sayAssigned(
            Person agent, Territory territory, Territory servedBy, String team, Instant now) {
        var accountable = Objects.requireNonNullElse(state.responsible(), agent);
        say(
                new TicketAssigned(
                        id(),
                        round(),
                        stay(),
                        at(now),
                        territory,
                        servedBy,
                        team,
                        state.tier(),
                        agent.id(),
                        agent.name(),
                        accountable.id(),
                        accountable.name()));
    }

    /**
     * Who had it before it was reopened goes on with it before somebody else was found; a leader
     * who acts in their place does not give it back to them. What waits for those above is taken by
     * a claim only: whoever had it stays responsible until then.
     */
    void goOn(String by, Instant now) {
        if (isAssignedTo(by) && isAtWork() && state.agentWanted() && !state.isInQueue()) {
            sayAssigned(
                    assignee(),
                    Objects.requireNonNull(state.territory()),
                    Objects.requireNonNull(state.servedBy()),
                    Objects.requireNonNull(state.team()),
                    now);
            say(new TicketAccepted(id(), round(), stay(), at(now), assignee().id()));
        }
    }

    /** A leader may have gone on with what was reopened. */
    private boolean isAtWork() {
        return status() == TicketStatus.REOPENED || status() == TicketStatus.IN_PROGRESS;
    }

    Stamp stamp(Instant now) {
        return new Stamp(id(), round(), stay(), at(now));
    }

    Instant at(Instant now) {
        return now.isBefore(state.updatedAt()) ? state.updatedAt() : now;
    }

    UUID id() {
        return created.ticketId();
    }

    int round() {
        return state.round();
    }

    int stay() {
        return state.stay();
    }

    TicketStatus status() {
        return state.status();
    }

    Person assignee() {
        return Optional.ofNullable(state.assignee()).orElseThrow();
    }

    /** See {@link Facts#endsByFiling}. */
    boolean endsByFiling() {
        return state.facts().endsByFiling();
    }

    /** Through whom it came; absent when from the customer alone. */
    @Nullable Authority authority() {
        return state.facts().authority();
    }

    /** Absent when nobody ever had it. */
    @Nullable String solver() {
        return state.assignee() == null ? null : state.assignee().id();
    }

    boolean isAssignedTo(String agent) {
        return agent.equals(solver());
    }

    boolean isWaitingFor(UUID promiseId) {
        return promiseId.equals(state.awaitedPromise());
    }

    void require(Command command) {
        if (!command.isLegalIn(status())) {
            throw new TransitionRefused(id(), status(), command);
        }
    }

    /** What stands in one row has a bound. */
    static void requireRoom(int count) {
        if (count >= MOST) {
            throw Problem.of(409, "too-many", MOST);
        }
    }

    /** How far it is in its procedure. */
    Course course() {
        return new Course(
                rules,
                id(),
                created.at(),
                state.reopenedAt(),
                state.facts(),
                state.work(),
                state.talk());
    }
}
