package io.gendan.ticket;

import io.gendan.api.Problem;
import io.gendan.events.AssignmentEvent.AgentAwaited;
import io.gendan.events.AssignmentEvent.AgentChosen;
import io.gendan.events.AssignmentEvent.TeamChosen;
import io.gendan.events.Authority;
import io.gendan.events.Channel;
import io.gendan.events.CloseReason;
import io.gendan.events.EscalationEvent.ClockElapsed;
import io.gendan.events.EscalationEvent.ClockStepped;
import io.gendan.events.EscalationEvent.EscalationClaimed;
import io.gendan.events.EscalationEvent.EscalationRaised;
import io.gendan.events.Kind;
import io.gendan.events.Territory;
import io.gendan.events.TicketEvent;
import io.gendan.events.TicketEvent.NoteAdded;
import io.gendan.events.TicketEvent.TicketCreated;
import io.gendan.events.WaitingReason;
import io.gendan.ticket.Conversation.Callback;
import io.gendan.ticket.Conversation.Said;
import io.gendan.ticket.rules.MajorWords;
import io.gendan.ticket.rules.Revisits;
import io.gendan.ticket.rules.ServiceRules;
import io.gendan.ticket.rules.WorkingDays;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;

/**
 * One customer problem; somebody is responsible for it until it is closed.
 *
 * <p>Its state is a function of its events: verbs decide and say the events, {@link TicketState}
 * alone changes by them, and folding the log with {@link #replay} gives the same ticket again.
 * Proposals of other services are fenced by round and stay, and come out as an event whether taken
 * or refused; a proposal that is neither (nothing would change) comes out empty.
 *
 * <p>The verbs are told where they are decided: {@link Ownership}, {@link Conversation}, {@link
 * Waiting}, {@link Commitments}, {@link Severity}, {@link Ending}, {@link Rating}, {@link
 * HandOver}, {@link Ties}.
 */
final class Ticket extends Telling {

    /** How a ticket was solved that nobody had more to say about, for people to read. */
    static final String NO_REPLY = "客户逾期未回复 No reply from the customer in time";

    private static final String CLAIMED = "客户提出索赔 The customer claims it";

    static final Person CUSTOMER = new Person("customer", "customer");

    /** Who promises what nobody of us has: it is kept by whoever has the ticket. */
    static final Person SYSTEM = new Person("system:ticket", "系统 System");

    /** Whoever leads: no account of anybody. */
    static final Person LEADERS = new Person("leaders", "班长 Team leaders");

    private final Waiting waiting = new Waiting(this);
    private final Commitments commitments = new Commitments(this);
    private final Ending ending = new Ending(this, waiting, commitments);
    private final Rating rating = new Rating(this, commitments, ending);
    private final Severity severity = new Severity(this, commitments, ending);
    private final Ownership ownership = new Ownership(this, waiting, ending);
    private final HandOver handOver = new HandOver(this, waiting);
    private final Conversation conversation =
            new Conversation(this, waiting, commitments, ending, handOver);
    private final Ties ties = new Ties(this, waiting, commitments, severity);

    /** Somebody of ours, by account and display name. */
    record Person(String id, String name) {}

    /** Whoever does a step by hand. */
    record Doer(String id, boolean isLeader) {}

    private Ticket(TicketCreated created, ServiceRules rules, TicketState state) {
        super(created, rules, state);
    }

    /**
     * @param rules in force at the creation, by which it is served
     */
    static Ticket of(TicketCreated created, ServiceRules rules) {
        return new Ticket(created, rules, new TicketState(created));
    }

    /** As it is kept beside the log by {@link Tickets}. */
    static Ticket restored(TicketCreated created, Memento memento, ServiceRules rules) {
        return new Ticket(created, rules, TicketState.restored(created, memento));
    }

    /**
     * The ticket as its log tells it.
     *
     * @param rules by which a ticket is served
     * @throws IllegalArgumentException if the first event does not create a ticket
     */
    static Ticket replay(List<TicketEvent> log, Function<TicketCreated, ServiceRules> rules) {
        if (log.isEmpty() || !(log.getFirst() instanceof TicketCreated created)) {
            throw new IllegalArgumentException("A ticket's log begins with its creation");
        }
        var ticket = of(created, rules.apply(created));
        ticket.replayMore(log.subList(1, log.size()));
        return ticket;
    }

    /** What the log tells after that. */
    void replayMore(List<TicketEvent> log) {
        log.forEach(state::apply);
    }

    void take(Person agent, @Nullable Territory servedBy, String team, Instant now) {
        ownership.take(agent, servedBy, team, now);
    }

    void assign(AgentChosen choice, Instant now) {
        ownership.assign(choice, now);
    }

    void assign(EscalationClaimed claim, Instant now) {
        ownership.assign(claim, now);
    }

    void place(AgentAwaited line, Instant now) {
        ownership.place(line, now);
    }

    void place(TeamChosen choice, Instant now) {
        ownership.place(choice, now);
    }

