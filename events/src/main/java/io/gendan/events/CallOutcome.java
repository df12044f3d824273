package io.gendan.events;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** What came of calling a customer (外呼结果). */
public enum CallOutcome {
    /** 接通. */
    REACHED,
    /** 无人接. */
    NO_ANSWER,
    /** 占线. */
    BUSY,
    /** 关机. */
    SWITCHED_OFF,
    /** 号码错误. */
    WRONG_NUMBER,
    /** 拒接. */
    REFUSED,
    /** 另约. */
    CALL_LATER,
    /** A value that a newer version of its writer knows and this one does not. */
    @JsonEnumDefaultValue
    UNKNOWN;

    /** Whether the customer has spoken with us, be it only to name the hour to be called at. */
    public boolean hasReached() {
        return switch (this) {
            case REACHED, CALL_LATER -> true;
            case NO_ANSWER, BUSY, SWITCHED_OFF, WRONG_NUMBER, REFUSED, UNKNOWN -> false;
        };
    }
}
