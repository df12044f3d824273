package io.gendan.escalation;

import static io.gendan.escalation.ClockKinds.KEPT_WHEN_OVER;
import static io.gendan.escalation.ClockKinds.MOVED_BY_POLICY;
import static io.gendan.escalation.ClockKinds.OF_THE_TIER;
import static io.gendan.escalation.ClockKinds.OF_THE_WAIT;
import static io.gendan.escalation.ClockKinds.OURS;
import static io.gendan.escalation.ClockKinds.OVER_WHEN_CLOSED;
import static io.gendan.escalation.ClockKinds.OVER_WHEN_REOPENED;
import static io.gendan.escalation.ClockKinds.OVER_WHEN_RESOLVED;
import static io.gendan.escalation.ClockKinds.RAISING;
import static io.gendan.escalation.ClockKinds.RESPONSES;
import static io.gendan.escalation.ClockKinds.RESTING;
import static io.gendan.events.ClockKind.CLOSING;
import static io.gendan.events.ClockKind.CONFIRMATION;
import static io.gendan.events.ClockKind.FIRST_RESPONSE;
import static io.gendan.events.ClockKind.NEXT_RESPONSE;
import static io.gendan.events.ClockKind.PROMISE;
import static io.gendan.events.ClockKind.RESOLUTION;
import static io.gendan.events.ClockKind.SURVEY;
import static io.gendan.events.ClockKind.TIER_RESOLUTION;
import static io.gendan.events.ClockKind.TIER_RESPONSE;
import static io.gendan.events.ClockKind.WAITING;

import io.gendan.events.AuthoritySource;
import io.gendan.events.ClockKind;
import io.gendan.events.EscalationEvent.DueChanged;
import io.gendan.events.TicketEvent;
import io.gendan.events.TicketEvent.AnswerFiled;
import io.gendan.events.TicketEvent.AssignmentRefused;
import io.gendan.events.TicketEvent.CallAttempted;
import io.gendan.events.TicketEvent.ClosingOverdue;
import io.gendan.events.TicketEvent.ClosingRefused;
import io.gendan.events.TicketEvent.ContactRecorded;
import io.gendan.events.TicketEvent.EscalationRefused;
import io.gendan.events.TicketEvent.EscalationRequested;
import io.gendan.events.TicketEvent.FactsChanged;
import io.gendan.events.TicketEvent.MessageReceived;
import io.gendan.events.TicketEvent.MessageSent;
import io.gendan.events.TicketEvent.OnRecord;
import io.gendan.events.TicketEvent.PromiseBroken;
import io.gendan.events.TicketEvent.PromiseKept;
import io.gendan.events.TicketEvent.PromiseMade;
import io.gendan.events.TicketEvent.PromiseWithdrawn;
import io.gendan.events.TicketEvent.SurveyAnswered;
import io.gendan.events.TicketEvent.SurveyEnded;
import io.gendan.events.TicketEvent.TicketAbsorbed;
import io.gendan.events.TicketEvent.TicketAccepted;
import io.gendan.events.TicketEvent.TicketAssigned;
import io.gendan.events.TicketEvent.TicketCancelled;
import io.gendan.events.TicketEvent.TicketClosed;
import io.gendan.events.TicketEvent.TicketCreated;
import io.gendan.events.TicketEvent.TicketEscalated;
import io.gendan.events.TicketEvent.TicketMerged;
import io.gendan.events.TicketEvent.TicketPlaced;
import io.gendan.events.TicketEvent.TicketReleased;
import io.gendan.events.TicketEvent.TicketReopened;
import io.gendan.events.TicketEvent.TicketResolved;
import io.gendan.events.TicketEvent.TicketUnmerged;
import io.gendan.events.TicketEvent.TicketUrged;
import io.gendan.events.TicketEvent.TransferEnded;
import io.gendan.events.TicketEvent.TransferRequested;
import io.gendan.events.TicketEvent.WaitingEnded;
import io.gendan.events.TicketEvent.WaitingStarted;
import io.gendan.events.Topics;
import io.gendan.events.WaitingReason;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * One ticket as time sees it: a pure function of the ticket's events and the policy.
 *
 * <p>The clocks towards the customer ({@code FIRST_RESPONSE}, {@code NEXT_RESPONSE}, {@code
 * RESOLUTION}, {@code PROMISE}) never start anew because the ticket changed hands; a new stay
 * restarts only the tier's own. A ticket is raised at most once a stay, by whichever clock runs out
 * first; what drives it further up is the clocks of the next tier.
 *
 * <p>A merged ticket's clocks stand still and fire nothing. That is no rest: if the merge is undone
 * they go on with the due times that they had, and what became overdue meanwhile fires then, once;
 * what was raised and could not climb is raised again. The ticket that absorbed it is to be solved
 * by when the customer may expect it of whichever was asked first.
 */