    void escalate(EscalationRaised proposal, Instant now) {
        ownership.escalate(proposal, now);
    }

    void accept(String agent, Instant now) {
        ownership.accept(agent, now);
    }

    void answer(Said said, String agent, Instant now) {
        conversation.answer(said, agent, now);
    }

    void hear(Said said, Instant now) {
        conversation.hear(said, now);
    }

    void urge(UUID urgeId, Channel channel, String text, Instant now) {
        conversation.urge(urgeId, channel, text, now);
    }

    boolean record(Talk.Contact contact, Callback callback, Instant now) {
        return conversation.record(contact, null, callback, now);
    }

    void record(Talk.Contact contact, UUID urgeId, Callback callback, Instant now) {
        conversation.record(contact, urgeId, callback, now);
    }

    boolean record(Talk.Attempt call, Instant now) {
        return conversation.record(call, now);
    }

    void hearDiscontent(Discontent discontent, String said, Instant now) {
        conversation.hearDiscontent(discontent, said, now);
    }

    void isUndelivered(UUID deliveryId, @Nullable UUID messageId, String reason, Instant now) {
        conversation.isUndelivered(deliveryId, messageId, reason, now);
    }

    void await(WaitingReason reason, UUID waitId, String agent, Instant now) {
        waiting.await(reason, waitId, agent, now);
    }

    void awaitSearch(UUID waitId, String agent, Instant now) {
        waiting.awaitSearch(waitId, agent, now);
    }

    void await(UUID promiseId, String agent, Instant now) {
        waiting.await(promiseId, agent, now);
    }

    void resume(Instant now) {
        waiting.resume(now);
    }

    boolean isOnWait(@Nullable UUID wait) {
        return waiting.isOn(wait);
    }

    /** Who promises it does it, too. */
    void promise(Promise.Draft draft, Instant now) {
        promise(draft, draft.owner().id(), now);
    }

    void promise(Promise.Draft draft, String by, Instant now) {
        commitments.promise(draft, by, now);
    }

    void promiseProgress(Instant now) {
        commitments.promiseProgress(now);
    }

    void seeToPlan(WorkingDays days, Instant now) {
        commitments.seeToPlan(days, now);
    }

    void promiseFirstCall(Instant now) {
        commitments.promiseFirstCall(now);
    }

    boolean owes(UUID promiseId) {
        return commitments.isOwed(promiseId);
    }

    void revisit(Revisits.Regular plan, Instant now) {
        commitments.revisit(plan, now);
    }

    void revisit(Discontent discontent, Instant now) {
        commitments.revisit(discontent, now);
    }

    void keep(UUID promiseId, String agent, Resolution resolution, Instant now) {
        ending.keep(promiseId, agent, resolution, now);
    }

    void withdraw(UUID promiseId, String agent, String reason, Instant now) {
        ending.withdraw(promiseId, agent, reason, now);
    }

    void takeStep(String step, Doer by, @Nullable String note, Instant now) {
        ending.takeStep(step, by, note, now);
    }

    void resolve(String agent, Resolution resolution, Instant now) {
        ending.resolve(agent, resolution, now);
    }

    void ownerIsAway() {
        ending.ownerIsAway();
    }

    /** Whether whoever had it last was not there when it was loaded. */
    boolean lacksItsOwner() {
        return ending.lacksItsOwner();
    }

    void askNobody() {
        ending.askNobody();
    }

    Instant asksAt(Survey survey) {
        return rating.asksAt(survey);
    }

    Survey.Look look(UUID surveyId, Duration accepted, Instant now) {
        return rating.look(surveyId, accepted, now);
    }

    boolean rate(UUID surveyId, Survey.Draft draft, Duration accepted, Instant now) {
        return rating.rate(surveyId, draft, accepted, now);
    }

    /**
     * @param by who says so: one of us, or the customer
     * @param said why it is no solution; masked
     */
    void reopen(String by, String said, Instant now) {
        ending.reopen(by, said, now);
    }

    void review(Doer by, String cause, String measure, Instant now) {
        ending.review(by, cause, measure, now);
    }

    void file(String by, String text, LocalDate filedOn, @Nullable String reference, Instant now) {
        ending.file(by, text, filedOn, reference, now);
    }

    void confirm(Instant now) {
        ending.confirm(now);
    }

    void close(CloseReason reason, Map<String, String> statements, String by, Instant now) {
        ending.close(reason, statements, by, now);
    }

    /** The two know of each other from now on, where there is room for that. */
    void closeAsDuplicate(Ticket original, Map<String, String> statements, String by, Instant now) {
        ending.closeAsDuplicate(original, statements, by, now);
        ties.linkToEarlier(original, now);
    }

    void cancel(String by, String reason, Instant now) {
        ending.cancel(by, reason, now);
    }

    /** What its owner does who cannot go on alone. */
    HandOver handOver() {
        return handOver;
    }

    /** What it has to do with other tickets. */
    Ties ties() {
        return ties;
    }

