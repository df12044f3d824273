package io.gendan.escalation;

import static io.gendan.events.ClockKind.CLOSING;
import static io.gendan.events.ClockKind.CONFIRMATION;
import static io.gendan.events.ClockKind.FIRST_RESPONSE;
import static io.gendan.events.ClockKind.NEXT_RESPONSE;
import static io.gendan.events.ClockKind.PROMISE;
import static io.gendan.events.ClockKind.RESOLUTION;
import static io.gendan.events.ClockKind.SURVEY;
import static io.gendan.events.ClockKind.TIER_RESOLUTION;
import static io.gendan.events.ClockKind.TIER_RESPONSE;
import static io.gendan.events.ClockKind.UNKNOWN;
import static io.gendan.events.ClockKind.WAITING;

import io.gendan.events.ClockKind;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** What the kinds of clocks differ in. */
final class ClockKinds {

    /** Their target is the policy's; the others are due when somebody said so. */
    static final Set<ClockKind> BY_POLICY = EnumSet.complementOf(EnumSet.of(PROMISE, UNKNOWN));

    /**
     * A version of the policy has a most general line for each of them; one that says nothing about
     * the others has no such clocks.
     */
    static final Set<ClockKind> NEEDED =
            EnumSet.of(
                    FIRST_RESPONSE,
                    NEXT_RESPONSE,
                    RESOLUTION,
                    TIER_RESPONSE,
                    TIER_RESOLUTION,
                    CONFIRMATION);

    /** A version that is written now has a most general line for these, which older ones lack. */
    static final Set<ClockKind> WRITTEN = with(NEEDED, CLOSING);

    /** Get the targets of a version that a running ticket is put under. A wait began as it did. */
    static final Set<ClockKind> MOVED_BY_POLICY = WRITTEN;

    /** One wait each. */
    static final Set<ClockKind> OF_THE_WAIT = EnumSet.of(WAITING);

    /** Stopped by what we say to the customer. */
    static final Set<ClockKind> RESPONSES = EnumSet.of(FIRST_RESPONSE, NEXT_RESPONSE);

    /** Rest while the ticket waits for the customer. */
    static final Set<ClockKind> RESTING = EnumSet.of(RESOLUTION, TIER_RESOLUTION);

    /** Start anew with each stay; the others never do. */
    static final Set<ClockKind> OF_THE_TIER = EnumSet.of(TIER_RESPONSE, TIER_RESOLUTION);

    /** Of no use once the ticket is resolved. A promise is one until the ticket says otherwise. */
    static final Set<ClockKind> OVER_WHEN_RESOLVED =
            EnumSet.of(
                    FIRST_RESPONSE,
                    NEXT_RESPONSE,
                    TIER_RESPONSE,
                    TIER_RESOLUTION,
                    CONFIRMATION,
                    WAITING);

    /** Ended by a reopening, after which the tier begins anew. */
    static final Set<ClockKind> OVER_WHEN_REOPENED =
            EnumSet.of(CONFIRMATION, CLOSING, SURVEY, TIER_RESPONSE, TIER_RESOLUTION);

    /**
     * Over with the ticket. What it leaves promised at its end may be for long after, and the
     * customer may be asked for as long as they are.
     */
    static final Set<ClockKind> OVER_WHEN_CLOSED =
            EnumSet.complementOf(EnumSet.of(PROMISE, SURVEY));

    /** The ticket itself answers when they run out; the others raise it. */
    static final Set<ClockKind> ANSWERED_BY_THE_TICKET =
            EnumSet.of(CONFIRMATION, PROMISE, WAITING, SURVEY, CLOSING);

    /** By these a ticket climbs. */
    static final Set<ClockKind> RAISING =
            EnumSet.complementOf(EnumSet.copyOf(ANSWERED_BY_THE_TICKET));

    /** Nobody has to do anything before these run out. */
    static final Set<ClockKind> UNWARNED = EnumSet.of(CONFIRMATION, SURVEY);

    /** So many stay that are over when another starts; of the other kinds all do. */
    static final Map<ClockKind, Integer> KEPT_WHEN_OVER = Map.of(CLOSING, 0, NEXT_RESPONSE, 5);

    /** Nobody of us has anything to do by the end of the others, which outlive the ticket. */
    static final Set<ClockKind> OURS = EnumSet.complementOf(EnumSet.of(SURVEY));

    private ClockKinds() {}

    private static Set<ClockKind> with(Set<ClockKind> kinds, ClockKind another) {
        var more = EnumSet.copyOf(kinds);
        more.add(another);
        return more;
    }
}
