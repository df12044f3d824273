package io.gendan.ticket;

/** What a channel tells a customer; each channel has its own words for all but the first. */
public enum DeliveryKind {
    /** What one of us wrote. */
    MESSAGE,
    /** We still wait for the customer. */
    REMINDER,
    /** Is it solved? */
    SURVEY
}
