package io.gendan.ticket;

import io.gendan.api.Problem;
import io.gendan.events.AssignmentEvent.AgentAwaited;
import io.gendan.events.AssignmentEvent.AgentChosen;
import io.gendan.events.AssignmentEvent.TeamChosen;
import io.gendan.events.AssignmentEvent.TransferRefused;
import io.gendan.events.CallOutcome;
import io.gendan.events.Channel;
import io.gendan.events.CloseReason;
import io.gendan.events.EscalationCause;
import io.gendan.events.EscalationEvent.ClockElapsed;
import io.gendan.events.EscalationEvent.ClockStepped;
import io.gendan.events.EscalationEvent.EscalationClaimed;
import io.gendan.events.EscalationEvent.EscalationRaised;
import io.gendan.events.HandOffPacket;
import io.gendan.events.Kind;
import io.gendan.events.LinkRelation;
import io.gendan.events.Major;
import io.gendan.events.PromisePurpose;
import io.gendan.events.ResolvedAs;
import io.gendan.events.Solved;
import io.gendan.events.Territory;
import io.gendan.events.TicketEvent;
import io.gendan.events.TicketEvent.AnswerFiled;
import io.gendan.events.TicketEvent.AssignmentRefused;
import io.gendan.events.TicketEvent.ClosingRefused;
import io.gendan.events.TicketEvent.ConsultationAnswered;
import io.gendan.events.TicketEvent.CustomerReminded;
import io.gendan.events.TicketEvent.EscalationRefused;
import io.gendan.events.TicketEvent.EscalationRequested;
import io.gendan.events.TicketEvent.MessageReceived;
import io.gendan.events.TicketEvent.MessageSent;
import io.gendan.events.TicketEvent.MessageUndelivered;
import io.gendan.events.TicketEvent.NoteAdded;
import io.gendan.events.TicketEvent.PromiseBroken;
import io.gendan.events.TicketEvent.PromiseKept;
import io.gendan.events.TicketEvent.PromiseWithdrawn;
import io.gendan.events.TicketEvent.ReviewWritten;
import io.gendan.events.TicketEvent.StepDone;
import io.gendan.events.TicketEvent.SurveyEnded;
import io.gendan.events.TicketEvent.TicketAccepted;
import io.gendan.events.TicketEvent.TicketAssigned;
import io.gendan.events.TicketEvent.TicketCancelled;
import io.gendan.events.TicketEvent.TicketClosed;
import io.gendan.events.TicketEvent.TicketCreated;
import io.gendan.events.TicketEvent.TicketEscalated;
import io.gendan.events.TicketEvent.TicketLinked;
import io.gendan.events.TicketEvent.TicketPlaced;
import io.gendan.events.TicketEvent.TicketReleased;
import io.gendan.events.TicketEvent.TicketReopened;
import io.gendan.events.TicketEvent.TicketUnlinked;
import io.gendan.events.TicketEvent.TicketUrged;
import io.gendan.events.TicketEvent.WaitingEnded;
import io.gendan.events.TicketEvent.WaitingStarted;
import io.gendan.events.Topics;
import io.gendan.events.TransferOutcome;
import io.gendan.events.WaitEnd;
import io.gendan.events.WaitingReason;
import io.gendan.ticket.rules.Procedure.Deed;
import io.gendan.ticket.rules.Revisits;
import io.gendan.ticket.rules.ServiceRules;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One customer problem; somebody is responsible for it until it is closed.
 *
 * <p>Its state is a function of its events: verbs decide and say the events, {@link TicketState}
 * alone changes by them, and folding the log with {@link #replay} gives the same ticket again.
 * Proposals of other services are fenced by round and stay, and come out as an event whether taken
 * or refused; a proposal that is neither (nothing would change) comes out empty.
 */
final class Ticket {

    /** How a ticket was solved that nobody had more to say about, for people to read. */
    static final String NO_REPLY = "客户逾期未回复 No reply from the customer in time";

    static final Person CUSTOMER = new Person("customer", "customer");

    /** Who promises what nobody of us has: it is kept by whoever has the ticket. */
    static final Person SYSTEM = new Person("system:ticket", "系统 System");

    /** Whoever leads: no account of anybody. */
    static final Person LEADERS = new Person("leaders", "班长 Team leaders");

    private static final int MOST_LINKS = 50;

    /** Of promises, and of questions to those above. */
    private static final int MOST = 50;

    private static final String PLANNED = "告知建议的进展 Tell what became of the suggestion";
    private static final String CALL_BACK = "回电 Call back";
    private static final String TELL_PROGRESS = "告知进展 Tell how far it is";
    private static final String MERGED = "并入另一工单 Merged into another ticket";
    private static final String REOPENED = "重新处理 Reopened";
    private static final String CLOSED = "已关单 Closed";

    private final TicketCreated created;
    private final ServiceRules rules;
    private final TicketState state;
    private final List<TicketEvent> news = new ArrayList<>();

    /**
     * Whether the next resolution asks the customer: decided in its transaction, and told by it.
     */
    private boolean asks = true;

    /** Somebody of ours, by account and display name. */
    record Person(String id, String name) {}

    /** Whoever does a step by hand. */
    record Doer(String id, boolean isLeader) {}

    /**
     * Something that was written to the other side.
     *
     * @param text with number-like strings masked
     * @param contactId the call or chat that it belongs to
     * @param sentAt when it was written, as its channel says
     * @param thanks whether it is thanks and nothing else
     */
    record Said(
            UUID id,
            String text,
            @Nullable UUID contactId,
            @Nullable Instant sentAt,
            boolean thanks) {}

    private Ticket(TicketCreated created, ServiceRules rules, TicketState state) {
        this.created = created;
        this.rules = rules;
        this.state = state;
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

    /**
     * Becomes theirs who open it, who have taken it up already. To whose territory the customer
     * belongs is not known yet.
     *
     * @param servedBy their own territory; absent when they serve all
     */
    void take(Person agent, @Nullable Territory servedBy, String team, Instant now) {
        var own = servedBy == null ? Territory.UNKNOWN : servedBy;
        sayAssigned(agent, Territory.UNKNOWN, own, team, now);
        accept(agent.id(), now);
    }

    void assign(AgentChosen choice, Instant now) {
        var transfer = state.transfer();
        if (transfer != null && transfer.offer() == null && choice.round() == round()) {
            say(transfer.offer(stamp(now), choice));
            return;
        }
        if (choice.round() != round() || !state.agentWanted() || !status().isOpen()) {
            var reason =
                    choice.round() != round()
                            ? "round %d is over, it is round %d".formatted(choice.round(), round())
                            : "no agent is wanted in state " + status();
            say(
                    new AssignmentRefused(
                            id(),
                            round(),
                            stay(),
                            at(now),
                            choice.round(),
                            choice.agent(),
                            reason));
            return;
        }
        var agent = new Person(choice.agent(), choice.agentName());
        sayAssigned(agent, choice.territory(), choice.servedBy(), choice.team(), now);
    }

    void place(AgentAwaited line, Instant now) {
        if (line.round() == round() && state.agentWanted() && status().isOpen()) {
            place(line.territory(), line.servedBy(), line.team(), now);
        }
    }

    /**
     * Where the customer of a ticket belongs whose agent did not come by routing is told by this
     * alone, however far the ticket is by then; it stays theirs.
     */
    void place(TeamChosen choice, Instant now) {
        if (state.territory() == Territory.UNKNOWN && state.assignee() != null) {
            var own = state.servedBy() == Territory.UNKNOWN ? choice.territory() : state.servedBy();
            place(
                    choice.territory(),
                    Objects.requireNonNull(own),
                    Objects.requireNonNull(state.team()),
                    now);
        } else if (choice.stay() == stay() && status().isOpen()) {
            place(choice.territory(), choice.servedBy(), choice.team(), now);
        }
    }

    private void place(Territory territory, Territory servedBy, String team, Instant now) {
        if (territory != state.territory()
                || servedBy != state.servedBy()
                || !team.equals(state.team())) {
            say(new TicketPlaced(id(), round(), stay(), at(now), territory, servedBy, team));
        }
    }

    void escalate(EscalationRaised proposal, Instant now) {
        if (proposal.stay() != stay() || !status().isOpen()) {
            refuse(proposal.escalationId(), proposal.stay(), now);
            return;
        }
        say(
                new TicketEscalated(
                        id(),
                        round() + 1,
                        stay() + 1,
                        at(now),
                        proposal.escalationId(),
                        state.tier(),
                        proposal.toTier(),
                        proposal.cause(),
                        proposal.dueAt(),
                        proposal.at()));
    }

    void assign(EscalationClaimed claim, Instant now) {
        if (claim.stay() != stay() || !status().isOpen()) {
            refuse(claim.escalationId(), claim.stay(), now);
            return;
        }
        if (status() == TicketStatus.WAITING) {
            endWait(WaitEnd.CLAIMED, now);
        }
        var home = Objects.requireNonNullElse(state.territory(), Territory.UNKNOWN);
        sayAssigned(
                new Person(claim.agent(), claim.agentName()),
                home,
                claim.territory() == null ? home : claim.territory(),
                claim.team(),
                now);
    }

    private void refuse(UUID escalationId, int stay, Instant now) {
        var reason =
                stay != stay()
                        ? "stay %d is over, it is stay %d".formatted(stay, stay())
                        : "the ticket is " + status();
        say(new EscalationRefused(id(), round(), stay(), at(now), escalationId, stay, reason));
    }

    private void sayAssigned(
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

    void accept(String agent, Instant now) {
        require(Command.ACCEPT);
        say(new TicketAccepted(id(), round(), stay(), at(now), agent));
    }

    void answer(Said said, String agent, Instant now) {
        require(Command.ANSWER);
        if (status() == TicketStatus.ASSIGNED) {
            say(new TicketAccepted(id(), round(), stay(), at(now), agent));
        }
        say(
                new MessageSent(
                        id(),
                        round(),
                        stay(),
                        at(now),
                        said.id(),
                        agent,
                        said.text(),
                        said.contactId()));
        closeIfDue(now);
    }

    /** Mere thanks bring nothing back to work: whoever reads them otherwise reopens it. */
    void hear(Said said, Instant now) {
        require(Command.HEAR);
        var isMereThanks = said.thanks() && status() == TicketStatus.RESOLVED;
        say(
                new MessageReceived(
                        id(),
                        round(),
                        stay(),
                        at(now),
                        said.id(),
                        said.text(),
                        said.contactId(),
                        said.sentAt(),
                        isMereThanks ? true : null));
        if (status() == TicketStatus.WAITING) {
            endWait(WaitEnd.MESSAGE, now);
        } else if (status() == TicketStatus.RESOLVED && !isMereThanks) {
            reopenFor(now);
        }
    }

    /**
     * The customer asks again. The owner owes an answer; a wait for the customer is over, and so is
     * a resolution. Asked again often enough it presses more, and climbs.
     *
     * @param text with number-like strings masked
     */
    void urge(UUID urgeId, Channel channel, String text, Instant now) {
        require(Command.HEAR);
        var urges = rules.urges();
        var count = Urged.timesOf(state.urged()) + 1;
        say(new TicketUrged(id(), round(), stay(), at(now), urgeId, channel, count, text));
        if (state.waitingReason() == WaitingReason.CUSTOMER) {
            endWait(WaitEnd.MESSAGE, now);
        } else if (status() == TicketStatus.RESOLVED) {
            reopenFor(now);
        }
        if (count == urges.raisesPriorityAt()) {
            state.facts().pressed(stamp(now)).ifPresent(this::say);
        }
        if (Objects.requireNonNull(state.urged()).isToClimb(urges, now)) {
            var packet = new HandOffPacket("", null, text, null);
            sayAskedToClimb(urgeId, CUSTOMER, EscalationCause.CUSTOMER, packet, now);
        }
    }

    /** Tells of the ticket that the customer came back by. */
    void isFollowedBy(Ticket next, Instant now) {
        sayLinked(next, LinkRelation.FOLLOWED_BY, now);
    }

    /**
     * Waits for somebody.
     *
     * @throws Problem 422 for {@code AGREED}, which needs a promise: {@link #await(UUID, Instant)}
     */
    void await(WaitingReason reason, UUID waitId, Instant now) {
        require(Command.WAIT);
        if (reason == WaitingReason.AGREED) {
            throw Problem.of(422, "required", "until").at("/until");
        }
        say(new WaitingStarted(id(), round(), stay(), at(now), reason, null, waitId));
    }

    /**
     * Waits as agreed with the customer, until the promise ends.
     *
     * @throws Problem 404 when there is no such promise, 409 when it is over
     */
    void await(UUID promiseId, Instant now) {
        require(Command.WAIT);
        var promise = state.promises().requireSettleable(promiseId);
        say(
                new WaitingStarted(
                        id(), round(), stay(), at(now), WaitingReason.AGREED, promise.id(), null));
    }

    void resume(Instant now) {
        require(Command.RESUME);
        endWait(WaitEnd.RESUMED, now);
    }

    /**
     * @throws Problem 422 that points to what the resolution does not say
     */
    void resolve(String agent, Resolution resolution, Instant now) {
        require(Command.RESOLVE);
        course().requireSolved(resolution);
        sayResolved(agent, resolution, ResolvedAs.SOLVED, now);
    }

    /**
     * A step that no other command does.
     *
     * @throws Problem 422 when there is none such, 409 when it is done
     */
    void takeStep(String step, Doer by, @Nullable String note, Instant now) {
        require(Command.STEP);
        course().requireToDo(step, by.isLeader());
        say(new StepDone(id(), round(), stay(), at(now), step, by.id(), note));
        closeIfDue(now);
    }

    /**
     * Cause and measure in words.
     *
     * @throws Problem 422 when it is no complaint
     */
    void review(Doer by, String cause, String measure, Instant now) {
        require(Command.REVIEW);
        if (state.facts().kind() != Kind.COMPLAINT) {
            throw Problem.of(422, "complaints-only");
        }
        course().requireReviewer(by.isLeader());
        say(new ReviewWritten(id(), round(), stay(), at(now), by.id(), cause, measure));
        closeIfDue(now);
    }

    /**
     * Closes what an authority asks about, when nothing else of it is left to do.
     *
     * @throws Problem 422 when no authority asks
     */
    void file(String by, String text, LocalDate filedOn, @Nullable String reference, Instant now) {
        require(Command.FILE);
        if (!isOfAnAuthority()) {
            throw Problem.of(422, "no-authority");
        }
        say(new AnswerFiled(id(), round(), stay(), at(now), by, text, filedOn, reference));
        closeUnlessSomethingIsLeft(CloseReason.ANSWER_FILED, now);
    }

    /** Whoever the next resolution is by, the customer is not asked about it. */
    void askNobody() {
        asks = false;
    }

    /** The customer was not told something, and will not be; in whatever state it is by now. */
    void isUndelivered(UUID deliveryId, @Nullable UUID messageId, String reason, Instant now) {
        say(new MessageUndelivered(id(), round(), stay(), at(now), deliveryId, messageId, reason));
    }

    /** Tells the others of us something; changes nothing else. */
    void note(UUID noteId, String author, String text, Instant now) {
        require(Command.NOTE);
        say(new NoteAdded(id(), round(), stay(), at(now), noteId, author, text));
    }

    /**
     * It is about something else than it seemed. Nobody has taken it up yet: then another agent may
     * be the right one, who is sought in a new round.
     *
     * @throws Problem 422 when an authority's complaint would be none any more
     */
    void change(Facts changed, String reason, Instant now) {
        require(Command.CHANGE);
        var facts = state.facts();
        if (changed.equals(facts)) {
            return;
        }
        if (created.authority() != null
                && (changed.kind() != facts.kind() || changed.major() != facts.major())) {
            throw Problem.of(422, "authority-complaints-only").at("/kind");
        }
        var isSoughtAnew =
                state.agentWanted()
                        && state.tier() == created.tier()
                        && !changed.asksForTheSame(facts);
        var stamp = stamp(now);
        say(changed.told(isSoughtAnew ? stamp.inNextRound() : stamp, reason));
    }

    /**
     * Somebody else shall have it, and has it once they accept. Until then nothing is different,
     * but that the choices made for the round before are over.
     *
     * @throws Problem 409 while another wish is open, or while the ticket stands in a tier's queue
     */
    void transfer(Transfer.Wish wish, Instant now) {
        require(Command.TRANSFER);
        if (state.transfer() != null || state.agentWanted()) {
            throw inThisState("transfer-pending");
        }
        say(wish.told(stamp(now).inNextRound()));
    }

    /** Routing found nobody there who can take it. */
    void refuse(TransferRefused refused, Instant now) {
        var transfer = state.transfer();
        if (transfer != null && transfer.offer() == null && refused.round() == round()) {
            say(transfer.end(stamp(now), TransferOutcome.REFUSED, refused.reason()));
        }
    }

    /**
     * @throws Problem 409 when it is not offered to them
     */
    void takeOver(String agent, Instant now) {
        require(Command.TAKE_OVER);
        var offer = Objects.requireNonNull(requireOffered(agent).offer());
        if (status() == TicketStatus.WAITING) {
            endWait(WaitEnd.TRANSFERRED, now);
        }
        var home = Objects.requireNonNullElse(state.territory(), offer.servedBy());
        sayAssigned(offer.agent(), home, offer.servedBy(), offer.team(), now);
        say(new TicketAccepted(id(), round(), stay(), at(now), agent));
    }

    /**
     * @throws Problem 409 when it is not offered to them
     */
    void decline(String agent, String reason, Instant now) {
        require(Command.DECLINE);
        say(requireOffered(agent).end(stamp(now), TransferOutcome.DECLINED, reason));
    }

    /** Whoever it was offered to did not answer in time; an answer meanwhile counts. */
    void endUnanswered(Duration answeredWithin, Instant now) {
        var transfer = state.transfer();
        if (transfer != null && transfer.isOver(answeredWithin, now)) {
            say(transfer.end(stamp(now), TransferOutcome.EXPIRED, null));
        }
    }

    /**
     * @throws Problem 409 when there is no wish to take back
     */
    void withdrawTransfer(Instant now) {
        require(Command.WITHDRAW_TRANSFER);
        var transfer = state.transfer();
        if (transfer == null) {
            throw inThisState("no-transfer");
        }
        say(transfer.end(stamp(now), TransferOutcome.WITHDRAWN, null));
    }

    private Transfer requireOffered(String agent) {
        var transfer = state.transfer();
        if (transfer == null || !transfer.isOfferedTo(agent)) {
            throw inThisState("no-transfer");
        }
        return transfer;
    }

    void consult(Consultation.Question question, Instant now) {
        require(Command.CONSULT);
        requireRoom(state.consultations().size());
        say(question.told(stamp(now)));
    }

    /**
     * @param isLeader who may answer whatever was asked of no one else
     * @throws Problem 404 when nobody asked that, 403 when they were not asked, 409 when it was
     *     answered
     */
    void advise(UUID consultationId, String by, boolean isLeader, String text, Instant now) {
        require(Command.ADVISE);
        var asked = consultation(consultationId).orElseThrow(Problem::notFound);
        if (!isLeader && !by.equals(asked.superior())) {
            throw Problem.of(403, "not-consulted");
        }
        if (asked.answer() != null) {
            throw inThisState("consultation-over");
        }
        say(new ConsultationAnswered(id(), round(), stay(), at(now), consultationId, by, text));
    }

    private Optional<Consultation> consultation(UUID id) {
        return state.consultations().stream().filter(one -> one.id().equals(id)).findFirst();
    }

    Person asker(UUID consultationId) {
        return consultation(consultationId).orElseThrow().by();
    }

    /**
     * The next tier shall have it.
     *
     * @throws Problem 409 at the last tier, and when it was asked for in this stay already
     */
    void askToClimb(
            UUID requestId, Person by, EscalationCause cause, HandOffPacket packet, Instant now) {
        require(Command.ESCALATE);
        if (state.tier() >= Topics.LAST_TIER) {
            throw inThisState("last-tier");
        }
        var isInAQueue = state.agentWanted() && state.tier() >= Topics.FIRST_QUEUED_TIER;
        if (isInAQueue || Objects.equals(state.askedToClimbIn(), stay())) {
            throw inThisState("climbs-already");
        }
        sayAskedToClimb(requestId, by, cause, packet, now);
    }

    private void sayAskedToClimb(
            UUID requestId, Person by, EscalationCause cause, HandOffPacket packet, Instant now) {
        say(
                new EscalationRequested(
                        id(), round(), stay(), at(now), requestId, by.id(), by.name(), cause,
                        packet));
    }

    /**
     * The two have to do with each other; each says so.
     *
     * @throws Problem 422 for the ticket itself, 409 when they are linked, or have too many links
     */
    void link(Ticket other, Instant now) {
        require(Command.LINK);
        if (other.id().equals(id())) {
            throw Problem.of(422, "link-other").at("/other");
        }
        if (isLinkedTo(other) || hasAllLinks() || other.hasAllLinks()) {
            throw Problem.of(409, "links", MOST_LINKS).with("state", status().name());
        }
        sayLinked(other, LinkRelation.RELATED, now);
        other.sayLinked(this, LinkRelation.RELATED, now);
    }

    private boolean hasAllLinks() {
        return state.links().size() >= MOST_LINKS;
    }

    private void sayLinked(Ticket other, LinkRelation relation, Instant now) {
        say(
                new TicketLinked(
                        id(),
                        round(),
                        stay(),
                        at(now),
                        other.id(),
                        other.created.number(),
                        relation));
    }

    /**
     * @throws Problem 404 when they are not linked, or not by people
     */
    void unlink(Ticket other, Instant now) {
        require(Command.UNLINK);
        if (state.links().stream().noneMatch(link -> link.isRelated(other.id()))) {
            throw Problem.notFound();
        }
        sayUnlinked(other, now);
        other.sayUnlinked(this, now);
    }

    private void sayUnlinked(Ticket other, Instant now) {
        say(new TicketUnlinked(id(), round(), stay(), at(now), other.id()));
    }

    private boolean isLinkedTo(Ticket other) {
        return state.links().stream().anyMatch(link -> link.ticketId().equals(other.id()));
    }

    /** Brings back to work what was no solution. */
    void reopen(Instant now) {
        require(Command.REOPEN);
        reopenFor(now);
    }

    private void reopenFor(Instant now) {
        say(new TicketReopened(id(), round(), stay() + 1, at(now), assignee().id()));
        state.promises()
                .planned()
                .forEach(planned -> sayWithdrawn(planned, SYSTEM.id(), REOPENED, now));
    }

    /** Ends it unsolved. What was promised is withdrawn for the same reason. */
    void cancel(String by, String reason, Instant now) {
        require(Command.CANCEL);
        requireNoAnswerToFile();
        for (var promiseId : state.promises().open()) {
            sayWithdrawn(promiseId, by, reason, now);
        }
        say(new TicketCancelled(id(), round(), stay(), at(now), by, reason));
    }

    /**
     * Closes; while a promise is open or a step is missing this only says why not, and closes when
     * nothing is left.
     *
     * @throws Problem 409 when an authority waits for an answer
     */
    void confirm(Instant now) {
        require(Command.CONFIRM);
        requireNoAnswerToFile();
        closeUnlessSomethingIsLeft(CloseReason.CONFIRMED, now);
    }

    /**
     * @param statements what whoever closes says about the reason, by code
     * @throws Problem 409 while a promise is open: whoever closes withdraws it first, with a
     *     reason; 422 and 409 when the reason's own condition does not hold
     */
    void close(CloseReason reason, Map<String, String> statements, String by, Instant now) {
        require(Command.CLOSE);
        requireNoAnswerToFile();
        course().requireEnd(reason, statements, state.tier());
        var open = state.promises().pending();
        if (!open.isEmpty()) {
            throw Problem.of(409, "promises-open", open.size()).with("promises", open);
        }
        var said = statements.isEmpty() ? null : Course.told(statements);
        sayClosed(reason, by, said, now);
    }

    private void sayClosed(
            CloseReason reason, @Nullable String by, @Nullable String said, Instant now) {
        withdrawProgress(CLOSED, now);
        say(new TicketClosed(id(), round(), stay(), at(now), reason, by, said));
        if (TicketState.AS_SOLVED.contains(reason)) {
            planRevisits(now);
        }
    }

    /** Somebody else than who solved it asks whether it still is. */
    private void planRevisits(Instant now) {
        var facts = state.facts();
        var planned = rules.revisits().after(facts.kind(), facts.priority(), facts.major(), id());
        for (var revisit : planned) {
            sayPromised(
                    revisit(
                            "revisit:" + id() + ":" + state.version(),
                            revisit.what(),
                            revisit.after(),
                            now),
                    now);
        }
    }

    /**
     * The customer is called without a cause, by the plan for those of their grade; nothing when
     * they are to be called anyway, or somebody works for them.
     */
    void revisit(Revisits.Regular plan, Instant now) {
        if (status() == TicketStatus.CLOSED && !state.promises().isOpen(PromisePurpose.REVISIT)) {
            var name = "regular:" + id() + ":" + state.version();
            sayPromised(revisit(name, plan.what(), plan.within(), now), now);
        }
    }

    private Promise.Draft revisit(String name, String what, Duration after, Instant now) {
        return new Promise.Draft(
                UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)),
                LEADERS,
                what,
                rules.calling().openFrom(now.plus(after)),
                Channel.PHONE,
                PromisePurpose.REVISIT,
                solver());
    }

    private void closeUnlessSomethingIsLeft(CloseReason reason, Instant now) {
        var open = state.promises().pending();
        var missing = course().missingFor(reason);
        if (open.isEmpty() && missing.isEmpty()) {
            sayClosed(reason, null, null, now);
        } else {
            say(
                    new ClosingRefused(
                            id(),
                            round(),
                            stay(),
                            at(now),
                            reason,
                            open,
                            missing.isEmpty() ? null : missing));
        }
    }

    /** How far it is in its procedure. */
    Course course() {
        return new Course(rules, id(), created.at(), state.facts(), state.work(), state.talk());
    }

    /**
     * A call or a chat came in. Who was not answered is called back by a promise of ours, by one
     * however often they tried.
     *
     * @param callback for that promise, which only comes into being when it is needed
     */
    void record(Talk.Contact contact, Callback callback, Instant now) {
        require(Command.CONTACT);
        say(contact.told(stamp(now)));
        if (contact.isUnanswered() && !state.promises().isOpen(PromisePurpose.CALLBACK)) {
            sayPromised(
                    new Promise.Draft(
                            callback.promiseId(),
                            Objects.requireNonNullElse(state.assignee(), SYSTEM),
                            CALL_BACK,
                            callback.dueAt(),
                            Channel.PHONE,
                            PromisePurpose.CALLBACK),
                    now);
        }
    }

    record Callback(UUID promiseId, Instant dueAt) {}

    /**
     * One of us called, for a promise or not. Who is reached is called by that, and the promise
     * kept; but one that the ticket waits for solves it, which takes words. Who says that it is not
     * solved brings a resolution back to work.
     *
     * @return whether the customer is not content and the ticket is closed: another goes after it
     * @throws Problem 404 when there is no such promise, 409 when it is over, 403 when somebody
     *     else is to keep it
     */
    boolean record(Talk.Attempt call, Instant now) {
        require(Command.CALL);
        var promiseId = call.promiseId();
        if (promiseId != null) {
            requireNotRated(state.promises().requireSettleable(promiseId), call.agent());
        }
        if (status() == TicketStatus.ASSIGNED && isAssignedTo(call.agent())) {
            say(new TicketAccepted(id(), round(), stay(), at(now), call.agent()));
        }
        say(call.told(stamp(now)));
        var isUnsolved = call.solved() == Solved.NO;
        if (isUnsolved && status() == TicketStatus.RESOLVED) {
            reopenFor(now);
        }
        if (promiseId != null
                && call.outcome() == CallOutcome.REACHED
                && state.promises().open().contains(promiseId)
                && !isWaitingFor(promiseId)) {
            sayKept(promiseId, call.agent(), now);
            closeIfDue(now);
        }
        return isUnsolved && status() == TicketStatus.CLOSED;
    }

    /** Absent when nobody ever had it. */
    @Nullable String solver() {
        return state.assignee() == null ? null : state.assignee().id();
    }

    /**
     * Promises the customer to hear how far it is, from when somebody takes it up as long as it is
     * open; nothing when that is promised already. Whether it was kept shows when it is due: an
     * answer does not end it.
     */
    void promiseProgress(Instant now) {
        var promises = state.promises();
        if (status().isOpen()
                && promises.progress().isEmpty()
                && (status().isTakenUp() || promises.hadProgress())) {
            var facts = state.facts();
            rules.progressEvery(facts.kind(), facts.priority(), facts.major(), created.vip())
                    .ifPresent(every -> promiseProgress(every, now));
        }
    }

    /** Counted from when they were last told something. */
    private void promiseProgress(Duration every, Instant now) {
        var toldAt = state.talk().toldAt() == null ? now : state.talk().toldAt();
        var due = toldAt.plus(every);
        var name = "progress:" + id() + ":" + state.version();
        sayPromised(
                new Promise.Draft(
                        UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)),
                        SYSTEM,
                        TELL_PROGRESS,
                        due.isAfter(now) ? due : now.plus(every),
                        null,
                        PromisePurpose.PROGRESS),
                now);
    }

    private void sayKept(UUID promiseId, String by, Instant now) {
        say(new PromiseKept(id(), round(), stay(), at(now), promiseId, by));
    }

    private void sayWithdrawn(UUID promiseId, String by, String reason, Instant now) {
        say(new PromiseWithdrawn(id(), round(), stay(), at(now), promiseId, by, reason));
    }

    private void withdrawProgress(String reason, Instant now) {
        state.promises()
                .progress()
                .ifPresent(promise -> sayWithdrawn(promise.id(), SYSTEM.id(), reason, now));
    }

    void promise(Promise.Draft draft, Instant now) {
        require(Command.PROMISE);
        requireRoom(state.promises().all().size());
        sayPromised(draft, now);
    }

    private void sayPromised(Promise.Draft draft, Instant now) {
        say(draft.told(stamp(now)));
    }

    /**
     * The promise was kept. When the ticket waited for that, it is solved by it.
     *
     * @param resolution such a solution; what was promised, when it has no words
     * @throws Problem 404 when there is no such promise, 409 when it is over, 422 when it solves
     *     the ticket and the resolution does not say what it must
     */
    void keep(UUID promiseId, String agent, Resolution resolution, Instant now) {
        require(Command.KEEP);
        var promise = state.promises().requireSettleable(promiseId);
        requireNotRated(promise, agent);
        var awaited = isWaitingFor(promiseId);
        var solution =
                resolution.result() == null ? resolution.withResult(promise.what()) : resolution;
        if (awaited) {
            course().requireSolved(solution);
        }
        sayKept(promiseId, agent, now);
        if (awaited) {
            sayResolved(agent, solution, ResolvedAs.SOLVED, now);
        }
        closeIfDue(now);
    }

    /**
     * The promise no longer holds.
     *
     * @throws Problem 404 when there is no such promise, 409 when it is over
     */
    void withdraw(UUID promiseId, String agent, String reason, Instant now) {
        require(Command.WITHDRAW);
        requireNotRated(state.promises().requireSettleable(promiseId), agent);
        endWaitFor(promiseId, now);
        sayWithdrawn(promiseId, agent, reason, now);
        closeIfDue(now);
    }

    private static void requireNotRated(Promise promise, String agent) {
        if (agent.equals(promise.notBy())) {
            throw Problem.of(403, "rated-person");
        }
    }

    /**
     * The customer answers a survey. "Not solved" brings the ticket back to work first, so that
     * what climbs by it climbs in the stay that begins. With a low score and whatever other word
     * somebody else is to call.
     *
     * @param accepted how long after the resolution answers are heard
     * @return whether the customer is not content and the ticket is closed: another goes after it
     * @throws SurveyOver when it is of an earlier resolution, was answered, or that has passed
     */
    boolean rate(UUID surveyId, Survey.Draft draft, Duration accepted, Instant now) {
        var asked = state.survey();
        if (!Command.RATE.isLegalIn(status())
                || asked == null
                || !asked.canBeAnswered(surveyId, stay(), now.minus(accepted))) {
            throw new SurveyOver();
        }
        if (status() == TicketStatus.RESOLVED && draft.solved() == Solved.NO) {
            reopenFor(now);
        }
        say(asked.answer(stamp(now), draft));
        var surveying = rules.survey();
        var isLow = surveying.isLow(draft.score());
        if (status() == TicketStatus.RESOLVED && isLow) {
            sayPromised(
                    asked.discontent().revisit(surveying.calledWithin(), rules.calling(), now),
                    now);
        }
        return status() == TicketStatus.CLOSED && (isLow || draft.solved() == Solved.NO);
    }

    /**
     * Begins as what another that is closed left unsolved, at the tier above the first.
     *
     * @param closed about which the customer is not content
     */
    void goAfter(Ticket closed, Discontent discontent, Instant now) {
        follow(closed, now);
        var within = rules.survey().revisitedWithin();
        sayPromised(discontent.revisit(within, rules.calling(), now), now);
        say(
                new TicketEscalated(
                        id(),
                        round() + 1,
                        stay() + 1,
                        at(now),
                        discontent.escalationId(),
                        state.tier(),
                        Topics.FIRST_QUEUED_TIER,
                        EscalationCause.LOW_SCORE,
                        at(now),
                        at(now)));
    }

    /** Both say what they are to each other. */
    void follow(Ticket closed, Instant now) {
        sayLinked(closed, LinkRelation.FOLLOW_UP_OF, now);
        closed.sayLinked(this, LinkRelation.FOLLOWED_BY, now);
    }

    /** Time ran out. What happened in the meantime counts, so that a late call changes nothing. */
    void elapse(ClockElapsed clock, Instant now) {
        switch (clock.clock()) {
            case CONFIRMATION -> {
                if (clock.stay() == stay()
                        && status() == TicketStatus.RESOLVED
                        && state.closingDue() == null
                        && !isOfAnAuthority()) {
                    closeUnlessSomethingIsLeft(CloseReason.NO_OBJECTION, now);
                }
            }
            case PROMISE -> {
                var promiseId = Objects.requireNonNull(clock.about(), "about");
                if (state.promises().open().contains(promiseId)) {
                    var promise = state.promises().require(promiseId);
                    if (promise.isProgress() && knowsHowFar(promise)) {
                        sayKept(promiseId, SYSTEM.id(), now);
                    } else {
                        breakPromise(promise, now);
                    }
                }
            }
            case WAITING -> {
                if (isOnWait(clock.about())) {
                    endWaitAtItsLimit(now);
                }
            }
            case SURVEY -> {
                var asked = state.survey();
                if (asked != null && asked.id().equals(clock.about()) && asked.isOpen()) {
                    say(new SurveyEnded(id(), round(), stay(), at(now), asked.id()));
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

    /** Time has passed, and the clock runs on. Of a wait that is over nobody is reminded. */
    void step(ClockStepped clock, Instant now) {
        switch (clock.step()) {
            case REMIND_CUSTOMER -> {
                if (isOnWait(clock.about())) {
                    var wait = Objects.requireNonNull(state.waitId());
                    say(new CustomerReminded(id(), round(), stay(), at(now), wait));
                }
            }
            case OFFER_AGAIN, TELL_LEADER, UNKNOWN -> {
                // for routing, for leaders' screens, or for a version that knows them
            }
        }
    }

    /** Whoever is waited for, or agreed to wait, knows how far it is. */
    private boolean knowsHowFar(Promise promise) {
        return state.talk().wasToldAfter(promise.madeAt())
                || state.waitingReason() == WaitingReason.CUSTOMER
                || state.waitingReason() == WaitingReason.AGREED;
    }

    /**
     * The ticket comes back to work first: a resolution that left a promise to break is none, and
     * what climbs by it climbs in the stay that begins.
     */
    private void breakPromise(Promise broken, Instant now) {
        endWaitFor(broken.id(), now);
        if (status() == TicketStatus.RESOLVED && !broken.isPlanned()) {
            reopenFor(now);
        }
        say(new PromiseBroken(id(), round(), stay(), at(now), broken.id(), broken.dueAt()));
    }

    private void endWaitFor(UUID promiseId, Instant now) {
        if (isWaitingFor(promiseId)) {
            endWait(WaitEnd.PROMISE, now);
        }
    }

    private void endWait(WaitEnd reason, Instant now) {
        say(new WaitingEnded(id(), round(), stay(), at(now), reason));
    }

    /** Who does not reply to us agrees, except in what is major: that is never over by silence. */
    private void endWaitAtItsLimit(Instant now) {
        var unanswered =
                state.waitingReason() == WaitingReason.CUSTOMER
                        && state.facts().major() == null
                        && !isOfAnAuthority();
        endWait(WaitEnd.LIMIT, now);
        if (unanswered) {
            sayResolved(assignee().id(), Resolution.inWords(NO_REPLY), ResolvedAs.NO_REPLY, now);
        }
    }

    /** The customer is asked whether it is solved, but after something major by a person. */
    private void sayResolved(String agent, Resolution resolution, ResolvedAs as, Instant now) {
        var isAsked =
                asks && as == ResolvedAs.SOLVED && !rules.survey().spares(state.facts().major());
        var surveyId = isAsked ? Survey.id(id(), stay()) : null;
        state.promises().progress().ifPresent(told -> sayKept(told.id(), SYSTEM.id(), now));
        say(resolution.told(stamp(now), agent, as, surveyId));
        if (resolution.plannedFor() != null) {
            sayPlanned(resolution.plannedFor(), now);
        }
    }

    /** What becomes of a suggestion is promised for the end of its day, or of this one. */
    private void sayPlanned(LocalDate day, Instant now) {
        var name = "planned:" + id() + ":" + stay();
        var due = rules.calling().endOf(day);
        sayPromised(
                new Promise.Draft(
                        UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)),
                        assignee(),
                        PLANNED,
                        due.isAfter(now) ? due : rules.calling().endAfter(now),
                        null,
                        PromisePurpose.PLANNED),
                now);
    }

    private void closeIfDue(Instant now) {
        var reason = state.work().has(Deed.FILE) ? CloseReason.ANSWER_FILED : state.closingDue();
        if (reason != null
                && Command.CLOSE.isLegalIn(status())
                && state.promises().pending().isEmpty()
                && course().missingFor(reason).isEmpty()) {
            sayClosed(reason, null, null, now);
        }
    }

    /**
     * Its matter is gone after in the other ticket from now on, with what was promised here. No
     * chains: one that took others is not itself taken.
     *
     * @throws Problem 422 when the other is not another ticket of the same customer, 409 when it is
     *     not open, when this one took others or presses more than the other, or when one of them
     *     is an authority's
     */
    void mergeInto(Ticket other, String reason, Instant now) {
        require(Command.MERGE);
        if (other.id().equals(id()) || !other.created.customerId().equals(created.customerId())) {
            throw Problem.of(422, "merge-other").at("/into");
        }
        if (isOfAnAuthority() || other.isOfAnAuthority()) {
            throw Problem.of(409, "never-merged");
        }
        if (state.facts().pressMoreThan(other.state.facts())) {
            throw Problem.of(409, "merge-hides", other.created.number());
        }
        if (!state.absorbed().isEmpty()) {
            throw Problem.of(409, "has-absorbed").with("absorbed", state.absorbed());
        }
        other.requireOpenForMerges();
        withdrawProgress(MERGED, now);
        var leaving = state.promises().leaving();
        say(Merge.into(other.created, stamp(now), reason, leaving));
        other.say(Merge.absorbing(created, other.stamp(now), leaving));
    }

    /**
     * Goes on where it was before the merge, with its promises that are still open. A wait for one
     * that is not is over, and so is one for the customer who has written to the other since.
     *
     * @param other that it was merged into
     * @throws Problem 409 when the other is not open any more
     */
    void unmergeFrom(Ticket other, @Nullable String reason, Instant now) {
        require(Command.UNDO_MERGE);
        other.requireOpenForMerges();
        var merge = Objects.requireNonNull(state.merge());
        var back = state.promises().movedTo(other.state.promises());
        var answered = other.hasHeardFor(this);
        other.release(this, back, now);
        say(merge.undo(stamp(now).inNextRound().inNextStay(), reason, back));
        var awaited = state.awaitedPromise();
        if (awaited != null && !state.promises().open().contains(awaited)) {
            endWait(WaitEnd.PROMISE, now);
        }
        if (state.waitingReason() == WaitingReason.CUSTOMER && answered) {
            endWait(WaitEnd.MESSAGE, now);
        }
    }

    private boolean hasHeardFor(Ticket merged) {
        return state.absorbed().stream()
                .anyMatch(one -> one.ticketId().equals(merged.id()) && one.answered());
    }

    private void release(Ticket merged, List<UUID> leaving, Instant now) {
        leaving.forEach(promise -> endWaitFor(promise, now));
        var askedAt =
                Stream.concat(
                                Stream.of(created.at()),
                                state.absorbed().stream()
                                        .filter(one -> !one.ticketId().equals(merged.id()))
                                        .map(Merge.Absorbed::askedAt))
                        .min(Instant::compareTo)
                        .orElseThrow();
        say(new TicketReleased(id(), round(), stay(), at(now), merged.id(), askedAt, leaving));
    }

    private void requireOpenForMerges() {
        if (!status().isOpen()) {
            throw Problem.of(409, "merge-not-open", status().name()).with("state", status().name());
        }
    }

    /** An authority gets an answer, whatever the customer or we would rather have. */
    private void requireNoAnswerToFile() {
        if (isOfAnAuthority()) {
            throw Problem.of(409, "answer-to-file");
        }
    }

    private boolean isOfAnAuthority() {
        return state.facts().major() == Major.REGULATOR || created.authority() != null;
    }

    boolean isMergedInto(UUID other) {
        return state.merge() != null && state.merge().into().equals(other);
    }

    /**
     * @throws Problem 404 when there is none
     */
    Promise promise(UUID promiseId) {
        return state.promises().require(promiseId);
    }

    boolean isOnWait(@Nullable UUID wait) {
        return state.waitId() != null && state.waitId().equals(wait);
    }

    boolean isWaitingFor(UUID promiseId) {
        return promiseId.equals(state.awaitedPromise());
    }

    /** What stands in one row has a bound. */
    private static void requireRoom(int count) {
        if (count >= MOST) {
            throw Problem.of(409, "too-many", MOST);
        }
    }

    private Problem inThisState(String type) {
        return Problem.of(409, type).with("state", status().name());
    }

    private Stamp stamp(Instant now) {
        return new Stamp(id(), round(), stay(), at(now));
    }

    private void require(Command command) {
        if (!command.isLegalIn(status())) {
            throw new TransitionRefused(id(), status(), command);
        }
    }

    private void say(TicketEvent event) {
        state.apply(event);
        news.add(event);
    }

    private Instant at(Instant now) {
        return now.isBefore(state.updatedAt()) ? state.updatedAt() : now;
    }

    boolean hasNews() {
        return !news.isEmpty();
    }

    /** The events since the ticket was loaded, in order; the next call gives none. */
    List<TicketEvent> drainNews() {
        var drained = List.copyOf(news);
        news.clear();
        return drained;
    }

    UUID id() {
        return created.ticketId();
    }

    private int round() {
        return state.round();
    }

    private int stay() {
        return state.stay();
    }

    private TicketStatus status() {
        return state.status();
    }

    TicketCreated created() {
        return created;
    }

    /** By which it is served. */
    ServiceRules rules() {
        return rules;
    }

    boolean isAssignedTo(String agent) {
        return state.assignee() != null && state.assignee().id().equals(agent);
    }

    private Person assignee() {
        return Optional.ofNullable(state.assignee()).orElseThrow();
    }

    Memento memento() {
        return state.memento();
    }
}
