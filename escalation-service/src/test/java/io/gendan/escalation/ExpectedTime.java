package io.gendan.escalation;

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
import static io.gendan.events.Priority.LOW;
import static io.gendan.events.Priority.NORMAL;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.events.CallOutcome;
import io.gendan.events.ClockKind;
import io.gendan.events.ContactOutcome;
import io.gendan.events.Kind;
import io.gendan.events.Major;
import io.gendan.events.PromisePurpose;
import io.gendan.events.Solved;
import io.gendan.events.Territory;
import io.gendan.events.TicketEvent;
import io.gendan.events.TicketEvent.TicketCreated;
import io.gendan.events.WaitingReason;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What time should do to one ticket, written another way than the service: it keeps no due time,
 * but the stretches in which a meter ran, and adds them up whenever it is asked.
 */
class ExpectedTime {

    private static final int LAST_TIER = 4;
    private static final int ANSWERS_KEPT = 5;

    /** Where a meter stands. */
    private enum Mode {
        RUNS,
        RESTS,
        /** Stopped by a resolution; a reopening lets it go on. */
        HELD,
        OVER,
        /** Ran out below the last tier, or told once for all. */
        SPENT,
        /** Ran out at the last tier. */
        RINGS
    }

    private final class Meter {

        private final ClockKind kind;
        private Target target;
        private final @Nullable UUID about;
        private final List<Instant[]> stretches = new ArrayList<>();
        private @Nullable Instant since;
        private Mode mode = Mode.RUNS;
        private Instant rang = Instant.MIN;
        private int rings;
        private int steps;

        private Meter(ClockKind kind, Target target, @Nullable UUID about, Instant at) {
            this.kind = kind;
            this.target = target.on(target.calendar().resting(List.of()));
            this.about = about;
            this.since = target.startsAt() == null ? at : target.startsAt();
        }

        private Instant countedFrom() {
            return stretches.isEmpty() ? since : stretches.getFirst()[0];
        }

        /** What was to be waited for before it began counts too, or no longer does. */
        private void countFrom(Instant asked) {
            if (mode == Mode.RUNS || mode == Mode.RESTS) {
                if (stretches.isEmpty()) {
                    since = asked;
                } else {
                    stretches.getFirst()[0] = asked;
                }
            }
        }

        private Duration ran(Instant now) {
            var ran = Duration.ZERO;
            for (var stretch : stretches) {
                ran = ran.plus(open(stretch[0], stretch[1]));
            }
            return mode == Mode.RUNS ? ran.plus(open(since, now)) : ran;
        }

        /**
         * Piece by piece between the edges of emergencies; a piece is in one of them or in none.
         */
        private Duration open(Instant since, Instant until) {
            var from = counting(since);
            if (!until.isAfter(from)) {
                return Duration.ZERO;
            }
            var edges = new TreeSet<Instant>(List.of(from, until));
            for (var span : spans(this)) {
                for (var edge : List.of(span.from(), span.until())) {
                    if (edge.isAfter(from) && edge.isBefore(until)) {
                        edges.add(edge);
                    }
                }
            }
            var open = Duration.ZERO;
            var begin = from;
            for (var end : edges.tailSet(from, false)) {
                var start = begin;
                boolean rests =
                        spans(this).stream()
                                .anyMatch(
                                        span ->
                                                !start.isBefore(span.from())
                                                        && start.isBefore(span.until()));
                open = rests ? open : open.plus(target.calendar().elapsed(start, end));
                begin = end;
            }
            return open;
        }

        private Instant counting(Instant at) {
            var starts = target.startsAt();
            return starts != null && starts.isAfter(at) ? starts : at;
        }

        /** Whether it was not over before then, for one that never rested. */
        private boolean outlasts(Instant at) {
            var until = target.time().plus(target.grace());
            return open(countedFrom(), at).compareTo(until) <= 0;
        }

        private boolean isSpent(Instant now) {
            return ran(now).compareTo(target.time().plus(target.grace())) >= 0;
        }

