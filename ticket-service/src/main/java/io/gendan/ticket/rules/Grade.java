package io.gendan.ticket.rules;

/** How much the shop makes of a customer. */
public enum Grade {
    NORMAL,
    /** Pays for the membership. */
    MEMBER,
    KEY,
    ENTERPRISE
}