public record Watch(Facts facts, Standing standing, Place place, List<Clock> clocks) {

    /**
     * The earliest running clock.
     *
     * @param warned how much of it was warned of, in percent
     */
    record Due(ClockKind clock, Instant at, int warned) {

        /** Whether at most more of it was warned of, which is told by itself. */
        private boolean goesOnFrom(Due before) {
            return clock == before.clock && at.equals(before.at) && warned >= before.warned;
        }
    }

    static Watch of(TicketCreated created, Targets targets) {
        var facts = Facts.of(created, targets.version());
        var standing =
                new Standing(
                        created.tier(),
                        created.round(),
                        created.stay(),
                        TicketState.OPEN,
                        Standing.Climb.NONE,
                        Questions.NONE,
                        null,
                        false);
        var begun =
                new Watch(facts, standing, Place.UNKNOWN, List.of())
                        .start(FIRST_RESPONSE, created.at(), targets)
                        .start(RESOLUTION, created.at(), targets)
                        .startTierClocks(created.at(), targets, true)
                        .resting(targets.emergencies());
        return isTalkedAbout(created)
                ? begun.with(standing.withAnswer()).stop(RESPONSES, created.at())
                : begun;
    }

    /**
     * Who opens a ticket on the phone or in a chat, and keeps it, is answering the customer as they
     * write: the first response is in time, and measured so. Of what was taken over from elsewhere
     * the customer has heard nothing yet.
     */
    private static boolean isTalkedAbout(TicketCreated created) {
        return created.takenBy() != null
                && switch (created.channel()) {
                    case PHONE, CHAT -> true;
                    case APP, WEB, WECHAT, EMAIL, MERCHANT, UNKNOWN -> false;
                };
    }

