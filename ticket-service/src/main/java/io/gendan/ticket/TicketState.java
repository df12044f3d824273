package io.gendan.ticket;

import io.gendan.events.CallOutcome;
import io.gendan.events.Channel;
import io.gendan.events.CloseReason;
import io.gendan.events.EscalationCause;
import io.gendan.events.ResolvedAs;
import io.gendan.events.Territory;
import io.gendan.events.TicketEvent;
import io.gendan.events.TicketEvent.AnswerFiled;
import io.gendan.events.TicketEvent.AssignmentRefused;
import io.gendan.events.TicketEvent.CallAttempted;
import io.gendan.events.TicketEvent.ClosingOverdue;
import io.gendan.events.TicketEvent.ClosingRefused;
import io.gendan.events.TicketEvent.ConsultationAnswered;
import io.gendan.events.TicketEvent.Consulted;
import io.gendan.events.TicketEvent.ContactRecorded;
import io.gendan.events.TicketEvent.CustomerReminded;
import io.gendan.events.TicketEvent.EscalationRefused;
import io.gendan.events.TicketEvent.EscalationRequested;
import io.gendan.events.TicketEvent.FactsChanged;
import io.gendan.events.TicketEvent.MajorProposed;
import io.gendan.events.TicketEvent.MajorRefused;
import io.gendan.events.TicketEvent.MessageReceived;
import io.gendan.events.TicketEvent.MessageSent;
import io.gendan.events.TicketEvent.MessageUndelivered;
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
import io.gendan.events.WaitingReason;
import io.gendan.ticket.Ticket.Person;
import io.gendan.ticket.rules.Procedure.Deed;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * What a ticket's events have made of it. Only {@link #apply} changes it, and it decides nothing:
 * that the parts of {@link Ticket} do.
 */
final class TicketState {

    static final Set<CloseReason> AS_SOLVED =
            EnumSet.of(CloseReason.CONFIRMED, CloseReason.NO_OBJECTION, CloseReason.ANSWER_FILED);

    /** Nobody has solved what ended for one of these, and nobody is asked whether it is. */
    static final Set<CloseReason> AS_NO_SOLUTION =
            EnumSet.of(
                    CloseReason.WITHDRAWN,
                    CloseReason.UNREACHABLE,
                    CloseReason.DUPLICATE,
                    CloseReason.INVALID);

    private static final Set<CloseReason> BY_THE_CUSTOMER =
            EnumSet.of(CloseReason.CONFIRMED, CloseReason.NO_OBJECTION);

    /** Where who takes a ticket has the customer on the line. */
    private static final Set<Channel> LIVE = EnumSet.of(Channel.PHONE, Channel.CHAT);

    private static final int ANSWERS_KEPT = 50;

    private final Instant openedAt;

    private Facts facts;
    private Work work;
    private TicketStatus status = TicketStatus.NEW;
    private @Nullable WaitingReason waitingReason;
    private @Nullable UUID awaitedPromise;
    private @Nullable UUID waitId;
    private @Nullable Instant waitingSince;
    private @Nullable Boolean waitingSearch;
    private @Nullable CloseReason closingDue;
    private @Nullable Instant closingOverdue;
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
    private boolean inQueue;
    private boolean solvedUnclaimed;
    private long version = 1;
    private Instant updatedAt;
    private @Nullable Instant resolvedAt;
    private @Nullable Instant reopenedAt;
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
    private Strain strain = Strain.NONE;
    private Suspicion suspicion = Suspicion.NONE;
    private Weighed weighed = Weighed.NOTHING;

    /** As it begins. */
    TicketState(TicketCreated created) {
        this.openedAt = created.at();
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
        weigh();
    }

