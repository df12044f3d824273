package io.gendan.escalation;

import io.gendan.events.ClockKind;
import io.gendan.events.EscalationCause;
import io.gendan.events.EscalationEvent;
import io.gendan.events.EscalationEvent.ClimbDeferred;
import io.gendan.events.EscalationEvent.ClockElapsed;
import io.gendan.events.EscalationEvent.ClockStepped;
import io.gendan.events.EscalationEvent.ClockWarned;
import io.gendan.events.EscalationEvent.EscalationRaised;
import io.gendan.events.EscalationEvent.LastTierOverdue;
import io.gendan.events.Kind;
import io.gendan.events.Priority;
import io.gendan.events.PromisePurpose;
import io.gendan.events.Solved;
import io.gendan.events.TicketEvent;
import io.gendan.events.TicketEvent.EscalationRefused;
import io.gendan.events.TicketEvent.EscalationRequested;
import io.gendan.events.TicketEvent.FactsChanged;
import io.gendan.events.TicketEvent.PromiseBroken;
import io.gendan.events.TicketEvent.SurveyAnswered;
import io.gendan.events.TicketEvent.TicketEscalated;
import io.gendan.events.TicketEvent.TicketUnmerged;
import io.gendan.events.Topics;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntPredicate;
import java.util.function.Supplier;

/** What time did to a {@link Watch}: the watch afterwards, and what is to be told about it. */
record Firing(Watch watch, List<EscalationEvent> events) {

    /** The same as long as no line is long. */
    static Firing of(Watch before, Instant now, Targets targets) {
        return of(before, now, targets, _ -> false);
    }

    /**
     * Lets everything happen that is due at {@code now}. A clock that runs out takes no more steps.
     *
     * <p>A climb from tier 1 to a flooded tier is put off once a stay, and with it those by other
     * clocks that run out meanwhile. It stays due when it was, so its lateness is what it is.
     *
     * <p>The deadline of an answer that passes while a climb is on its way waits for what the
     * ticket says of that: it is over when the ticket climbed, and raises it when the climb was
     * refused.
     *
     * @param now by the clock of this service's database
     * @param flooded whether such a tier's line is too long, by the {@link Surge} of the policy
     */
    static Firing of(Watch before, Instant now, Targets targets, IntPredicate flooded) {
        var events = new ArrayList<EscalationEvent>();
        var watch = before;
        for (var clock : dueBy(now, before)) {
            var ticket = before.facts().id();
            var stay = before.standing().stay();
            if (!clock.elapsesBy(now)) {
                int percent = clock.warningDueBy(now);
                var steps = clock.stepsDueBy(now);
                watch = watch.replace(clock.stepped(steps, now).warned(percent));
                if (percent > clock.warned()) {
                    events.add(
                            new ClockWarned(
                                    ticket,
                                    stay,
                                    now,
                                    clock.kind(),
                                    percent,
                                    clock.dueAt(),
                                    clock.about()));
                }
                for (var step : steps) {
                    events.add(
                            new ClockStepped(
                                    ticket,
                                    stay,
                                    now,
                                    clock.kind(),
                                    step.what(),
                                    clock.takes(step),
                                    clock.about()));
                }
                continue;
            }
            if (ClockKinds.ANSWERED_BY_THE_TICKET.contains(clock.kind())) {
                watch = watch.replace(clock.elapse());
                events.add(
                        new ClockElapsed(
                                ticket, stay, now, clock.kind(), clock.dueAt(), clock.about()));
                continue;
            }
            var above = firstServingTier(before.standing().tier() + 1, before.facts(), targets);
            if (above.isEmpty()) {
                var ringing = clock.ringAgainAt(now.plus(targets.ringAgain()));
                watch = watch.replace(ringing);
                events.add(
                        new LastTierOverdue(
                                ticket, stay, now, clock.kind(), clock.dueAt(), ringing.rings()));
                continue;
            }
            var climbAt = clock.climbsAt();
            var surge = targets.surge();
            if (surge != null && mayBePutOff(watch) && flooded.test(above.get())) {
                var until = now.plus(surge.defer());
                watch =
                        watch.with(
                                watch.standing().deferred(new Deferral(stay, above.get(), until)));
                events.add(
                        new ClimbDeferred(
                                ticket, stay, now, clock.kind(), climbAt, above.get(), until));
            }
            var putOffUntil = watch.standing().putOffUntil();
            if (putOffUntil != null && now.isBefore(putOffUntil)) {
                watch = watch.replace(clock.putOff(putOffUntil));
                continue;
            }
            if (isHeldBack(clock, watch)) {
                watch = watch.replace(clock.holdBack());
                continue;
            }
            watch = watch.replace(clock.elapse());
            if (!watch.standing().raisedInThisStay()) {
                watch = watch.with(watch.standing().raised());
                events.add(
                        raise(
                                before,
                                now,
                                above.get(),
                                EscalationCause.TIME,
                                clock.kind(),
                                climbAt));
            }
        }
        return new Firing(watch, List.copyOf(events));
    }

