package io.gendan.escalation;

import io.gendan.events.AlarmEvent.TierFlooded;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/** Finds the tiers whose line is too long, and tells of them. */
@Component
class Floods {

    private final Escalations escalations;
    private final Alarms alarms;

    Floods(Escalations escalations, Alarms alarms) {
        this.escalations = escalations;
        this.alarms = alarms;
    }

    /** The lines as they stand, each measured once and only when somebody asks. */
    Lines at(Instant now) {
        return new Lines(now);
    }

    final class Lines {

        private record Question(int tier, Surge surge) {}

        private final Instant now;
        private final Map<Question, Boolean> answers = new HashMap<>();
        private final Map<Integer, TierFlooded> flooded = new TreeMap<>();

        private Lines(Instant now) {
            this.now = now;
        }

        IntPredicate floodedBy(@Nullable Surge surge) {
            return tier ->
                    surge != null
                            && answers.computeIfAbsent(new Question(tier, surge), this::measure);
        }

        /** Tells of those that were found flooded. */
        void tell() {
            flooded.values().forEach(alarms::ring);
        }

        private boolean measure(Question question) {
            int tier = question.tier();
            var surge = question.surge();
            var line = escalations.line(tier, now.minus(Duration.ofHours(surge.hours())));
            boolean isFlooded = surge.isFlooded(line);
            if (isFlooded) {
                flooded.put(tier, alarm(tier, surge, line));
            }
            return isFlooded;
        }

        private TierFlooded alarm(int tier, Surge surge, Surge.Line line) {
            var day = LocalDate.ofInstant(now, ZoneOffset.UTC);
            return new TierFlooded(
                    "tier-flooded:%d:%s".formatted(tier, day),
                    now,
                    tier,
                    line.queued(),
                    line.claimed(),
                    surge.hours());
        }
    }
}