        /** Whatever has come between, a step is taken when that much time has been used up. */
        private List<Step> stepsBy(Instant now) {
            var due =
                    target.steps().stream()
                            .skip(steps)
                            .takeWhile(step -> ran(now).compareTo(step.after()) >= 0)
                            .toList();
            steps += due.size();
            return due;
        }

        private void halt(Mode how, Instant at) {
            if (mode == Mode.RUNS) {
                stretches.add(new Instant[] {since, at});
            }
            mode = how;
        }

        private void go(Instant at) {
            since = at;
            mode = Mode.RUNS;
        }
    }

    private final Targets targets;
    private Facts facts;
    private @Nullable Territory territory;
    private final List<Meter> meters = new ArrayList<>();
    private TicketState state = TicketState.OPEN;
    private int tier;
    private int stay;
    private int raisedIn;
    private boolean answered;
    private final Instant createdAt;
    private final List<Instant> questions = new ArrayList<>();
    private Duration restedForCustomer = Duration.ZERO;
    private @Nullable Instant restsForCustomerSince;
    private @Nullable Integer proposed;
    private int putOffIn;
    private Instant putOffUntil = Instant.MIN;

    ExpectedTime(TicketCreated created, Targets targets) {
        this.targets = targets;
        this.facts = Facts.of(created, targets.version());
        this.tier = created.tier();
        this.stay = created.stay();
        this.createdAt = created.at();
        start(FIRST_RESPONSE, created.at());
        start(RESOLUTION, created.at());
        start(TIER_RESOLUTION, created.at());
        if (!serves(tier)) {
            raise(above(tier));
        }
    }

    /** In which times that meter counts nothing. */
    private List<Emergency.Span> spans(Meter meter) {
        boolean isOrdinary =
                facts.major() == null
                        && facts.authority() == null
                        && List.of(NORMAL, LOW).contains(facts.priority());
        if (meter.kind != RESOLUTION || !isOrdinary) {
            return List.of();
        }
        return targets.emergencies().stream()
                .filter(e -> e.kinds().isEmpty() || e.kinds().contains(facts.kind()))
                .filter(
                        e ->
                                e.territories().isEmpty()
                                        || territory != null && e.territories().contains(territory))
                .flatMap(e -> e.spans().stream())
                .toList();
    }

    TicketState state() {
        return state;
    }

    boolean isOpen() {
        return state != TicketState.CLOSED;
    }

    /** To which tier, when it was raised and the ticket has not said anything about it. */
    @Nullable Integer proposed() {
        return proposed;
    }

    void settled() {
        proposed = null;
    }

    List<String> fire(Instant now, boolean flooded) {
        var effects = new ArrayList<String>();
        if (state == TicketState.MERGED) {
            return effects;
        }
        var owedFirst = new ArrayList<>(meters);
        owedFirst.sort(Comparator.comparing(meter -> !isDeadlineOfAnAnswer(meter)));
        for (var meter : owedFirst) {
            boolean due =
                    switch (meter.mode) {
                        case RUNS -> meter.isSpent(now);
                        case RINGS -> !now.isBefore(meter.rang.plus(targets.ringAgain()));
                        case RESTS, HELD, OVER, SPENT -> false;
                    };
            if (!due) {
                if (meter.mode == Mode.RUNS) {
                    meter.stepsBy(now).stream()
                            .map(step -> "%s %s %s".formatted(step.what(), meter.kind, meter.about))
                            .forEach(effects::add);
                }
                continue;
            }
            int up = above(tier + 1);
            if (isToldOnly(meter)) {
                meter.halt(Mode.SPENT, now);
                effects.add("over is %s %s".formatted(meter.kind, meter.about));
            } else if (up > LAST_TIER) {
                meter.halt(Mode.RINGS, now);
                meter.rang = now;
                meter.rings++;
                effects.add("rang for %s, time %d".formatted(meter.kind, meter.rings));
            } else {
                if (flooded && canBePutOff()) {
                    putOffIn = stay;
                    putOffUntil = now.plus(targets.surge().defer());
                    effects.add("put off in stay %d until %s".formatted(stay, putOffUntil));
                }
                if (isPutOff() && now.isBefore(putOffUntil)) {
                    continue;
                }
                if (raisedIn == stay && isDeadlineOfAnAnswer(meter)) {
                    continue;
                }
                meter.halt(Mode.SPENT, now);
                if (raisedIn < stay) {
                    raise(up);
                    effects.add("raised in stay %d from %d to %d".formatted(stay, tier, up));
                }
            }
        }
        return effects.stream().sorted().toList();
    }