    /**
     * Nothing of what is major, nor a complaint of high priority: those who wait for these have
     * most to lose, and they are few.
     */
    private static boolean mayBePutOff(Watch watch) {
        var facts = watch.facts();
        var standing = watch.standing();
        boolean pressingComplaint =
                facts.kind() == Kind.COMPLAINT
                        && (facts.priority() == Priority.URGENT
                                || facts.priority() == Priority.HIGH);
        return standing.tier() < Topics.FIRST_QUEUED_TIER
                && facts.major() == null
                && !pressingComplaint
                && !standing.raisedInThisStay()
                && !standing.deferredInThisStay();
    }

    /** Resolved meanwhile, the ticket refuses the climb that is on its way, but not this one. */
    private static boolean isHeldBack(Clock clock, Watch watch) {
        return clock.isRunning()
                && isDeadlineOfAnAnswer(clock, watch)
                && watch.standing().raisedInThisStay();
    }

    private static boolean isDeadlineOfAnAnswer(Clock clock, Watch watch) {
        return clock.kind() == ClockKind.RESOLUTION && watch.facts().endsByFiling();
    }

    /**
     * Lets run out what says nothing by it, because the stay was raised before, and puts off what
     * says nothing by that, because the stay's climb was put off before, or is held back. An event
     * does so first, so that it makes no difference whether firing came before or after it, and the
     * clocks follow from what the ticket and this service told.
     */
    static Watch silently(Watch before, Instant now, Targets targets) {
        var standing = before.standing();
        var putOffUntil = standing.putOffUntil();
        if (putOffUntil == null
                && (!standing.raisedInThisStay()
                        || firstServingTier(standing.tier() + 1, before.facts(), targets)
                                .isEmpty())) {
            return before;
        }
        var watch = before;
        for (var clock : before.clocks()) {
            if (ClockKinds.RAISING.contains(clock.kind()) && clock.elapsesBy(now)) {
                var silent = isHeldBack(clock, watch) ? clock.holdBack() : clock.elapse();
                watch = watch.replace(putOffUntil == null ? silent : clock.putOff(putOffUntil));
            }
        }
        return watch;
    }

    /**
     * The watch after an event of its ticket, and what is to be told at once because of it.
     *
     * @param now asked only when something is to be told
     */
    static Firing hearing(Watch before, TicketEvent event, Targets targets, Supplier<Instant> now) {
        var after = settled(before, event, before.after(event, targets));
        if (event instanceof PromiseBroken broken
                && isWorkedOn(after)
                && !isLeftToTheResponse(broken, after)) {
            var dueAt = broken.dueAt();
            return because(
                    EscalationCause.PROMISE, ClockKind.PROMISE, dueAt, after, targets, now.get());
        }
        if (event instanceof SurveyAnswered answered && isStillUnsolved(answered, after)) {
            var at = answered.at();
            return because(
                    EscalationCause.LOW_SCORE, ClockKind.SURVEY, at, after, targets, now.get());
        }
        if ((event instanceof FactsChanged || event instanceof TicketEscalated)
                && !after.standing().raisedInThisStay()) {
            return whenPassedOver(after, now.get(), targets);
        }
        if (event instanceof EscalationRequested requested) {
            return requested(requested, after, targets, now);
        }
        if (event instanceof TicketUnmerged && before.standing().raisedInThisStay()) {
            return again(after, targets, event.at(), now.get());
        }
        return new Firing(after, List.of());
    }

    /**
     * What a ticket refused because it is resolved is as if it had not been raised: the deadline of
     * its answer goes on, and raises it in the same stay.
     */
    private static Watch settled(Watch before, TicketEvent event, Watch after) {
        var standing = after.standing();
        boolean isRefused =
                event instanceof EscalationRefused refused
                        && standing.state() == TicketState.RESOLVED
                        && refused.escalationId()
                                .equals(escalationId(after.facts().id(), standing.stay()));
        var settled = isRefused ? after.with(standing.notRaised()) : after;
        if (!isRefused && standing.stay() == before.standing().stay()) {
            return settled;
        }
        for (var clock : settled.clocks()) {
            if (clock.isHeldBack()) {
                settled =
                        settled.replace(
                                event instanceof TicketEscalated
                                        ? clock.elapse()
                                        : clock.goAhead());
            }
        }
        return settled;
    }

    /** Once a stay, like all that makes it climb; at the last tier those who can act know. */
    private static Firing requested(
            EscalationRequested requested, Watch watch, Targets targets, Supplier<Instant> now) {
        var standing = watch.standing();
        var above = firstServingTier(standing.tier() + 1, watch.facts(), targets);
        if (above.isEmpty() || standing.raisedInThisStay() || !isWorkedOn(watch)) {
            return new Firing(watch, List.of());
        }
        var at = requested.at();
        return new Firing(
                watch.with(standing.raised()),
                List.of(raise(watch, now.get(), above.get(), requested.cause(), null, at)));
    }

