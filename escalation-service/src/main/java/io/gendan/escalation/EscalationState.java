package io.gendan.escalation;

/** How far an {@link Escalation} is. */
public enum EscalationState {
    /** Proposed to the ticket. */
    RAISED,
    /** The ticket climbed; it stands in the queue of its tier. */
    QUEUED,
    /** Somebody took it; the ticket has not said yes yet. */
    CLAIMED,
    /** The ticket is theirs. */
    CONFIRMED,
    /** The ticket said no: it had moved on. */
    REFUSED,
    /** Nobody needs to take it any more. */
    OVER
}
