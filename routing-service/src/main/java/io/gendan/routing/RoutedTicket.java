package io.gendan.routing;

import io.gendan.events.Territory;
import io.gendan.events.TicketEvent.FactsChanged;
import io.gendan.events.TicketEvent.TicketAccepted;
import io.gendan.events.TicketEvent.TicketAssigned;
import io.gendan.events.TicketEvent.TicketCancelled;
import io.gendan.events.TicketEvent.TicketClosed;
import io.gendan.events.TicketEvent.TicketEscalated;
import io.gendan.events.TicketEvent.TicketMerged;
import io.gendan.events.TicketEvent.TicketReopened;
import io.gendan.events.TicketEvent.TicketResolved;
import io.gendan.events.TicketEvent.TicketUnmerged;
import io.gendan.events.TicketEvent.TransferRequested;
import io.gendan.events.Topics;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/**
 * A ticket as routing sees it: what it needs, where it belongs, and whether somebody has it. Folded
 * from the ticket's own events; routing's proposals change nothing in here.
 *
 * @param lineFrom since when it counts as waiting when it stands in a line
 * @param agent who has it, or had it last
 * @param heldBy everybody who has or had it
 */
record RoutedTicket(
        UUID id,
        Need need,
        Instant lineFrom,
        Territory territory,
        String territoryReason,
        String team,
        int tier,
        int round,
        int stay,
        Stage stage,
        @Nullable String agent,
        Set<String> heldBy) {

    RoutedTicket {
        heldBy = Set.copyOf(heldBy);
    }

    enum Stage {
        /** Needs an agent of tier 1: one is proposed, or it stands in the line. */
        SOUGHT,
        /** Somebody has it and has not accepted it. */
        OFFERED,
        /** Somebody works on it. */
        HELD,
        /**
         * Stands in the queue of a higher tier; whoever had it answers for it until it is claimed.
         */
        QUEUED,
        /** Solved, may come back. */
        RESOLVED,
        /** Over. */
        CLOSED
    }

    RoutedTicket on(TicketAssigned assigned) {
        return at(
                        assigned.tier(),
                        assigned.round(),
                        assigned.stay(),
                        Stage.OFFERED,
                        assigned.agent())
                .with(need.withRefusedBy(Set.of()), team);
    }

    RoutedTicket on(TicketAccepted accepted) {
        return at(tier, accepted.round(), accepted.stay(), Stage.HELD, accepted.agent());
    }

    RoutedTicket on(TicketEscalated escalated) {
        return sought(escalated.toTier(), escalated.round(), escalated.stay());
    }

    RoutedTicket on(TicketReopened reopened) {
        return reopened.agent() == null
                ? sought(tier, reopened.round(), reopened.stay())
                : at(tier, reopened.round(), reopened.stay(), Stage.HELD, reopened.agent());
    }

    RoutedTicket on(TicketResolved resolved) {
        return at(tier, resolved.round(), resolved.stay(), Stage.RESOLVED, agent);
    }

    RoutedTicket on(TicketClosed closed) {
        return at(tier, closed.round(), closed.stay(), Stage.CLOSED, agent);
    }

    RoutedTicket on(TicketCancelled cancelled) {
        return at(tier, cancelled.round(), cancelled.stay(), Stage.CLOSED, agent);
    }

    /** The stage is kept for the undo; a merged ticket is nobody's load and in no line. */
    RoutedTicket on(TicketMerged merged) {
        return at(tier, merged.round(), merged.stay(), stage, agent);
    }

    RoutedTicket on(TicketUnmerged unmerged) {
        return at(tier, unmerged.round(), unmerged.stay(), stage, agent);
    }

    /** Who has it keeps it in the new round, until somebody else accepted it. */
    RoutedTicket on(TransferRequested requested) {
        return at(tier, requested.round(), requested.stay(), stage, agent)
                .with(need.withRefusedBy(Set.of()), team);
    }

    /** It is about something else: whoever it is wanted from is sought anew in another round. */
    RoutedTicket on(FactsChanged changed, Need other, Instant otherLineFrom, Home home) {
        boolean isSoughtAnew = changed.round() > round;
        return new RoutedTicket(
                id,
                isSoughtAnew ? other.withRefusedBy(Set.of()) : other,
                otherLineFrom,
                home.territory(),
                home.reason(),
                team,
                tier,
                changed.round(),
                changed.stay(),
                isSoughtAnew ? stageSoughtIn(tier) : stage,
                agent,
                heldBy);
    }

    /** Where it belongs, and what that was read from. */
    record Home(Territory territory, String reason) {}

    RoutedTicket refusedBy(String refused) {
        return with(need.refusedAlsoBy(refused), team);
    }

    RoutedTicket servedBy(String otherTeam) {
        return with(need, otherTeam);
    }

    /** Whether a choice made for that round is still wanted. */
    boolean isSoughtIn(int proposedRound) {
        return stage == Stage.SOUGHT && round == proposedRound;
    }

    /** Whether an agent to whom routing gave it in that stay has not accepted it. */
    boolean isOfferedIn(int thatStay) {
        return stage == Stage.OFFERED && stay == thatStay && tier < Topics.FIRST_QUEUED_TIER;
    }

    /** Whether it stands in that stay where an agent of tier 1 is sought. */
    boolean isStillSoughtIn(int thatStay) {
        return stage == Stage.SOUGHT && stay == thatStay;
    }

    private RoutedTicket sought(int inTier, int inRound, int inStay) {
        return at(inTier, inRound, inStay, stageSoughtIn(inTier), agent)
                .with(need.withRefusedBy(Set.of()), team);
    }

    static Stage stageSoughtIn(int tier) {
        return tier < Topics.FIRST_QUEUED_TIER ? Stage.SOUGHT : Stage.QUEUED;
    }

    private RoutedTicket at(
            int nowTier, int nowRound, int nowStay, Stage nowStage, @Nullable String nowAgent) {
        var holders = new HashSet<>(heldBy);
        if (nowAgent != null) {
            holders.add(nowAgent);
        }
        return new RoutedTicket(
                id,
                need,
                lineFrom,
                territory,
                territoryReason,
                team,
                nowTier,
                nowRound,
                nowStay,
                nowStage,
                nowAgent,
                holders);
    }

    private RoutedTicket with(Need nowNeed, String nowTeam) {
        return new RoutedTicket(
                id,
                nowNeed,
                lineFrom,
                territory,
                territoryReason,
                nowTeam,
                tier,
                round,
                stay,
                stage,
                agent,
                heldBy);
    }
}
