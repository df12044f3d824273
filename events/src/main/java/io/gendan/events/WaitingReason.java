package io.gendan.events;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/**
 * What a ticket waits for (待…); only {@code CUSTOMER} and {@code AGREED} rest the resolution clock.
 */
public enum WaitingReason {
    CUSTOMER,
    AGREED,
    MERCHANT,
    WAREHOUSE,
    CARRIER,
    BANK,
    INTERNAL,
    /** A value that a newer version of its writer knows and this one does not. */
    @JsonEnumDefaultValue
    UNKNOWN
}
