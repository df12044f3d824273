package io.gendan.ticket;

/** How a delivery ended. */
public enum DeliveryOutcome {
    DELIVERED,
    /** It failed too often, or nobody fetched it: its ticket says so, and the owner is told. */
    GIVEN_UP,
    /** What it was about is over. */
    WITHDRAWN
}
