package io.gendan.events;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** What a promise is for. */
public enum PromisePurpose {
    /** What an agent told the customer. */
    OWN,
    /** To call back who could not reach us, or asked to be called at another hour. */
    CALLBACK,
    /** To tell how far it is, as long as the ticket is open. */
    PROGRESS,
    /** To ask again who was not content, or whether what was solved still is. */
    REVISIT,
    /** What becomes of a suggestion by a day; it may be long after the ticket is over. */
    PLANNED,
    /** To say what will be done about something major, or that an authority asks about. */
    PLAN,
    /** To call about something major, or that an authority asks about, as soon as it is such. */
    FIRST_CALL,
    /** Ours alone, not the customer's: to find out whether the ticket is {@link Major}. */
    MAJOR_CHECK,
    /** A value that a newer version of its writer knows and this one does not. */
    @JsonEnumDefaultValue
    UNKNOWN
}
