package io.gendan.events;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** What a {@link Region} was read from, strongest first. */
public enum Evidence {
    /** The delivery address. */
    ADDRESS,
    /** The order's delivery address. */
    ORDER,
    /** The province that was given. */
    PROVINCE,
    /** The phone number. */
    PHONE,
    /** Nothing but the channel. */
    CHANNEL,
    /** A province was given that nobody knows, and nothing else told more. */
    UNRECOGNISED,
    /** A value that a newer version of its writer knows and this one does not. */
    @JsonEnumDefaultValue
    UNKNOWN
}
