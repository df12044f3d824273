package io.gendan.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.escalation.calendar.Calendar;
import io.gendan.events.Authority;
import io.gendan.events.AuthoritySource;
import io.gendan.events.CallOutcome;
import io.gendan.events.Channel;
import io.gendan.events.ClockKind;
import io.gendan.events.ContactOutcome;
import io.gendan.events.EmergencyKind;
import io.gendan.events.EscalationCause;
import io.gendan.events.EscalationEvent;
import io.gendan.events.EscalationEvent.ClimbDeferred;
import io.gendan.events.EscalationEvent.ClockElapsed;
import io.gendan.events.EscalationEvent.ClockStepped;
import io.gendan.events.EscalationEvent.ClockWarned;
import io.gendan.events.EscalationEvent.DueChanged;
import io.gendan.events.EscalationEvent.EscalationClaimed;
import io.gendan.events.EscalationEvent.EscalationRaised;
import io.gendan.events.EscalationEvent.LastTierOverdue;
import io.gendan.events.Kind;
import io.gendan.events.Major;
import io.gendan.events.Priority;
import io.gendan.events.PromisePurpose;
import io.gendan.events.Solved;
import io.gendan.events.Territory;
import io.gendan.events.TicketEvent;
import io.gendan.events.TicketEvent.TicketCreated;
import io.gendan.events.TicketEvent.TicketReopened;
import io.gendan.events.TicketEvent.TicketUrged;
import io.gendan.events.WaitingReason;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A ticket to which anything may happen at any time. What time does to it is what an {@link
 * ExpectedTime independently written model} says, at each step.
 */
abstract class RandomLife {

    private final Random random;
    private final String name;
    private final TicketTold ticket = new TicketTold();

    /** Promises whose time is over and which the ticket has said nothing about. */
    private final Deque<ClockElapsed> overdue = new ArrayDeque<>();

    /** It was to be closed by then, and the ticket has said nothing about it. */
    private @Nullable ClockElapsed unclosed;

    /** It was reopened to climb to that tier. */
    private @Nullable Integer climbsTo;

    private boolean saysNotSolved;

    RandomLife(Random random, String name) {
        this.random = random;
        this.name = name;
    }

    abstract void begin(TicketCreated created);

    /** What was said by it. */
    abstract List<EscalationEvent> fire(Instant now, boolean flooded);

    /** What was said by it. */
    abstract List<EscalationEvent> hear(TicketEvent told);

    abstract Watch watch();

    /** From now on these are in force; most lives know of none. */
    void emergencies(List<Emergency> emergencies) {}

    /** Whether the lines of the tiers above may be long. */
    boolean knowsFloods() {
        return false;
    }

    boolean knowsEmergencies() {
        return false;
    }

    /** Where what is kept in memory may be lost, as by a service that is killed here. */
    abstract void endStep(Instant now);

    List<EscalationEvent> live(Instant from, int steps, Targets targets) {
        var now = from;
        var created =
                ticket.created(
                        some(Kind.class),
                        some(Priority.class),
                        some(Channel.class),
                        random.nextInt(5) == 0 ? some(Major.class) : null,
                        random.nextInt(4) == 0,
                        random.nextInt(4) == 0 ? letter(now) : null,
                        now);
        begin(created);
        var model = new ExpectedTime(created, targets);
        var said = new ArrayList<EscalationEvent>();
        if (random.nextInt(4) == 0) {
            said.addAll(tell(rang(now), model, targets, name + " opened in a call"));
        }
        boolean flooded = false;
        for (int step = 0; step < steps && model.isOpen(); step++) {
            var where = name + " step " + step;
            now = later(now);
            if (knowsFloods() && random.nextInt(5) == 0) {
                flooded = !flooded;
            }
            if (random.nextInt(3) > 0) {
                var events = fire(now, flooded);
                assertThat(effects(events)).as(where).isEqualTo(model.fire(now, flooded));
                said.addAll(events);
                overdue.addAll(over(events, ClockKind.PROMISE));
                unclosed = over(events, ClockKind.CLOSING).stream().findFirst().orElse(unclosed);
            }
            if (knowsEmergencies() && random.nextInt(30) == 0) {
                emergencies(changed(targets.emergencies(), now));
            }
            var told = happens(model, now);
            if (told != null) {
                said.addAll(tell(told, model, targets, where));
            }
            boolean isAsked = told instanceof TicketUrged || told instanceof TicketReopened;
            if (isAsked && random.nextInt(3) == 0) {
                var rang = rang(now, new UUID(random.nextLong(), 0));
                said.addAll(tell(rang, model, targets, where + " in a call"));
            }
            endStep(now);
            model.passSilently(now);
            var seen = watch().resting(targets.emergencies());
            model.compare(Firing.silently(seen, now, targets), now, where);
        }
        if (model.isOpen()) {
            hear(ticket.closed(now));
        }
        return said;
    }

