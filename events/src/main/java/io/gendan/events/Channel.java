package io.gendan.events;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** Where the customer speaks to us (渠道). */
public enum Channel {
    APP,
    WEB,
    WECHAT,
    PHONE,
    CHAT,
    EMAIL,
    MERCHANT,
    /** A value that a newer version of its writer knows and this one does not. */
    @JsonEnumDefaultValue
    UNKNOWN
}
