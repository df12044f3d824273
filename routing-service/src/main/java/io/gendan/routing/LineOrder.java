package io.gendan.routing;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/**
 * Who is next in a team's line: VIPs first, at most so many in a row while others stand there, then
 * the oldest. A ticket's age counts from before it came, by the head start of its kind: urgent ones
 * overtake, and nobody is overtaken for ever.
 */
final class LineOrder {

    record Place(UUID ticketId, boolean vip, Instant lineFrom) {}

    private static final Comparator<Place> OLDEST =
            Comparator.comparing(Place::lineFrom).thenComparing(Place::ticketId);

    private LineOrder() {}

    /** Everybody, the next one first. */
    static List<Place> of(List<Place> places, int vipsInARow, int atMost) {
        var othersFirst = vipsInARow >= atMost;
        return places.stream()
                .sorted(
                        Comparator.comparing((Place place) -> place.vip() == othersFirst)
                                .thenComparing(OLDEST))
                .toList();
    }

    /** How many VIPs have left in a row once this one leaves. */
    static int afterLeaving(Place place, int vipsInARow) {
        return place.vip() ? vipsInARow + 1 : 0;
    }
}
