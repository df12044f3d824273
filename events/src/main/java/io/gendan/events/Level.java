package io.gendan.events;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** How experienced an agent is (级别). */
public enum Level {
    /** 初级. */
    JUNIOR,
    /** 中级. */
    INTERMEDIATE,
    /** 高级. */
    SENIOR,
    /** A value that a newer version of its writer knows and this one does not. */
    @JsonEnumDefaultValue
    UNKNOWN
}