    /** The watch after a later event of its ticket. */
    Watch after(TicketEvent event, Targets targets) {
        var at = event.at();
        var settled = Firing.silently(resting(targets.emergencies()), at, targets);
        var next = settled.with(settled.standing.fencedBy(event));
        return switch (event) {
            case TicketCreated _ ->
                    throw new IllegalStateException("Ticket " + facts.id() + " exists already");
            case TicketPlaced placed -> next.with(place.with(placed)).restingIn(place, targets);
            case TicketAssigned assigned ->
                    next.afterAssignment(assigned).restingIn(place, targets);
            case MessageReceived message ->
                    Boolean.TRUE.equals(message.thanks()) ? next : next.customerWaits(at, targets);
            case TicketUrged _ -> next.customerWaits(at, targets);
            case MessageSent _ -> next.hearsFromUs(at);
            case CallAttempted call -> call.outcome().hasReached() ? next.hearsFromUs(at) : next;
            case ContactRecorded contact -> next.talk(contact, targets);
            case WaitingStarted waiting -> next.startWaiting(waiting, targets);
            case WaitingEnded _ ->
                    next.with(next.standing.as(TicketState.OPEN))
                            .stop(OF_THE_WAIT, at)
                            .change(RESTING, clock -> clock.resume(at));
            case TicketResolved resolved -> next.resolve(resolved, targets);
            case TicketReopened reopened -> next.reopen(reopened, targets);
            case TicketClosed _, TicketCancelled _ ->
                    next.with(next.standing.as(TicketState.CLOSED)).stop(OVER_WHEN_CLOSED, at);
            case TicketMerged _ ->
                    next.with(next.standing.as(TicketState.MERGED)).change(OURS, Clock::merge);
            case TicketUnmerged unmerged -> next.unmerge(unmerged);
            case TicketAbsorbed other ->
                    next.absorb(other, targets)
                            .resting(targets.emergencies())
                            .customerWaits(at, targets);
            case TicketReleased other -> next.release(other).resting(targets.emergencies());
            case TicketEscalated escalated ->
                    next.withoutPutOff(settled.standing, at)
                            .stop(OF_THE_TIER, at)
                            .with(next.standing.onTier(escalated.toTier()))
                            .startTierClocks(at, targets, true);
            case PromiseMade promise -> next.start(promise, targets);
            case PromiseKept kept -> next.letGo(kept.promiseId());
            case PromiseBroken broken ->
                    next.with(next.standing.broke(broken.dueAt())).letGo(broken.promiseId());
            case PromiseWithdrawn withdrawn -> next.letGo(withdrawn.promiseId());
            case SurveyAnswered answered -> next.stop(answered.surveyId(), at);
            case SurveyEnded ended -> next.stop(ended.surveyId(), at);
            case FactsChanged changed -> next.of(changed, targets);
            case AnswerFiled _ ->
                    next.with(next.standing.filed(true)).stop(EnumSet.of(RESOLUTION), at);
            case ClosingRefused _, ClosingOverdue _ -> next.isToClose(at, targets);
            case TicketAccepted _,
                    AssignmentRefused _,
                    EscalationRefused _,
                    TransferRequested _,
                    TransferEnded _,
                    EscalationRequested _,
                    OnRecord _ ->
                    next;
        };
    }

    /**
     * The watch under another version: what runs or rests gets its targets, the time that has
     * passed counts. What the version has no target for stays as it is.
     *
     * @param at since when, for the calendars
     */
    Watch under(Targets targets, Instant at) {
        var moment = new Moment(at, standing.tier(), place.territory());
        return new Watch(facts.under(targets.version()), standing, place, clocks)
                .change(
                        MOVED_BY_POLICY,
                        clock -> {
                            var target = targets.target(clock.kind(), facts, moment);
                            return target == null ? clock : clock.under(targets.version(), target);
                        });
    }

    /**
     * What the ticket turned out to be has targets of its own: what runs or rests gets them, as if
     * that had been known from its start.
     */
    private Watch of(FactsChanged changed, Targets targets) {
        var known = facts.changed(changed);
        var moved =
                new Watch(known, standing, place, clocks)
                        .change(
                                MOVED_BY_POLICY,
                                clock -> {
                                    var began =
                                            new Moment(
                                                    clock.startedAt(),
                                                    standing.tier(),
                                                    place.territory());
                                    var target = targets.target(clock.kind(), known, began);
                                    return target == null
                                            ? clock
                                            : clock.under(clock.policyVersion(), target);
                                });
        return moved.owingAfter(this, changed, targets).resting(targets.emergencies());
    }

    /**
     * What was filed answers its letter, whatever is told of that later, until the ticket carries
     * it no more.
     */
    private Watch owingAfter(Watch before, FactsChanged changed, Targets targets) {
        var known = before.facts.authority();
        var lost = known == null ? before.lostSource() : null;
        var letter = facts.authority();
        if (letter == null) {
            var saysSo = Boolean.TRUE.equals(changed.noAuthority());
            var isTakenOff = known != null || lost != null && saysSo;
            return isTakenOff ? owesNoAnswer(changed.at(), targets) : this;
        }
        var isFound = lost == letter.source();
        var isAnswered = standing.filed() && (lost == null || isFound);
        return letter.equals(known) || isAnswered || isFound && isDueByItsLetter(targets)
                ? this
                : owesAnAnswer(changed.at(), targets);
    }

