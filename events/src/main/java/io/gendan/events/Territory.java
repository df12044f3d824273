package io.gendan.events;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** The seven regions that customers are served by (属地). */
public enum Territory {
    /** 华北. */
    NORTH,
    /** 东北. */
    NORTHEAST,
    /** 华东. */
    EAST,
    /** 华南. */
    SOUTH,
    /** 华中. */
    CENTRAL,
    /** 西北. */
    NORTHWEST,
    /** 西南. */
    SOUTHWEST,
    /** A value that a newer version of its writer knows and this one does not. */
    @JsonEnumDefaultValue
    UNKNOWN
}
