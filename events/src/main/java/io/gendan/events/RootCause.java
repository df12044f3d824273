package io.gendan.events;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** What went wrong (根因). */
public enum RootCause {
    /** 产品设计. */
    PRODUCT_DESIGN,
    /** 批次缺陷. */
    BATCH_DEFECT,
    /** 页面信息. */
    PAGE_CONTENT,
    /** 库存数据. */
    STOCK_DATA,
    /** 拣货. */
    PICKING,
    /** 包装. */
    PACKING,
    /** 运输. */
    TRANSPORT,
    /** 末端配送. */
    LAST_MILE,
    /** 系统. */
    SYSTEM_FAULT,
    /** 活动规则. */
    PROMOTION_RULE,
    /** 政策. */
    POLICY,
    /** 服务差错. */
    SERVICE_ERROR,
    /** 知识缺失. */
    KNOWLEDGE_GAP,
    /** 预期差异. */
    EXPECTATION,
    /** A value that a newer version of its writer knows and this one does not. */
    @JsonEnumDefaultValue
    UNKNOWN
}
