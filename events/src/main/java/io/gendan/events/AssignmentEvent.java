package io.gendan.events;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What routing-service decided about a ticket. Topic {@link Topics#ASSIGNMENTS}. */
public sealed interface AssignmentEvent extends Event {

    UUID ticketId();

    /** The round that the decision was made for. */
    int round();

    @Override
    default String key() {
        return ticketId().toString();
    }

    /** A proposal: the ticket takes it only while the round is open. */
    record AgentChosen(
            UUID ticketId,
            int round,
            Instant at,
            Territory territory,
            Territory servedBy,
            String team,
            String agent,
            String agentName,
            Decision decision)
            implements AssignmentEvent {}

    /** Nobody is free: the ticket stands in the line of its team. */
    record AgentAwaited(
            UUID ticketId,
            int round,
            Instant at,
            Territory territory,
            Territory servedBy,
            String team,
            Decision decision)
            implements AssignmentEvent {}

    /** Nobody there can take it: the transfer of that round comes to nothing. */
    record TransferRefused(UUID ticketId, int round, Instant at, String reason)
            implements AssignmentEvent {}

    /** For an escalated ticket: the team of the tier; who of it is decided by claiming. */
    record TeamChosen(
            UUID ticketId,
            int round,
            int stay,
            Instant at,
            Territory territory,
            Territory servedBy,
            int tier,
            String team)
            implements AssignmentEvent {}

    /**
     * Why it came out like this.
     *
     * @param ruleVersion version of the routing rules that decided
     * @param territoryReason what the territory was read from
     * @param candidates everybody who was looked at, each with the reason for losing, the chosen
     *     one first
     */
    record Decision(String ruleVersion, String territoryReason, List<Candidate> candidates) {}

    /**
     * @param load points of work the agent has
     * @param capacity points of work the agent can have
     * @param verdict {@code chosen}, or why not
     */
    record Candidate(String agent, int load, int capacity, String verdict) {}
}
