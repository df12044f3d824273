package io.gendan.routing;

import io.gendan.events.Channel;
import io.gendan.events.Kind;
import io.gendan.events.Level;
import io.gendan.events.Major;
import io.gendan.events.Priority;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One version of the routing rules; never changes, a change is another version.
 *
 * @param works by rank, the first that fits counts
 * @param waitingPercent share of its weight that a ticket keeps while it waits
 * @param vipsInARow how many VIPs may leave a line one after the other while others stand in it
 * @param knownFor how long after the closing who had a ticket still knows its customer
 */
record Rules(
        String version,
        Geography geography,
        Map<Level, LevelRule> levels,
        List<MayTake> mayTake,
        List<Work> works,
        int waitingPercent,
        int vipsInARow,
        Duration knownFor) {

    private static final LevelRule NOTHING = new LevelRule(0, 0, false);

    /**
     * @param capacity points of work
     * @param openBound number of open tickets, whatever they weigh
     */
    record LevelRule(int capacity, int openBound, boolean takesMajor) {}

    /** Absent means any. */
    record MayTake(Level level, @Nullable Kind kind, @Nullable Priority priority) {

        boolean covers(Level of, Need need) {
            return level == of
                    && (kind == null || kind == need.kind())
                    && (priority == null || priority == need.priority());
        }
    }

    /** What a sort of ticket weighs, and by how much it is older in the line; absent means any. */
    record Work(
            @Nullable Kind kind,
            @Nullable Priority priority,
            @Nullable Channel channel,
            MajorMatch major,
            int points,
            Duration headStart) {

        boolean fits(Kind ofKind, Priority ofPriority, Channel ofChannel, @Nullable Major ofMajor) {
            return (kind == null || kind == ofKind)
                    && (priority == null || priority == ofPriority)
                    && (channel == null || channel == ofChannel)
                    && major.fits(ofMajor);
        }
    }

    /** Which majors a rule is for. */
    sealed interface MajorMatch {

        boolean fits(@Nullable Major major);

        record Whatever() implements MajorMatch {
            @Override
            public boolean fits(@Nullable Major major) {
                return true;
            }
        }

        record AnyMajor() implements MajorMatch {
            @Override
            public boolean fits(@Nullable Major major) {
                return major != null;
            }
        }

        record Only(Major wanted) implements MajorMatch {
            @Override
            public boolean fits(@Nullable Major major) {
                return major == wanted;
            }
        }
    }

    Rules {
        levels = Map.copyOf(levels);
        mayTake = List.copyOf(mayTake);
        works = List.copyOf(works);
    }

    Work workOf(Kind kind, Priority priority, Channel channel, @Nullable Major major) {
        return works.stream()
                .filter(work -> work.fits(kind, priority, channel, major))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "Rules %s have no weight for %s".formatted(version, kind)));
    }

    /** A level that these rules do not know may take nothing. */
    LevelRule levelRule(Level level) {
        return levels.getOrDefault(level, NOTHING);
    }

    boolean mayTake(Level level, Need need) {
        return mayTake.stream().anyMatch(rule -> rule.covers(level, need))
                && (need.major() == null || levelRule(level).takesMajor());
    }

    /** At least one point as long as the ticket is there at all. */
    int whileWaiting(int points) {
        return Math.max(1, Math.ceilDiv(points * waitingPercent, 100));
    }
}
