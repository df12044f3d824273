package io.gendan.routing;

import io.gendan.events.Level;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Set;

/**
 * An agent in the race for a ticket.
 *
 * @param skills top categories and phases the agent may take; empty for all
 * @param load points of work in the ledger
 * @param open number of tickets in the ledger
 * @param knows whether an open ticket of the same customer is theirs
 */
record Contender(
        String agent,
        String name,
        Level level,
        Set<String> skills,
        boolean onDuty,
        int load,
        int open,
        boolean knows,
        @Nullable Instant lastChosenAt) {

    Contender {
        skills = Set.copyOf(skills);
    }

    Contender taking(int points, Instant now) {
        return new Contender(
                agent, name, level, skills, onDuty, load + points, open + 1, knows, now);
    }

    Contender knowing(boolean customer) {
        return new Contender(
                agent, name, level, skills, onDuty, load, open, customer, lastChosenAt);
    }
}
