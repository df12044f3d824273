package io.gendan.ticket;

import io.gendan.api.Caller;
import io.gendan.api.Problem;
import io.gendan.api.Role;
import io.gendan.api.Scope;
import io.gendan.events.AssignmentEvent.AgentAwaited;
import io.gendan.events.AssignmentEvent.AgentChosen;
import io.gendan.events.AssignmentEvent.TeamChosen;
import io.gendan.events.Channel;
import io.gendan.events.CloseReason;
import io.gendan.events.EscalationEvent.ClockElapsed;
import io.gendan.events.EscalationEvent.ClockStepped;
import io.gendan.events.EscalationEvent.DueChanged;
import io.gendan.events.EscalationEvent.EscalationClaimed;
import io.gendan.events.EscalationEvent.EscalationRaised;
import io.gendan.events.PromisePurpose;
import io.gendan.events.Solved;
import io.gendan.events.Topics;
import io.gendan.events.WaitingReason;
import io.gendan.messaging.DatabaseClock;
import io.gendan.messaging.EventLog;
import io.gendan.messaging.EventLog.Entry;
import io.gendan.messaging.EventLog.LoggedEvent;
import io.gendan.messaging.Origin;
import io.gendan.ticket.Messages.Message;
import io.gendan.ticket.Messages.Side;
import io.gendan.ticket.Ticket.Person;
import io.gendan.ticket.Ticket.Said;
import io.gendan.ticket.rules.RuleBook;
import io.gendan.ticket.rules.ServiceRules;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * What is done to tickets: by people, one command a transaction, and by the proposals of the other
 * services. Each takes the row lock of the ticket first, and says what came of it in the
 * transaction that saves it.
 */
@Component
@Transactional
public class TicketDesk {

    private static final Logger logger = LoggerFactory.getLogger(TicketDesk.class);
    private static final Scope OUR_OWN = new Scope.Everything();
    private static final int FIRST_YEAR = 2000;
    private static final int MISSED_SHOWN = 50;
    private static final Duration LONGEST_PROMISE = Duration.ofDays(3653);

    private final Tickets tickets;
    private final Messages messages;
    private final Surveys surveys;
    private final Consequences consequences;
    private final FollowUps followUps;
    private final TicketReading reading;
    private final EventLog log;
    private final DatabaseClock clock;
    private final RuleBook rules;
    private final TicketSettings.SurveySettings settings;
    private final TicketSettings.MessageSettings messageSettings;

    /**
     * Who wants something of which ticket.
     *
     * @param seenVersion the version the caller decided by; absent where it does not matter
     */
    public record Act(UUID ticketId, Caller caller, Scope scope, @Nullable Long seenVersion) {}

    /**
     * What somebody promises the customer.
     *
     * @param customerAsked for that hour: then it may be one at which we do not call
     * @param pointer where in the request the due time was, for a refusal
     */
    public record Pledge(
            String what,
            Instant dueAt,
            @Nullable Channel channel,
            boolean customerAsked,
            String pointer) {}

    /**
     * @param sentAt when it was written, as the channel says; absent when it is not known to be
     *     another time than now
     * @param contactId the call or chat that it belongs to
     */
    public record Words(String text, @Nullable Instant sentAt, @Nullable UUID contactId) {}

    /** What the customer says about a resolution. */
    public record Rating(Solved solved, int score, @Nullable String text) {}

    TicketDesk(
            Tickets tickets,
            Messages messages,
            Surveys surveys,
            Consequences consequences,
            FollowUps followUps,
            TicketReading reading,
            EventLog log,
            DatabaseClock clock,
            RuleBook rules,
            TicketSettings settings) {
        this.tickets = tickets;
        this.messages = messages;
        this.surveys = surveys;
        this.consequences = consequences;
        this.followUps = followUps;
        this.reading = reading;
        this.rules = rules;
        this.settings = settings.survey();
        this.messageSettings = settings.messages();
        this.log = log;
        this.clock = clock;
    }

    public TicketSnapshot accept(Act act) {
        return work(act, (ticket, now) -> ticket.accept(act.caller().id(), now));
    }