    private boolean canBePutOff() {
        boolean isPressing =
                facts.kind() == Kind.COMPLAINT && !List.of(NORMAL, LOW).contains(facts.priority());
        return targets.surge() != null
                && tier == 1
                && facts.major() == null
                && !isPressing
                && raisedIn < stay
                && putOffIn < stay;
    }

    private boolean isPutOff() {
        return putOffIn == stay && raisedIn < stay;
    }

    private static boolean isToldOnly(Meter meter) {
        return List.of(CONFIRMATION, PROMISE, WAITING, SURVEY, CLOSING).contains(meter.kind);
    }

    /** What is said at once because of it. */
    List<String> hear(TicketEvent event) {
        var said = new ArrayList<String>();
        var at = event.at();
        passSilently(at);
        boolean wasPutOff = isPutOff();
        boolean wasRaised = raisedIn == stay;
        stay = event.stay();
        switch (event) {
            case TicketEvent.MessageSent _ -> answers(at, at);
            case TicketEvent.CallAttempted call -> {
                if (List.of(CallOutcome.REACHED, CallOutcome.CALL_LATER).contains(call.outcome())) {
                    answers(at, at);
                }
            }
            case TicketEvent.ContactRecorded contact -> {
                var ended = contact.endedAt();
                var last = ended == null ? contact.startedAt() : ended;
                boolean openedIt = at.equals(createdAt);
                if (contact.outcome() == ContactOutcome.ANSWERED) {
                    var silence =
                            of(FIRST_RESPONSE).stream()
                                    .filter(meter -> meter.mode == Mode.SPENT)
                                    .findFirst();
                    if (openedIt || !last.isBefore(createdAt)) {
                        answers(openedIt ? at : last, at);
                    }
                    if (contact.urgeId() != null) {
                        questions.remove(at);
                        of(NEXT_RESPONSE).stream()
                                .filter(meter -> meter.countedFrom().equals(at))
                                .forEach(meter -> end(meter, at));
                    }
                    owesWhatIsLeft(silence);
                }
            }
            case TicketEvent.MessageReceived message -> {
                if (message.thanks() == null) {
                    asks(at);
                }
            }
            case TicketEvent.TicketUrged _ -> asks(at);
            case TicketEvent.TicketAssigned assigned -> {
                territory = assigned.territory();
                tier = assigned.tier();
                if (tier > 1) {
                    end(at, TIER_RESPONSE);
                }
            }
            case TicketEvent.WaitingStarted waits -> {
                state = TicketState.WAITING;
                end(at, WAITING);
                var limit =
                        targets.target(WAITING, facts, new Moment(at, tier, null, Wait.of(waits)));
                boolean forCustomer = waits.reason() == WaitingReason.CUSTOMER;
                var left = limit == null ? null : limit.time();
                if (left != null && forCustomer) {
                    left = left.minus(restedForCustomer(at));
                }
                boolean spent = left != null && !left.isPositive();
                if (left != null && !spent) {
                    meters.add(
                            new Meter(
                                    WAITING,
                                    new Target(left, Duration.ZERO)
                                            .on(limit.calendar())
                                            .with(limit.steps()),
                                    waits.waitId(),
                                    at));
                }
                boolean canRest =
                        mayRest()
                                && of(RESOLUTION).stream()
                                        .anyMatch(
                                                meter ->
                                                        meter.mode == Mode.RUNS
                                                                && !meter.isSpent(at));
                rest(
                        mayRest()
                                && (forCustomer && !spent
                                        || waits.reason() == WaitingReason.AGREED),
                        at);
                if (forCustomer && !spent && canRest) {
                    restsForCustomerSince = at;
                }
            }
            case TicketEvent.WaitingEnded _ -> {
                state = TicketState.OPEN;
                end(at, WAITING);
                rest(false, at);
            }
            case TicketEvent.TicketResolved resolved -> {
                state = TicketState.RESOLVED;
                answered = true;
                questions.clear();
                boolean isAnswered = facts.authority() != null || facts.major() == Major.REGULATOR;
                if (isAnswered) {
                    of(RESOLUTION).stream()
                            .filter(meter -> meter.mode == Mode.RESTS)
                            .forEach(meter -> meter.go(at));
                } else {
                    of(RESOLUTION).stream()
                            .filter(meter -> meter.mode == Mode.RUNS || meter.mode == Mode.RESTS)
                            .forEach(meter -> meter.halt(Mode.HELD, at));
                    end(at, RESOLUTION);
                }
                end(
                        at,
                        FIRST_RESPONSE,
                        NEXT_RESPONSE,
                        TIER_RESPONSE,
                        TIER_RESOLUTION,
                        WAITING,
                        CONFIRMATION);
                noRestForCustomer(at);
                start(CONFIRMATION, at);
                boolean isConfirmed =
                        of(CONFIRMATION).stream().noneMatch(meter -> meter.mode == Mode.RUNS);
                if (isAnswered || isConfirmed) {
                    lingers(at);
                }
                var asksAt = resolved.asksAt() == null ? at : resolved.asksAt();
                var asks = targets.target(SURVEY, facts, new Moment(asksAt, tier, null));
                if (asks != null && resolved.surveyId() != null) {
                    meters.add(new Meter(SURVEY, asks.startingAt(asksAt), resolved.surveyId(), at));
                }
            }
            case TicketEvent.TicketReopened reopened -> {
                state = TicketState.OPEN;
                proposed = null;
                end(at, CONFIRMATION, CLOSING, SURVEY, TIER_RESPONSE, TIER_RESOLUTION);
                of(RESOLUTION).stream()
                        .filter(meter -> meter.mode == Mode.HELD)
                        .forEach(meter -> meter.go(at));
                if (reopened.agent() == null && tier > 1) {
                    start(TIER_RESPONSE, at);
                }
                start(TIER_RESOLUTION, at);
                asks(at);
            }
            case TicketEvent.TicketEscalated escalated -> {
                tier = escalated.toTier();
                if (wasPutOff || wasRaised) {
                    spend(at, true);
                }
                end(at, TIER_RESPONSE, TIER_RESOLUTION);
                start(TIER_RESPONSE, at);
                start(TIER_RESOLUTION, at);
                goWhereItIsServed(said);
            }
            case TicketEvent.TicketClosed _ -> state = TicketState.CLOSED;
            case TicketEvent.PromiseMade promise ->
                    meters.add(
                            new Meter(
                                    PROMISE,
                                    new Target(
                                            Duration.between(at, promise.dueAt()), Duration.ZERO),
                                    promise.promiseId(),
                                    at));
            case TicketEvent.PromiseKept kept -> forget(kept.promiseId());
            case TicketEvent.PromiseWithdrawn withdrawn -> forget(withdrawn.promiseId());
            case TicketEvent.PromiseBroken broken -> {
                forget(broken.promiseId());
                boolean isAnsweredLater =
                        Stream.of(FIRST_RESPONSE, NEXT_RESPONSE)
                                .flatMap(kind -> of(kind).stream())
                                .anyMatch(meter -> meter.mode == Mode.RUNS);
                if (broken.purpose() != PromisePurpose.CALLBACK || !isAnsweredLater) {
                    climb(PROMISE, said);
                }
            }
            case TicketEvent.EscalationRequested _ -> {
                if (above(tier + 1) <= LAST_TIER) {
                    climb(NEXT_RESPONSE, said);
                }
            }
            case TicketEvent.TicketMerged _ -> state = TicketState.MERGED;
            case TicketEvent.TicketUnmerged unmerged -> {
                state = unmerged.waitingReason() == null ? TicketState.OPEN : TicketState.WAITING;
                meters.removeIf(
                        meter ->
                                meter.kind == PROMISE
                                        && !unmerged.promises().contains(meter.about));
                for (var meter : meters) {
                    boolean isOurs = meter.kind != SURVEY;
                    if (meter.mode == Mode.RINGS) {
                        meter.rang = at.minus(targets.ringAgain());
                    } else if (isOurs && meter.about != null) {
                        boolean isWanted =
                                meter.about.equals(unmerged.waitId())
                                        || unmerged.promises().contains(meter.about);
                        if (!isWanted && meter.mode == Mode.RUNS) {
                            meter.halt(Mode.OVER, at);
                        } else if (isWanted && meter.mode == Mode.SPENT) {
                            meter.go(at);
                        }
                    }
                }
                if (wasRaised) {
                    int up = above(serves(tier) ? tier + 1 : tier);
                    raise(up);
                    said.add("raised in stay %d from %d to %d".formatted(stay, tier, up));
                }
            }
            case TicketEvent.TicketAbsorbed other -> {
                of(RESOLUTION).stream()
                        .filter(_ -> facts.authority() == null)
                        .filter(meter -> other.askedAt().isBefore(meter.countedFrom()))
                        .forEach(meter -> meter.countFrom(other.askedAt()));
                for (var promise : other.promises()) {
                    var left = Duration.between(at, promise.dueAt());
                    meters.add(
                            new Meter(
                                    PROMISE,
                                    new Target(
                                            left.isNegative() ? Duration.ZERO : left,
                                            Duration.ZERO),
                                    promise.promiseId(),
                                    at));
                }
                asks(at);
            }
            case TicketEvent.TicketReleased other -> {
                if (facts.authority() == null) {
                    of(RESOLUTION).forEach(meter -> meter.countFrom(other.askedAt()));
                }
                other.promises().forEach(this::forget);
            }
            case TicketEvent.FactsChanged changed -> turnsOut(changed, said);
            case TicketEvent.AnswerFiled _ -> {
                end(at, RESOLUTION);
                noRestForCustomer(at);
            }
            case TicketEvent.SurveyEnded ended -> end(ended.surveyId(), at);
            case TicketEvent.SurveyAnswered answered -> {
                end(answered.surveyId(), at);
                boolean isOpen = state == TicketState.OPEN || state == TicketState.WAITING;
                if (isOpen && answered.solved() == Solved.NO) {
                    climb(SURVEY, said);
                }
            }
            case TicketEvent.ClosingRefused _, TicketEvent.ClosingOverdue _ -> {
                boolean isMeasured =
                        of(CLOSING).stream().anyMatch(meter -> meter.mode == Mode.RUNS);
                if (state == TicketState.RESOLVED && !isMeasured) {
                    lingers(at);
                }
            }
            case TicketEvent.EscalationRefused _ -> {
                if (state == TicketState.RESOLVED) {
                    raisedIn = stay - 1;
                }
            }
            default -> throw new AssertionError(event);
        }
        return said;
    }

