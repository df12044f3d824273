package io.gendan.events;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** Whether a problem is solved, in the customer's words. */
public enum Solved {
    YES,
    PARTLY,
    NO,
    /** A value that a newer version of its writer knows and this one does not. */
    @JsonEnumDefaultValue
    UNKNOWN
}
