package io.gendan.events;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** Why a ticket climbs. */
public enum EscalationCause {
    /** A clock ran out. */
    TIME,
    /** An agent asked for it. */
    AGENT,
    /** The customer asked for it. */
    CUSTOMER,
    /** Reopened twice; or reopened where nobody of its tier goes on with it, and it stays there. */
    REOPENED,
    /** A promise was broken. */
    PROMISE,
    /** The survey said so. */
    LOW_SCORE,
    /** The ticket is {@link Major}. */
    MAJOR,
    /** The tiers below do not serve its like, though it is not major. */
    PASSED_OVER,
    /** A value that a newer version of its writer knows and this one does not. */
    @JsonEnumDefaultValue
    UNKNOWN
}
