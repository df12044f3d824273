package io.gendan.messaging;

import org.jspecify.annotations.Nullable;

import java.util.TreeSet;
import java.util.UUID;

/** How far a key of a topic has been applied, locked for the transaction. */
final class Position {

    final String key;
    private long last;
    private final TreeSet<Long> leftOut;
    private @Nullable UUID blockedBy;
    private @Nullable UUID gapLetter;

    Position(
            String key,
            long last,
            TreeSet<Long> leftOut,
            @Nullable UUID blockedBy,
            @Nullable UUID gapLetter) {
        this.key = key;
        this.last = last;
        this.leftOut = leftOut;
        this.blockedBy = blockedBy;
        this.gapLetter = gapLetter;
    }

    long last() {
        return last;
    }

    TreeSet<Long> leftOut() {
        return leftOut;
    }

    @Nullable UUID blockedBy() {
        return blockedBy;
    }

    @Nullable UUID gapLetter() {
        return gapLetter;
    }

    boolean isBlocked() {
        return blockedBy != null;
    }

    boolean hasApplied(long sequence) {
        return sequence <= last;
    }

    /** Whether it is the next one, where those that were left out need not have come. */
    boolean takes(long sequence) {
        if (sequence - last - 1 > leftOut.size()) {
            return false;
        }
        for (long before = last + 1; before < sequence; before++) {
            if (!leftOut.contains(before)) {
                return false;
            }
        }
        return true;
    }

    void moveTo(long sequence) {
        last = sequence;
        leftOut.headSet(sequence, true).clear();
    }

    /**
     * Does not wait for it any longer, but would still take it: what was left out may have been a
     * forgery of one that is to come.
     */
    void leaveOut(long sequence) {
        if (sequence > last) {
            leftOut.add(sequence);
        }
    }

    void block(UUID letter) {
        blockedBy = letter;
    }

    void unblock() {
        blockedBy = null;
    }

    void openGap(UUID letter) {
        gapLetter = letter;
    }

    void closeGap() {
        gapLetter = null;
    }
}