    private List<EscalationEvent> tell(
            TicketEvent told, ExpectedTime model, Targets targets, String where) {
        var events = hear(told);
        assertThat(effects(events)).as(where).isEqualTo(model.hear(told));
        // whoever hears of the ticket puts it under the emergencies, also what stands still
        assertThat(watch().resting(targets.emergencies())).as(where).isEqualTo(watch());
        return events;
    }

    /** One more, or one of them extended or ended. */
    private List<Emergency> changed(List<Emergency> before, Instant now) {
        var after = new ArrayList<>(before);
        int which = random.nextInt(before.size() + 1);
        var until = now.plusSeconds(1 + random.nextInt(72 * 3600));
        if (which == before.size()) {
            var from = random.nextBoolean() ? now : now.plusSeconds(random.nextInt(3600));
            after.add(
                    new Emergency(
                            new UUID(0, which),
                            1,
                            EmergencyKind.DISASTER,
                            "flood",
                            random.nextBoolean() ? List.of() : List.of(Territory.SOUTH),
                            random.nextBoolean() ? List.of() : List.of(some(Kind.class)),
                            List.of(),
                            List.of(new Emergency.Span(from, until.plusSeconds(3600))),
                            "supervisor-1",
                            now,
                            null));
        } else if (random.nextBoolean()) {
            after.set(which, before.get(which).ended(1, now));
        } else {
            var longest =
                    before.get(which).spans().stream()
                            .map(Emergency.Span::until)
                            .filter(until::isBefore)
                            .max(Instant::compareTo)
                            .orElse(until);
            after.set(which, before.get(which).extended(longest.plusSeconds(1), 1, now));
        }
        return List.copyOf(after);
    }

    private Authority letter(Instant now) {
        var today = now.atZone(Calendar.CHINA).toLocalDate();
        return new Authority(
                some(AuthoritySource.class),
                "2026-118",
                today.minusDays(random.nextInt(3)),
                random.nextInt(3) == 0 ? today.plusDays(random.nextInt(20)) : null);
    }

    /** Often exactly when something is due, or warned of, or just before. */
    private Instant later(Instant now) {
        return switch (random.nextInt(5)) {
            case 0 -> now.plusNanos(1_000L * (1 + random.nextInt(30_000_000)));
            case 1 -> now.plusSeconds(random.nextInt(4 * 3600));
            case 2 -> now.plusSeconds(random.nextInt(3 * 86_400));
            case 3 -> dueAfter(now).findFirst().orElse(now.plusSeconds(1));
            default ->
                    dueAfter(now)
                            .findFirst()
                            .map(due -> due.minusNanos(1_000))
                            .filter(justBefore -> justBefore.isAfter(now))
                            .orElse(now.plusNanos(1_000));
        };
    }

    private Stream<Instant> dueAfter(Instant now) {
        return watch().clocks().stream()
                .filter(Clock::isRunning)
                .flatMap(
                        clock ->
                                Stream.concat(
                                        Stream.of(
                                                climbs(clock),
                                                clock.isHeldBack()
                                                        ? climbs(clock)
                                                        : clock.firesAt()),
                                        clock.steps().coming().stream().map(clock::takes)))
                .filter(at -> at.isAfter(now))
                .sorted();
    }

    private Instant climbs(Clock clock) {
        var deferral = watch().deferralOf(clock);
        return deferral == null ? clock.climbsAt() : deferral.until();
    }

