package io.gendan.events;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** What keeps many tickets at once from being worked on as usual. */
public enum EmergencyKind {
    SYSTEM_FAILURE,
    MAJOR_COMPLAINT,
    /** Of nature, or another event beyond the company. */
    DISASTER,
    /** A value that a newer version of its writer knows and this one does not. */
    @JsonEnumDefaultValue
    UNKNOWN
}
