package io.gendan.ticket;

/** What came of a promise. */
public enum PromiseOutcome {
    KEPT,
    /** Its time passed before anybody said that it was kept. */
    BROKEN,
    WITHDRAWN,
    /** It goes on at the ticket that this one was merged into, or went back from there. */
    MOVED
}