    private @Nullable TicketEvent happens(ExpectedTime model, Instant now) {
        if (model.state() == TicketState.MERGED) {
            return whileMerged(model, now);
        }
        if (climbsTo != null) {
            var to = climbsTo;
            climbsTo = null;
            model.settled();
            return ticket.escalated(to, now);
        }
        var proposed = model.proposed();
        if (proposed != null && random.nextInt(3) > 0) {
            model.settled();
            boolean isOwed = watch().facts().endsByFiling() && !ticket.isFiled;
            if (model.state() == TicketState.RESOLVED && isOwed && random.nextInt(5) > 0) {
                climbsTo = proposed;
                return reopens(now);
            }
            return model.state() == TicketState.RESOLVED || random.nextInt(5) == 0
                    ? ticket.refused(ticket.stay(), now)
                    : ticket.escalated(proposed, now);
        }
        if (random.nextInt(12) == 0) {
            return promised(model, now);
        }
        if (watch().facts().endsByFiling() && random.nextInt(40) == 0) {
            return ticket.files(now);
        }
        boolean isWorkedOn =
                model.state() == TicketState.OPEN || model.state() == TicketState.WAITING;
        if (isWorkedOn && !saysNotSolved && random.nextInt(25) == 0) {
            return mergesOrAbsorbs(now);
        }
        if (isWorkedOn && !saysNotSolved && random.nextInt(20) == 0) {
            return turnsOut(now);
        }
        if (isWorkedOn && !saysNotSolved && random.nextInt(20) == 0) {
            return random.nextBoolean() ? ticket.called(some(CallOutcome.class), now) : rang(now);
        }
        return switch (model.state()) {
            case OPEN ->
                    switch (random.nextInt(13)) {
                        case 0, 1 -> ticket.answered(now);
                        case 12 -> ticket.thanked(now);
                        case 2, 3 -> ticket.asked(now);
                        case 4 -> ticket.assigned("agent", now);
                        case 5, 6 -> waits(now);
                        case 7 -> resolves(now);
                        case 8 -> ticket.urged(now);
                        case 9 ->
                                random.nextInt(4) == 0
                                        ? ticket.wantsUp(EscalationCause.CUSTOMER, now)
                                        : null;
                        default -> null;
                    };
            case WAITING ->
                    switch (random.nextInt(9)) {
                        case 0 -> ticket.asked(now);
                        case 8 -> ticket.thanked(now);
                        case 1, 2 -> ticket.goesOn(now);
                        case 3 -> waits(now);
                        case 4 -> resolves(now);
                        case 5 -> ticket.urged(now);
                        case 6 ->
                                random.nextInt(4) == 0
                                        ? ticket.wantsUp(EscalationCause.CUSTOMER, now)
                                        : null;
                        default -> null;
                    };
            case RESOLVED ->
                    switch (random.nextInt(20)) {
                        case 0 ->
                                ticket.openPromises.isEmpty()
                                        ? ticket.closed(now)
                                        : ticket.stillPromises(now);
                        case 1, 2, 3, 4, 5, 6 -> reopens(now);
                        case 7 -> ticket.stillPromises(now);
                        default -> stillUnclosed(now);
                    };
            case CLOSED, MERGED -> null;
        };
    }

    /** To who had it, or to nobody. */
    private TicketEvent reopens(Instant now) {
        return random.nextInt(3) == 0 ? ticket.reopenedToNobody(now) : ticket.reopened(now);
    }

    /** Asks at once, later, or as an older version told it. */
    private TicketEvent resolves(Instant now) {
        var asksAt = random.nextInt(4) == 0 ? null : now.plusSeconds(random.nextInt(3) * 7L * 3600);
        return ticket.resolvedAndAsks(new UUID(random.nextLong(), 0), asksAt, now);
    }

    private TicketEvent waits(Instant now) {
        var reason = some(WaitingReason.class);
        return reason == WaitingReason.CARRIER && random.nextBoolean()
                ? ticket.searches(now)
                : ticket.waits(reason, now);
    }

    private TicketEvent rang(Instant now) {
        return rang(now, null);
    }

    private TicketEvent rang(Instant now, @Nullable UUID urgeId) {
        var startedAt = now.minusSeconds(random.nextInt(3) * random.nextInt(4 * 3600));
        var endedAt = startedAt.plusSeconds(random.nextInt(1200));
        return ticket.rang(
                some(ContactOutcome.class),
                startedAt,
                endedAt.isAfter(now) ? null : endedAt,
                urgeId,
                now);
    }

    /** Also once more, or about a resolution that was none. */
    private @Nullable TicketEvent stillUnclosed(Instant now) {
        var told = unclosed;
        if (told == null) {
            return null;
        }
        unclosed = random.nextInt(8) == 0 ? told : null;
        return ticket.lingers(told.dueAt(), now);
    }

    /** What an authority complains of stays a complaint of its own sort. */
    private TicketEvent turnsOut(Instant now) {
        var facts = watch().facts();
        return facts.authority() != null
                ? ticket.turnsOut(facts.kind(), some(Priority.class), facts.major(), now)
                : ticket.turnsOut(
                        some(Kind.class),
                        some(Priority.class),
                        random.nextInt(6) == 0 ? some(Major.class) : null,
                        now);
    }

