package io.gendan.events;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** What makes a ticket major (重大). */
public enum Major {
    /** Somebody was hurt, or might have been. */
    SAFETY,
    /** Press or a court is involved. */
    MEDIA,
    /** An authority writes (12315 and others). */
    REGULATOR,
    /** Many customers report the same at once. */
    MASS,
    /** A value that a newer version of its writer knows and this one does not. */
    @JsonEnumDefaultValue
    UNKNOWN
}