    /**
     * Through whom the letter came by which the ticket is due, though no letter is known of it:
     * those that came later were not kept once. A watch never forgets one otherwise.
     */
    private @Nullable AuthoritySource lostSource() {
        return lastResolution().map(clock -> PolicyRule.authority(clock.basis())).orElse(null);
    }

    private boolean isDueByItsLetter(Targets targets) {
        var clock = lastResolution().orElseThrow();
        var began = new Moment(clock.startedAt(), standing.tier(), place.territory());
        var target = targets.target(RESOLUTION, facts, began);
        return target != null && clock.isDueBy(target);
    }

    /**
     * It carries no letter any more, and is to be solved as if none had come: counted from its
     * creation, with the rests that it had. For those that it waits for now it rests from the next
     * time on.
     */
    private Watch owesNoAnswer(Instant at, Targets targets) {
        var over = with(standing.filed(false)).stop(EnumSet.of(RESOLUTION), at);
        var rests =
                over.rests()
                        .map(rest -> rest.until() == null ? rest.endedAt(at) : rest)
                        .sorted(Comparator.comparing(Pause::from))
                        .toList();
        return over.start(RESOLUTION, facts.createdAt(), targets)
                .change(EnumSet.of(RESOLUTION), clock -> clock.rested(rests));
    }

    /** Its letter sets a deadline of its own, which rests for nobody, whatever ran out before. */
    private Watch owesAnAnswer(Instant at, Targets targets) {
        return with(standing.filed(false))
                .change(RESTING, clock -> clock.resume(at))
                .stop(EnumSet.of(RESOLUTION), at)
                .start(RESOLUTION, at, targets);
    }

    /** The watch with the rests of those emergencies that concern its ticket. */
    Watch resting(List<Emergency> emergencies) {
        var concerning = emergencies.stream().filter(e -> e.concerns(facts, place)).toList();
        return change(EnumSet.of(RESOLUTION), clock -> clock.resting(concerning));
    }

    /** By which the climb of a clock is put off now; absent when it is not. */
    public @Nullable Deferral deferralOf(Clock clock) {
        var until = standing.putOffUntil();
        return until != null && clock.isRunning() && until.equals(clock.firesAt())
                ? standing.climb().deferral()
                : null;
    }

    /** What was put off runs out when the ticket climbs otherwise: it was to climb by that. */
    private Watch withoutPutOff(Standing before, Instant at) {
        return before.putOffUntil() == null
                ? this
                : change(
                        RAISING,
                        clock -> clock.isRunning() && clock.elapsesBy(at) ? clock.elapse() : clock);
    }

    private Watch restingIn(Place before, Targets targets) {
        return place.territory() == before.territory() ? this : resting(targets.emergencies());
    }

    /** Clocks that are not those of the watch {@code before}, and that nobody thought of. */
    List<Clock> unmatchedSince(List<Clock> before) {
        return clocks.stream()
                .filter(clock -> clock.isLastResort() && before.stream().noneMatch(clock::isSame))
                .toList();
    }

    Optional<Due> earliest() {
        return clocks.stream()
                .filter(clock -> clock.isRunning() && OURS.contains(clock.kind()))
                .min(
                        Comparator.comparing(Clock::dueAt)
                                .thenComparing(Clock::kind)
                                .thenComparing(Clock::warned, Comparator.reverseOrder()))
                .map(clock -> new Due(clock.kind(), clock.dueAt(), clock.warned()));
    }

