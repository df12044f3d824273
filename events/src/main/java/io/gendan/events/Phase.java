package io.gendan.events;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** Where in the purchase the customer is (服务阶段). */
public enum Phase {
    /** 售前. */
    PRE_SALE,
    /** 售中. */
    IN_SALE,
    /** 售后. */
    AFTER_SALE,
    /** A value that a newer version of its writer knows and this one does not. */
    @JsonEnumDefaultValue
    UNKNOWN
}
