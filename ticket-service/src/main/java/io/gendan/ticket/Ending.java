package io.gendan.ticket;

import io.gendan.api.Problem;
import io.gendan.events.CloseReason;
import io.gendan.events.EscalationCause;
import io.gendan.events.HandOffPacket;
import io.gendan.events.Kind;
import io.gendan.events.ResolvedAs;
import io.gendan.events.TicketEvent.AnswerFiled;
import io.gendan.events.TicketEvent.ClosingOverdue;
import io.gendan.events.TicketEvent.ClosingRefused;
import io.gendan.events.TicketEvent.PromiseBroken;
import io.gendan.events.TicketEvent.ReviewWritten;
import io.gendan.events.TicketEvent.StepDone;
import io.gendan.events.TicketEvent.TicketCancelled;
import io.gendan.events.TicketEvent.TicketClosed;
import io.gendan.events.TicketEvent.TicketReopened;
import io.gendan.events.Topics;
import io.gendan.events.WaitEnd;
import io.gendan.events.WaitingReason;
import io.gendan.ticket.Ticket.Doer;
import io.gendan.ticket.rules.Procedure.Deed;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** How a ticket comes to an end, and what is none. */
final class Ending extends Telling {

    private static final String REOPENED = "重新处理 Reopened";
    private static final String SOLVED = "已解决 Solved";
    private static final String CLOSED = "已关单 Closed";

    /** As whoever takes it over reads it. */
    private static final String NOT_SOLVED =
            "已重开 %1$d 次，请换人解决 Reopened %1$d times: to be solved by somebody else";

    private final Waiting waiting;
    private final Commitments commitments;

    /**
     * Whether the next resolution asks the customer: decided in its transaction, and told by it.
     */
    private boolean asks = true;

    /** As the roster said when the ticket was loaded. */
    private boolean ownerIsAway;

    /**
     * What is in the way of closing as solved.
     *
     * @param steps by their codes
     * @param unjudged what sounds major, and nobody has said whether it is
     */
    private record Left(List<UUID> promises, List<String> steps, List<UUID> unjudged) {

        boolean isNothing() {
            return promises.isEmpty() && steps.isEmpty() && unjudged.isEmpty();
        }
    }

    Ending(Telling ticket, Waiting waiting, Commitments commitments) {
        super(ticket);
        this.waiting = waiting;
        this.commitments = commitments;
    }

    /**
     * @throws Problem 422 that points to what the resolution does not say
     */
    void resolve(String agent, Resolution resolution, Instant now) {
        require(Command.RESOLVE);
        course().requireSolved(resolution);
        goOn(agent, now);
        sayResolved(agent, resolution, ResolvedAs.SOLVED, now);
    }

    /** Whoever the next resolution is by, the customer is not asked about it. */
    void askNobody() {
        asks = false;
    }

    /** The customer is asked whether it is solved, but after something major by a person. */
    private void sayResolved(String agent, Resolution resolution, ResolvedAs as, Instant now) {
        var isAsked =
                asks && as == ResolvedAs.SOLVED && !rules.survey().spares(state.facts().major());
        var stamp = stamp(now);
        var surveyId = isAsked ? Survey.id(id(), stay()) : null;
        var asksAt = isAsked ? rules.survey().handedOutAt(created.channel(), stamp.at()) : null;
        state.promises()
                .progress()
                .ifPresent(told -> commitments.sayKept(told.id(), Ticket.SYSTEM.id(), now));
        commitments.withdrawPlans(SOLVED, now);
        say(resolution.told(stamp, agent, as, surveyId, asksAt));
        if (resolution.plannedFor() != null) {
            commitments.sayPlanned(resolution.plannedFor(), now);
        }
        closeIfFiled(now);
    }

