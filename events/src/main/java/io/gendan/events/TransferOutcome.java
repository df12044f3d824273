package io.gendan.events;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** How a transfer ended that came to nothing. */
public enum TransferOutcome {
    /** Whoever was offered it did not want it. */
    DECLINED,
    /** Whoever asked for it no longer does. */
    WITHDRAWN,
    /** Nobody there can take it. */
    REFUSED,
    /** Whoever was offered it did not answer in time. */
    EXPIRED,
    /** A value that a newer version of its writer knows and this one does not. */
    @JsonEnumDefaultValue
    UNKNOWN
}