    /**
     * Who could not reach us is to be called back and so answered: the clock of that raises when
     * the policy says so, which is later than we promised to call.
     */
    private static boolean isLeftToTheResponse(PromiseBroken broken, Watch watch) {
        return broken.purpose() == PromisePurpose.CALLBACK
                && watch.clocks().stream()
                        .anyMatch(
                                clock ->
                                        clock.isRunning()
                                                && ClockKinds.RESPONSES.contains(clock.kind()));
    }

    private static boolean isWorkedOn(Watch watch) {
        return switch (watch.standing().state()) {
            case OPEN, WAITING -> true;
            case RESOLVED, CLOSED, MERGED -> false;
        };
    }

    /** A merged ticket does not climb, so what was raised before is raised again. */
    private static Firing again(Watch after, Targets targets, Instant at, Instant now) {
        var passedOver = whenPassedOver(after, now, targets);
        if (!passedOver.events().isEmpty()) {
            return passedOver;
        }
        var broken = after.standing().brokenPromise();
        var last =
                after.clocks().stream()
                        .filter(clock -> clock.state() == ClockState.ELAPSED)
                        .max(Comparator.comparing(Clock::climbsAt));
        var ranOutAt = last.map(Clock::climbsAt).orElse(Instant.MIN);
        if (broken != null && !broken.isBefore(ranOutAt)) {
            return because(EscalationCause.PROMISE, ClockKind.PROMISE, broken, after, targets, now);
        }
        var kind = last.map(Clock::kind).orElse(ClockKind.RESOLUTION);
        var cause = kind == ClockKind.PROMISE ? EscalationCause.PROMISE : EscalationCause.TIME;
        return because(cause, kind, last.map(Clock::climbsAt).orElse(at), after, targets, now);
    }

    private static boolean isStillUnsolved(SurveyAnswered answered, Watch after) {
        return answered.solved() == Solved.NO
                && after.standing().state() != TicketState.RESOLVED
                && after.standing().state() != TicketState.CLOSED;
    }

    /** Raises by another cause than time, but once a stay like time; at the last tier it rings. */
    private static Firing because(
            EscalationCause cause,
            ClockKind clock,
            Instant dueAt,
            Watch watch,
            Targets targets,
            Instant now) {
        var standing = watch.standing();
        var above = firstServingTier(standing.tier() + 1, watch.facts(), targets);
        if (above.isEmpty()) {
            var ticket = watch.facts().id();
            return new Firing(
                    watch,
                    List.of(
                            new LastTierOverdue(
                                    ticket, standing.stay(), now, clock, dueAt, Clock.FIRST_RING)));
        }
        if (standing.raisedInThisStay()) {
            return new Firing(watch, List.of());
        }
        return new Firing(
                watch.with(standing.raised()),
                List.of(raise(watch, now, above.get(), cause, clock, dueAt)));
    }

    /** Raises a ticket at once that came to a tier which does not serve its like. */
    static Firing whenPassedOver(Watch watch, Instant now, Targets targets) {
        var tier = watch.standing().tier();
        var serving = firstServingTier(tier, watch.facts(), targets);
        if (serving.isEmpty() || serving.get() == tier) {
            return new Firing(watch, List.of());
        }
        var createdAt = watch.facts().createdAt();
        var cause =
                watch.facts().major() == null ? EscalationCause.PASSED_OVER : EscalationCause.MAJOR;
        return new Firing(
                watch.with(watch.standing().raised()),
                List.of(raise(watch, now, serving.get(), cause, null, createdAt)));
    }

    /** Derived from its cause, so that the same cause can only ever make one. */
    static UUID escalationId(UUID ticketId, int stay) {
        var name = "escalation:" + ticketId + ":" + stay;
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    /** In their order, but first what a ticket climbs by that is resolved meanwhile. */
    private static List<Clock> dueBy(Instant now, Watch watch) {
        return watch.clocks().stream()
                .filter(clock -> clock.firesBy(now))
                .sorted(
                        Comparator.comparing((Clock clock) -> !isDeadlineOfAnAnswer(clock, watch))
                                .thenComparing(Clock::dueAt)
                                .thenComparing(Clock::kind))
                .toList();
    }

    private static Optional<Integer> firstServingTier(int from, Facts facts, Targets targets) {
        for (int tier = from; tier <= Topics.LAST_TIER; tier++) {
            if (!targets.passesOver(tier, facts)) {
                return Optional.of(tier);
            }
        }
        return Optional.empty();
    }

    private static EscalationRaised raise(
            Watch watch,
            Instant now,
            int toTier,
            EscalationCause cause,
            @Nullable ClockKind clock,
            Instant dueAt) {
        var ticket = watch.facts().id();
        var standing = watch.standing();
        return new EscalationRaised(
                ticket,
                standing.stay(),
                now,
                escalationId(ticket, standing.stay()),
                standing.tier(),
                toTier,
                cause,
                clock,
                dueAt);
    }
}
