package io.gendan.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.escalation.calendar.Calendar;
import io.gendan.escalation.calendar.CalendarSeed;
import io.gendan.events.ClockKind;
import io.gendan.events.EscalationEvent;
import io.gendan.events.EscalationEvent.ClimbDeferred;
import io.gendan.events.EscalationEvent.ClockElapsed;
import io.gendan.events.EscalationEvent.ClockStepped;
import io.gendan.events.EscalationEvent.EscalationRaised;
import io.gendan.events.EscalationEvent.LastTierOverdue;
import io.gendan.events.TicketEvent;
import io.gendan.events.TicketEvent.TicketCreated;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Random lives of tickets under the shipped policy and calendars. At a step boundary all that is
 * kept beside the log is lost, and time goes on with what the log alone gives: at every boundary of
 * some lives, at random ones of the others.
 */
class HistoryTests {

    private static final int HISTORIES = 2_000;
    private static final int STEPS = 500;

    /** To fold the log again at each step takes the square of its length. */
    private static final int CRASHES_AT_EVERY_STEP = 200;

    private static final int STEPS_BETWEEN_CRASHES = 150;

    @Test
    void raisesExactlyWhatTheModelExpectsThoughItCrashesBetweenSteps() {
        int raised = 0;
        int rang = 0;
        int elapsed = 0;
        int stepped = 0;
        int deferred = 0;
        for (int seed = 0; seed < HISTORIES; seed++) {
            var random = new Random(seed);
            var from = Instant.parse("2026-09-25T00:00:00Z");
            int crashes = seed % CRASHES_AT_EVERY_STEP == 0 ? 1 : STEPS_BETWEEN_CRASHES;
            var targets = new SeedTargets();
            var said =
                    new FromItsLog(random, "history " + seed, crashes, targets)
                            .live(from.plusSeconds(random.nextInt(200 * 86_400)), STEPS, targets);
            raised += count(said, EscalationRaised.class);
            rang += count(said, LastTierOverdue.class);
            elapsed += count(said, ClockElapsed.class);
            stepped += count(said, ClockStepped.class);
            deferred += count(said, ClimbDeferred.class);
        }
        assertThat(List.of(raised, rang, elapsed, stepped, deferred))
                .allMatch(count -> count > HISTORIES / 4);
    }

    private static int count(List<EscalationEvent> said, Class<?> type) {
        return (int) said.stream().filter(type::isInstance).count();
    }

    /** The model of this service alone, with its log in memory. */
    private static final class FromItsLog extends RandomLife {

        /** One thing that happened: the ticket told something, or firing said something. */
        private record Logged(
                @Nullable TicketEvent told,
                Instant at,
                List<Emergency> emergencies,
                boolean flooded) {}

        private final List<Logged> log = new ArrayList<>();
        private final Random random;
        private final int stepsBetweenCrashes;
        private final SeedTargets targets;
        private @Nullable Watch watch;

        private FromItsLog(
                Random random, String name, int stepsBetweenCrashes, SeedTargets targets) {
            super(random, name);
            this.random = random;
            this.stepsBetweenCrashes = stepsBetweenCrashes;
            this.targets = targets;
        }

        @Override
        void begin(TicketCreated created) {
            log.add(new Logged(created, created.at(), targets.emergencies, false));
            watch = begun(created);
        }

        @Override
        List<EscalationEvent> fire(Instant now, boolean flooded) {
            var firing =
                    Firing.of(watch().resting(targets.emergencies), now, targets, _ -> flooded);
            if (!firing.events().isEmpty()) {
                log.add(new Logged(null, now, targets.emergencies, flooded));
            }
            watch = firing.watch();
            return firing.events();
        }

        @Override
        List<EscalationEvent> hear(TicketEvent told) {
            log.add(new Logged(told, told.at(), targets.emergencies, false));
            var hearing = heard(watch(), told);
            watch = hearing.watch();
            return hearing.events();
        }

        @Override
        Watch watch() {
            if (watch == null) {
                throw new IllegalStateException("Nothing was told");
            }
            return watch;
        }

        @Override
        boolean knowsFloods() {
            return true;
        }

        @Override
        boolean knowsEmergencies() {
            return true;
        }

        /** The watch itself hears of it when something happens to it, or by and by. */
        @Override
        void emergencies(List<Emergency> emergencies) {
            targets.emergencies = emergencies;
            if (random.nextBoolean()) {
                watch = watch().resting(emergencies);
            }
        }

        @Override
        void endStep(Instant now) {
            if (random.nextInt(stepsBetweenCrashes) == 0) {
                crash(now);
            }
        }

        private void crash(Instant now) {
            var before = watch().resting(targets.emergencies);
            var emergencies = targets.emergencies;
            watch = null;
            for (var logged : log) {
                targets.emergencies = logged.emergencies();
                if (logged.told() instanceof TicketCreated created) {
                    watch = begun(created);
                } else if (logged.told() != null) {
                    watch = heard(watch(), logged.told()).watch();
                } else {
                    var rested = watch().resting(targets.emergencies);
                    watch = Firing.of(rested, logged.at(), targets, _ -> logged.flooded()).watch();
                }
            }
            targets.emergencies = emergencies;
            watch = watch().resting(emergencies);
            assertThat(Firing.silently(watch(), now, targets))
                    .isEqualTo(Firing.silently(before, now, targets));
        }

        private Firing heard(Watch watch, TicketEvent told) {
            return Firing.hearing(watch, told, targets, told::at);
        }

        private Watch begun(TicketCreated created) {
            return Firing.whenPassedOver(Watch.of(created, targets), created.at(), targets).watch();
        }
    }

    /** The shipped policy by the shipped calendars, without a database. */
    private static final class SeedTargets implements Targets {

        private List<Emergency> emergencies = List.of();
        private final PolicyPage page = PolicySeed.withPersonalData().getFirst();
        private final Policy policy =
                new Policy(page.version(), page.ringEvery(), page.surge(), page.rules(), 1);
        private final Map<String, Calendar> calendars =
                CalendarSeed.calendars().stream()
                        .collect(Collectors.toMap(Calendar::code, Function.identity()));

        @Override
        public String version() {
            return policy.version();
        }

        @Override
        public @Nullable Target target(ClockKind clock, Facts facts, Moment moment) {
            return policy.rule(clock, facts, moment.tier(), moment.waitsFor())
                    .map(rule -> target(rule, facts))
                    .orElse(null);
        }

        private @Nullable Target target(PolicyRule rule, Facts facts) {
            var target = policy.target(rule, facts);
            var calendar = calendars.getOrDefault(rule.calendar(), Calendar.ALWAYS);
            return target == null ? null : target.on(calendar).because(rule, facts);
        }

        @Override
        public boolean passesOver(int tier, Facts facts) {
            return policy.rule(ClockKind.TIER_RESOLUTION, facts, tier).target() == null;
        }

        @Override
        public List<Emergency> emergencies() {
            return emergencies;
        }

        @Override
        public @Nullable Surge surge() {
            return policy.hurriedSurge();
        }

        @Override
        public Duration ringAgain() {
            return policy.ringAgain();
        }
    }
}