    /**
     * When the time for the whole ticket ran out, as long as it is to be solved, or the answer that
     * it ends with is to be filed; absent otherwise. Where another followed it, the last one
     * counts.
     */
    @Nullable Instant overdueSince() {
        var isOwed =
                switch (standing.state()) {
                    case OPEN, WAITING -> true;
                    case RESOLVED -> facts.endsByFiling() && !standing.filed();
                    case CLOSED, MERGED -> false;
                };
        return lastResolution()
                .filter(clock -> isOwed && clock.state() == ClockState.ELAPSED)
                .map(Clock::dueAt)
                .orElse(null);
    }

    private Optional<Clock> lastResolution() {
        return clocks.stream()
                .filter(clock -> clock.kind() == RESOLUTION)
                .max(Comparator.comparing(Clock::number));
    }

    boolean isDueAs(Watch other) {
        return earliest().equals(other.earliest())
                && Objects.equals(overdueSince(), other.overdueSince());
    }

    /** What is to be told of a ticket that is watched from now on. */
    Optional<DueChanged> dueFirst(Instant now) {
        return dueChangedSince(Optional.empty(), null, now);
    }

    /**
     * What is to be told when the earliest clock is not the one it was {@code before}, or the
     * ticket is overdue and was not, or no longer is.
     */
    Optional<DueChanged> dueChangedSince(Watch before, Instant now) {
        return dueChangedSince(before.earliest(), before.overdueSince(), now);
    }

    private Optional<DueChanged> dueChangedSince(
            Optional<Due> before, @Nullable Instant overdueBefore, Instant now) {
        var due = earliest();
        var overdue = overdueSince();
        var goesOn = due.flatMap(one -> before.filter(one::goesOnFrom)).isPresent();
        if ((goesOn || due.equals(before)) && Objects.equals(overdue, overdueBefore)) {
            return Optional.empty();
        }
        return Optional.of(
                new DueChanged(
                        facts.id(),
                        now,
                        due.map(Due::clock).orElse(null),
                        due.map(Due::at).orElse(null),
                        due.map(Due::warned).filter(percent -> percent > 0).orElse(null),
                        overdue));
    }

    private Watch afterAssignment(TicketAssigned assigned) {
        var moved = with(Place.of(assigned)).with(standing.onTier(assigned.tier()));
        return assigned.tier() >= Topics.FIRST_QUEUED_TIER
                ? moved.stop(EnumSet.of(TIER_RESPONSE), assigned.at())
                : moved;
    }

    /** The customer was answered by a person, whether in writing or on the phone. */
    private Watch hearsFromUs(Instant at) {
        return with(standing.withAnswer()).stop(RESPONSES, at);
    }

    /**
     * On the phone, which may be told of late: what the customer asked after that is not answered
     * by it, and our time for that counts from when they did. What they asked in the call itself is
     * answered, though the ticket hears of it only with the call.
     */
    private Watch talk(ContactRecorded contact, Targets targets) {
        var until = contact.answersUntil(facts.createdAt());
        if (until.isEmpty() && !contact.answersItsUrge()) {
            return this;
        }
        var heard = until.map(this::hearsFromUsUntil).orElse(this);
        var answered = contact.answersItsUrge() ? heard.isAnsweredAt(contact.at()) : heard;
        return answered.owesWhatIsLeft(climbedByItsFirstSilence(), targets);
    }

    /**
     * When the first response ran out; absent when it did not, or rings since: at the last tier
     * nothing else is heard of that silence.
     */
    private Optional<Instant> climbedByItsFirstSilence() {
        return clocks.stream()
                .filter(clock -> clock.kind() == FIRST_RESPONSE && clock.firesAt() == null)
                .filter(clock -> clock.state() == ClockState.ELAPSED)
                .flatMap(clock -> Stream.ofNullable(clock.endedAt()))
                .findFirst();
    }

    private Watch hearsFromUsUntil(Instant until) {
        return with(standing.answeredUntil(until))
                .change(
                        RESPONSES,
                        clock ->
                                clock.kind() == NEXT_RESPONSE && clock.startedAt().isAfter(until)
                                        ? clock
                                        : clock.stop(until));
    }

