package io.gendan.events;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** Through whom a complaint came from outside, or what else is owed an answer in writing (投诉来源). */
public enum AuthoritySource {
    /** The national platform 12315, settled directly with the customer. */
    PLATFORM_12315,
    /** A market regulator who mediates. */
    AUTHORITY_12315,
    /** The hotline of a city. */
    HOTLINE_12345,
    /** Appeals about parcels, to the post's regulator. */
    POST_12305,
    /** A consumers' association. */
    ASSOCIATION,
    /** A court, or the press. */
    COURT_MEDIA,
    /**
     * The customer alone, who wants to see, correct or erase what we know of them (个人信息请求). The law
     * gives such a request a deadline, but no authority asks, and it need be no complaint.
     */
    PERSONAL_DATA,
    /** A value that a newer version of its writer knows and this one does not. */
    @JsonEnumDefaultValue
    UNKNOWN
}
