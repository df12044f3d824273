package io.gendan.ticket;

/** What a channel tells a customer; for all but a message a channel may have words of its own. */
public enum DeliveryKind {
    /** What one of us wrote. */
    MESSAGE,
    /** We have the request, and this is its number and link. */
    RECEIPT,
    /** We still wait for the customer. */
    REMINDER,
    /** It is solved; where nobody asks whether it is. */
    SOLVED,
    /** We have stopped, for the customer did not answer. */
    NO_REPLY,
    /** Is it solved? */
    SURVEY,
    /** Is all well with an order? Of no ticket. */
    ORDER_SURVEY
}
