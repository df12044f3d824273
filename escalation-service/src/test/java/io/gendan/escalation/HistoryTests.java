package io.gendan.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.escalation.calendar.Calendar;
import io.gendan.escalation.calendar.CalendarSeed;
import io.gendan.events.Channel;
import io.gendan.events.ClockKind;
import io.gendan.events.EscalationCause;
import io.gendan.events.EscalationEvent;
import io.gendan.events.EscalationEvent.ClockElapsed;
import io.gendan.events.EscalationEvent.EscalationRaised;
import io.gendan.events.EscalationEvent.LastTierOverdue;
import io.gendan.events.Kind;
import io.gendan.events.Major;
import io.gendan.events.Priority;
import io.gendan.events.Solved;
import io.gendan.events.TicketEvent;
import io.gendan.events.TicketEvent.TicketCreated;
import io.gendan.events.WaitingReason;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Random lives of tickets under the shipped policy and calendars: what time does is what an {@link
 * ExpectedTime independently written model} says, at each step, and the log alone gives the same
 * clocks again.
 */
class HistoryTests {

    private static final int HISTORIES = 2_000;
    private static final int STEPS = 500;
    private static final Targets SEED = new SeedTargets();

    /** One thing that happened: the ticket told something, or firing said something. */
    private record Logged(@Nullable TicketEvent told, Instant at) {}

    private final List<Logged> log = new ArrayList<>();

    /** Promises whose time is over and which the ticket has said nothing about. */
    private final Deque<ClockElapsed> overdue = new ArrayDeque<>();

    private boolean saysNotSolved;

    @Test
    void raisesExactlyWhatTheModelExpectsAndIsRebuiltFromTheLog() {
        int raised = 0;
        int rang = 0;
        int elapsed = 0;
        for (int seed = 0; seed < HISTORIES; seed++) {
            var said = live(new Random(seed), "history " + seed);
            raised += count(said, EscalationRaised.class);
            rang += count(said, LastTierOverdue.class);
            elapsed += count(said, ClockElapsed.class);
        }
        assertThat(List.of(raised, rang, elapsed)).allMatch(count -> count > HISTORIES / 4);
    }

    private List<EscalationEvent> live(Random random, String name) {
        log.clear();
        overdue.clear();
        saysNotSolved = false;
        var ticket = new TicketTold();
        var now = Instant.parse("2026-09-25T00:00:00Z").plusSeconds(random.nextInt(200 * 86_400));
        var created =
                ticket.created(
                        some(random, Kind.class),
                        some(random, Priority.class),
                        some(random, Channel.class),
                        random.nextInt(5) == 0 ? some(random, Major.class) : null,
                        random.nextInt(4) == 0,
                        now);
        log.add(new Logged(created, now));
        var watch = begun(created);
        var model = new ExpectedTime(created, SEED);
        var said = new ArrayList<EscalationEvent>();
        for (int step = 0; step < STEPS && model.isOpen(); step++) {
            var where = name + " step " + step;
            now = later(random, now, watch);
            if (random.nextInt(3) > 0) {
                var firing = Firing.of(watch, now, SEED);
                assertThat(effects(firing.events())).as(where).isEqualTo(model.fire(now));
                if (!firing.events().isEmpty()) {
                    log.add(new Logged(null, now));
                }
                said.addAll(firing.events());
                overdue.addAll(promisesOver(firing.events()));
                watch = firing.watch();
            }
            var told = happens(random, ticket, model, now);
            if (told != null) {
                log.add(new Logged(told, now));
                var hearing = heard(watch, told);
                assertThat(effects(hearing.events())).as(where).isEqualTo(model.hear(told));
                said.addAll(hearing.events());
                watch = hearing.watch();
            }
            model.compare(watch, now, where);
            if (random.nextInt(60) == 0) {
                assertThat(rebuilt(now)).as(where).isEqualTo(Firing.silently(watch, now, SEED));
            }
        }
        assertThat(rebuilt(now)).as(name).isEqualTo(Firing.silently(watch, now, SEED));
        return said;
    }

