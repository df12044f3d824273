package io.gendan.escalation;

import io.gendan.escalation.calendar.Calendar;
import io.gendan.escalation.calendar.Rest;
import io.gendan.events.ClockKind;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * One target of one ticket. A value: every change gives a new one.
 *
 * @param number counts the clocks of a kind within the ticket, from 1; that of a promise may be
 *     given again after its end
 * @param about which promise, wait or survey; absent for kinds of which one runs at a time
 * @param stay the stay in which it was started
 * @param startedAt from when its time counts; may be the day after an authority's letter arrived,
 *     or when the customer is asked
 * @param calendar by which target, grace and remaining are counted
 * @param basis what about the ticket decided the target
 * @param grace how long after {@code dueAt} it fires
 * @param dueAt when the target is missed; without meaning while it rests
 * @param firesAt when the next thing happens by itself, a warning, a step or the end; absent when
 *     nothing will, and while it is held back
 * @param warned the highest percentage of the target that was warned of
 * @param rings how often it said that it ran out, where no tier is above
 * @param remaining what was left when it was laid to rest
 */
public record Clock(
        ClockKind kind,
        int number,
        @Nullable UUID about,
        int stay,
        String policyVersion,
        Calendar calendar,
        String basis,
        Duration target,
        Duration grace,
        Instant startedAt,
        Instant dueAt,
        ClockState state,
        @Nullable Instant firesAt,
        @Nullable Duration remaining,
        @Nullable Instant endedAt,
        int warned,
        int rings,
        Steps steps,
        List<Pause> pauses) {

    private static final int[] WARNINGS = {50, 75, 90};

    /** Of a shorter target nobody could be warned in time. */
    static final Duration WARNS_FROM = Duration.ofMinutes(1);

    private static final int NEVER_RANG = 0;

    /** Also of what rings once only, as no clock goes on to say it again. */
    static final int FIRST_RING = NEVER_RANG + 1;

    private static final String WHILE_RESOLVED = "RESOLVED";

    static Clock start(
            ClockKind kind,
            int number,
            @Nullable UUID about,
            int stay,
            String policy,
            Target target,
            Instant at) {
        var calendar = target.calendar();
        var from = target.startsAt() == null ? at : target.startsAt();
        var dueAt = calendar.add(from, target.time());
        return new Clock(
                        kind,
                        number,
                        about,
                        stay,
                        policy,
                        calendar,
                        target.basis(),
                        target.time(),
                        target.grace(),
                        from,
                        dueAt,
                        ClockState.RUNNING,
                        null,
                        null,
                        null,
                        0,
                        NEVER_RANG,
                        Steps.of(target.steps()),
                        List.of())
                .warned(0);
    }

    /** Stands still with its ticket; also one that ran out and rings. */
    Clock merge() {
        var stands = isRunning() || state == ClockState.ELAPSED && firesAt != null;
        return stands ? as(ClockState.MERGED, dueAt, null, null, endedAt, pauses) : this;
    }

    /**
     * Goes on with the due time that it had: to be merged is no rest, and what became overdue
     * meanwhile fires at once.
     */
    Clock unmerge(Instant at) {
        if (state != ClockState.MERGED) {
            return this;
        }
        return endedAt == null
                ? as(ClockState.RUNNING, dueAt, null, null, null, pauses).warned(warned)
                : as(ClockState.ELAPSED, dueAt, at, null, endedAt, pauses);
    }

    /** Fires again, when nobody could hear that it ran out. */
    Clock runOutAgain() {
        return state == ClockState.ELAPSED
                ? as(ClockState.RUNNING, dueAt, climbsAt(), null, null, pauses)
                : this;
    }

    /**
     * The same as if it had started then, with the rests that it had. What ran out or stopped stays
     * so.
     */
    Clock countedFrom(Instant from) {
        return from.equals(startedAt) ? this : counted(from, pauses);
    }

    /** The same as if it had rested so. */
    Clock rested(List<Pause> rests) {
        return counted(startedAt, rests);
    }

    private Clock counted(Instant from, List<Pause> rests) {
        var moved =
                new Clock(
                        kind,
                        number,
                        about,
                        stay,
                        policyVersion,
                        calendar,
                        basis,
                        target,
                        grace,
                        from,
                        dueAt,
                        state,
                        firesAt,
                        remaining,
                        endedAt,
                        warned,
                        rings,
                        steps,
                        rests);
        return isOpen() ? moved.under(policyVersion, sameOn(calendar)) : this;
    }

    boolean isOpen() {
        return state == ClockState.RUNNING || state == ClockState.PAUSED;
    }

    /** Ended, and nothing more happens to it; the resolution goes on after a reopening. */
    boolean isOver() {
        return (state == ClockState.STOPPED || state == ClockState.ELAPSED)
                && firesAt == null
                && remaining == null;
    }

    boolean isRunning() {
        return state == ClockState.RUNNING;
    }

    /** The same of the ticket's clocks, whatever happened to it. */
    boolean isSame(Clock other) {
        return kind == other.kind && number == other.number;
    }

    boolean isAbout(UUID subject) {
        return subject.equals(about);
    }

    /** Whether a policy decided its target. */
    public boolean isByPolicy() {
        return ClockKinds.BY_POLICY.contains(kind);
    }

    boolean isLastResort() {
        return basis.endsWith(PolicyRule.LAST_RESORT);
    }

    /** The same clock with another target; the time it has run so far counts, and so do rests. */
    Clock under(String otherPolicy, Target other) {
        var resting = other.on(other.calendar().resting(calendar.rests()));
        return isOpen() || state == ClockState.MERGED ? moved(otherPolicy, resting) : this;
    }

    /**
     * The same with the rests of these emergencies and no others, also while it stands still. A
     * rest never begins in the past, so what ran out stays so.
     */
    Clock resting(List<Emergency> emergencies) {
        var rests =
                emergencies.stream()
                        .flatMap(emergency -> emergency.rests().stream())
                        .filter(rest -> rest.until().isAfter(startedAt))
                        .sorted(Comparator.comparing(Rest::from).thenComparing(Rest::emergency))
                        .toList();
        var resting = calendar.resting(rests);
        return resting == calendar ? this : moved(policyVersion, sameOn(resting));
    }

    /** Whether it ends, or ended, when that does, and rests for nobody. */
    boolean isDueBy(Target other) {
        var from = other.startsAt() == null ? startedAt : other.startsAt();
        return remaining == null && dueAt.equals(other.calendar().add(from, other.time()));
    }

    private Target sameOn(Calendar other) {
        return new Target(target, grace, other, basis, steps.all(), null, false);
    }

    private Clock moved(String otherPolicy, Target other) {
        return switch (state) {
            case ELAPSED -> this;
            case STOPPED ->
                    remaining == null ? this : under(otherPolicy, other, dueAt, notRun(other));
            case PAUSED -> under(otherPolicy, other, dueAt, notRun(other));
            case MERGED -> endedAt == null ? under(otherPolicy, other, dueBy(other), null) : this;
            case RUNNING -> {
                var moved = under(otherPolicy, other, dueBy(other), null);
                yield moved.warned(moved.warned());
            }
        };
    }

    /** When the other target is used up, while it runs; may be before a rest it has had. */
    private Instant dueBy(Target other) {
        var left = other.time();
        var from = startedAt;
        for (var pause : pauses) {
            var ran = other.calendar().elapsed(from, pause.from());
            if (ran.compareTo(left) >= 0 || pause.until() == null) {
                break;
            }
            left = left.minus(ran);
            from = counting(pause.until());
        }
        return other.calendar().add(from, left);
    }

    /** What is left of the other target, while it rests. */
    private Duration notRun(Target other) {
        var left = other.time();
        var from = startedAt;
        for (var pause : pauses) {
            left = left.minus(other.calendar().elapsed(from, pause.from()));
            from = counting(pause.until() == null ? pause.from() : pause.until());
        }
        return left.isNegative() ? Duration.ZERO : left;
    }

    private Clock under(String otherPolicy, Target other, Instant due, @Nullable Duration left) {
        var sameTarget = other.time().equals(target) && other.calendar().isSameVersion(calendar);
        return new Clock(
                kind,
                number,
                about,
                stay,
                otherPolicy,
                other.calendar(),
                other.basis(),
                other.time(),
                other.grace(),
                startedAt,
                due,
                state,
                null,
                left,
                endedAt,
                sameTarget ? warned : 0,
                rings,
                steps.under(other.steps()),
                pauses);
    }

    /** When the ticket climbs by it, if nothing stops it. */
    public Instant climbsAt() {
        return calendar.add(dueAt, grace);
    }

    boolean firesBy(Instant now) {
        return firesAt != null && !firesAt.isAfter(now);
    }

    /** Whether it runs out, and does not only warn. */
    boolean elapsesBy(Instant now) {
        return isRunning() ? !climbsAt().isAfter(now) : firesBy(now);
    }

    /** The highest percentage that has passed, of those that are warned of. */
    int warningDueBy(Instant now) {
        int due = warned;
        for (int percent : WARNINGS) {
            if (percent > due && warns() && !passes(percent).isAfter(now)) {
                due = percent;
            }
        }
        return due;
    }

    /** The same, waiting for the next warning, the next step or its end. */
    Clock warned(int percent) {
        return new Clock(
                kind,
                number,
                about,
                stay,
                policyVersion,
                calendar,
                basis,
                target,
                grace,
                startedAt,
                dueAt,
                state,
                firesAfter(percent),
                remaining,
                endedAt,
                percent,
                rings,
                steps,
                pauses);
    }

    /** The steps that may still be taken. */
    public List<Step> stepsAhead() {
        return isOpen() ? steps.coming() : List.of();
    }

    /** The steps that are to be taken by then, the earliest first. */
    List<Step> stepsDueBy(Instant now) {
        return steps.coming().stream().filter(step -> !takes(step).isAfter(now)).toList();
    }

    /** The same after those steps; it waits for what comes next once it has {@link #warned}. */
    Clock stepped(List<Step> due, Instant at) {
        return new Clock(
                kind,
                number,
                about,
                stay,
                policyVersion,
                calendar,
                basis,
                target,
                grace,
                startedAt,
                dueAt,
                state,
                firesAt,
                remaining,
                endedAt,
                warned,
                rings,
                steps.take(due, at),
                pauses);
    }

    /** When the step is taken, as it runs now. */
    public Instant takes(Step step) {
        var beyond = step.after().minus(target);
        return beyond.isNegative() ? leaves(beyond.negated()) : calendar.add(dueAt, beyond);
    }

    private Instant firesAfter(int percent) {
        return Stream.concat(
                        Arrays.stream(WARNINGS)
                                .filter(next -> next > percent && warns())
                                .mapToObj(this::passes),
                        steps.coming().stream().map(this::takes))
                .filter(at -> at.isBefore(climbsAt()))
                .min(Comparator.naturalOrder())
                .orElseGet(this::climbsAt);
    }

    private boolean warns() {
        return !ClockKinds.UNWARNED.contains(kind) && target.compareTo(WARNS_FROM) >= 0;
    }

    /** When that much of the target has passed, if it goes on as it runs now. */
    private Instant passes(int percent) {
        return leaves(target.multipliedBy(100 - percent).dividedBy(100));
    }

    /** When only that much of the target is left. */
    private Instant leaves(Duration left) {
        var since = pauses.isEmpty() ? null : pauses.getLast().until();
        var from = since == null ? startedAt : counting(since);
        var run = calendar.elapsed(from, dueAt).minus(left);
        return run.isNegative() ? from : calendar.add(from, run);
    }

    /** Ends it. One that ran out stays so, and no longer rings. */
    Clock stop(Instant at) {
        return switch (state) {
            case RUNNING, PAUSED ->
                    as(ClockState.STOPPED, dueAt, null, null, at, withPauseEnded(at));
            case MERGED ->
                    endedAt == null
                            ? as(ClockState.STOPPED, dueAt, null, null, at, pauses)
                            : as(ClockState.ELAPSED, dueAt, null, null, endedAt, pauses);
            case ELAPSED -> as(state, dueAt, null, null, endedAt, pauses);
            case STOPPED -> as(state, dueAt, null, null, endedAt, pauses);
        };
    }

    /** Lays it to rest. One that is overdue fires: a wait that came too late saves nobody. */
    Clock pause(Instant at, String reason) {
        if (!isRunning() || elapsesBy(at)) {
            return this;
        }
        return as(ClockState.PAUSED, dueAt, null, left(at), null, withPauseBegun(at, reason));
    }

    Clock resume(Instant at) {
        return state == ClockState.PAUSED ? goOn(at) : this;
    }

    /** Ends it so that a reopening can let it go on with what is left, instead of starting anew. */
    Clock stopForResolution(Instant at) {
        return switch (state) {
            case RUNNING ->
                    as(
                            ClockState.STOPPED,
                            dueAt,
                            null,
                            left(at),
                            at,
                            withPauseBegun(at, WHILE_RESOLVED));
            case PAUSED ->
                    as(
                            ClockState.STOPPED,
                            dueAt,
                            null,
                            remaining,
                            at,
                            begun(withPauseEnded(at), at, WHILE_RESOLVED));
            case ELAPSED, STOPPED, MERGED -> stop(at);
        };
    }

    Clock goOnAfterReopening(Instant at) {
        return state == ClockState.STOPPED && remaining != null ? goOn(at) : this;
    }

    /** Runs out, whenever that is noticed: it ended when it was to. */
    Clock elapse() {
        return ranOut(rings).as(ClockState.ELAPSED, dueAt, null, null, ranOutAt(), pauses);
    }

    /** Ran out, says so, and will say so again. */
    Clock ringAgainAt(Instant again) {
        return ranOut(rings + 1).as(ClockState.ELAPSED, dueAt, again, null, ranOutAt(), pauses);
    }

    /** Without rests that began after it ran out, which had been none of its. */
    private Clock ranOut(int rung) {
        var its =
                calendar.rests().stream().filter(rest -> rest.from().isBefore(ranOutAt())).toList();
        return new Clock(
                kind,
                number,
                about,
                stay,
                policyVersion,
                calendar.resting(its),
                basis,
                target,
                grace,
                startedAt,
                dueAt,
                state,
                firesAt,
                remaining,
                endedAt,
                warned,
                rung,
                steps,
                pauses);
    }

    private Instant ranOutAt() {
        return endedAt == null ? climbsAt() : endedAt;
    }

    private Clock goOn(Instant at) {
        var due = calendar.add(counting(at), remaining == null ? Duration.ZERO : remaining);
        return as(ClockState.RUNNING, due, null, null, null, withPauseEnded(at)).warned(warned);
    }

    /** It may start after what made it: nothing before counts. */
    private Instant counting(Instant at) {
        return at.isBefore(startedAt) ? startedAt : at;
    }

    /** Due as before, but the ticket climbs by it no earlier than that. */
    Clock putOff(Instant until) {
        return isRunning() && until.isAfter(climbsAt())
                ? as(state, dueAt, until, remaining, endedAt, pauses)
                : this;
    }

    /** Overdue, but fires no more until it may {@link #goAhead}. */
    Clock holdBack() {
        return as(state, dueAt, null, remaining, endedAt, pauses);
    }

    boolean isHeldBack() {
        return isRunning() && firesAt == null;
    }

    Clock goAhead() {
        return warned(warned);
    }

    private Duration left(Instant at) {
        return calendar.elapsed(counting(at), dueAt);
    }

    private List<Pause> withPauseBegun(Instant at, String reason) {
        return begun(pauses, at, reason);
    }

    private static List<Pause> begun(List<Pause> before, Instant at, String reason) {
        var all = new ArrayList<>(before);
        all.add(new Pause(at, null, reason));
        return List.copyOf(all);
    }

    private List<Pause> withPauseEnded(Instant at) {
        return pauses.stream().map(p -> p.until() == null ? p.endedAt(at) : p).toList();
    }

    private Clock as(
            ClockState newState,
            Instant newDueAt,
            @Nullable Instant newFiresAt,
            @Nullable Duration newRemaining,
            @Nullable Instant newEndedAt,
            List<Pause> newPauses) {
        return new Clock(
                kind,
                number,
                about,
                stay,
                policyVersion,
                calendar,
                basis,
                target,
                grace,
                startedAt,
                newDueAt,
                newState,
                newFiresAt,
                newRemaining,
                newEndedAt,
                warned,
                rings,
                steps,
                newPauses);
    }
}