    /**
     * A step that no other command does.
     *
     * @throws Problem 422 when there is none such, or it takes a note, 409 when it is done
     */
    void takeStep(String step, Doer by, @Nullable String note, Instant now) {
        require(Command.STEP);
        course().requireToDo(step, note, by.isLeader());
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
     * The answer that it ends with is filed. That closes it when it is solved, or as soon as it is,
     * when nothing else of it is left to do.
     *
     * @throws Problem 422 when it does not end so
     */
    void file(String by, String text, LocalDate filedOn, @Nullable String reference, Instant now) {
        require(Command.FILE);
        if (!endsByFiling()) {
            throw Problem.of(422, "no-authority");
        }
        say(new AnswerFiled(id(), round(), stay(), at(now), by, text, filedOn, reference));
        closeIfFiled(now);
    }

    private void closeIfFiled(Instant now) {
        if (status() == TicketStatus.RESOLVED && state.work().has(Deed.FILE)) {
            closeUnlessSomethingIsLeft(CloseReason.ANSWER_FILED, now);
        }
    }

    /**
     * Closes; while a promise is open, a step is missing or nobody has said whether it is major,
     * this only says why not, and closes when nothing is left.
     *
     * @throws Problem 409 when it ends with an answer that is filed
     */
    void confirm(Instant now) {
        require(Command.CONFIRM);
        requireNoAnswerToFile();
        closeUnlessSomethingIsLeft(CloseReason.CONFIRMED, now);
    }

    /**
     * @param statements what whoever closes says about the reason, by code
     * @throws Problem 409 while a promise is open: whoever closes withdraws it first, with a
     *     reason; 409 while it sounds major and nobody has said whether it is; 422 and 409 when the
     *     reason's own condition does not hold, as that of a duplicate without its original
     */
    void close(CloseReason reason, Map<String, String> statements, String by, Instant now) {
        requireEnd(reason, statements);
        if (reason == CloseReason.DUPLICATE) {
            throw noOriginal();
        }
        closeByHand(reason, statements, by, now);
    }

    /**
     * Another ticket of the customer is about the same, and somebody works on that.
     *
     * @throws Problem 422 when the original is not another one of the same customer that is open or
     *     solved; else as for other reasons
     */
    void closeAsDuplicate(
            Telling original, Map<String, String> statements, String by, Instant now) {
        requireEnd(CloseReason.DUPLICATE, statements);
        if (original.id().equals(id())
                || !Command.HEAR.isLegalIn(original.status())
                || !original.created.customerId().equals(created.customerId())) {
            throw noOriginal();
        }
        var said = new HashMap<>(statements);
        said.replace(Course.ORIGINAL, original.created.number());
        closeByHand(CloseReason.DUPLICATE, said, by, now);
    }

    private static Problem noOriginal() {
        return Problem.of(422, "original-unknown").at("/statements/" + Course.ORIGINAL);
    }

    private void requireEnd(CloseReason reason, Map<String, String> statements) {
        require(Command.CLOSE);
        requireNoAnswerToFile();
        course().requireEnd(reason, statements, state.tier());
    }

    private void closeByHand(
            CloseReason reason, Map<String, String> statements, String by, Instant now) {
        var open = state.promises().pending();
        if (!open.isEmpty()) {
            throw Problem.of(409, "promises-open", open.size()).with("promises", open);
        }
        requireJudged(reason);
        var said = statements.isEmpty() ? null : Course.told(statements);
        sayClosed(reason, by, said, now);
    }

    /**
     * Whoever says that it is no ticket says also that it is nothing major. A duplicate may be: its
     * original does not hear what was said here, unless it is merged into that.
     */
    private void requireJudged(CloseReason reason) {
        var unjudged = state.suspicion().unjudged();
        if (!unjudged.isEmpty() && reason != CloseReason.INVALID) {
            throw Problem.of(409, "major-unjudged").with("unjudged", unjudged);
        }
    }

    void closeIfDue(Instant now) {
        var reason = closingDue();
        if (reason != null && status() == TicketStatus.RESOLVED && left(reason).isNothing()) {
            sayClosed(reason, null, null, now);
        }
    }

    /**
     * Nobody had anything to say against the solution for as long as they may. What is major is not
     * over by that: it is to be closed by somebody from then on.
     *
     * @param dueAt when that time passed
     */
    void closeBySilence(Instant dueAt, Instant now) {
        if (status() != TicketStatus.RESOLVED || state.closingDue() != null || endsByFiling()) {
            return;
        }
        if (state.facts().major() == null) {
            closeUnlessSomethingIsLeft(CloseReason.NO_OBJECTION, now);
        } else {
            sayOverdue(dueAt, now);
        }
    }

    private @Nullable CloseReason closingDue() {
        return state.work().has(Deed.FILE) ? CloseReason.ANSWER_FILED : state.closingDue();
    }

    /**
     * It is still solved and not closed, and was to be by then: says what is left of it. Nothing
     * that was said of that time already.
     */
    void sayOverdue(Instant dueAt, Instant now) {
        var said = state.closingOverdue();
        if (status() != TicketStatus.RESOLVED || said != null && !dueAt.isAfter(said)) {
            return;
        }
        var reason = closingDue();
        var left = left(reason == null ? endsBy() : reason);
        say(
                new ClosingOverdue(
                        id(),
                        round(),
                        stay(),
                        at(now),
                        dueAt,
                        reason,
                        left.promises(),
                        orAbsent(left.steps()),
                        orAbsent(left.unjudged())));
    }

    private CloseReason endsBy() {
        return endsByFiling() ? CloseReason.ANSWER_FILED : CloseReason.CONFIRMED;
    }

    private void closeUnlessSomethingIsLeft(CloseReason reason, Instant now) {
        var left = left(reason);
        if (left.isNothing()) {
            sayClosed(reason, null, null, now);
        } else {
            say(
                    new ClosingRefused(
                            id(),
                            round(),
                            stay(),
                            at(now),
                            reason,
                            left.promises(),
                            orAbsent(left.steps()),
                            orAbsent(left.unjudged())));
        }
    }

    private Left left(CloseReason reason) {
        return new Left(
                state.promises().pending(),
                course().missingFor(reason),
                state.suspicion().unjudged());
    }

    private static <T> @Nullable List<T> orAbsent(List<T> left) {
        return left.isEmpty() ? null : left;
    }

    private void sayClosed(
            CloseReason reason, @Nullable String by, @Nullable String said, Instant now) {
        commitments.withdrawProgress(CLOSED, now);
        commitments.withdrawPlans(CLOSED, now);
        commitments.withdrawMajorChecks(CLOSED, now);
        say(new TicketClosed(id(), round(), stay(), at(now), reason, by, said));
        if (TicketState.AS_SOLVED.contains(reason)) {
            commitments.planRevisits(now);
        }
    }

    /** Solved, and the answer that it ends with is not filed. */
    boolean owesAnAnswer() {
        return status() == TicketStatus.RESOLVED && endsByFiling() && !state.work().has(Deed.FILE);
    }

    /** Who asks so gets an answer, whatever the customer or we would rather have. */
    private void requireNoAnswerToFile() {
        if (endsByFiling()) {
            throw Problem.of(409, "answer-to-file");
        }
    }

    /** Brings back to work what was no solution. */
    void reopen(String by, String said, Instant now) {
        require(Command.REOPEN);
        reopenFor(by, said, now);
    }

    /** Whoever had it cannot go on with it now. */
    void ownerIsAway() {
        ownerIsAway = true;
    }

    boolean lacksItsOwner() {
        return ownerIsAway;
    }

    /** The customer says that it was no solution. */
    void reopenForTheCustomer(@Nullable String said, Instant now) {
        reopenFor(Ticket.CUSTOMER.id(), said, now);
    }

    /**
     * Too often, and somebody else is to have it, from the next tier if there is one.
     *
     * @param by who says that it is no solution, if anybody does
     * @param words how they say it, for whoever takes it over; masked; absent or empty when nobody
     *     said anything
     */
    private void reopenFor(@Nullable String by, @Nullable String words, Instant now) {
        var said = words == null || words.isEmpty() ? null : words;
        sayReopened(by, said, now);
        var reopenings = state.strain().reopenings();
        if (rules.reopenings().climbsAt(reopenings) && state.tier() < Topics.LAST_TIER) {
            var name = "reopened:" + id() + ":" + stay();
            sayAskedToClimb(
                    UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)),
                    Ticket.SYSTEM,
                    EscalationCause.REOPENED,
                    new HandOffPacket("", said, NOT_SOLVED.formatted(reopenings), null),
                    now);
        }
    }

    /** It follows from something else than what anybody says about the solution. */
    void sayReopened(Instant now) {
        sayReopened(null, null, now);
    }

    /**
     * To who had it when they are there; otherwise somebody is sought in a new round. Above the
     * first tier whoever claims it, so also where nobody had claimed it before it was solved.
     */
    private void sayReopened(@Nullable String by, @Nullable String said, Instant now) {
        sayReopened(ownerIsAway || state.isSolvedUnclaimed(), by, said, now);
    }

    /** It climbs at once, and who is sought is sought where it climbs to. */
    void sayReopenedToClimb(Instant now) {
        sayReopened(false, null, null, now);
    }

    private void sayReopened(
            boolean seeks, @Nullable String by, @Nullable String said, Instant now) {
        var weighed = state.weighed();
        say(
                new TicketReopened(
                        id(),
                        seeks ? round() + 1 : round(),
                        stay() + 1,
                        at(now),
                        seeks ? null : assignee().id(),
                        by,
                        said));
        state.promises()
                .planned()
                .forEach(
                        planned ->
                                commitments.sayWithdrawn(
                                        planned, Ticket.SYSTEM.id(), REOPENED, now));
        sayRaisedSince(weighed, now);
    }

    /** Ends it unsolved. What was promised is withdrawn for the same reason. */
    void cancel(String by, String reason, Instant now) {
        require(Command.CANCEL);
        requireNoAnswerToFile();
        for (var promiseId : state.promises().open()) {
            commitments.sayWithdrawn(promiseId, by, reason, now);
        }
        say(new TicketCancelled(id(), round(), stay(), at(now), by, reason));
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
        Commitments.requireNotRated(promise, agent);
        var awaited = isWaitingFor(promiseId);
        var solution =
                resolution.result() == null ? resolution.withResult(promise.what()) : resolution;
        if (awaited) {
            course().requireSolved(solution);
        }
        commitments.sayKept(promiseId, agent, now);
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
        Commitments.requireNotRated(state.promises().requireEndable(promiseId), agent);
        waiting.endFor(promiseId, now);
        commitments.sayWithdrawn(promiseId, agent, reason, now);
        closeIfDue(now);
    }

    /** The time of a promise has passed; nothing when it has ended otherwise. */
    void endPromise(UUID promiseId, Instant now) {
        if (state.promises().open().contains(promiseId)) {
            var promise = state.promises().require(promiseId);
            if (promise.isProgress() && commitments.knowsHowFar(promise)) {
                commitments.sayKept(promiseId, Ticket.SYSTEM.id(), now);
            } else {
                breakPromise(promise, now);
            }
        }
    }

    /**
     * The ticket comes back to work first: a resolution that left a promise to break is none, and
     * what climbs by it climbs in the stay that begins. A complaint presses by it, as it climbs by
     * it: whoever made the promise, so also by not being told how far it is. But what was promised
     * to ourselves only climbs while somebody works on it.
     */
    private void breakPromise(Promise broken, Instant now) {
        waiting.endFor(broken.id(), now);
        if (status() == TicketStatus.RESOLVED && !broken.isPlanned() && !broken.isMajorCheck()) {
            reopenFor(null, null, now);
        }
        var weighed = state.weighed();
        say(
                new PromiseBroken(
                        id(),
                        round(),
                        stay(),
                        at(now),
                        broken.id(),
                        broken.dueAt(),
                        broken.purpose()));
        sayRaisedSince(weighed, now);
    }

    /**
     * Who does not reply to us agrees, except in what is major: that is never over by silence. What
     * follows a wait for others is for people to do, who are told.
     */
    void endWaitAtItsLimit(Instant now) {
        var unanswered =
                state.waitingReason() == WaitingReason.CUSTOMER
                        && state.facts().major() == null
                        && !endsByFiling();
        waiting.end(WaitEnd.LIMIT, now);
        if (unanswered) {
            sayResolved(
                    assignee().id(), Resolution.inWords(Ticket.NO_REPLY), ResolvedAs.NO_REPLY, now);
        }
    }
}
