package io.gendan.escalation;

import io.gendan.events.TicketEvent.WaitingStarted;
import io.gendan.events.WaitingReason;

/**
 * For what a ticket waits.
 *
 * @param search whether the carrier looks for the parcel
 */
record Wait(WaitingReason reason, boolean search) {

    static Wait of(WaitingStarted started) {
        return new Wait(started.reason(), Boolean.TRUE.equals(started.search()));
    }
}