    /**
     * A message of the customer when a channel brings it, else the agent's answer. What the
     * customer says to a merged ticket is heard by the one it was merged into.
     *
     * @throws Problem 422 when it was written at no time that can be, or in no contact of the
     *     ticket
     */
    public TicketSnapshot say(Act act, Words words) {
        var messageId = UUID.randomUUID();
        var fromCustomer = act.caller().isOneOf(Role.CHANNEL);
        var text = words.text();
        requireContact(act, words.contactId());
        BiConsumer<Ticket, Instant> saying =
                (ticket, now) -> {
                    var sentAt = checkedSentAt(words.sentAt(), now);
                    var said =
                            new Said(
                                    messageId,
                                    Masking.mask(text),
                                    words.contactId(),
                                    sentAt,
                                    ticket.rules().thanks().isAllOf(text));
                    if (fromCustomer) {
                        ticket.hear(said, now);
                    } else {
                        ticket.answer(said, act.caller().id(), now);
                    }
                    messages.add(
                            ticket,
                            new Message(
                                    messageId,
                                    act.caller().id(),
                                    fromCustomer ? Side.CUSTOMER : Side.US,
                                    text,
                                    sentAt));
                };
        return fromCustomer ? fromCustomer(act, saying) : work(act, saying);
    }

    private void requireContact(Act act, @Nullable UUID contactId) {
        if (contactId != null
                && reading.require(act.ticketId(), act.scope()).contacts().stream()
                        .noneMatch(contact -> contact.id().equals(contactId))) {
            throw Problem.of(422, "contact-unknown").at("/contactId");
        }
    }

    /** What comes from the customer concerns the ticket that theirs was merged into. */
    TicketSnapshot fromCustomer(Act act, BiConsumer<Ticket, Instant> saying) {
        try {
            return hearWhereItIs(act, saying);
        } catch (TransitionRefused merged) {
            // It was merged, or that undone, while we waited for its lock.
            if (tickets.mergedInto(act.ticketId(), act.scope()).isEmpty()) {
                throw merged;
            }
            return hearWhereItIs(act, saying);
        }
    }

    private @Nullable Instant checkedSentAt(@Nullable Instant sentAt, Instant now) {
        if (sentAt == null) {
            return null;
        }
        if (sentAt.isAfter(now.plus(messageSettings.clockTolerance()))
                || sentAt.isBefore(now.minus(messageSettings.latest()))) {
            throw Problem.of(422, "sent-at", messageSettings.latest().toDays()).at("/sentAt");
        }
        return sentAt.truncatedTo(ChronoUnit.MICROS);
    }

    private TicketSnapshot hearWhereItIs(Act act, BiConsumer<Ticket, Instant> saying) {
        return tickets.mergedInto(act.ticketId(), act.scope())
                .map(into -> hearIn(into, act, saying))
                .orElseGet(() -> change(act, saying));
    }

    /** Who does not know of the merge is heard where the matter is gone after now. */
    private TicketSnapshot hearIn(UUID into, Act act, BiConsumer<Ticket, Instant> saying) {
        propose(
                into,
                new Origin(act.caller().id(), "said to merged ticket " + act.ticketId()),
                saying);
        return reading.shown(act.ticketId(), act.scope());
    }

    /**
     * The customer asks again about what is gone after already. Whoever brings that may see the
     * ticket from now on.
     *
     * @throws TransitionRefused when it is over by now
     */
    TicketSnapshot urge(UUID ticketId, Caller caller, Scope viewer, Channel channel, String text) {
        var urgeId = UUID.randomUUID();
        propose(
                ticketId,
                new Origin(caller.id(), "asked again by " + channel),
                (ticket, now) -> {
                    ticket.urge(urgeId, channel, Masking.mask(text), now);
                    messages.add(
                            ticket, new Message(urgeId, caller.id(), Side.CUSTOMER, text, null));
                });
        tickets.remember(ticketId, List.of(caller.id()));
        return reading.shown(ticketId, viewer);
    }

    /** Tells of the ticket by which the customer came back. */
    void follow(Ticket closed, Ticket next, Origin origin) {
        propose(closed.id(), origin, (ticket, now) -> ticket.isFollowedBy(next, now));
    }

    /**
     * Both tickets are locked in the order of their ids, whichever is merged into which.
     *
     * @throws Problem 404 when one of them is not in the scope, 403 when not both are the caller's
     */
    public TicketSnapshot merge(Act act, UUID into, String reason) {
        var masked = Masking.mask(reason);
        return together(
                act,
                into,
                (ticket, other, now) -> {
                    requireTheirs(other, act);
                    ticket.mergeInto(other, masked, now);
                });
    }