    /** Tells the others of us something; changes nothing else. */
    void note(UUID noteId, String author, String text, Instant now) {
        require(Command.NOTE);
        say(new NoteAdded(id(), round(), stay(), at(now), noteId, author, text));
    }

    /**
     * It is about something else than it seemed. Nobody has taken it up yet: then another agent may
     * be the right one, who is sought in a new round. What its letter says may be found to be
     * otherwise, and that it is not its own; but whose it is, as long as it carries one, stays.
     *
     * @throws Problem 422 when what carries a letter would be of a kind that carries none, or carry
     *     one of another, and when what is major would be no complaint
     */
    void change(Facts changed, String reason, Instant now) {
        require(Command.CHANGE);
        var facts = state.facts();
        if (changed.equals(facts)) {
            return;
        }
        var known = facts.authority();
        var letter = changed.authority();
        if (known != null && letter != null) {
            if (letter.source() != known.source()) {
                throw Problem.of(422, "authority-known", known.number()).at("/authority");
            }
            requireOfItsKind(changed, letter);
        }
        if (changed.major() != null
                && changed.kind() != Kind.COMPLAINT
                && (changed.major() != facts.major() || changed.kind() != facts.kind())) {
            throw Problem.of(422, "major-complaints-only").at("/kind");
        }
        var isSoughtAnew =
                state.agentWanted()
                        && state.tier() == created.tier()
                        && !changed.asksForTheSame(facts);
        var stamp = stamp(now);
        turnsOut(changed, isSoughtAnew ? stamp.inNextRound() : stamp, reason);
    }

    private void requireOfItsKind(Facts changed, Authority authority) {
        var facts = state.facts();
        AuthorityLetter.requireKind(authority.source(), changed.kind(), "/kind");
        if (facts.isOfAnAuthority()
                && (changed.kind() != facts.kind() || changed.major() != facts.major())) {
            throw Problem.of(422, "authority-complaints-only").at("/kind");
        }
    }

    /**
     * The customer names how much they claim. What they named before stays when it was more.
     *
     * @param claim in yuan; absent when they named nothing
     */
    void claim(@Nullable BigDecimal claim, Instant now) {
        require(Command.HEAR);
        var before = state.facts().claim();
        if (claim != null && (before == null || claim.compareTo(before) > 0)) {
            turnsOut(state.facts().withClaim(claim), stamp(now), CLAIMED);
        }
    }

    private void turnsOut(Facts changed, Stamp stamp, String reason) {
        var weighed = state.weighed();
        var before = state.facts();
        say(changed.told(before, stamp, reason));
        if (changed.major() != null) {
            commitments.keepMajorChecks(SYSTEM.id(), stamp.at());
        }
        commitments.seeToFirstCall(before, stamp.at());
        sayRaisedSince(weighed, stamp.at());
    }

    /** By what the customer says it sounds major. */
    void suspect(MajorWords.Found found, Instant now) {
        severity.suspect(found, now);
    }

    void confirmMajor(@Nullable UUID proposalId, String by, Instant now) {
        severity.confirm(proposalId, by, now);
    }

    void refuseMajor(@Nullable UUID proposalId, String by, String reason, Instant now) {
        severity.refuse(proposalId, by, reason, now);
    }

    /** Time ran out. What happened in the meantime counts, so that a late call changes nothing. */
    void elapse(ClockElapsed clock, Instant now) {
        switch (clock.clock()) {
            case CONFIRMATION -> {
                if (clock.stay() == stay()) {
                    ending.closeBySilence(clock.dueAt(), now);
                }
            }
            case PROMISE -> ending.endPromise(Objects.requireNonNull(clock.about(), "about"), now);
            case WAITING -> {
                if (isOnWait(clock.about())) {
                    ending.endWaitAtItsLimit(now);
                }
            }
            case SURVEY -> rating.end(clock.about(), now);
            case CLOSING -> {
                if (clock.stay() == stay()) {
                    ending.sayOverdue(clock.dueAt(), now);
                }
            }
            case FIRST_RESPONSE,
                    NEXT_RESPONSE,
                    RESOLUTION,
                    TIER_RESPONSE,
                    TIER_RESOLUTION,
                    UNKNOWN -> {
                // raise the ticket, or are for a version that knows them
            }
        }
    }

    /** Time has passed, and the clock runs on. */
    void step(ClockStepped clock, Instant now) {
        switch (clock.step()) {
            case REMIND_CUSTOMER -> waiting.remind(clock.about(), now);
            case OFFER_AGAIN, TELL_LEADER, UNKNOWN -> {
                // for routing, for leaders, or for a version that knows them
            }
        }
    }

    /**
     * @throws Problem 404 when there is none
     */
    Promise promise(UUID promiseId) {
        return state.promises().require(promiseId);
    }

    TicketCreated created() {
        return created;
    }

    /** By which it is served. */
    ServiceRules rules() {
        return rules;
    }

    Memento memento() {
        return state.memento();
    }
}