    /** Solved and to be closed by somebody; of how long it was so before nothing is known. */
    private void lingers(Instant at) {
        meters.removeIf(meter -> meter.kind == CLOSING);
        start(CLOSING, at);
    }

    private void turnsOut(TicketEvent.FactsChanged changed, List<String> said) {
        facts = facts.changed(changed);
        for (var meter : meters) {
            boolean counts = meter.mode == Mode.RUNS || meter.mode == Mode.RESTS;
            if (counts && !List.of(PROMISE, WAITING, SURVEY).contains(meter.kind)) {
                var began = new Moment(meter.countedFrom(), tier, null);
                var known = targets.target(meter.kind, facts, began);
                if (known != null) {
                    meter.target = known.on(known.calendar().resting(List.of()));
                }
            }
        }
        goWhereItIsServed(said);
    }

    private void goWhereItIsServed(List<String> said) {
        if (raisedIn < stay && !serves(tier)) {
            int up = above(tier);
            raise(up);
            said.add("raised in stay %d from %d to %d".formatted(stay, tier, up));
        }
    }

    private void climb(ClockKind because, List<String> said) {
        int up = above(tier + 1);
        if (up > LAST_TIER) {
            said.add("rang for %s, time 1".formatted(because));
        } else if (raisedIn < stay) {
            raise(up);
            said.add("raised in stay %d from %d to %d".formatted(stay, tier, up));
        }
    }

