package io.gendan.escalation;

import io.gendan.escalation.calendar.Calendar;
import io.gendan.events.AuthoritySource;
import io.gendan.events.Channel;
import io.gendan.events.ClockKind;
import io.gendan.events.Kind;
import io.gendan.events.Major;
import io.gendan.events.Priority;
import io.gendan.events.WaitingReason;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One line of a policy. What is absent matches everything.
 *
 * <p><b>The most specific match wins.</b> Of all lines that match, the one that names the more
 * weighty condition is taken: the authority before what is waited for, that before whether the
 * carrier searches, that before major, major before kind, kind before VIP, VIP before priority,
 * priority before channel, channel before tier; where that is equal, the next one decides. One
 * condition outweighs all the lighter ones together, and no two lines of a version name the same,
 * so there is never a tie.
 *
 * @param authority through whom a complaint came, or that it asks about personal data
 * @param waiting for what, of a {@code WAITING} clock
 * @param search whether the carrier that is waited for looks for the parcel
 * @param target absent when there is to be no such clock; for {@code TIER_RESOLUTION} this passes
 *     over the tier
 * @param pressingTarget for VIP and urgent tickets
 * @param climbsAfter when the ticket climbs, if later than the target
 * @param steps what is done before it climbs, the earliest first
 * @param calendar code of the calendar by which all of these are counted
 * @param fromNextDay counted from the day after the authority's letter arrived
 * @param lastResort whether using it means that nobody thought of such a ticket
 */
public record PolicyRule(
        ClockKind clock,
        @Nullable AuthoritySource authority,
        @Nullable WaitingReason waiting,
        @Nullable Boolean search,
        @Nullable Major major,
        @Nullable Kind kind,
        @Nullable Boolean vip,
        @Nullable Priority priority,
        @Nullable Channel channel,
        @Nullable Integer tier,
        @Nullable Duration target,
        @Nullable Duration pressingTarget,
        @Nullable Duration climbsAfter,
        List<Step> steps,
        String calendar,
        boolean fromNextDay,
        boolean lastResort) {

    public PolicyRule {
        steps = List.copyOf(steps);
    }

    static final String LAST_RESORT = "last-resort";
    static final String PRESSING = "pressing";

    /** Some of the target was used by what came before. */
    static final String LEFT = "left";

    /** The authority's letter names the day. */
    static final String LETTER = "letter";

    /** What a line is about; once in a version. */
    record Conditions(
            ClockKind clock,
            @Nullable AuthoritySource authority,
            @Nullable WaitingReason waiting,
            @Nullable Boolean search,
            @Nullable Major major,
            @Nullable Kind kind,
            @Nullable Boolean vip,
            @Nullable Priority priority,
            @Nullable Channel channel,
            @Nullable Integer tier) {}

    /**
     * @param wait that the clock is about; absent for other clocks
     */
    boolean matches(ClockKind wanted, Facts facts, int onTier, @Nullable Wait wait) {
        return clock == wanted
                && (authority == null || authority == facts.source())
                && (waiting == null || wait != null && waiting == wait.reason())
                && (search == null || wait != null && search == wait.search())
                && (major == null || major == facts.major())
                && (kind == null || kind == facts.kind())
                && (vip == null || vip == facts.vip())
                && (priority == null || priority == facts.priority())
                && (channel == null || channel == facts.channel())
                && (tier == null || tier == onTier);
    }

    int weight() {
        return (authority == null ? 0 : 256)
                + (waiting == null ? 0 : 128)
                + (search == null ? 0 : 64)
                + (major == null ? 0 : 32)
                + (kind == null ? 0 : 16)
                + (vip == null ? 0 : 8)
                + (priority == null ? 0 : 4)
                + (channel == null ? 0 : 2)
                + (tier == null ? 0 : 1);
    }

    Conditions conditions() {
        return new Conditions(
                clock, authority, waiting, search, major, kind, vip, priority, channel, tier);
    }

    /** The conditions as words, the weightiest first: {@code kind=COMPLAINT tier=1 pressing}. */
    String basis(Facts facts) {
        return Stream.of(
                        named("authority", authority),
                        named("waiting", waiting),
                        named("search", search),
                        named("major", major),
                        named("kind", kind),
                        named("vip", vip),
                        named("priority", priority),
                        named("channel", channel),
                        named("tier", tier),
                        presses(facts) ? List.of(PRESSING) : List.<String>of(),
                        lastResort ? List.of(LAST_RESORT) : List.<String>of())
                .flatMap(List::stream)
                .collect(Collectors.joining(" "));
    }

    /** The authority that such a {@link #basis} names; absent when it names none. */
    static @Nullable AuthoritySource authority(String basis) {
        var weightiest = basis.split(" ", 2)[0];
        return Arrays.stream(AuthoritySource.values())
                .filter(source -> named("authority", source).contains(weightiest))
                .findFirst()
                .orElse(null);
    }

    boolean presses(Facts facts) {
        return facts.presses() && pressingTarget != null;
    }

    /** When the ticket climbs by it; absent when there is no such clock. */
    @Nullable Duration end() {
        return target == null || climbsAfter == null || climbsAfter.compareTo(target) < 0
                ? target
                : climbsAfter;
    }

    boolean countsAlways() {
        return calendar.equals(Calendar.ALWAYS.code());
    }

    private static List<String> named(String name, @Nullable Object value) {
        return value == null ? List.of() : List.of(name + "=" + value);
    }
}
