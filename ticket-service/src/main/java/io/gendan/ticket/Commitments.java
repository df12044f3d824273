package io.gendan.ticket;

import io.gendan.api.Problem;
import io.gendan.events.Channel;
import io.gendan.events.PromisePurpose;
import io.gendan.events.TicketEvent.PromiseKept;
import io.gendan.events.TicketEvent.PromiseWithdrawn;
import io.gendan.events.WaitingReason;
import io.gendan.ticket.rules.FirstCall;
import io.gendan.ticket.rules.Plan;
import io.gendan.ticket.rules.Revisits;
import io.gendan.ticket.rules.WorkingDays;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * What the customer is promised, by people and by the system itself. Whether that was kept decides
 * also how a ticket ends: {@link Ending} says so.
 */
final class Commitments extends Telling {

    private static final String PLANNED = "告知建议的进展 Tell what became of the suggestion";
    private static final String NO_PLAN = "不再需要方案 No plan is needed any more";
    private static final String NO_CALL = "不再需要致电 No call is needed any more";
    private static final String SOONER = "改为更早告知 To be told sooner";
    private static final String TELL_PROGRESS = "告知进展 Tell how far it is";

    Commitments(Telling ticket) {
        super(ticket);
    }

    /**
     * @param by who promises it, be it for a colleague
     */
    void promise(Promise.Draft draft, String by, Instant now) {
        require(Command.PROMISE);
        requireRoom(state.promises().open().size());
        goOn(by, now);
        sayPromised(draft, now);
    }

    void sayPromised(Promise.Draft draft, Instant now) {
        say(draft.told(stamp(now)));
    }

    void sayKept(UUID promiseId, String by, Instant now) {
        say(new PromiseKept(id(), round(), stay(), at(now), promiseId, by));
    }

    void sayWithdrawn(UUID promiseId, String by, String reason, Instant now) {
        say(new PromiseWithdrawn(id(), round(), stay(), at(now), promiseId, by, reason));
    }

    static void requireNotRated(Promise promise, String agent) {
        if (agent.equals(promise.notBy())) {
            throw Problem.of(403, "rated-person");
        }
    }

    /**
     * Promises the customer to hear how far it is, as long as it is open, whether somebody has it
     * or not; nothing when that is promised already, and for no later: what presses more is told of
     * more often. Whether it was kept shows when it is due: an answer does not end it.
     */
    void promiseProgress(Instant now) {
        if (status().isOpen()) {
            var facts = state.facts();
            rules.progressEvery(facts.kind(), facts.priority(), facts.major(), created.vip())
                    .map(every -> heardFrom(every, now))
                    .filter(this::isSoonerThanPromised)
                    .ifPresent(due -> promiseProgress(due, now));
        }
    }

    /** Counted from when they were last told something. */
    private Instant heardFrom(Duration every, Instant now) {
        var toldAt = state.talk().toldAt() == null ? now : state.talk().toldAt();
        var due = toldAt.plus(every);
        return due.isAfter(now) ? due : now.plus(every);
    }

    private boolean isSoonerThanPromised(Instant due) {
        return state.promises()
                .progress()
                .map(promised -> due.isBefore(promised.dueAt()))
                .orElse(true);
    }