    public TicketSnapshot undoMerge(Act act, @Nullable String reason) {
        var masked = reason == null ? null : Masking.mask(reason);
        var into = tickets.mergedInto(act.ticketId(), act.scope()).orElse(act.ticketId());
        return together(
                act,
                into,
                (ticket, other, now) -> {
                    requireTheirs(other, act);
                    if (!ticket.isMergedInto(other.id())) {
                        throw new TransitionRefused(
                                ticket.id(), ticket.memento().status(), Command.UNDO_MERGE);
                    }
                    ticket.unmergeFrom(other, masked, now);
                });
    }

    public TicketSnapshot await(Act act, WaitingReason reason) {
        var waitId = UUID.randomUUID();
        return work(act, (ticket, now) -> ticket.await(reason, waitId, now));
    }

    /** Waits until an open promise ends. */
    public TicketSnapshot await(Act act, UUID promiseId) {
        return work(act, (ticket, now) -> ticket.await(promiseId, now));
    }

    /** Promises, and waits until that ends. */
    public TicketSnapshot await(Act act, Pledge pledge) {
        var draft = draft(pledge, act.caller());
        return work(
                act,
                (ticket, now) -> {
                    requireFuture(pledge, now);
                    ticket.promise(draft, now);
                    ticket.await(draft.id(), now);
                });
    }

    public TicketSnapshot promise(Act act, Pledge pledge) {
        var draft = draft(pledge, act.caller());
        return work(
                act,
                (ticket, now) -> {
                    requireFuture(pledge, now);
                    requireCallable(pledge, ticket);
                    ticket.promise(draft, now);
                });
    }

