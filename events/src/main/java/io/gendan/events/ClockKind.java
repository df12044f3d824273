package io.gendan.events;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** The running targets of a ticket (时限). */
public enum ClockKind {
    /** Towards the customer: the first answer by a person. */
    FIRST_RESPONSE,
    /** Towards the customer: the answer to a later message. */
    NEXT_RESPONSE,
    /** Towards the customer: the whole ticket. */
    RESOLUTION,
    /** Of one stay: claimed and accepted by the tier. */
    TIER_RESPONSE,
    /** Of one stay: resolved by the tier. */
    TIER_RESOLUTION,
    /** Of one resolution: how long the customer may object. */
    CONFIRMATION,
    /** Of one promise: until the time that the customer was told. */
    PROMISE,
    /** Of one wait: how long it may last. */
    WAITING,
    /** Of one resolution: how long the customer is asked whether it was one. */
    SURVEY,
    /** Of ours: from when a solved ticket is to be closed and is not. */
    CLOSING,
    /** A value that a newer version of its writer knows and this one does not. */
    @JsonEnumDefaultValue
    UNKNOWN
}
