package io.gendan.escalation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What the customer of a ticket asks, and whether anybody answers.
 *
 * @param answered whether they heard from a person
 * @param asked when they asked what we have not answered since; of very much the first of it and
 *     the last, since a call that is told late leaves what came after it
 */
public record Questions(boolean answered, List<Instant> asked) {

    static final Questions NONE = new Questions(false, List.of());

    private static final int MOST = 20;

    public Questions {
        asked = List.copyOf(asked);
    }

    Questions and(Instant at) {
        var more = new ArrayList<>(asked);
        if (more.size() == MOST) {
            more.remove(MOST / 2);
        }
        more.add(at);
        return new Questions(answered, more);
    }

    Questions answeredUntil(Instant until) {
        return new Questions(true, asked.stream().filter(at -> at.isAfter(until)).toList());
    }

    Questions answeredAt(Instant at) {
        return new Questions(answered, asked.stream().filter(one -> !one.equals(at)).toList());
    }
}