    /** As of an instant, from what the ticket and the service told until then. */
    private Watch rebuilt(Instant now) {
        Watch watch = null;
        for (var logged : log) {
            if (logged.told() instanceof TicketCreated created) {
                watch = begun(created);
            } else if (watch != null && logged.told() != null) {
                watch = heard(watch, logged.told()).watch();
            } else if (watch != null) {
                watch = Firing.of(watch, logged.at(), SEED).watch();
            }
        }
        if (watch == null) {
            throw new IllegalStateException("Nothing was told");
        }
        return Firing.silently(watch, now, SEED);
    }

    private static Firing heard(Watch watch, TicketEvent told) {
        return Firing.hearing(watch, told, SEED, told::at);
    }

    private static List<ClockElapsed> promisesOver(List<EscalationEvent> events) {
        return events.stream()
                .filter(ClockElapsed.class::isInstance)
                .map(ClockElapsed.class::cast)
                .filter(over -> over.clock() == ClockKind.PROMISE)
                .toList();
    }

    private static Watch begun(TicketCreated created) {
        return Firing.whenPassedOver(Watch.of(created, SEED), created.at(), SEED).watch();
    }

    /** Often exactly when something is due, or just before. */
    private static Instant later(Random random, Instant now, Watch watch) {
        var due =
                watch.clocks().stream()
                        .filter(Clock::isRunning)
                        .map(Clock::climbsAt)
                        .filter(at -> at.isAfter(now))
                        .sorted()
                        .toList();
        return switch (random.nextInt(5)) {
            case 0 -> now.plusNanos(1_000L * (1 + random.nextInt(30_000_000)));
            case 1 -> now.plusSeconds(random.nextInt(4 * 3600));
            case 2 -> now.plusSeconds(random.nextInt(3 * 86_400));
            case 3 -> due.isEmpty() ? now.plusSeconds(1) : due.getFirst();
            default -> {
                var justBefore = due.isEmpty() ? now : due.getFirst().minusNanos(1_000);
                yield justBefore.isAfter(now) ? justBefore : now.plusNanos(1_000);
            }
        };
    }

    private @Nullable TicketEvent happens(
            Random random, TicketTold ticket, ExpectedTime model, Instant now) {
        var proposed = model.proposed();
        if (proposed != null && random.nextInt(3) > 0) {
            model.settled();
            return model.state() == TicketState.RESOLVED || random.nextInt(5) == 0
                    ? ticket.refused(ticket.stay(), now)
                    : ticket.escalated(proposed, EscalationCause.TIME, now, now);
        }
        if (random.nextInt(4) == 0) {
            return promised(random, ticket, model, now);
        }
        return switch (model.state()) {
            case OPEN ->
                    switch (random.nextInt(12)) {
                        case 0, 1 -> ticket.answered(now);
                        case 2, 3 -> ticket.asked(now);
                        case 4 -> ticket.assigned("agent", now);
                        case 5, 6 -> ticket.waits(some(random, WaitingReason.class), now);
                        case 7 -> ticket.resolvedAndAsks(new UUID(random.nextLong(), 0), now);
                        default -> null;
                    };
            case WAITING ->
                    switch (random.nextInt(8)) {
                        case 0 -> ticket.asked(now);
                        case 1, 2 -> ticket.goesOn(now);
                        case 3 -> ticket.waits(some(random, WaitingReason.class), now);
                        case 4 -> ticket.resolvedAndAsks(new UUID(random.nextLong(), 0), now);
                        default -> null;
                    };
            case RESOLVED ->
                    switch (random.nextInt(20)) {
                        case 0 ->
                                ticket.openPromises.isEmpty()
                                        ? ticket.closed(now)
                                        : ticket.stillPromises(now);
                        case 1, 2, 3, 4, 5, 6 -> ticket.reopened(now);
                        default -> null;
                    };
            case CLOSED -> null;
        };
    }