    /** The state kept beside the log, as {@link Tickets} reads it. */
    static TicketState restored(TicketCreated created, Memento memento) {
        var state = new TicketState(created);
        state.facts = memento.facts();
        state.work = memento.work();
        state.status = memento.status();
        state.waitingReason = memento.waitingReason();
        state.awaitedPromise = memento.awaitedPromise();
        state.waitId = memento.waitId();
        state.waitingSince = memento.waitingSince();
        state.waitingSearch = memento.waitingSearch();
        state.closingDue = memento.closingDue();
        state.closingOverdue = memento.closingOverdue();
        state.survey = memento.survey();
        state.promises.restore(memento.promises());
        state.territory = memento.territory();
        state.servedBy = memento.servedBy();
        state.team = memento.team();
        state.tier = memento.tier();
        state.assignee = memento.assignee();
        state.responsible = memento.responsible();
        state.round = memento.round();
        state.stay = memento.stay();
        state.agentWanted = memento.agentWanted();
        state.inQueue = memento.inQueue();
        state.solvedUnclaimed = memento.solvedUnclaimed();
        state.version = memento.version();
        state.updatedAt = memento.updatedAt();
        state.resolvedAt = memento.resolvedAt();
        state.reopenedAt = memento.reopenedAt();
        state.closedAt = memento.closedAt();
        state.merge = memento.merge();
        state.urged = memento.urged();
        state.absorbed.addAll(memento.absorbed());
        state.talk = memento.talk();
        state.strain = memento.strain();
        state.suspicion = memento.suspicion();
        state.weighed = memento.weighed();
        state.transfer = memento.transfer();
        state.askedToClimbIn = memento.askedToClimbIn();
        state.consultations.addAll(memento.consultations());
        state.links.addAll(memento.links());
        return state;
    }