    /** Every clock stands as its meter does, and has as much left. */
    void compare(Watch watch, Instant now, String where) {
        if (!isOpen()) {
            assertThat(watch.clocks())
                    .as(where)
                    .filteredOn(clock -> clock.kind() != SURVEY && clock.kind() != PROMISE)
                    .allMatch(clock -> !clock.isOpen());
            return;
        }
        for (var kind : ClockKind.values()) {
            var meters = of(kind);
            var clocks =
                    watch.clocks().stream()
                            .filter(clock -> clock.kind() == kind)
                            .sorted(Comparator.comparingInt(Clock::number))
                            .toList();
            assertThat(clocks).as(where).hasSameSizeAs(meters);
            for (int i = 0; i < clocks.size(); i++) {
                compare(clocks.get(i), meters.get(i), now, where);
            }
        }
    }

    private void compare(Clock clock, Meter meter, Instant now, String where) {
        boolean isMerged = state == TicketState.MERGED && meter.kind != SURVEY;
        assertThat(clock.state())
                .as(where + ": " + meter.kind)
                .isEqualTo(
                        switch (meter.mode) {
                            case RUNS -> isMerged ? ClockState.MERGED : ClockState.RUNNING;
                            case RESTS -> ClockState.PAUSED;
                            case HELD, OVER -> ClockState.STOPPED;
                            case SPENT -> ClockState.ELAPSED;
                            case RINGS -> isMerged ? ClockState.MERGED : ClockState.ELAPSED;
                        });
        var left = meter.target.time().minus(meter.ran(now));
        if (meter.mode == Mode.RUNS && !left.isNegative()) {
            assertThat(meter.open(now, clock.dueAt())).as(where).isEqualTo(left);
        }
        if (meter.mode == Mode.RESTS || meter.mode == Mode.HELD) {
            assertThat(clock.remaining())
                    .as(where)
                    .isEqualTo(left.isNegative() ? Duration.ZERO : left);
        }
    }

