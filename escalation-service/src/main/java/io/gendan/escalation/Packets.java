package io.gendan.escalation;

import io.gendan.events.HandOffPacket;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/**
 * What several say who want the same escalation. The words of who was first stay; those of others
 * follow, nothing stands there twice, and what is too much to read is left to the timeline.
 */
final class Packets {

    private static final int MOST_READ = 8_000;

    private Packets() {}

    static HandOffPacket both(HandOffPacket first, HandOffPacket later) {
        return new HandOffPacket(
                Objects.requireNonNull(both(first.tried(), later.tried())),
                both(first.evidence(), later.evidence()),
                Objects.requireNonNull(both(first.asked(), later.asked())),
                both(first.promised(), later.promised()));
    }

    private static @Nullable String both(@Nullable String first, @Nullable String later) {
        if (first == null || first.isBlank()) {
            return later == null ? first : later;
        }
        if (later == null || later.isBlank() || says(first, later)) {
            return first;
        }
        return first.length() + later.length() < MOST_READ ? first + "\n" + later : first;
    }

    /** In lines of its own: a short word may well be part of another. */
    private static boolean says(String first, String later) {
        return ("\n" + first + "\n").contains("\n" + later + "\n");
    }
}
