package io.gendan.events;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** What a clock has done while it runs on (步骤). */
public enum ClockStep {
    /** Whoever has the ticket and has not accepted it loses it to another agent, if one is free. */
    OFFER_AGAIN,
    /** The leader is to look after it. */
    TELL_LEADER,
    /** The customer who is waited for is reminded. */
    REMIND_CUSTOMER,
    /** A value that a newer version of its writer knows and this one does not. */
    @JsonEnumDefaultValue
    UNKNOWN
}
