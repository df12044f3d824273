package io.gendan.events;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** What the customer wants of us (工单类型). */
public enum Kind {
    /** 咨询. */
    CONSULTATION,
    /** 业务办理: return, exchange, refund, order change, invoice; no blame. */
    REQUEST,
    /** 投诉. */
    COMPLAINT,
    /** 建议. */
    SUGGESTION,
    /** A value that a newer version of its writer knows and this one does not. */
    @JsonEnumDefaultValue
    UNKNOWN
}
