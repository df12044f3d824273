package io.gendan.escalation;

import java.time.Duration;

/**
 * When a tier counts as flooded, and what is done then: more stand in its line than it took within
 * the last {@code hours}, and {@code least} or more.
 *
 * @param defer by how much a climb to it is put off
 */
public record Surge(int hours, int least, Duration defer) {

    /**
     * How much work a tier has, and how much it does.
     *
     * @param claimed within the hours of the guard
     */
    record Line(int queued, int claimed) {}

    boolean isFlooded(Line line) {
        return line.queued() >= least && line.queued() > line.claimed();
    }
}
