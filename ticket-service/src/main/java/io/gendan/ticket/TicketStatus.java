package io.gendan.ticket;

/** Where a ticket is in its life. What is allowed where stands in the table of commands. */
public enum TicketStatus {
    /** Nobody has it yet. */
    NEW,
    /** An agent was given it and has not taken it up. */
    ASSIGNED,
    IN_PROGRESS,
    /** The agent waits for somebody; see {@link io.gendan.events.WaitingReason}. */
    WAITING,
    /** Solved as we see it; the customer may still object. */
    RESOLVED,
    /** The customer objected. */
    REOPENED,
    CLOSED,
    /** Nothing is left to do, and nothing was solved. */
    CANCELLED,
    /** Its matter is gone after in another ticket. */
    MERGED;

    /** Whether somebody still has to do something for the customer. */
    boolean isOpen() {
        return switch (this) {
            case NEW, ASSIGNED, IN_PROGRESS, WAITING, REOPENED -> true;
            case RESOLVED, CLOSED, CANCELLED, MERGED -> false;
        };
    }
}