    /** What was asked just then, and nothing else. */
    private Watch isAnsweredAt(Instant at) {
        return with(standing.answeredAt(at))
                .change(
                        EnumSet.of(NEXT_RESPONSE),
                        clock -> clock.startedAt().equals(at) ? clock.stop(at) : clock);
    }

    /**
     * Since the first of it, unless a clock has counted that already, whatever became of it; of
     * what is closed nothing is owed.
     *
     * @param counted until when what was asked made the ticket climb, if it did
     */
    private Watch owesWhatIsLeft(Optional<Instant> counted, Targets targets) {
        var asked =
                standing.asked().stream()
                        .filter(at -> at.isAfter(counted.orElse(Instant.MIN)))
                        .toList();
        if (asked.isEmpty() || !standing.answered() || standing.state() == TicketState.CLOSED) {
            return this;
        }
        var first = asked.getFirst();
        var isCounted =
                clocks.stream()
                        .filter(clock -> clock.kind() == NEXT_RESPONSE)
                        .filter(clock -> standing.asked().contains(clock.startedAt()))
                        .anyMatch(clock -> !clock.startedAt().isAfter(first));
        if (isCounted) {
            return this;
        }
        return isRunning(NEXT_RESPONSE)
                ? change(EnumSet.of(NEXT_RESPONSE), clock -> clock.countedFrom(first))
                : start(NEXT_RESPONSE, first, targets);
    }

    private Watch customerWaits(Instant at, Targets targets) {
        var open =
                switch (standing.state()) {
                    case OPEN, WAITING -> true;
                    case RESOLVED, CLOSED, MERGED -> false;
                };
        if (!open) {
            return this;
        }
        var asking = with(standing.asking(at));
        return standing.answered() && !isRunning(NEXT_RESPONSE)
                ? asking.start(NEXT_RESPONSE, at, targets)
                : asking;
    }

    /**
     * For the customer the ticket may rest so long in all, whatever number of waits that is; when
     * nothing is left it waits on, but rests no more.
     */
    private Watch startWaiting(WaitingStarted waiting, Targets targets) {
        var at = waiting.at();
        var reason = waiting.reason();
        var begun = with(standing.as(TicketState.WAITING)).stop(OF_THE_WAIT, at);
        var limit = begun.limit(Wait.of(waiting), at, targets);
        var isUsedUp = limit != null && limit.time().isZero();
        var limited =
                limit == null || isUsedUp || waiting.waitId() == null
                        ? begun
                        : begun.start(WAITING, waiting.waitId(), limit, at, targets);
        var rests =
                switch (reason) {
                    case CUSTOMER -> !isUsedUp;
                    case AGREED -> true;
                    case MERCHANT, WAREHOUSE, CARRIER, BANK, INTERNAL, UNKNOWN -> false;
                };
        return limited.change(
                RESTING,
                clock -> rests && mayRest() ? clock.pause(at, reason.name()) : clock.resume(at));
    }

    /** The deadline of an answer is the law's, whoever we wait for. */
    private boolean mayRest() {
        return facts.authority() == null;
    }

    /**
     * Where it was before the merge. What ran out just before that, and what the merged ticket did
     * not hear any more, runs out again: the wait that goes on, and promises that came back.
     */
    private Watch unmerge(TicketUnmerged unmerged) {
        var at = unmerged.at();
        var isWaiting = unmerged.waitingReason() != null;
        return with(standing.as(isWaiting ? TicketState.WAITING : TicketState.OPEN))
                .letGo(about -> !unmerged.promises().contains(about))
                .change(
                        OURS,
                        clock -> {
                            var about = clock.about();
                            if (about == null) {
                                return clock.unmerge(at);
                            }
                            return clock.kind() == PROMISE || about.equals(unmerged.waitId())
                                    ? clock.unmerge(at).runOutAgain()
                                    : clock.stop(at);
                        });
    }

