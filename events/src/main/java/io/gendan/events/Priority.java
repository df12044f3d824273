package io.gendan.events;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** How much it presses (优先级), most pressing first. */
public enum Priority {
    URGENT,
    HIGH,
    NORMAL,
    LOW,
    /** A value that a newer version of its writer knows and this one does not. */
    @JsonEnumDefaultValue
    UNKNOWN
}
