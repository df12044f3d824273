package io.gendan.events;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** What becomes of a suggestion (建议结论). */
public enum SuggestionOutcome {
    /** 采纳. */
    ADOPTED,
    /** 部分采纳. */
    PARTLY,
    /** 纳入规划. */
    PLANNED,
    /** 不采纳. */
    NOT_ADOPTED,
    /** 已有功能. */
    EXISTS,
    /** A value that a newer version of its writer knows and this one does not. */
    @JsonEnumDefaultValue
    UNKNOWN
}