    /** Once raised, a stay has no more to say below the last tier. */
    void passSilently(Instant at) {
        if (state != TicketState.MERGED && raisedIn >= stay && above(tier + 1) <= LAST_TIER) {
            spend(at, false);
        }
    }

    /** Also when the ticket is resolved, and then by nothing else. */
    private boolean isDeadlineOfAnAnswer(Meter meter) {
        return meter.kind == RESOLUTION
                && (facts.authority() != null || facts.major() == Major.REGULATOR);
    }

    private void spend(Instant at, boolean alsoWhatIsOwed) {
        meters.stream()
                .filter(meter -> meter.mode == Mode.RUNS)
                .filter(meter -> !isToldOnly(meter))
                .filter(meter -> alsoWhatIsOwed || !isDeadlineOfAnAnswer(meter))
                .filter(meter -> meter.isSpent(at))
                .forEach(meter -> meter.halt(Mode.SPENT, at));
    }

    /** The first question that is left has had a meter since. */
    private void answers(Instant until, Instant at) {
        answered = true;
        questions.removeIf(question -> !question.isAfter(until));
        end(at, FIRST_RESPONSE);
        of(NEXT_RESPONSE).stream()
                .filter(meter -> !meter.countedFrom().isAfter(until))
                .forEach(meter -> end(meter, at));
    }

