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
import io.gendan.events.Priority;
import io.gendan.events.PromisePurpose;
import io.gendan.events.ResolvedAs;
import io.gendan.events.Solved;
import io.gendan.events.Territory;
import io.gendan.events.TicketEvent;
import io.gendan.events.TicketEvent.AnswerFiled;
import io.gendan.events.TicketEvent.AssignmentRefused;
import io.gendan.events.TicketEvent.CallAttempted;
import io.gendan.events.TicketEvent.ClosingRefused;
import io.gendan.events.TicketEvent.ConsultationAnswered;
import io.gendan.events.TicketEvent.Consulted;
import io.gendan.events.TicketEvent.ContactRecorded;
import io.gendan.events.TicketEvent.CustomerReminded;
import io.gendan.events.TicketEvent.EscalationRefused;
import io.gendan.events.TicketEvent.EscalationRequested;
import io.gendan.events.TicketEvent.FactsChanged;
import io.gendan.events.TicketEvent.MessageReceived;
import io.gendan.events.TicketEvent.MessageSent;
import io.gendan.events.TicketEvent.MessageUndelivered;
import io.gendan.events.TicketEvent.MovedPromise;
import io.gendan.events.TicketEvent.NoteAdded;
import io.gendan.events.TicketEvent.PromiseBroken;
import io.gendan.events.TicketEvent.PromiseKept;
import io.gendan.events.TicketEvent.PromiseMade;
import io.gendan.events.TicketEvent.PromiseWithdrawn;
import io.gendan.events.TicketEvent.ReviewWritten;
import io.gendan.events.TicketEvent.StepDone;
import io.gendan.events.TicketEvent.SurveyAnswered;
import io.gendan.events.TicketEvent.SurveyEnded;
import io.gendan.events.TicketEvent.TicketAbsorbed;
import io.gendan.events.TicketEvent.TicketAccepted;
import io.gendan.events.TicketEvent.TicketAssigned;
import io.gendan.events.TicketEvent.TicketCancelled;
import io.gendan.events.TicketEvent.TicketClosed;
import io.gendan.events.TicketEvent.TicketCreated;
import io.gendan.events.TicketEvent.TicketEscalated;
import io.gendan.events.TicketEvent.TicketLinked;
import io.gendan.events.TicketEvent.TicketMerged;
import io.gendan.events.TicketEvent.TicketPlaced;
import io.gendan.events.TicketEvent.TicketReleased;
import io.gendan.events.TicketEvent.TicketReopened;
import io.gendan.events.TicketEvent.TicketResolved;
import io.gendan.events.TicketEvent.TicketUnlinked;
import io.gendan.events.TicketEvent.TicketUnmerged;
import io.gendan.events.TicketEvent.TicketUrged;
import io.gendan.events.TicketEvent.TransferEnded;
import io.gendan.events.TicketEvent.TransferOffered;
import io.gendan.events.TicketEvent.TransferRequested;
import io.gendan.events.TicketEvent.WaitingEnded;
import io.gendan.events.TicketEvent.WaitingStarted;
import io.gendan.events.Topics;
import io.gendan.events.TransferOutcome;
import io.gendan.events.WaitEnd;
import io.gendan.events.WaitingReason;
import io.gendan.ticket.rules.Procedure.Deed;
import io.gendan.ticket.rules.ServiceRules;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One customer problem; somebody is responsible for it until it is closed.
 *
 * <p>Its state is a function of its events: verbs decide and return the events, {@link #apply}
 * alone changes the state, and folding the log with {@link #replay} gives the same ticket again.
 * Proposals of other services are fenced by round and stay, and come out as an event whether taken
 * or refused; a proposal that is neither (nothing would change) comes out empty.
 */
final class Ticket {

    /** How a ticket was solved that nobody had more to say about, for people to read. */
    static final String NO_REPLY = "客户逾期未回复 No reply from the customer in time";

    private static final Set<CloseReason> BY_THE_CUSTOMER =
            EnumSet.of(CloseReason.CONFIRMED, CloseReason.NO_OBJECTION);

    /** Where who takes a ticket has the customer on the line. */
    private static final Set<Channel> LIVE = EnumSet.of(Channel.PHONE, Channel.CHAT);

    private static final Set<CallOutcome> IN_VAIN =
            EnumSet.of(
                    CallOutcome.NO_ANSWER,
                    CallOutcome.BUSY,
                    CallOutcome.SWITCHED_OFF,
                    CallOutcome.WRONG_NUMBER,
                    CallOutcome.REFUSED);
    private static final String REVISIT = "回访不满意的客户 Call the customer who was not content";

    /** Whoever leads: no account of anybody. */
    static final Person LEADERS = new Person("leaders", "班长 Team leaders");

    private static final int MOST_LINKS = 50;

    /** Who promises what nobody of us has: it is kept by whoever has the ticket. */
    static final Person SYSTEM = new Person("system:ticket", "系统 System");

    private static final String CALL_BACK = "回电 Call back";
    private static final String CUSTOMER = "customer";
    private static final String TELL_PROGRESS = "告知进展 Tell how far it is";
    private static final String MERGED = "并入另一工单 Merged into another ticket";
    private static final String CLOSED = "已关单 Closed";

    private final TicketCreated created;
    private final ServiceRules rules;
    private Facts facts;
    private Work work;
    private TicketStatus status = TicketStatus.NEW;
    private @Nullable WaitingReason waitingReason;
    private @Nullable UUID awaitedPromise;
    private @Nullable UUID waitId;
    private @Nullable CloseReason closingDue;
    private @Nullable Survey survey;
    private @Nullable Territory territory;
    private @Nullable Territory servedBy;
    private @Nullable String team;
    private int tier;
    private @Nullable Person assignee;
    private @Nullable Person responsible;
    private int round;
    private int stay;
    private boolean agentWanted = true;
    private long version = 1;
    private Instant updatedAt;
    private @Nullable Instant resolvedAt;
    private @Nullable Instant closedAt;
    private @Nullable Merge merge;
    private @Nullable Transfer transfer;
    private @Nullable Integer askedToClimbIn;
    private final List<Consultation> consultations = new ArrayList<>();
    private final List<Link> links = new ArrayList<>();
    private @Nullable Urged urged;
    private final List<Merge.Absorbed> absorbed = new ArrayList<>();
    private final Promises promises = new Promises();
    private Talk talk = Talk.NONE;
    private final List<TicketEvent> news = new ArrayList<>();

    /**
     * Whether the next resolution asks the customer: decided in its transaction, and told by it.
     */
    private boolean asks = true;

    /** Somebody of ours, by account and display name. */
    record Person(String id, String name) {}

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

    private Ticket(TicketCreated created, ServiceRules rules) {
        this.created = created;
        this.rules = rules;
        this.facts = Facts.of(created);
        this.work = Work.inTier(created.tier());
        var answered = created.takenBy();
        if (answered != null && LIVE.contains(created.channel())) {
            this.work = work.did(Deed.MESSAGE, answered, created.at());
        }
        this.tier = created.tier();
        this.round = created.round();
        this.stay = created.stay();
        this.updatedAt = created.at();
    }

    /**
     * @param rules in force at the creation, by which it is served
     */
    static Ticket of(TicketCreated created, ServiceRules rules) {
        return new Ticket(created, rules);
    }

    /** The state kept beside the log, as {@link Tickets} reads it. */
    static Ticket restored(TicketCreated created, Memento memento, ServiceRules rules) {
        var ticket = new Ticket(created, rules);
        ticket.facts = memento.facts();
        ticket.work = memento.work();
        ticket.status = memento.status();
        ticket.waitingReason = memento.waitingReason();
        ticket.awaitedPromise = memento.awaitedPromise();
        ticket.waitId = memento.waitId();
        ticket.closingDue = memento.closingDue();
        ticket.survey = memento.survey();
        ticket.promises.restore(memento.promises());
        ticket.territory = memento.territory();
        ticket.servedBy = memento.servedBy();
        ticket.team = memento.team();
        ticket.tier = memento.tier();
        ticket.assignee = memento.assignee();
        ticket.responsible = memento.responsible();
        ticket.round = memento.round();
        ticket.stay = memento.stay();
        ticket.agentWanted = memento.agentWanted();
        ticket.version = memento.version();
        ticket.updatedAt = memento.updatedAt();
        ticket.resolvedAt = memento.resolvedAt();
        ticket.closedAt = memento.closedAt();
        ticket.merge = memento.merge();
        ticket.urged = memento.urged();
        ticket.absorbed.addAll(memento.absorbed());
        ticket.talk = memento.talk();
        ticket.transfer = memento.transfer();
        ticket.askedToClimbIn = memento.askedToClimbIn();
        ticket.consultations.addAll(memento.consultations());
        ticket.links.addAll(memento.links());
        return ticket;
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
        var ticket = new Ticket(created, rules.apply(created));
        ticket.replayMore(log.subList(1, log.size()));
        return ticket;
    }

    /** What the log tells after that. */
    void replayMore(List<TicketEvent> log) {
        log.forEach(this::apply);
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
        var agent = new Person(choice.agent(), choice.agentName());
        var wished = transfer;
        if (wished != null && wished.offer() == null && choice.round() == round) {
            say(
                    new TransferOffered(
                            id(),
                            round,
                            stay,
                            at(now),
                            wished.id(),
                            agent.id(),
                            agent.name(),
                            choice.servedBy(),
                            choice.team()));
            return;
        }
        if (choice.round() != round || !agentWanted || !status.isOpen()) {
            say(
                    new AssignmentRefused(
                            id(),
                            round,
                            stay,
                            at(now),
                            choice.round(),
                            choice.agent(),
                            choice.round() != round
                                    ? "round %d is over, it is round %d"
                                            .formatted(choice.round(), round)
                                    : "no agent is wanted in state " + status));
            return;
        }
        sayAssigned(agent, choice.territory(), choice.servedBy(), choice.team(), now);
    }

    void place(AgentAwaited line, Instant now) {
        if (line.round() == round && agentWanted && status.isOpen()) {
            place(line.territory(), line.servedBy(), line.team(), now);
        }
    }

    /**
     * Where the customer of a ticket belongs whose agent did not come by routing is told by this
     * alone, however far the ticket is by then; it stays theirs.
     */
    void place(TeamChosen choice, Instant now) {
        if (territory == Territory.UNKNOWN && assignee != null) {
            var own = servedBy == Territory.UNKNOWN ? choice.territory() : servedBy;
            place(
                    choice.territory(),
                    Objects.requireNonNull(own),
                    Objects.requireNonNull(team),
                    now);
        } else if (choice.stay() == stay && status.isOpen()) {
            place(choice.territory(), choice.servedBy(), choice.team(), now);
        }
    }

    private void place(Territory territory, Territory servedBy, String team, Instant now) {
        if (territory != this.territory || servedBy != this.servedBy || !team.equals(this.team)) {
            say(new TicketPlaced(id(), round, stay, at(now), territory, servedBy, team));
        }
    }

    void escalate(EscalationRaised proposal, Instant now) {
        if (proposal.stay() != stay || !status.isOpen()) {
            var reason =
                    proposal.stay() != stay
                            ? "stay %d is over, it is stay %d".formatted(proposal.stay(), stay)
                            : "the ticket is " + status;
            refuse(proposal.escalationId(), proposal.stay(), reason, now);
            return;
        }
        say(
                new TicketEscalated(
                        id(),
                        round + 1,
                        stay + 1,
                        at(now),
                        proposal.escalationId(),
                        tier,
                        proposal.toTier(),
                        proposal.cause(),
                        proposal.dueAt(),
                        proposal.at()));
    }

    void assign(EscalationClaimed claim, Instant now) {
        if (claim.stay() != stay || !status.isOpen()) {
            var reason =
                    claim.stay() != stay
                            ? "stay %d is over, it is stay %d".formatted(claim.stay(), stay)
                            : "the ticket is " + status;
            refuse(claim.escalationId(), claim.stay(), reason, now);
            return;
        }
        if (status == TicketStatus.WAITING) {
            endWait(WaitEnd.CLAIMED, now);
        }
        var territory = this.territory == null ? Territory.UNKNOWN : this.territory;
        sayAssigned(
                new Person(claim.agent(), claim.agentName()),
                territory,
                claim.territory() == null ? territory : claim.territory(),
                claim.team(),
                now);
    }

    private void refuse(UUID escalationId, int refusedStay, String reason, Instant now) {
        say(new EscalationRefused(id(), round, stay, at(now), escalationId, refusedStay, reason));
    }

    private void sayAssigned(
            Person agent, Territory territory, Territory servedBy, String team, Instant now) {
        var accountable = responsible == null ? agent : responsible;
        say(
                new TicketAssigned(
                        id(),
                        round,
                        stay,
                        at(now),
                        territory,
                        servedBy,
                        team,
                        tier,
                        agent.id(),
                        agent.name(),
                        accountable.id(),
                        accountable.name()));
    }

    void accept(String agent, Instant now) {
        require(Command.ACCEPT);
        say(new TicketAccepted(id(), round, stay, at(now), agent));
    }

    void answer(Said said, String agent, Instant now) {
        require(Command.ANSWER);
        if (status == TicketStatus.ASSIGNED) {
            say(new TicketAccepted(id(), round, stay, at(now), agent));
        }
        say(
                new MessageSent(
                        id(),
                        round,
                        stay,
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
        var isMereThanks = said.thanks() && status == TicketStatus.RESOLVED;
        say(
                new MessageReceived(
                        id(),
                        round,
                        stay,
                        at(now),
                        said.id(),
                        said.text(),
                        said.contactId(),
                        said.sentAt(),
                        isMereThanks ? true : null));
        if (status == TicketStatus.WAITING) {
            endWait(WaitEnd.MESSAGE, now);
        } else if (status == TicketStatus.RESOLVED && !isMereThanks) {
            say(new TicketReopened(id(), round, stay + 1, at(now), assignee().id()));
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
        var count = Urged.timesOf(urged) + 1;
        say(new TicketUrged(id(), round, stay, at(now), urgeId, channel, count, text));
        if (waitingReason == WaitingReason.CUSTOMER) {
            endWait(WaitEnd.MESSAGE, now);
        } else if (status == TicketStatus.RESOLVED) {
            say(new TicketReopened(id(), round, stay + 1, at(now), assignee().id()));
        }
        if (count == urges.raisesPriorityAt()) {
            press(now);
        }
        if (Objects.requireNonNull(urged).isToClimb(urges, now)) {
            var packet = new HandOffPacket("", null, text, null);
            say(
                    new EscalationRequested(
                            id(),
                            round,
                            stay,
                            at(now),
                            urgeId,
                            CUSTOMER,
                            CUSTOMER,
                            EscalationCause.CUSTOMER,
                            packet));
        }
    }

    /** What is urgent is no more urgent by being asked again. */
    private void press(Instant now) {
        var pressing =
                switch (facts.priority()) {
                    case LOW -> Priority.NORMAL;
                    case NORMAL -> Priority.HIGH;
                    case HIGH, URGENT -> Priority.URGENT;
                    case UNKNOWN -> Priority.UNKNOWN;
                };
        if (pressing != facts.priority()) {
            say(
                    new FactsChanged(
                            id(),
                            round,
                            stay,
                            at(now),
                            facts.kind(),
                            facts.phase(),
                            facts.category(),
                            pressing,
                            facts.major(),
                            facts.region(),
                            "asked again"));
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
        say(new WaitingStarted(id(), round, stay, at(now), reason, null, waitId));
    }

    /**
     * Waits as agreed with the customer, until the promise ends.
     *
     * @throws Problem 404 when there is no such promise, 409 when it is over
     */
    void await(UUID promiseId, Instant now) {
        require(Command.WAIT);
        var promise = promises.requireSettleable(promiseId);
        say(
                new WaitingStarted(
                        id(), round, stay, at(now), WaitingReason.AGREED, promise.id(), null));
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
    void takeStep(String step, String by, @Nullable String note, Instant now) {
        require(Command.STEP);
        course().requireToDo(step);
        say(new StepDone(id(), round, stay, at(now), step, by, note));
        closeIfDue(now);
    }

    /**
     * Cause and measure in words.
     *
     * @throws Problem 422 when it is no complaint
     */
    void review(String by, String cause, String measure, Instant now) {
        require(Command.REVIEW);
        if (facts.kind() != Kind.COMPLAINT) {
            throw Problem.of(422, "complaints-only");
        }
        say(new ReviewWritten(id(), round, stay, at(now), by, cause, measure));
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
        say(new AnswerFiled(id(), round, stay, at(now), by, text, filedOn, reference));
        closeUnlessSomethingIsLeft(CloseReason.ANSWER_FILED, now);
    }

    /** Whoever the next resolution is by, the customer is not asked about it. */
    void askNobody() {
        asks = false;
    }

    /** The customer was not told something, and will not be; in whatever state it is by now. */
    void isUndelivered(UUID deliveryId, @Nullable UUID messageId, String reason, Instant now) {
        say(new MessageUndelivered(id(), round, stay, at(now), deliveryId, messageId, reason));
    }

    /** Tells the others of us something; changes nothing else. */
    void note(UUID noteId, String author, String text, Instant now) {
        require(Command.NOTE);
        say(new NoteAdded(id(), round, stay, at(now), noteId, author, text));
    }

    /**
     * It is about something else than it seemed. Nobody has taken it up yet: then another agent may
     * be the right one, who is sought in a new round.
     *
     * @throws Problem 422 when an authority's complaint would be none any more
     */
    void change(Facts changed, String reason, Instant now) {
        require(Command.CHANGE);
        if (changed.equals(facts)) {
            return;
        }
        if (created.authority() != null
                && (changed.kind() != facts.kind() || changed.major() != facts.major())) {
            throw Problem.of(422, "authority-complaints-only").at("/kind");
        }
        var isSoughtAnew = agentWanted && tier == created.tier() && !changed.asksForTheSame(facts);
        say(
                new FactsChanged(
                        id(),
                        isSoughtAnew ? round + 1 : round,
                        stay,
                        at(now),
                        changed.kind(),
                        changed.phase(),
                        changed.category(),
                        changed.priority(),
                        changed.major(),
                        changed.region(),
                        reason));
    }

    /**
     * Somebody else shall have it, and has it once they accept. Until then nothing is different,
     * but that the choices made for the round before are over.
     *
     * @throws Problem 409 while another wish is open, or while the ticket stands in a tier's queue
     */
    void transfer(Transfer.Wish wish, Instant now) {
        require(Command.TRANSFER);
        if (transfer != null || agentWanted) {
            throw Problem.of(409, "transfer-pending").with("state", status.name());
        }
        say(
                new TransferRequested(
                        id(),
                        round + 1,
                        stay,
                        at(now),
                        wish.id(),
                        wish.by().id(),
                        wish.by().name(),
                        wish.toAgent(),
                        wish.toTeam(),
                        wish.toTerritory(),
                        wish.reason()));
    }

    /** Routing found nobody there who can take it. */
    void refuse(TransferRefused refused, Instant now) {
        if (transfer != null && transfer.offer() == null && refused.round() == round) {
            endTransfer(TransferOutcome.REFUSED, refused.reason(), now);
        }
    }

    /**
     * @throws Problem 409 when it is not offered to them
     */
    void takeOver(String agent, Instant now) {
        require(Command.TAKE_OVER);
        var offer = requireOffer(agent);
        if (status == TicketStatus.WAITING) {
            endWait(WaitEnd.TRANSFERRED, now);
        }
        var home = territory == null ? offer.servedBy() : territory;
        sayAssigned(offer.agent(), home, offer.servedBy(), offer.team(), now);
        say(new TicketAccepted(id(), round, stay, at(now), agent));
    }

    /**
     * @throws Problem 409 when it is not offered to them
     */
    void decline(String agent, String reason, Instant now) {
        require(Command.DECLINE);
        requireOffer(agent);
        endTransfer(TransferOutcome.DECLINED, reason, now);
    }

    /**
     * @throws Problem 409 when there is no wish to take back
     */
    void withdrawTransfer(Instant now) {
        require(Command.WITHDRAW_TRANSFER);
        if (transfer == null) {
            throw Problem.of(409, "no-transfer").with("state", status.name());
        }
        endTransfer(TransferOutcome.WITHDRAWN, null, now);
    }

    private void endTransfer(TransferOutcome outcome, @Nullable String reason, Instant now) {
        var ending = Objects.requireNonNull(transfer);
        var offer = ending.offer();
        say(
                new TransferEnded(
                        id(),
                        round,
                        stay,
                        at(now),
                        ending.id(),
                        outcome,
                        offer == null ? null : offer.agent().id(),
                        reason));
    }

    private Transfer.Offer requireOffer(String agent) {
        if (transfer == null || !transfer.isOfferedTo(agent)) {
            throw Problem.of(409, "no-transfer").with("state", status.name());
        }
        return Objects.requireNonNull(transfer.offer());
    }

    void consult(
            UUID consultationId,
            Person by,
            @Nullable String superior,
            String question,
            Instant now) {
        require(Command.CONSULT);
        say(
                new Consulted(
                        id(),
                        round,
                        stay,
                        at(now),
                        consultationId,
                        by.id(),
                        by.name(),
                        superior,
                        question));
    }

    /**
     * @param isLeader who may answer whatever was asked of no one else
     * @throws Problem 404 when nobody asked that, 403 when they were not asked, 409 when it was
     *     answered
     */
    void advise(UUID consultationId, String by, boolean isLeader, String text, Instant now) {
        require(Command.ADVISE);
        var asked =
                consultations.stream()
                        .filter(one -> one.id().equals(consultationId))
                        .findFirst()
                        .orElseThrow(Problem::notFound);
        if (!isLeader && !by.equals(asked.superior())) {
            throw Problem.of(403, "not-consulted");
        }
        if (asked.answer() != null) {
            throw Problem.of(409, "consultation-over").with("state", status.name());
        }
        say(new ConsultationAnswered(id(), round, stay, at(now), consultationId, by, text));
    }

    Person asker(UUID consultationId) {
        return consultations.stream()
                .filter(one -> one.id().equals(consultationId))
                .findFirst()
                .orElseThrow()
                .by();
    }

    /**
     * The next tier shall have it.
     *
     * @throws Problem 409 at the last tier, and when it was asked for in this stay already
     */
    void askToClimb(
            UUID requestId, Person by, EscalationCause cause, HandOffPacket packet, Instant now) {
        require(Command.ESCALATE);
        if (tier >= Topics.LAST_TIER) {
            throw Problem.of(409, "last-tier").with("state", status.name());
        }
        if (askedToClimbIn != null && askedToClimbIn == stay) {
            throw Problem.of(409, "climbs-already").with("state", status.name());
        }
        say(
                new EscalationRequested(
                        id(), round, stay, at(now), requestId, by.id(), by.name(), cause, packet));
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
        if (isLinkedTo(other) || links.size() >= MOST_LINKS || other.links.size() >= MOST_LINKS) {
            throw Problem.of(409, "links", MOST_LINKS).with("state", status.name());
        }
        sayLinked(other, LinkRelation.RELATED, now);
        other.sayLinked(this, LinkRelation.RELATED, now);
    }

    private void sayLinked(Ticket other, LinkRelation relation, Instant now) {
        say(
                new TicketLinked(
                        id(), round, stay, at(now), other.id(), other.created.number(), relation));
    }

    /**
     * @throws Problem 404 when they are not linked, or not by people
     */
    void unlink(Ticket other, Instant now) {
        require(Command.UNLINK);
        if (links.stream().noneMatch(link -> link.isRelated(other.id()))) {
            throw Problem.notFound();
        }
        say(new TicketUnlinked(id(), round, stay, at(now), other.id()));
        other.say(new TicketUnlinked(other.id(), other.round, other.stay, other.at(now), id()));
    }

    private boolean isLinkedTo(Ticket other) {
        return links.stream().anyMatch(link -> link.ticketId().equals(other.id()));
    }

    /** Brings back to work what was no solution. */
    void reopen(Instant now) {
        require(Command.REOPEN);
        say(new TicketReopened(id(), round, stay + 1, at(now), assignee().id()));
    }

    /** Ends it unsolved. What was promised is withdrawn for the same reason. */
    void cancel(String by, String reason, Instant now) {
        require(Command.CANCEL);
        requireNoAnswerToFile();
        for (var promiseId : promises.open()) {
            say(new PromiseWithdrawn(id(), round, stay, at(now), promiseId, by, reason));
        }
        say(new TicketCancelled(id(), round, stay, at(now), by, reason));
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
        course().requireEnd(reason, statements, tier);
        var open = promises.pending();
        if (!open.isEmpty()) {
            throw Problem.of(409, "promises-open", open.size()).with("promises", open);
        }
        var said = statements.isEmpty() ? null : Course.told(statements);
        sayClosed(reason, by, said, now);
    }

    private void sayClosed(
            CloseReason reason, @Nullable String by, @Nullable String said, Instant now) {
        withdrawProgress(CLOSED, now);
        say(new TicketClosed(id(), round, stay, at(now), reason, by, said));
    }

    private void closeUnlessSomethingIsLeft(CloseReason reason, Instant now) {
        var open = promises.pending();
        var missing = course().missingFor(reason);
        if (open.isEmpty() && missing.isEmpty()) {
            sayClosed(reason, null, null, now);
        } else {
            say(
                    new ClosingRefused(
                            id(),
                            round,
                            stay,
                            at(now),
                            reason,
                            open,
                            missing.isEmpty() ? null : missing));
        }
    }

    /** How far it is in its procedure. */
    Course course() {
        return new Course(rules, id(), facts, work);
    }

    /**
     * A call or a chat came in. Who was not answered is called back by a promise of ours, by one
     * however often they tried.
     *
     * @param callback for that promise, which only comes into being when it is needed
     */
    void record(Talk.Contact contact, Callback callback, Instant now) {
        require(Command.CONTACT);
        say(
                new ContactRecorded(
                        id(),
                        round,
                        stay,
                        at(now),
                        contact.id(),
                        contact.channel(),
                        contact.outcome(),
                        contact.startedAt(),
                        contact.endedAt()));
        if (contact.isUnanswered() && !promises.isOpen(PromisePurpose.CALLBACK)) {
            sayPromised(
                    new Promise.Draft(
                            callback.promiseId(),
                            assignee == null ? SYSTEM : assignee,
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
     * kept; but one that the ticket waits for solves it, which takes words.
     *
     * @throws Problem 404 when there is no such promise, 409 when it is over
     */
    void record(Talk.Attempt call, Instant now) {
        require(Command.CALL);
        var promiseId = call.promiseId();
        if (promiseId != null) {
            promises.requireSettleable(promiseId);
        }
        if (status == TicketStatus.ASSIGNED && isAssignedTo(call.agent())) {
            say(new TicketAccepted(id(), round, stay, at(now), call.agent()));
        }
        say(
                new CallAttempted(
                        id(),
                        round,
                        stay,
                        at(now),
                        call.id(),
                        call.agent(),
                        call.outcome(),
                        promiseId,
                        call.nextTryAt(),
                        call.note()));
        if (promiseId != null
                && call.outcome() == CallOutcome.REACHED
                && !isWaitingFor(promiseId)) {
            say(new PromiseKept(id(), round, stay, at(now), promiseId, call.agent()));
            closeIfDue(now);
        }
    }

    /**
     * Promises the customer to hear how far it is, from when somebody takes it up as long as it is
     * open; nothing when that is promised already. Whether it was kept shows when it is due: an
     * answer does not end it.
     */
    void promiseProgress(Instant now) {
        if (status.isOpen()
                && promises.progress().isEmpty()
                && (isTakenUp() || promises.hadProgress())) {
            rules.progressEvery(facts.kind(), facts.priority(), facts.major(), created.vip())
                    .ifPresent(every -> promiseProgress(every, now));
        }
    }

    /** Counted from when they were last told something. */
    private void promiseProgress(Duration every, Instant now) {
        var toldAt = talk.toldAt() == null ? now : talk.toldAt();
        var due = toldAt.plus(every);
        var name = "progress:" + id() + ":" + version;
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

    private boolean isTakenUp() {
        return switch (status) {
            case IN_PROGRESS, WAITING, REOPENED -> true;
            case NEW, ASSIGNED, RESOLVED, CLOSED, CANCELLED, MERGED -> false;
        };
    }

    private void sayKept(Promise promise, Instant now) {
        say(new PromiseKept(id(), round, stay, at(now), promise.id(), SYSTEM.id()));
    }

    private void withdrawProgress(String reason, Instant now) {
        promises.progress()
                .ifPresent(
                        promise ->
                                say(
                                        new PromiseWithdrawn(
                                                id(),
                                                round,
                                                stay,
                                                at(now),
                                                promise.id(),
                                                SYSTEM.id(),
                                                reason)));
    }

    void promise(Promise.Draft draft, Instant now) {
        require(Command.PROMISE);
        sayPromised(draft, now);
    }

    private void sayPromised(Promise.Draft draft, Instant now) {
        say(
                new PromiseMade(
                        id(),
                        round,
                        stay,
                        at(now),
                        draft.id(),
                        draft.owner().id(),
                        draft.owner().name(),
                        draft.dueAt(),
                        draft.channel(),
                        draft.what(),
                        draft.purpose(),
                        draft.notBy()));
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
        var promise = promises.requireSettleable(promiseId);
        requireNotRated(promise, agent);
        var awaited = isWaitingFor(promiseId);
        var solution =
                resolution.result() == null ? resolution.withResult(promise.what()) : resolution;
        if (awaited) {
            course().requireSolved(solution);
        }
        say(new PromiseKept(id(), round, stay, at(now), promiseId, agent));
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
        requireNotRated(promises.requireSettleable(promiseId), agent);
        endWaitFor(promiseId, now);
        say(new PromiseWithdrawn(id(), round, stay, at(now), promiseId, agent, reason));
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
        var asked = survey;
        if (!Command.RATE.isLegalIn(status)
                || asked == null
                || !asked.id().equals(surveyId)
                || asked.stay() != stay
                || asked.answer() != null
                || now.isAfter(asked.openedAt().plus(accepted))) {
            throw new SurveyOver();
        }
        if (status == TicketStatus.RESOLVED && draft.solved() == Solved.NO) {
            say(new TicketReopened(id(), round, stay + 1, at(now), assignee().id()));
        }
        say(
                new SurveyAnswered(
                        id(),
                        round,
                        stay,
                        at(now),
                        surveyId,
                        asked.agent(),
                        draft.solved(),
                        draft.score(),
                        asked.endedAt() != null,
                        draft.text()));
        var surveying = rules.survey();
        var isLow = surveying.isLow(draft.score());
        if (status == TicketStatus.RESOLVED && isLow) {
            revisit(asked, surveying.calledWithin(), now);
        }
        return status == TicketStatus.CLOSED && (isLow || draft.solved() == Solved.NO);
    }

    /** Somebody other than the person rated calls the customer. */
    private void revisit(Survey rated, Duration within, Instant now) {
        sayPromised(
                new Promise.Draft(
                        rated.revisitId(),
                        LEADERS,
                        REVISIT,
                        now.plus(within),
                        Channel.PHONE,
                        PromisePurpose.REVISIT,
                        rated.agent()),
                now);
    }

    /**
     * Begins as what another that is closed left unsolved, at the tier above the first.
     *
     * @param closed about which the customer was not content
     */
    void goAfter(Ticket closed, Instant now) {
        var rated = closed.requireSurvey();
        follow(closed, now);
        revisit(rated, rules.survey().revisitedWithin(), now);
        say(
                new TicketEscalated(
                        id(),
                        round + 1,
                        stay + 1,
                        at(now),
                        rated.followUpEscalationId(),
                        tier,
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
                if (clock.stay() == stay
                        && status == TicketStatus.RESOLVED
                        && closingDue == null
                        && !isOfAnAuthority()) {
                    closeUnlessSomethingIsLeft(CloseReason.NO_OBJECTION, now);
                }
            }
            case PROMISE -> {
                var promiseId = Objects.requireNonNull(clock.about(), "about");
                if (promises.open().contains(promiseId)) {
                    var promise = promises.require(promiseId);
                    if (promise.isProgress() && knowsHowFar(promise)) {
                        sayKept(promise, now);
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
                var asked = survey;
                if (asked != null && asked.id().equals(clock.about()) && asked.isOpen()) {
                    say(new SurveyEnded(id(), round, stay, at(now), asked.id()));
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
                    var wait = Objects.requireNonNull(waitId);
                    say(new CustomerReminded(id(), round, stay, at(now), wait));
                }
            }
            case OFFER_AGAIN, TELL_LEADER, UNKNOWN -> {
                // for routing, for leaders' screens, or for a version that knows them
            }
        }
    }

    /** Whoever is waited for, or agreed to wait, knows how far it is. */
    private boolean knowsHowFar(Promise promise) {
        return talk.wasToldAfter(promise.madeAt())
                || waitingReason == WaitingReason.CUSTOMER
                || waitingReason == WaitingReason.AGREED;
    }

    /**
     * The ticket comes back to work first: a resolution that left a promise to break is none, and
     * what climbs by it climbs in the stay that begins.
     */
    private void breakPromise(Promise broken, Instant now) {
        endWaitFor(broken.id(), now);
        if (status == TicketStatus.RESOLVED) {
            say(new TicketReopened(id(), round, stay + 1, at(now), assignee().id()));
        }
        say(new PromiseBroken(id(), round, stay, at(now), broken.id(), broken.dueAt()));
    }

    private void endWaitFor(UUID promiseId, Instant now) {
        if (isWaitingFor(promiseId)) {
            endWait(WaitEnd.PROMISE, now);
        }
    }

    private void endWait(WaitEnd reason, Instant now) {
        say(new WaitingEnded(id(), round, stay, at(now), reason));
    }

    /** Who does not reply to us agrees, except in what is major: that is never over by silence. */
    private void endWaitAtItsLimit(Instant now) {
        var unanswered =
                waitingReason == WaitingReason.CUSTOMER
                        && facts.major() == null
                        && !isOfAnAuthority();
        endWait(WaitEnd.LIMIT, now);
        if (unanswered) {
            sayResolved(assignee().id(), Resolution.inWords(NO_REPLY), ResolvedAs.NO_REPLY, now);
        }
    }

    /** The customer is asked whether it is solved, but after something major by a person. */
    private void sayResolved(String agent, Resolution resolution, ResolvedAs as, Instant now) {
        var isAsked = asks && as == ResolvedAs.SOLVED && facts.major() == null;
        var surveyId = isAsked ? Survey.id(id(), stay) : null;
        promises.progress().ifPresent(told -> sayKept(told, now));
        say(
                new TicketResolved(
                        id(),
                        round,
                        stay,
                        at(now),
                        agent,
                        Objects.requireNonNull(resolution.told()),
                        as,
                        surveyId,
                        resolution.responsibleSide(),
                        resolution.rootCause(),
                        resolution.suggestionOutcome(),
                        resolution.proof()));
    }

    private void closeIfDue(Instant now) {
        var reason = work.has(Deed.FILE) ? CloseReason.ANSWER_FILED : closingDue;
        if (reason != null
                && Command.CLOSE.isLegalIn(status)
                && promises.pending().isEmpty()
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
        if (pressesMoreThan(other)) {
            throw Problem.of(409, "merge-hides", other.created.number());
        }
        if (!absorbed.isEmpty()) {
            throw Problem.of(409, "has-absorbed").with("absorbed", absorbed);
        }
        other.requireOpenForMerges();
        withdrawProgress(MERGED, now);
        var leaving = promises.leaving();
        var ids = leaving.stream().map(MovedPromise::promiseId).toList();
        var number = other.created.number();
        say(new TicketMerged(id(), round, stay, at(now), other.id(), number, reason, ids));
        other.absorb(this, leaving, now);
    }

    private void absorb(Ticket merged, List<MovedPromise> arriving, Instant now) {
        say(
                new TicketAbsorbed(
                        id(),
                        round,
                        stay,
                        at(now),
                        merged.id(),
                        merged.created.number(),
                        merged.created.at(),
                        arriving));
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
        var back =
                promises.all().stream()
                        .filter(promise -> promise.outcome() == PromiseOutcome.MOVED)
                        .map(Promise::id)
                        .filter(other.promises.open()::contains)
                        .toList();
        var answered =
                other.absorbed.stream()
                        .anyMatch(one -> one.ticketId().equals(id()) && one.answered());
        other.release(this, back, now);
        say(
                new TicketUnmerged(
                        id(),
                        round + 1,
                        stay + 1,
                        at(now),
                        other.id(),
                        reason,
                        requireMerge().waitingReason(),
                        requireMerge().waitId(),
                        back));
        if (awaitedPromise != null && !promises.open().contains(awaitedPromise)) {
            endWait(WaitEnd.PROMISE, now);
        }
        if (waitingReason == WaitingReason.CUSTOMER && answered) {
            endWait(WaitEnd.MESSAGE, now);
        }
    }

    private void release(Ticket merged, List<UUID> leaving, Instant now) {
        leaving.forEach(promise -> endWaitFor(promise, now));
        var askedAt =
                Stream.concat(
                                Stream.of(created.at()),
                                absorbed.stream()
                                        .filter(one -> !one.ticketId().equals(merged.id()))
                                        .map(Merge.Absorbed::askedAt))
                        .min(Instant::compareTo)
                        .orElseThrow();
        say(new TicketReleased(id(), round, stay, at(now), merged.id(), askedAt, leaving));
    }

    private void requireOpenForMerges() {
        if (!status.isOpen()) {
            throw Problem.of(409, "merge-not-open", status.name()).with("state", status.name());
        }
    }

    /** An authority gets an answer, whatever the customer or we would rather have. */
    private void requireNoAnswerToFile() {
        if (isOfAnAuthority()) {
            throw Problem.of(409, "answer-to-file");
        }
    }

    private boolean isOfAnAuthority() {
        return facts.major() == Major.REGULATOR || created.authority() != null;
    }

    /** Its clocks would stop and those of the other go on: nothing urgent may be lost in that. */
    private boolean pressesMoreThan(Ticket other) {
        var major = facts.major();
        return major != null && major != other.facts.major()
                || facts.priority().compareTo(other.facts.priority()) < 0;
    }

    boolean isMergedInto(UUID other) {
        return merge != null && merge.into().equals(other);
    }

    /**
     * @throws Problem 404 when there is none
     */
    Promise promise(UUID promiseId) {
        return promises.require(promiseId);
    }

    boolean isOnWait(@Nullable UUID wait) {
        return waitId != null && waitId.equals(wait);
    }

    boolean isWaitingFor(UUID promiseId) {
        return promiseId.equals(awaitedPromise);
    }

    private void require(Command command) {
        if (!command.isLegalIn(status)) {
            throw new TransitionRefused(id(), status, command);
        }
    }

    private void say(TicketEvent event) {
        apply(event);
        news.add(event);
    }

    private Instant at(Instant now) {
        return now.isBefore(updatedAt) ? updatedAt : now;
    }

    private void apply(TicketEvent event) {
        version++;
        updatedAt = event.at();
        round = event.round();
        stay = event.stay();
        switch (event) {
            case TicketCreated again ->
                    throw new IllegalArgumentException("Created again: " + again.ticketId());
            case TicketPlaced placed -> {
                territory = placed.territory();
                servedBy = placed.servedBy();
                team = placed.team();
            }
            case TicketAssigned assigned -> {
                territory = assigned.territory();
                servedBy = assigned.servedBy();
                team = assigned.team();
                assignee = new Person(assigned.agent(), assigned.agentName());
                responsible = new Person(assigned.responsible(), assigned.responsibleName());
                transfer = null;
                become(TicketStatus.ASSIGNED);
            }
            case TicketAccepted accepted -> {
                work = work.did(Deed.ACCEPT, accepted.agent(), accepted.at());
                agentWanted = false;
                become(TicketStatus.IN_PROGRESS);
            }
            case MessageSent sent -> {
                work = work.told(sent.agent(), sent.at());
                talk = talk.told(sent.at());
                if (status == TicketStatus.REOPENED) {
                    become(TicketStatus.IN_PROGRESS);
                }
            }
            case WaitingStarted waiting -> {
                become(TicketStatus.WAITING);
                waitingReason = waiting.reason();
                awaitedPromise = waiting.promiseId();
                waitId = waiting.waitId();
                if (waiting.reason() == WaitingReason.AGREED) {
                    work = work.did(Deed.AGREE, null, waiting.at());
                }
            }
            case WaitingEnded _ -> become(TicketStatus.IN_PROGRESS);
            case TicketResolved resolved -> {
                transfer = null;
                become(TicketStatus.RESOLVED);
                resolvedAt = resolved.at();
                work = work.did(Deed.RESOLVE, resolved.agent(), resolved.at());
                survey = survey(resolved);
            }
            case TicketReopened _ -> {
                become(TicketStatus.REOPENED);
                resolvedAt = null;
                work = work.reopened();
            }
            case TicketClosed closed -> {
                transfer = null;
                become(TicketStatus.CLOSED);
                closedAt = closed.at();
                if (BY_THE_CUSTOMER.contains(closed.reason())) {
                    work = work.did(Deed.CONFIRM, null, closed.at());
                }
                work = work.did(Deed.CLOSE, closed.by(), closed.at());
            }
            case TicketCancelled cancelled -> {
                transfer = null;
                become(TicketStatus.CANCELLED);
                closedAt = cancelled.at();
            }
            case SurveyAnswered answered -> survey = requireSurvey().answered(answer(answered));
            case SurveyEnded ended -> survey = requireSurvey().ended(ended.at());
            case ClosingRefused refused -> {
                closingDue = refused.reason();
                if (BY_THE_CUSTOMER.contains(refused.reason())) {
                    work = work.did(Deed.CONFIRM, null, refused.at());
                }
            }
            case PromiseMade made -> promises.add(made);
            case PromiseKept kept -> promises.end(kept.promiseId(), PromiseOutcome.KEPT, kept.at());
            case PromiseBroken broken ->
                    promises.end(broken.promiseId(), PromiseOutcome.BROKEN, broken.at());
            case PromiseWithdrawn withdrawn ->
                    promises.end(withdrawn.promiseId(), PromiseOutcome.WITHDRAWN, withdrawn.at());
            case TicketEscalated escalated -> {
                transfer = null;
                tier = escalated.toTier();
                work = work.reached(tier);
                agentWanted = true;
                urged = Urged.climbed(urged);
            }
            case TicketMerged merged -> {
                transfer = null;
                merge = Merge.of(merged, status, waitingReason, awaitedPromise, waitId);
                become(TicketStatus.MERGED);
                merged.promises()
                        .forEach(id -> promises.end(id, PromiseOutcome.MOVED, merged.at()));
            }
            case TicketUnmerged unmerged -> {
                restore(requireMerge());
                unmerged.promises().forEach(promises::takeBack);
            }
            case TicketAbsorbed other -> {
                absorbed.add(
                        new Merge.Absorbed(
                                other.mergedTicket(),
                                other.mergedNumber(),
                                other.askedAt(),
                                false));
                other.promises().forEach(promises::add);
            }
            case TicketReleased other -> {
                absorbed.removeIf(one -> one.ticketId().equals(other.mergedTicket()));
                other.promises().forEach(id -> promises.end(id, PromiseOutcome.MOVED, other.at()));
            }
            case MessageReceived _ -> absorbed.replaceAll(Merge.Absorbed::withAnswer);
            case ContactRecorded recorded -> talk = talk.with(recorded);
            case TicketUrged again -> {
                absorbed.replaceAll(Merge.Absorbed::withAnswer);
                urged = Urged.after(urged, again);
            }
            case EscalationRequested requested -> {
                askedToClimbIn = requested.stay();
                if (requested.cause() == EscalationCause.CUSTOMER) {
                    urged = Urged.climbed(urged);
                }
            }
            case FactsChanged changed -> facts = Facts.of(changed);
            case StepDone step -> work = work.took(step.step(), step.by(), step.at());
            case ReviewWritten review -> work = work.did(Deed.REVIEW, review.by(), review.at());
            case AnswerFiled filed -> work = work.did(Deed.FILE, filed.by(), filed.at());
            case CallAttempted call -> {
                talk = talk.with(call);
                if (IN_VAIN.contains(call.outcome())) {
                    work = work.calledInVain(call.at());
                } else if (call.outcome() == CallOutcome.REACHED) {
                    work = work.did(Deed.MESSAGE, call.agent(), call.at());
                }
            }
            case TransferRequested requested -> transfer = Transfer.of(requested);
            case TransferOffered offered ->
                    transfer = Objects.requireNonNull(transfer).offered(offered);
            case TransferEnded _ -> transfer = null;
            case Consulted asked -> consultations.add(Consultation.of(asked));
            case ConsultationAnswered answered ->
                    consultations.replaceAll(one -> one.with(answered));
            case TicketLinked linked -> links.add(Link.of(linked));
            case TicketUnlinked unlinked ->
                    links.removeIf(link -> link.ticketId().equals(unlinked.other()));
            case MessageUndelivered _,
                    NoteAdded _,
                    AssignmentRefused _,
                    EscalationRefused _,
                    CustomerReminded _ -> {
                // said, and nothing about the ticket is different
            }
        }
    }

    private static @Nullable Survey survey(TicketResolved resolved) {
        var surveyId = resolved.surveyId();
        return surveyId == null
                ? null
                : Survey.of(surveyId, resolved.stay(), resolved.agent(), resolved.at());
    }

    private static Survey.Answer answer(SurveyAnswered answered) {
        return new Survey.Answer(
                answered.solved(), answered.score(), answered.late(), answered.at());
    }

    private void restore(Merge before) {
        become(before.status());
        waitingReason = before.waitingReason();
        awaitedPromise = before.awaitedPromise();
        waitId = before.waitId();
        merge = null;
    }

    private Merge requireMerge() {
        return Optional.ofNullable(merge).orElseThrow();
    }

    private Survey requireSurvey() {
        return Optional.ofNullable(survey).orElseThrow();
    }

    private void become(TicketStatus next) {
        status = next;
        waitingReason = null;
        awaitedPromise = null;
        waitId = null;
        closingDue = null;
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

    TicketCreated created() {
        return created;
    }

    /** By which it is served. */
    ServiceRules rules() {
        return rules;
    }

    boolean isAssignedTo(String agent) {
        return assignee != null && assignee.id().equals(agent);
    }

    private Person assignee() {
        return Optional.ofNullable(assignee).orElseThrow();
    }

    Memento memento() {
        return new Memento(
                facts,
                work,
                status,
                waitingReason,
                awaitedPromise,
                waitId,
                closingDue,
                survey,
                promises.all(),
                territory,
                servedBy,
                team,
                tier,
                assignee,
                responsible,
                round,
                stay,
                agentWanted,
                version,
                updatedAt,
                resolvedAt,
                closedAt,
                merge,
                List.copyOf(absorbed),
                talk,
                transfer,
                askedToClimbIn,
                List.copyOf(consultations),
                List.copyOf(links),
                urged);
    }

    /**
     * All of a ticket that changes, as a value.
     *
     * @param awaitedPromise whose end ends the wait
     * @param waitId which wait it is, if time may end it
     * @param survey of the last resolution that the customer is asked about
     * @param closingDue for which reason it closes when nothing is left to do
     * @param merge while it is merged into another
     * @param absorbed the tickets that are merged into it
     * @param transfer while somebody else shall have it
     * @param askedToClimbIn the last stay in which somebody wanted the next tier to have it
     * @param urged absent while the customer has not asked again
     */
    record Memento(
            Facts facts,
            Work work,
            TicketStatus status,
            @Nullable WaitingReason waitingReason,
            @Nullable UUID awaitedPromise,
            @Nullable UUID waitId,
            @Nullable CloseReason closingDue,
            @Nullable Survey survey,
            List<Promise> promises,
            @Nullable Territory territory,
            @Nullable Territory servedBy,
            @Nullable String team,
            int tier,
            @Nullable Person assignee,
            @Nullable Person responsible,
            int round,
            int stay,
            boolean agentWanted,
            long version,
            Instant updatedAt,
            @Nullable Instant resolvedAt,
            @Nullable Instant closedAt,
            @Nullable Merge merge,
            List<Merge.Absorbed> absorbed,
            Talk talk,
            @Nullable Transfer transfer,
            @Nullable Integer askedToClimbIn,
            List<Consultation> consultations,
            List<Link> links,
            @Nullable Urged urged) {

        /** What an older version kept has none of these. */
        Memento {
            consultations = Objects.requireNonNullElse(consultations, List.of());
            links = Objects.requireNonNullElse(links, List.of());
            talk = Objects.requireNonNullElse(talk, Talk.NONE);
        }
    }
}
