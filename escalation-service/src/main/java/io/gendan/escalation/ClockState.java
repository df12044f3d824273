package io.gendan.escalation;

/** How a {@link Clock} stands. */
public enum ClockState {
    /** Time passes. */
    RUNNING,
    /** Rests while the ticket waits for the customer; what is left is kept. */
    PAUSED,
    /** What it waited for happened, or is no longer wanted. */
    STOPPED,
    /** Ran out. */
    ELAPSED,
    /** Its ticket is merged into another; if that is undone it goes on as if it had not been. */
    MERGED
}
