package io.gendan.escalation;

/** What clocks need to know about the state of a ticket. */
public enum TicketState {
    OPEN,
    /** For somebody, the customer or another. */
    WAITING,
    RESOLVED,
    CLOSED,
    /** Its matter is gone after in another ticket. */
    MERGED
}