    void apply(TicketEvent event) {
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
                inQueue = false;
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
                waitingSince = waiting.at();
                waitingSearch = waiting.search();
                if (waiting.reason() == WaitingReason.AGREED) {
                    work = work.did(Deed.AGREE, null, waiting.at());
                }
            }
            case WaitingEnded _ -> become(TicketStatus.IN_PROGRESS);
            case TicketResolved resolved -> {
                transfer = null;
                solvedUnclaimed = inQueue;
                inQueue = false;
                become(TicketStatus.RESOLVED);
                resolvedAt = resolved.at();
                work = work.did(Deed.RESOLVE, resolved.agent(), resolved.at());
                if (resolved.resolvedAs() == ResolvedAs.NO_REPLY) {
                    work = work.did(Deed.NO_REPLY, null, resolved.at());
                }
                survey = Survey.of(resolved);
            }
            case TicketReopened reopened -> {
                solvedUnclaimed = false;
                become(TicketStatus.REOPENED);
                agentWanted = reopened.agent() == null;
                inQueue = agentWanted && tier >= Topics.FIRST_QUEUED_TIER;
                resolvedAt = null;
                reopenedAt = reopened.at();
                work = work.reopened();
                strain = strain.reopened();
                if (Ticket.CUSTOMER.id().equals(reopened.by())) {
                    talk = talk.heard();
                }
            }
            case TicketClosed closed -> {
                transfer = null;
                inQueue = false;
                solvedUnclaimed = false;
                suspicion = suspicion.settled();
                become(TicketStatus.CLOSED);
                closedAt = closed.at();
                if (BY_THE_CUSTOMER.contains(closed.reason())) {
                    work = work.did(Deed.CONFIRM, null, closed.at());
                }
                work = work.did(Deed.CLOSE, closed.by(), closed.at());
                if (survey != null && AS_NO_SOLUTION.contains(closed.reason())) {
                    survey = survey.withdrawn(closed.at());
                }
            }
            case TicketCancelled cancelled -> {
                transfer = null;
                inQueue = false;
                suspicion = suspicion.settled();
                become(TicketStatus.CANCELLED);
                closedAt = cancelled.at();
            }
            case SurveyAnswered answered -> {
                survey = requireSurvey().answered(answered);
                talk = talk.heard();
            }
            case SurveyEnded ended -> survey = requireSurvey().ended(ended.at());
            case ClosingRefused refused -> {
                closingDue = refused.reason();
                if (BY_THE_CUSTOMER.contains(refused.reason())) {
                    work = work.did(Deed.CONFIRM, null, refused.at());
                }
            }
            case ClosingOverdue overdue -> closingOverdue = overdue.dueAt();
            case PromiseMade made -> promises.add(made);
            case PromiseKept kept -> promises.end(kept.promiseId(), PromiseOutcome.KEPT, kept.at());
            case PromiseBroken broken -> {
                promises.end(broken.promiseId(), PromiseOutcome.BROKEN, broken.at());
                if (!promises.require(broken.promiseId()).isMajorCheck()) {
                    strain = strain.brokePromise();
                }
            }
            case PromiseWithdrawn withdrawn ->
                    promises.end(withdrawn.promiseId(), PromiseOutcome.WITHDRAWN, withdrawn.at());
            case TicketEscalated escalated -> {
                transfer = null;
                tier = escalated.toTier();
                work = work.reached(tier);
                agentWanted = true;
                inQueue = tier >= Topics.FIRST_QUEUED_TIER;
                urged = Urged.climbed(urged);
            }
            case TicketMerged merged -> {
                transfer = null;
                merge =
                        Merge.of(
                                merged,
                                status,
                                waitingReason,
                                awaitedPromise,
                                waitId,
                                suspicion.question(),
                                waitingSince,
                                waitingSearch);
                suspicion = suspicion.settled();
                become(TicketStatus.MERGED);
                merged.promises()
                        .forEach(id -> promises.end(id, PromiseOutcome.MOVED, merged.at()));
            }
            case TicketUnmerged unmerged -> {
                restore(Objects.requireNonNull(merge));
                unmerged.promises().forEach(promises::takeBack);
            }
            case TicketAbsorbed other -> {
                var merged = Merge.Absorbed.of(other);
                absorbed.add(merged);
                urged = Urged.with(urged, merged.urgedAt());
                other.promises().forEach(promises::add);
            }
            case TicketReleased other -> {
                for (var one : absorbed) {
                    if (one.ticketId().equals(other.mergedTicket())) {
                        urged = Urged.without(urged, one.urgedAt());
                    }
                }
                absorbed.removeIf(one -> one.ticketId().equals(other.mergedTicket()));
                suspicion = suspicion.without(other.mergedTicket());
                other.promises().forEach(id -> promises.end(id, PromiseOutcome.MOVED, other.at()));
            }
            case MessageReceived _ -> {
                absorbed.replaceAll(Merge.Absorbed::withAnswer);
                talk = talk.heard();
            }
            case ContactRecorded recorded -> {
                absorbed.replaceAll(one -> one.withCall(recorded.startedAt()));
                var answeredAt = recorded.answersUntil(openedAt).orElse(null);
                talk = talk.with(recorded, answeredAt);
                strain = strain.contacted();
                var by = assignee == null ? null : assignee.id();
                if (recorded.answersItsUrge() && recorded.at().equals(reopenedAt)) {
                    work = work.talked(by, recorded.at());
                } else if (answeredAt != null
                        && (reopenedAt == null || !answeredAt.isBefore(reopenedAt))) {
                    work = work.talked(by, answeredAt);
                }
            }
            case TicketUrged again -> {
                absorbed.replaceAll(Merge.Absorbed::withAnswer);
                urged = Urged.after(urged, again);
                talk = talk.heard();
            }
            case EscalationRequested requested -> {
                if (!requested.by().equals(Ticket.CUSTOMER.id())) {
                    askedToClimbIn = requested.stay();
                }
                if (requested.cause() == EscalationCause.CUSTOMER) {
                    urged = Urged.climbed(urged);
                }
            }
            case FactsChanged changed -> {
                facts = facts.changed(changed);
                if (Boolean.TRUE.equals(changed.noAuthority())) {
                    work = work.unfiled();
                }
                if (changed.major() != null) {
                    suspicion = suspicion.settled();
                }
            }
            case MajorProposed proposed -> {
                suspicion = suspicion.after(proposed);
                absorbed.replaceAll(one -> one.after(proposed));
            }
            case MajorRefused refused -> {
                suspicion = suspicion.after(refused);
                absorbed.replaceAll(one -> one.after(refused));
            }
            case StepDone step -> work = work.took(step.step(), step.by(), step.at());
            case ReviewWritten review -> work = work.did(Deed.REVIEW, review.by(), review.at());
            case AnswerFiled filed -> work = work.did(Deed.FILE, filed.by(), filed.at());
            case CallAttempted call -> {
                talk = talk.with(call);
                // Who only names another hour is told nothing that a step asks for.
                if (call.outcome() == CallOutcome.REACHED) {
                    work = work.did(Deed.MESSAGE, call.agent(), call.at());
                }
            }
            case TransferRequested requested -> transfer = Transfer.of(requested);
            case TransferOffered offered ->
                    transfer = Objects.requireNonNull(transfer).offered(offered);
            case TransferEnded _ -> transfer = null;
            case Consulted asked -> {
                consultations.add(Consultation.of(asked));
                forgetOldAnswers();
            }
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
        weigh();
    }

    private void weigh() {
        weighed = Weighed.of(weighed, facts, strain);
    }

    private void forgetOldAnswers() {
        var answered = consultations.stream().filter(one -> !one.isOpen()).toList();
        consultations.removeAll(answered.subList(0, Math.max(0, answered.size() - ANSWERS_KEPT)));
    }

    private void restore(Merge before) {
        become(before.status());
        waitingReason = before.waitingReason();
        awaitedPromise = before.awaitedPromise();
        waitId = before.waitId();
        waitingSince = before.waitingSince();
        waitingSearch = before.waitingSearch();
        merge = null;
    }

    private Survey requireSurvey() {
        return Objects.requireNonNull(survey);
    }

    private void become(TicketStatus next) {
        status = next;
        waitingReason = null;
        awaitedPromise = null;
        waitId = null;
        waitingSince = null;
        waitingSearch = null;
        closingDue = null;
        closingOverdue = null;
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
                urged,
                closingOverdue,
                strain,
                suspicion,
                weighed,
                waitingSince,
                reopenedAt,
                waitingSearch,
                inQueue,
                solvedUnclaimed);
    }

    Facts facts() {
        return facts;
    }

    Work work() {
        return work;
    }

    TicketStatus status() {
        return status;
    }

    @Nullable WaitingReason waitingReason() {
        return waitingReason;
    }

    @Nullable UUID awaitedPromise() {
        return awaitedPromise;
    }

    @Nullable UUID waitId() {
        return waitId;
    }

    @Nullable Instant waitingSince() {
        return waitingSince;
    }

    @Nullable Boolean waitingSearch() {
        return waitingSearch;
    }

    @Nullable CloseReason closingDue() {
        return closingDue;
    }

    @Nullable Instant closingOverdue() {
        return closingOverdue;
    }

    @Nullable Survey survey() {
        return survey;
    }

    @Nullable Territory territory() {
        return territory;
    }

    @Nullable Territory servedBy() {
        return servedBy;
    }

    @Nullable String team() {
        return team;
    }

    int tier() {
        return tier;
    }

    @Nullable Person assignee() {
        return assignee;
    }

    @Nullable Person responsible() {
        return responsible;
    }

    int round() {
        return round;
    }

    int stay() {
        return stay;
    }

    boolean agentWanted() {
        return agentWanted;
    }

    /** Whether it stands in the queue of its tier; also while it is merged. */
    boolean isInQueue() {
        return inQueue;
    }

    /** Whether it stood in that queue when it was solved, and comes back to it. */
    boolean isSolvedUnclaimed() {
        return solvedUnclaimed;
    }

    long version() {
        return version;
    }

    Instant updatedAt() {
        return updatedAt;
    }

    @Nullable Instant resolvedAt() {
        return resolvedAt;
    }

    @Nullable Instant reopenedAt() {
        return reopenedAt;
    }

    @Nullable Instant closedAt() {
        return closedAt;
    }

    @Nullable Merge merge() {
        return merge;
    }

    @Nullable Transfer transfer() {
        return transfer;
    }

    @Nullable Integer askedToClimbIn() {
        return askedToClimbIn;
    }

    List<Consultation> consultations() {
        return consultations;
    }

    List<Link> links() {
        return links;
    }

    @Nullable Urged urged() {
        return urged;
    }

    List<Merge.Absorbed> absorbed() {
        return absorbed;
    }

    Promises promises() {
        return promises;
    }

    Talk talk() {
        return talk;
    }

    Strain strain() {
        return strain;
    }

    Suspicion suspicion() {
        return suspicion;
    }

    Weighed weighed() {
        return weighed;
    }
}