    /**
     * The customer waits for both from whichever was asked first: {@code RESOLUTION} counts from
     * then, with its own target and rests. The merge is also something to hear of: who had an
     * answer before is owed another. What was promised goes on.
     */
    private Watch absorb(TicketAbsorbed other, Targets targets) {
        var at = other.at();
        var asked =
                change(
                        EnumSet.of(RESOLUTION),
                        clock ->
                                facts.authority() == null
                                                && other.askedAt().isBefore(clock.startedAt())
                                        ? clock.countedFrom(other.askedAt())
                                        : clock);
        for (var promise : other.promises()) {
            var target = Target.until(promise.dueAt(), at);
            asked = asked.start(PROMISE, promise.promiseId(), target, at, targets);
        }
        return asked;
    }

    /** Takes back what {@link #absorb} did to clocks that have not run out by it. */
    private Watch release(TicketReleased other) {
        var promising =
                change(
                        EnumSet.of(RESOLUTION),
                        clock ->
                                facts.authority() == null
                                        ? clock.countedFrom(other.askedAt())
                                        : clock);
        return promising.letGo(other.promises()::contains);
    }

    private @Nullable Target limit(Wait wait, Instant at, Targets targets) {
        var reason = wait.reason();
        var moment = new Moment(at, standing.tier(), place.territory(), wait);
        var limit = targets.target(WAITING, facts, moment);
        if (limit == null || reason != WaitingReason.CUSTOMER) {
            return limit;
        }
        var rested = rested(reason, at);
        return rested.isZero()
                ? limit
                : limit.without(rested).because(limit.basis() + " " + PolicyRule.LEFT);
    }

