package io.gendan.escalation;

import io.gendan.api.Problem;

import java.util.Map;

/** Somebody has it, or nobody needs to take it any more. */
class EscalationTaken extends Problem {

    EscalationTaken(Escalation entry) {
        super(409, slug(entry), arguments(entry));
        with("state", entry.state());
        var claim = entry.claim();
        if (claim != null) {
            with(
                    "claimedBy",
                    Map.of(
                            "id", claim.agent(),
                            "name", claim.name(),
                            "team", claim.team(),
                            "at", claim.at()));
        }
    }

    private static String slug(Escalation entry) {
        return entry.claim() == null ? "escalation-over" : "escalation-taken";
    }

    private static Object[] arguments(Escalation entry) {
        var claim = entry.claim();
        return new Object[] {claim == null ? entry.state() : claim.name()};
    }
}
