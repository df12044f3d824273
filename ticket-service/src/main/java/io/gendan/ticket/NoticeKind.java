package io.gendan.ticket;

/** Why one of us is told something. */
public enum NoticeKind {
    /** The customer asks again about what one has. */
    URGED,
    /** What one has is due to close and cannot yet. */
    CLOSING_REFUSED,
    /** What one has is solved and not closed for too long; the leaders are told, too. */
    CLOSING_OVERDUE,
    /** What one has, or answers for, was no solution. */
    REOPENED,
    /** The customer was not told what was said. */
    UNDELIVERED,
    /** What one answers for was ended by another. */
    OUTCOME,
    CONSULTED,
    CONSULTATION_ANSWERED,
    /** One of the leaders is to call a customer who was not content. */
    REVISIT,
    /** It is time to call again whom one did not reach. */
    CALL_AGAIN,
    TRANSFER_OFFERED,
    TRANSFER_ENDED,
    /** What one has, or a leader leads, sounds major: somebody is to say whether it is. */
    MAJOR_PROPOSED,
    /** What one solved is major: one asks the customer in person whether it is solved. */
    ASK_IN_PERSON,
    /** Somebody began to wait when hardly any time was left to solve it; a leader is told. */
    WAITS_LATE,
    /** What one has was waited for as long as it may be; the leaders are told, too. */
    WAIT_OVER,
    /** The customer was promised that one does something: by somebody, or for a missed call. */
    PROMISED,
    /**
     * What one promised, was to do, or took over was not done in time; the leaders are told, too,
     * of what was planned by somebody who is not there.
     */
    PROMISE_BROKEN,
    /** Much of the time for what one has, or promised, has passed. */
    TIME_RUNS,
    /** Hardly any time is left; the leaders are told. */
    NEARLY_DUE,
    /** The customer waits for an answer; the leaders are told. */
    NOT_ANSWERED,
    /** The time of the last tier has passed: it rings until somebody ends it. */
    LAST_TIER_OVERDUE
}
