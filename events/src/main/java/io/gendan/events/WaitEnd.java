package io.gendan.events;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** Why a wait ended. */
public enum WaitEnd {
    /** The agent goes on. */
    RESUMED,
    /** The customer said something. */
    MESSAGE,
    /** The customer called or chatted, answered or not. */
    CONTACT,
    /** The promise that it was for was broken or withdrawn. */
    PROMISE,
    /** An agent was found for the ticket, which a leader had put to rest while one was sought. */
    ASSIGNED,
    /** Somebody of a higher tier took the ticket. */
    CLAIMED,
    /** Another agent took the ticket over. */
    TRANSFERRED,
    /** It lasted as long as such a wait may. */
    LIMIT,
    /** A value that a newer version of its writer knows and this one does not. */
    @JsonEnumDefaultValue
    UNKNOWN
}