    private @Nullable TicketEvent whileMerged(ExpectedTime model, Instant now) {
        if (model.proposed() != null) {
            model.settled();
            return ticket.refused(ticket.stay(), now);
        }
        if (random.nextInt(4) > 0) {
            return null;
        }
        var stillOpen =
                ticket.openPromises.stream()
                        .filter(_ -> random.nextInt(3) > 0)
                        .collect(Collectors.toSet());
        return ticket.unmerged(stillOpen, now);
    }

    /** One that took another is not itself merged. */
    private TicketEvent mergesOrAbsorbs(Instant now) {
        if (!ticket.absorbed.isEmpty() && random.nextBoolean()) {
            return ticket.releases(ticket.absorbed.keySet().iterator().next(), now);
        }
        if (ticket.absorbed.isEmpty() && random.nextBoolean()) {
            return ticket.merged(now);
        }
        var promises = new HashMap<UUID, Instant>();
        for (int i = random.nextInt(3); i > 0; i--) {
            promises.put(
                    new UUID(random.nextLong(), random.nextLong()),
                    now.plusSeconds(random.nextInt(2 * 86_400) - 3600));
        }
        var asked = now.minusSeconds(random.nextInt(3 * 86_400));
        return ticket.absorbs(new UUID(random.nextLong(), random.nextLong()), asked, promises, now);
    }

    private @Nullable TicketEvent promised(ExpectedTime model, Instant now) {
        if (saysNotSolved) {
            saysNotSolved = false;
            return ticket.rated(Solved.NO, now);
        }
        if (model.state() == TicketState.RESOLVED && random.nextInt(4) == 0) {
            return surveyed(now);
        }
        overdue.removeIf(over -> !ticket.openPromises.contains(over.about()));
        if (!overdue.isEmpty()) {
            // A resolution that left a promise to break is none.
            return model.state() == TicketState.RESOLVED
                    ? reopens(now)
                    : ticket.breaks(
                            overdue.peek().about(),
                            some(PromisePurpose.class),
                            overdue.remove().dueAt(),
                            now);
        }
        if (ticket.openPromises.isEmpty() || random.nextInt(3) > 0) {
            var promise = new UUID(random.nextLong(), random.nextLong());
            return ticket.promises(promise, now.plusSeconds(random.nextInt(3 * 86_400)), now);
        }
        var promise = ticket.openPromises.iterator().next();
        return random.nextBoolean() ? ticket.keeps(promise, now) : ticket.withdraws(promise, now);
    }

    /** "Not solved" comes after the reopening that it makes. */
    private TicketEvent surveyed(Instant now) {
        return switch (some(Solved.class)) {
            case NO -> {
                saysNotSolved = true;
                yield reopens(now);
            }
            case PARTLY -> ticket.unanswered(now);
            case YES, UNKNOWN -> ticket.rated(Solved.YES, now);
        };
    }

    private static List<ClockElapsed> over(List<EscalationEvent> events, ClockKind kind) {
        return events.stream()
                .filter(ClockElapsed.class::isInstance)
                .map(ClockElapsed.class::cast)
                .filter(over -> over.clock() == kind)
                .toList();
    }

    /** What the model speaks of: not when something was due, and no warnings. */
    private static List<String> effects(List<EscalationEvent> events) {
        return events.stream()
                .flatMap(
                        event ->
                                switch (event) {
                                    case EscalationRaised raised ->
                                            Stream.of(
                                                    "raised in stay %d from %d to %d"
                                                            .formatted(
                                                                    raised.stay(),
                                                                    raised.fromTier(),
                                                                    raised.toTier()));
                                    case LastTierOverdue rang ->
                                            Stream.of(
                                                    "rang for %s, time %d"
                                                            .formatted(rang.clock(), rang.rings()));
                                    case ClockElapsed over ->
                                            Stream.of(
                                                    "over is %s %s"
                                                            .formatted(over.clock(), over.about()));
                                    case ClimbDeferred deferred ->
                                            Stream.of(
                                                    "put off in stay %d until %s"
                                                            .formatted(
                                                                    deferred.stay(),
                                                                    deferred.until()));
                                    case ClockStepped stepped ->
                                            Stream.of(
                                                    "%s %s %s"
                                                            .formatted(
                                                                    stepped.step(),
                                                                    stepped.clock(),
                                                                    stepped.about()));
                                    case ClockWarned _, DueChanged _, EscalationClaimed _ ->
                                            Stream.<String>empty();
                                })
                .sorted()
                .toList();
    }

    private <E extends Enum<E>> E some(Class<E> type) {
        var known =
                Arrays.stream(type.getEnumConstants())
                        .filter(value -> !value.name().equals("UNKNOWN"))
                        .toList();
        return known.get(random.nextInt(known.size()));
    }
}
