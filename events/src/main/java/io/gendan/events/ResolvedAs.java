package io.gendan.events;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** As what a ticket counts as resolved. */
public enum ResolvedAs {
    SOLVED,
    /** The customer was waited for as long as a ticket may and did not reply; nobody is asked. */
    NO_REPLY,
    /** A value that a newer version of its writer knows and this one does not. */
    @JsonEnumDefaultValue
    UNKNOWN
}
