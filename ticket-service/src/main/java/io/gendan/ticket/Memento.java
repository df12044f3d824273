package io.gendan.ticket;

import io.gendan.events.CloseReason;
import io.gendan.events.Territory;
import io.gendan.events.WaitingReason;
import io.gendan.ticket.Ticket.Person;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * All of a ticket that changes, as a value.
 *
 * @param awaitedPromise whose end ends the wait
 * @param waitId which wait it is, if time may end it
 * @param survey of the last resolution that the customer is asked about
 * @param closingDue for which reason it closes when nothing is left to do
 * @param merge while it is merged into another
 * @param absorbed the tickets that are merged into it
 * @param transfer while somebody else shall have it
 * @param askedToClimbIn the last stay in which somebody wanted the next tier to have it
 * @param closingOverdue by when it was to be closed that was told last to be over
 * @param urged absent while the customer has not asked again
 * @param strain what presses by being counted
 * @param suspicion whether it sounds major
 * @param weighed what of it made it press, or did not
 * @param waitingSince when the wait began; absent when there is none, or nobody knows
 * @param reopenedAt when it was last
 * @param waitingSearch whether the carrier that is waited for looks for the parcel
 * @param inQueue whether it stands in the queue of its tier, where nobody has claimed it yet
 * @param solvedUnclaimed whether it is solved, and nobody had claimed it there by then
 */
record Memento(
        Facts facts,
        Work work,
        TicketStatus status,
        @Nullable WaitingReason waitingReason,
        @Nullable UUID awaitedPromise,
        @Nullable UUID waitId,
        @Nullable CloseReason closingDue,
        @Nullable Survey survey,
        List<Promise> promises,
        @Nullable Territory territory,
        @Nullable Territory servedBy,
        @Nullable String team,
        int tier,
        @Nullable Person assignee,
        @Nullable Person responsible,
        int round,
        int stay,
        boolean agentWanted,
        long version,
        Instant updatedAt,
        @Nullable Instant resolvedAt,
        @Nullable Instant closedAt,
        @Nullable Merge merge,
        List<Merge.Absorbed> absorbed,
        Talk talk,
        @Nullable Transfer transfer,
        @Nullable Integer askedToClimbIn,
        List<Consultation> consultations,
        List<Link> links,
        @Nullable Urged urged,
        @Nullable Instant closingOverdue,
        Strain strain,
        Suspicion suspicion,
        Weighed weighed,
        @Nullable Instant waitingSince,
        @Nullable Instant reopenedAt,
        @Nullable Boolean waitingSearch,
        boolean inQueue,
        boolean solvedUnclaimed) {

    /** What an older version kept has none of these. */
    Memento {
        consultations = Objects.requireNonNullElse(consultations, List.of());
        links = Objects.requireNonNullElse(links, List.of());
        talk = Objects.requireNonNullElse(talk, Talk.NONE);
        strain = Objects.requireNonNullElse(strain, Strain.NONE);
        suspicion = Objects.requireNonNullElse(suspicion, Suspicion.NONE).knowing(absorbed);
        weighed = weighed == null ? Weighed.of(Weighed.NOTHING, facts, strain) : weighed;
    }
}
