package io.gendan.events;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** Who is at fault (责任方). */
public enum ResponsibleSide {
    /** 客户. */
    CUSTOMER,
    /** 平台. */
    PLATFORM,
    /** 商家. */
    SELLER,
    /** 供应商. */
    SUPPLIER,
    /** 仓储. */
    WAREHOUSE,
    /** 承运商. */
    CARRIER,
    /** 服务商. */
    TECHNICIAN,
    /** 客服. */
    AGENT,
    /** 不可抗力. */
    FORCE_MAJEURE,
    /** 未判定. */
    UNDETERMINED,
    /** A value that a newer version of its writer knows and this one does not. */
    @JsonEnumDefaultValue
    UNKNOWN
}
