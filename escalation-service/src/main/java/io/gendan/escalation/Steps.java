package io.gendan.escalation;

import io.gendan.events.ClockStep;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The steps of one clock. Under another version of the policy those to come are the other's, and
 * what was taken is not taken again: the second reminder stays the second.
 *
 * @param coming in the order in which they are taken
 */
public record Steps(List<Step> coming, List<Taken> taken) {

    public record Taken(ClockStep what, Duration after, Instant at) {}

    public Steps {
        coming = List.copyOf(coming);
        taken = List.copyOf(taken);
    }

    static Steps of(List<Step> coming) {
        return new Steps(coming, List.of());
    }

    /** As the policy names them. */
    List<Step> all() {
        return Stream.concat(
                        taken.stream().map(step -> new Step(step.after(), step.what())),
                        coming.stream())
                .toList();
    }

    Steps under(List<Step> others) {
        var used = new ArrayList<>(taken.stream().map(Taken::what).toList());
        return new Steps(others.stream().filter(step -> !used.remove(step.what())).toList(), taken);
    }

    Steps take(List<Step> due, Instant at) {
        var left = new ArrayList<>(coming);
        left.removeAll(due);
        var all = new ArrayList<>(taken);
        due.forEach(step -> all.add(new Taken(step.what(), step.after(), at)));
        return new Steps(left, all);
    }
}
