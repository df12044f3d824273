package io.gendan.events;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** Why a ticket was closed (关单原因). */
public enum CloseReason {
    /** 客户确认. */
    CONFIRMED,
    /** 逾期无异议. */
    NO_OBJECTION,
    /** 客户撤回. */
    WITHDRAWN,
    /** 多次联系不上. */
    UNREACHABLE,
    /** 协商未果. */
    NO_AGREEMENT,
    /** 重复. */
    DUPLICATE,
    /** 无效进线. */
    INVALID,
    /** 已答复主管部门. */
    ANSWER_FILED,
    /** A value that a newer version of its writer knows and this one does not. */
    @JsonEnumDefaultValue
    UNKNOWN
}
