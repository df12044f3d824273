package io.gendan.events;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** What came of a customer's call or chat. */
public enum ContactOutcome {
    /** 接起. */
    ANSWERED,
    /** 未接. */
    MISSED,
    /** 放弃. */
    ABANDONED,
    /** A value that a newer version of its writer knows and this one does not. */
    @JsonEnumDefaultValue
    UNKNOWN
}