    private void promiseProgress(Instant due, Instant now) {
        withdrawProgress(SOONER, now);
        var name = "progress:" + id() + ":" + state.version();
        sayPromised(
                new Promise.Draft(
                        UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)),
                        Ticket.SYSTEM,
                        TELL_PROGRESS,
                        due,
                        null,
                        PromisePurpose.PROGRESS),
                now);
    }

    /** Whoever is waited for, or agreed to wait, knows how far it is. */
    boolean knowsHowFar(Promise promise) {
        return state.talk().wasToldAfter(promise.madeAt())
                || state.waitingReason() == WaitingReason.CUSTOMER
                || state.waitingReason() == WaitingReason.AGREED;
    }

    /** Whether it is open, and what it says not done already. */
    boolean isOwed(UUID promiseId) {
        return state.promises()
                .find(promiseId)
                .filter(Promise::isOpen)
                .filter(promise -> !promise.isProgress() || !knowsHowFar(promise))
                .isPresent();
    }

    void withdrawProgress(String reason, Instant now) {
        state.promises()
                .progress()
                .ifPresent(promise -> sayWithdrawn(promise.id(), Ticket.SYSTEM.id(), reason, now));
    }

    /**
     * Promises the customer to hear what will be done, where the rules want that of the ticket and
     * it is not done: once, whatever becomes of it. That ends with the step by which it is done, or
     * when the ticket is not of that sort any more.
     */
    void seeToPlan(WorkingDays days, Instant now) {
        if (!status().isOpen()) {
            return;
        }
        var facts = state.facts();
        var plan = rules.plan(facts.kind(), facts.major(), authority()).orElse(null);
        if (plan == null) {
            withdrawPlans(NO_PLAN, now);
            return;
        }
        var done = course().done(plan.step()).orElse(null);
        if (done != null) {
            var by = Objects.requireNonNullElse(done.by(), Ticket.SYSTEM.id());
            state.promises().open(PromisePurpose.PLAN).forEach(id -> sayKept(id, by, now));
        } else if (!state.promises().had(PromisePurpose.PLAN)) {
            sayPlan(plan, days, now);
        }
    }

    private void sayPlan(Plan plan, WorkingDays days, Instant now) {
        var name = "plan:" + id();
        sayPromised(
                new Promise.Draft(
                        UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)),
                        Ticket.SYSTEM,
                        plan.what(),
                        plan.dueAt(now, authority(), rules.calling().zone(), days),
                        null,
                        PromisePurpose.PLAN),
                now);
    }

    void withdrawPlans(String reason, Instant now) {
        state.promises()
                .open(PromisePurpose.PLAN)
                .forEach(plan -> sayWithdrawn(plan, Ticket.SYSTEM.id(), reason, now));
    }

    /**
     * Promises the customer a call, where the rules want that of the ticket that is opened and
     * nobody talked with them by then.
     */
    void promiseFirstCall(Instant now) {
        if (!state.talk().hasSpoken()) {
            firstCall(state.facts()).ifPresent(call -> sayFirstCall(call, now));
        }
    }

    /**
     * Promises the customer a call, where the rules want that of what the ticket has become; who
     * was talked with before was so about something else. When it is not of that sort any more, the
     * promise does not hold.
     */
    void seeToFirstCall(Facts before, Instant now) {
        var call = firstCall(state.facts()).orElse(null);
        if (call == null) {
            state.promises()
                    .open(PromisePurpose.FIRST_CALL)
                    .forEach(id -> sayWithdrawn(id, Ticket.SYSTEM.id(), NO_CALL, now));
        } else if (firstCall(before).isEmpty()) {
            sayFirstCall(call, now);
        }
    }

    private Optional<FirstCall> firstCall(Facts facts) {
        return rules.firstCall(facts.kind(), facts.major(), facts.authority());
    }

    /** Once, unless it was taken back: then it was for something else. */
    private void sayFirstCall(FirstCall call, Instant now) {
        if (state.promises().hadToBeKept(PromisePurpose.FIRST_CALL)) {
            return;
        }
        var name = "first-call:" + id() + ":" + state.version();
        sayPromised(
                new Promise.Draft(
                        UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)),
                        Ticket.SYSTEM,
                        call.what(),
                        rules.calling().openFrom(now.plus(call.within())),
                        Channel.PHONE,
                        PromisePurpose.FIRST_CALL),
                now);
    }

    /**
     * The customer and one of us have talked on the phone.
     *
     * @param until the last of that: what was promised after it is not kept by it
     */
    void keepFirstCalls(String by, Instant until, Instant now) {
        for (var id : state.promises().open(PromisePurpose.FIRST_CALL)) {
            if (!until.isBefore(state.promises().require(id).madeAt())) {
                sayKept(id, by, now);
            }
        }
    }

    void keepMajorChecks(String by, Instant now) {
        state.promises().open(PromisePurpose.MAJOR_CHECK).forEach(check -> sayKept(check, by, now));
    }

    void withdrawMajorChecks(String reason, Instant now) {
        state.promises()
                .open(PromisePurpose.MAJOR_CHECK)
                .forEach(check -> sayWithdrawn(check, Ticket.SYSTEM.id(), reason, now));
    }

    /** What becomes of a suggestion is promised for the end of its day, or of this one. */
    void sayPlanned(LocalDate day, Instant now) {
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

    /** Somebody else than who solved it asks whether it still is. */
    void planRevisits(Instant now) {
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

    /** The customer is called about what they are not content with. */
    void revisit(Discontent discontent, Instant now) {
        var within = rules.survey().revisitedWithin();
        sayPromised(discontent.revisit(within, rules.calling(), now), now);
    }

    private Promise.Draft revisit(String name, String what, Duration after, Instant now) {
        return new Promise.Draft(
                UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)),
                Ticket.LEADERS,
                what,
                rules.calling().openFrom(now.plus(after)),
                Channel.PHONE,
                PromisePurpose.REVISIT,
                solver());
    }
}
