package io.gendan.events;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** Through whom a complaint came from outside (投诉来源). */
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
    /** A value that a newer version of its writer knows and this one does not. */
    @JsonEnumDefaultValue
    UNKNOWN
}
