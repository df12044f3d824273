package io.gendan.ticket;

import io.gendan.ticket.rules.Procedure.Deed;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was done for a ticket that its procedure and its closing ask for. Bounded: of each deed and
 * step there is one.
 *
 * @param steps those that somebody said were done
 * @param messages how many we sent
 * @param topTier the highest that it reached
 */
record Work(Map<Deed, Done> deeds, List<StepTaken> steps, int messages, int topTier) {

    /** What a resolution is made of is to be done anew after it was none. */
    private static final Set<Deed> OF_A_RESOLUTION =
            EnumSet.of(
                    Deed.MESSAGE,
                    Deed.AGREE,
                    Deed.NO_REPLY,
                    Deed.RESOLVE,
                    Deed.REVIEW,
                    Deed.CONFIRM);

    /**
     * @param by absent when it was the customer or time, or whoever had the line
     */
    record Done(@Nullable String by, Instant at) {}

    record StepTaken(String step, String by, Instant at) {}

    Work {
        deeds = Map.copyOf(deeds);
        steps = List.copyOf(steps);
    }

    static Work inTier(int tier) {
        return new Work(Map.of(), List.of(), 0, tier);
    }

    boolean has(Deed deed) {
        return deeds.containsKey(deed);
    }

    Work did(Deed deed, @Nullable String by, Instant at) {
        var more = new EnumMap<Deed, Done>(Deed.class);
        more.putAll(deeds);
        more.put(deed, new Done(by, at));
        return new Work(more, steps, messages, topTier);
    }

    Work told(String by, Instant at) {
        var told = did(Deed.MESSAGE, by, at);
        return new Work(told.deeds, steps, messages + 1, topTier);
    }

    /** On the phone, which may be told of late: what we said after it stands. */
    Work talked(@Nullable String by, Instant at) {
        var before = deeds.get(Deed.MESSAGE);
        return before != null && before.at().isAfter(at) ? this : did(Deed.MESSAGE, by, at);
    }

    Work took(String step, String by, Instant at) {
        var more = new ArrayList<>(steps);
        more.add(new StepTaken(step, by, at));
        return new Work(deeds, more, messages, topTier);
    }

    Work reached(int tier) {
        return new Work(deeds, steps, messages, Math.max(topTier, tier));
    }

    /** What was filed answers a letter that is not the ticket's. */
    Work unfiled() {
        var left = new EnumMap<Deed, Done>(Deed.class);
        left.putAll(deeds);
        left.remove(Deed.FILE);
        return new Work(left, steps, messages, topTier);
    }

    Work reopened() {
        var left = new EnumMap<Deed, Done>(Deed.class);
        left.putAll(deeds);
        left.keySet().removeAll(OF_A_RESOLUTION);
        return new Work(left, steps, messages, topTier);
    }
}
