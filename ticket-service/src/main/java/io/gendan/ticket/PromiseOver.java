package io.gendan.ticket;

import io.gendan.api.Problem;

/** A promise ends once. Nothing was changed. */
final class PromiseOver extends Problem {

    PromiseOver(PromiseOutcome outcome) {
        super(409, "promise-over", outcome.name());
        with("outcome", outcome.name());
    }
}