    /**
     * Once for each question, however often that is looked at.
     *
     * @param silence the first response, if the ticket climbed by that: with what was asked in it
     */
    private void owesWhatIsLeft(Optional<Meter> silence) {
        var left =
                questions.stream()
                        .filter(one -> silence.stream().noneMatch(meter -> meter.outlasts(one)))
                        .toList();
        if (left.isEmpty()) {
            return;
        }
        var first = left.getFirst();
        var asked = of(NEXT_RESPONSE);
        var counted = asked.stream().map(Meter::countedFrom).filter(questions::contains);
        if (counted.anyMatch(from -> !from.isAfter(first))) {
            return;
        }
        asked.stream()
                .filter(meter -> meter.mode == Mode.RUNS)
                .findFirst()
                .ifPresentOrElse(meter -> meter.countFrom(first), () -> startNextResponse(first));
    }

    private void asks(Instant at) {
        if (state == TicketState.OPEN || state == TicketState.WAITING) {
            questions.add(at);
            startNextResponse(at);
        }
    }

    private void startNextResponse(Instant at) {
        boolean asked = of(NEXT_RESPONSE).stream().anyMatch(meter -> meter.mode == Mode.RUNS);
        if (answered && !asked) {
            var over =
                    of(NEXT_RESPONSE).stream()
                            .filter(meter -> meter.mode == Mode.OVER || meter.mode == Mode.SPENT)
                            .toList();
            over.stream().limit(Math.max(0, over.size() - ANSWERS_KEPT)).forEach(meters::remove);
            start(NEXT_RESPONSE, at);
        }
    }

    private boolean mayRest() {
        return facts.authority() == null;
    }

    private void rest(boolean rests, Instant at) {
        for (var meter : meters) {
            boolean canRest = meter.kind == RESOLUTION || meter.kind == TIER_RESOLUTION;
            if (canRest && rests && meter.mode == Mode.RUNS && !meter.isSpent(at)) {
                meter.halt(Mode.RESTS, at);
            } else if (canRest && !rests && meter.mode == Mode.RESTS) {
                meter.go(at);
            }
        }
        if (!rests) {
            noRestForCustomer(at);
        }
    }

    private Duration restedForCustomer(Instant at) {
        return restsForCustomerSince == null
                ? restedForCustomer
                : restedForCustomer.plus(Duration.between(restsForCustomerSince, at));
    }

    private void noRestForCustomer(Instant at) {
        restedForCustomer = restedForCustomer(at);
        restsForCustomerSince = null;
    }

    private void raise(int up) {
        raisedIn = stay;
        proposed = up;
    }

    private void start(ClockKind kind, Instant at) {
        var target = targets.target(kind, facts, new Moment(at, tier, null));
        if (target != null) {
            meters.add(new Meter(kind, target, null, at));
        }
    }

    /** What already ran out stays so, but is silent from now on; what is held stays held. */
    private void end(Instant at, ClockKind... kinds) {
        for (var meter : meters) {
            if (List.of(kinds).contains(meter.kind)) {
                end(meter, at);
            }
        }
    }

    private static void end(Meter meter, Instant at) {
        switch (meter.mode) {
            case RUNS, RESTS -> meter.halt(Mode.OVER, at);
            case RINGS -> meter.mode = Mode.SPENT;
            case HELD, OVER, SPENT -> {
                // nothing more to end
            }
        }
    }

    private void forget(UUID promise) {
        meters.removeIf(meter -> promise.equals(meter.about));
    }

    private void end(UUID survey, Instant at) {
        meters.stream()
                .filter(meter -> survey.equals(meter.about) && meter.mode == Mode.RUNS)
                .forEach(meter -> meter.halt(Mode.OVER, at));
    }

    private List<Meter> of(ClockKind kind) {
        return meters.stream().filter(meter -> meter.kind == kind).toList();
    }

    private boolean serves(int on) {
        return targets.target(TIER_RESOLUTION, facts, new Moment(facts.createdAt(), on, null))
                != null;
    }

    private int above(int from) {
        int up = from;
        while (up <= LAST_TIER && !serves(up)) {
            up++;
        }
        return up;
    }
}