    private @Nullable TicketEvent promised(
            Random random, TicketTold ticket, ExpectedTime model, Instant now) {
        if (saysNotSolved) {
            saysNotSolved = false;
            return ticket.rated(Solved.NO, now);
        }
        if (model.state() == TicketState.RESOLVED && random.nextInt(4) == 0) {
            return surveyed(random, ticket, now);
        }
        overdue.removeIf(over -> !ticket.openPromises.contains(over.about()));
        if (!overdue.isEmpty()) {
            // A resolution that left a promise to break is none.
            return model.state() == TicketState.RESOLVED
                    ? ticket.reopened(now)
                    : ticket.breaks(overdue.peek().about(), overdue.remove().dueAt(), now);
        }
        if (ticket.openPromises.isEmpty() || random.nextInt(3) > 0) {
            var promise = new UUID(random.nextLong(), random.nextLong());
            return ticket.promises(promise, now.plusSeconds(random.nextInt(3 * 86_400)), now);
        }
        var promise = ticket.openPromises.iterator().next();
        return random.nextBoolean() ? ticket.keeps(promise, now) : ticket.withdraws(promise, now);
    }

    /** "Not solved" comes after the reopening that it makes. */
    private TicketEvent surveyed(Random random, TicketTold ticket, Instant now) {
        return switch (some(random, Solved.class)) {
            case NO -> {
                saysNotSolved = true;
                yield ticket.reopened(now);
            }
            case PARTLY -> ticket.unanswered(now);
            case YES, UNKNOWN -> ticket.rated(Solved.YES, now);
        };
    }

    /** What the model speaks of: not when something was due, and no warnings. */
    private static List<String> effects(List<EscalationEvent> events) {
        return events.stream()
                .map(
                        event ->
                                switch (event) {
                                    case EscalationRaised raised ->
                                            "raised in stay %d from %d to %d"
                                                    .formatted(
                                                            raised.stay(),
                                                            raised.fromTier(),
                                                            raised.toTier());
                                    case LastTierOverdue rang -> "rang for " + rang.clock();
                                    case ClockElapsed over ->
                                            "over is %s %s".formatted(over.clock(), over.about());
                                    default -> "";
                                })
                .filter(effect -> !effect.isEmpty())
                .sorted()
                .toList();
    }

    private static int count(List<EscalationEvent> said, Class<?> type) {
        return (int) said.stream().filter(type::isInstance).count();
    }

    private static <E extends Enum<E>> E some(Random random, Class<E> type) {
        var known =
                Arrays.stream(type.getEnumConstants())
                        .filter(value -> !value.name().equals("UNKNOWN"))
                        .toList();
        return known.get(random.nextInt(known.size()));
    }

    /** The shipped policy by the shipped calendars, without a database. */
    private static final class SeedTargets implements Targets {

        private final PolicyPage page = PolicySeed.withWaits().getFirst();
        private final Policy policy = new Policy(page.version(), page.ringEvery(), page.rules(), 1);
        private final Map<String, Calendar> calendars =
                CalendarSeed.calendars().stream()
                        .collect(Collectors.toMap(Calendar::code, Function.identity()));

        @Override
        public String version() {
            return policy.version();
        }

        @Override
        public @Nullable Target target(ClockKind clock, Facts facts, Moment moment) {
            return policy.rule(clock, facts, moment.tier(), moment.waiting())
                    .map(rule -> target(rule, facts))
                    .orElse(null);
        }

        private @Nullable Target target(PolicyRule rule, Facts facts) {
            var target = policy.target(rule, facts);
            var calendar = calendars.getOrDefault(rule.calendar(), Calendar.ALWAYS);
            return target == null ? null : target.on(calendar).because(rule.basis(facts));
        }

        @Override
        public boolean passesOver(int tier, Facts facts) {
            return policy.rule(ClockKind.TIER_RESOLUTION, facts, tier).target() == null;
        }

        @Override
        public Duration ringAgain() {
            return policy.ringAgain();
        }
    }
}