    /** For how long the resolution has rested for that reason. */
    private Duration rested(WaitingReason reason, Instant at) {
        return rests().filter(pause -> pause.reason().equals(reason.name()))
                .map(pause -> Duration.between(pause.from(), pause.endOr(at)))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** Those of the resolution; a clock that took another's place has them too. */
    private Stream<Pause> rests() {
        return clocks.stream()
                .filter(clock -> clock.kind() == RESOLUTION)
                .flatMap(clock -> clock.pauses().stream())
                .distinct();
    }

    /** The customer has their time from when they are asked, which may be the next morning. */
    private Watch resolve(TicketResolved resolved, Targets targets) {
        var at = resolved.at();
        var confirming =
                with(standing.as(TicketState.RESOLVED).withAnswer())
                        .change(EnumSet.of(RESOLUTION), clock -> resolve(clock, at))
                        .stop(OVER_WHEN_RESOLVED, at)
                        .start(CONFIRMATION, at, targets);
        var ending =
                confirming.isRunning(CONFIRMATION) && !facts.endsByFiling()
                        ? confirming
                        : confirming.isToClose(at, targets);
        var surveyId = resolved.surveyId();
        var asksAt = Objects.requireNonNullElse(resolved.asksAt(), at);
        var moment = new Moment(asksAt, standing.tier(), place.territory());
        var time = surveyId == null ? null : targets.target(SURVEY, facts, moment);
        return time == null
                ? ending
                : ending.start(SURVEY, surveyId, time.startingAt(asksAt), at, targets);
    }

    /** The deadline of an answer is met by its filing, and by nothing before. */
    private Clock resolve(Clock clock, Instant at) {
        return facts.endsByFiling() ? clock.resume(at) : clock.stopForResolution(at);
    }

    /**
     * Somebody has to do something that it closes, since silence does not. Once that time runs, it
     * does not begin anew because closing is tried again.
     */
    private Watch isToClose(Instant at, Targets targets) {
        return standing.state() == TicketState.RESOLVED && !isRunning(CLOSING)
                ? start(CLOSING, at, targets)
                : this;
    }

    /** What was put off, was so in the stay before; the deadline of an answer alone runs on. */
    private Watch reopen(TicketReopened reopened, Targets targets) {
        var at = reopened.at();
        var open =
                with(standing.as(TicketState.OPEN))
                        .stop(OVER_WHEN_REOPENED, at)
                        .change(EnumSet.of(RESOLUTION), clock -> clock.goOnAfterReopening(at))
                        .change(RAISING, clock -> clock.isRunning() ? clock.goAhead() : clock)
                        .startTierClocks(at, targets, reopened.agent() == null);
        return open.customerWaits(at, targets);
    }

    private Watch startTierClocks(Instant at, Targets targets, boolean toBeClaimed) {
        var queued = standing.tier() >= Topics.FIRST_QUEUED_TIER && toBeClaimed;
        var responding = queued ? start(TIER_RESPONSE, at, targets) : this;
        return responding.start(TIER_RESOLUTION, at, targets);
    }

    private Watch start(ClockKind kind, Instant at, Targets targets) {
        var target =
                targets.target(kind, facts, new Moment(at, standing.tier(), place.territory()));
        return target == null ? this : start(kind, null, target, at, targets);
    }

    private Watch start(PromiseMade promise, Targets targets) {
        var target = Target.until(promise.dueAt(), promise.at());
        return start(PROMISE, promise.promiseId(), target, promise.at(), targets);
    }

    private Watch start(
            ClockKind kind, @Nullable UUID about, Target target, Instant at, Targets targets) {
        var number = 1 + lastNumber(kind);
        var clock =
                Clock.start(kind, number, about, standing.stay(), targets.version(), target, at);
        var over = tooManyOver(kind);
        return with(
                Stream.concat(
                                clocks.stream().filter(before -> !over.contains(before)),
                                Stream.of(clock))
                        .toList());
    }

    /** A ticket may get ever more of a kind as long as it lives. */
    private List<Clock> tooManyOver(ClockKind kind) {
        var over =
                clocks.stream()
                        .filter(clock -> clock.kind() == kind && clock.isOver())
                        .sorted(Comparator.comparing(Clock::number))
                        .toList();
        int kept = KEPT_WHEN_OVER.getOrDefault(kind, over.size());
        return over.subList(0, Math.max(0, over.size() - kept));
    }

    private int lastNumber(ClockKind kind) {
        return clocks.stream()
                .filter(clock -> clock.kind() == kind)
                .mapToInt(Clock::number)
                .max()
                .orElse(0);
    }

    private Watch letGo(UUID promise) {
        return letGo(promise::equals);
    }

    /**
     * A promise has its end in the ticket, which knows what became of it: its clock goes. A ticket
     * may get a new one every few hours as long as it lives.
     */
    private Watch letGo(Predicate<UUID> promises) {
        return with(
                clocks.stream()
                        .filter(
                                clock ->
                                        clock.kind() != PROMISE
                                                || clock.about() == null
                                                || !promises.test(clock.about()))
                        .toList());
    }

    private Watch stop(UUID about, Instant at) {
        return with(
                clocks.stream()
                        .map(clock -> clock.isAbout(about) ? clock.stop(at) : clock)
                        .toList());
    }

    private Watch stop(Set<ClockKind> kinds, Instant at) {
        return change(kinds, clock -> clock.stop(at));
    }

    private Watch change(Set<ClockKind> kinds, UnaryOperator<Clock> change) {
        return with(
                clocks.stream()
                        .map(clock -> kinds.contains(clock.kind()) ? change.apply(clock) : clock)
                        .toList());
    }

    Watch replace(Clock changed) {
        return with(clocks.stream().map(clock -> clock.isSame(changed) ? changed : clock).toList());
    }

    private boolean isRunning(ClockKind kind) {
        return clocks.stream().anyMatch(clock -> clock.kind() == kind && clock.isRunning());
    }

    Watch with(Standing changed) {
        return new Watch(facts, changed, place, clocks);
    }

    private Watch with(Place changed) {
        return new Watch(facts, standing, changed, clocks);
    }

    private Watch with(List<Clock> changed) {
        return new Watch(facts, standing, place, changed);
    }
}