    /**
     * Says that a promise was kept.
     *
     * @param resolution how that solved the ticket, if it waited for it; by what was promised, when
     *     it has no words
     */
    public TicketSnapshot keep(Act act, UUID promiseId, Resolution resolution) {
        return settle(
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
        return settle(
                act,
                promiseId,
                (ticket, now) -> ticket.withdraw(promiseId, act.caller().id(), masked, now));
    }

    private static Promise.Draft draft(Pledge pledge, Caller caller) {
        return new Promise.Draft(
                UUID.randomUUID(),
                new Person(caller.id(), caller.name()),
                Masking.mask(pledge.what()),
                pledge.dueAt().truncatedTo(ChronoUnit.MICROS),
                pledge.channel(),
                PromisePurpose.OWN);
    }

    private static void requireFuture(Pledge pledge, Instant now) {
        if (!pledge.dueAt().isAfter(now) || pledge.dueAt().isAfter(now.plus(LONGEST_PROMISE))) {
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

    public TicketSnapshot resume(Act act) {
        return work(act, Ticket::resume);
    }

    public TicketSnapshot resolve(Act act, Resolution resolution) {
        return work(
                act,
                (ticket, now) -> {
                    surveys.decide(ticket, now);
                    ticket.resolve(act.caller().id(), resolution.masked(), now);
                    tickets.noteResult(
                            ticket.id(), Objects.requireNonNull(resolution.told(), "result"));
                });
    }

    /** Does a step of the ticket's procedure. */
    public TicketSnapshot takeStep(Act act, String step, @Nullable String note) {
        var masked = note == null ? null : Masking.mask(note);
        return work(act, (ticket, now) -> ticket.takeStep(step, act.caller().id(), masked, now));
    }

    public TicketSnapshot review(Act act, String cause, String measure) {
        return work(
                act,
                (ticket, now) ->
                        ticket.review(
                                act.caller().id(),
                                Masking.mask(cause),
                                Masking.mask(measure),
                                now));
    }

    /**
     * Tells that an authority got its answer.
     *
     * @throws Problem 422 when that lies in the future
     */
    public TicketSnapshot file(
            Act act, String text, LocalDate filedOn, @Nullable String reference) {
        var masked = reference == null ? null : Masking.mask(reference);
        return work(
                act,
                (ticket, now) -> {
                    var today = now.atZone(rules.inForce().calling().zone()).toLocalDate();
                    if (filedOn.isAfter(today) || filedOn.getYear() < FIRST_YEAR) {
                        throw Problem.of(422, "filed-on", today).at("/filedOn");
                    }
                    ticket.file(act.caller().id(), Masking.mask(text), filedOn, masked, now);
                });
    }

    /** For who may see the ticket, also when it is another's. */
    public TicketSnapshot note(Act act, String text) {
        var noteId = UUID.randomUUID();
        return change(
                act,
                (ticket, now) -> {
                    ticket.note(noteId, act.caller().id(), Masking.mask(text), now);
                    messages.add(
                            ticket, new Message(noteId, act.caller().id(), Side.NOTE, text, null));
                });
    }

    /** By the customer's channel, the assignee or a leader. */
    public TicketSnapshot reopen(Act act, String reason) {
        return act.caller().isOneOf(Role.CHANNEL)
                ? change(act, reason, Ticket::reopen)
                : change(
                        act,
                        reason,
                        (ticket, now) -> {
                            requireTheirs(ticket, act);
                            ticket.reopen(now);
                        });
    }

    public TicketSnapshot cancel(Act act, String reason) {
        var masked = Masking.mask(reason);
        return change(act, reason, (ticket, now) -> ticket.cancel(act.caller().id(), masked, now));
    }

    public TicketSnapshot confirm(Act act) {
        return change(act, Ticket::confirm);
    }

    /**
     * @param statements what the leader says about the reason, by code
     */
    public TicketSnapshot close(Act act, CloseReason reason, Map<String, String> statements) {
        var masked = new TreeMap<String, String>();
        statements.forEach((code, text) -> masked.put(code, Masking.mask(text)));
        return change(act, (ticket, now) -> ticket.close(reason, masked, act.caller().id(), now));
    }

    /**
     * Takes the answer of whoever has the token.
     *
     * @throws Problem 404 when it leads nowhere, 409 when there is nothing to answer any more
     */
    public void rate(String token, Rating rating) {
        var place = surveys.find(token).orElseThrow(Problem::notFound);
        var text = rating.text();
        var draft =
                new Survey.Draft(
                        rating.solved(), rating.score(), text == null ? null : Masking.mask(text));
        var origin = new Origin("customer", "by the link of the survey");
        propose(
                place.ticketId(),
                origin,
                (ticket, now) -> {
                    var accepted = settings.answersAccepted();
                    if (ticket.rate(place.surveyId(), draft, accepted, now)) {
                        var id = Objects.requireNonNull(ticket.memento().survey()).followUpId();
                        followUps.open(
                                ticket,
                                id,
                                text,
                                followUp -> followUp.goAfter(ticket, now),
                                origin);
                    }
                });
    }

    public void assign(AgentChosen choice) {
        propose(
                choice.ticketId(),
                new Origin("system:routing", "rules " + choice.decision().ruleVersion()),
                (ticket, now) -> ticket.assign(choice, now));
    }

    public void place(AgentAwaited line) {
        propose(
                line.ticketId(),
                new Origin("system:routing", "nobody is free"),
                (ticket, now) -> ticket.place(line, now));
    }

    public void place(TeamChosen choice) {
        propose(
                choice.ticketId(),
                new Origin("system:routing", "tier " + choice.tier()),
                (ticket, now) -> ticket.place(choice, now));
    }

    public void escalate(EscalationRaised proposal) {
        propose(
                proposal.ticketId(),
                new Origin(
                        "system:escalation",
                        "%s %s due %s"
                                .formatted(proposal.cause(), proposal.clock(), proposal.dueAt())),
                (ticket, now) -> ticket.escalate(proposal, now));
    }

    public void assign(EscalationClaimed claim) {
        propose(
                claim.ticketId(),
                new Origin(claim.agent(), "claimed from the queue of tier " + claim.tier()),
                (ticket, now) -> ticket.assign(claim, now));
    }

    public void elapse(ClockElapsed elapsed) {
        propose(
                elapsed.ticketId(),
                new Origin("system:escalation", elapsed.clock() + " due " + elapsed.dueAt()),
                (ticket, now) -> {
                    var waited = ticket.isOnWait(elapsed.about());
                    ticket.elapse(elapsed, now);
                    if (waited && ticket.memento().status() == TicketStatus.RESOLVED) {
                        tickets.noteResult(ticket.id(), Ticket.NO_REPLY);
                    }
                });
    }

    public void step(ClockStepped stepped) {
        propose(
                stepped.ticketId(),
                new Origin(
                        "system:escalation",
                        "%s due %s".formatted(stepped.step(), stepped.dueAt())),
                (ticket, now) -> ticket.step(stepped, now));
    }

    public void noteDue(DueChanged due) {
        tickets.noteDue(due);
    }

    /** A command for whoever has the ticket, or a leader in their place. */
    TicketSnapshot work(Act act, BiConsumer<Ticket, Instant> command) {
        return change(
                act,
                (ticket, now) -> {
                    requireTheirs(ticket, act);
                    command.accept(ticket, now);
                });
    }

    /** For who made the promise, too: it stays theirs when the ticket is another's. */
    TicketSnapshot settle(Act act, UUID promiseId, BiConsumer<Ticket, Instant> command) {
        return change(
                act,
                (ticket, now) -> {
                    var caller = act.caller();
                    var owner = ticket.promise(promiseId).owner().id();
                    if (!owner.equals(caller.id())
                            && !ticket.isAssignedTo(caller.id())
                            && !caller.isOneOf(Role.SUPERVISOR)) {
                        throw Problem.of(403, "not-the-owner");
                    }
                    command.accept(ticket, now);
                });
    }

    /** Does something to a ticket of theirs and another that they may see. */
    TicketSnapshot together(Act act, UUID otherId, OfTwo command) {
        boolean isFirst = act.ticketId().compareTo(otherId) < 0;
        var first = lock(isFirst ? act.ticketId() : otherId, act);
        var second = lock(isFirst ? otherId : act.ticketId(), act);
        var ticket = isFirst ? first : second;
        var other = isFirst ? second : first;
        requireFresh(ticket, act);
        requireTheirs(ticket, act);
        command.accept(ticket, other, clock.now());
        save(ticket, new Origin(act.caller().id(), null));
        save(other, new Origin(act.caller().id(), null));
        return reading.shown(act.ticketId(), act.scope());
    }

    Ticket lock(UUID id, Act act) {
        return tickets.lock(id, act.scope()).orElseThrow(Problem::notFound);
    }

    interface OfTwo {
        void accept(Ticket ticket, Ticket other, Instant now);
    }

    static void requireTheirs(Ticket ticket, Act act) {
        if (!ticket.isAssignedTo(act.caller().id()) && !act.caller().isOneOf(Role.SUPERVISOR)) {
            throw Problem.of(403, "not-the-assignee");
        }
    }

    TicketSnapshot change(Act act, BiConsumer<Ticket, Instant> command) {
        return change(act, null, command);
    }

    TicketSnapshot change(Act act, @Nullable String reason, BiConsumer<Ticket, Instant> command) {
        var ticket = lock(act.ticketId(), act);
        requireFresh(ticket, act);
        command.accept(ticket, clock.now());
        save(ticket, new Origin(act.caller().id(), reason == null ? null : Masking.mask(reason)));
        return reading.shown(ticket.id(), act.scope());
    }

    private void requireFresh(Ticket ticket, Act act) {
        var seen = act.seenVersion();
        if (seen != null && seen != ticket.memento().version()) {
            var missed =
                    log
                            .timeline(Topics.TICKETS, ticket.id().toString(), seen, MISSED_SHOWN)
                            .stream()
                            .map(Missed::of)
                            .toList();
            throw Problem.of(412, "stale-version", seen, ticket.memento().version())
                    .with("version", ticket.memento().version())
                    .with("missed", missed);
        }
    }

    private record Missed(long version, String type, Instant at, String actor) {

        static Missed of(LoggedEvent event) {
            return new Missed(event.sequence(), event.type(), event.at(), event.actor());
        }
    }

    void propose(UUID id, Origin origin, BiConsumer<Ticket, Instant> proposal) {
        var ticket =
                tickets.lock(id, OUR_OWN)
                        .orElseThrow(() -> new IllegalStateException("No ticket " + id));
        proposal.accept(ticket, clock.now());
        save(ticket, origin);
    }

    private void save(Ticket ticket, Origin origin) {
        if (ticket.hasNews()) {
            ticket.promiseProgress(ticket.memento().updatedAt());
        }
        var news = ticket.drainNews();
        if (news.isEmpty()) {
            return;
        }
        tickets.save(ticket);
        consequences.of(ticket, news, origin);
        for (var event : news) {
            logger.info(
                    "Ticket {} {} by {}",
                    ticket.id(),
                    event.getClass().getSimpleName(),
                    origin.actor());
        }
        log.appendAll(
                news.stream()
                        .map(
                                event ->
                                        new Entry(
                                                Topics.TICKETS,
                                                event.key(),
                                                event,
                                                event.at(),
                                                origin))
                        .toList());
    }
}
