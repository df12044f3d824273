package io.gendan.ticket;

import java.time.Instant;
import java.util.UUID;

/** What each event of a ticket begins with: of which, in which round and stay, and when. */
record Stamp(UUID ticketId, int round, int stay, Instant at) {

    Stamp inNextRound() {
        return new Stamp(ticketId, round + 1, stay, at);
    }

    Stamp inNextStay() {
        return new Stamp(ticketId, round, stay + 1, at);
    }
}
