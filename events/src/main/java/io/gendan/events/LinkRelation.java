package io.gendan.events;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** What a ticket is to another. */
public enum LinkRelation {
    RELATED,
    /** The other was closed, and the customer came back. */
    FOLLOW_UP_OF,
    /** The other side of that. */
    FOLLOWED_BY,
    /** The same matter, closed a short time ago. */
    REPEAT_OF,
    /** The other side of that. */
    REPEATED_BY,
    /** A value that a newer version of its writer knows and this one does not. */
    @JsonEnumDefaultValue
    UNKNOWN
}
