package io.gendan.events;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** How far an order is. */
public enum OrderStatus {
    /** 已下单. */
    PLACED,
    /** 已发货. */
    DISPATCHED,
    /** 已签收. */
    DELIVERED,
    /** 已取消. */
    CANCELLED,
    /** A value that a newer version of its writer knows and this one does not. */
    @JsonEnumDefaultValue
    UNKNOWN
}
