package io.gendan.ticket;

/** What came of a promise. */
public enum PromiseOutcome {
    KEPT,
    /** Its time passed before anybody said that it was kept. */
    BROKEN,
    WITHDRAWN
}
