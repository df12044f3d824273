package io.gendan.escalation;

import io.gendan.events.EscalationCause;
import io.gendan.events.TicketEvent;
import io.gendan.events.TicketEvent.AssignmentRefused;
import io.gendan.events.TicketEvent.CallAttempted;
import io.gendan.events.TicketEvent.ClosingOverdue;
import io.gendan.events.TicketEvent.ClosingRefused;
import io.gendan.events.TicketEvent.ContactRecorded;
import io.gendan.events.TicketEvent.EscalationRefused;
import io.gendan.events.TicketEvent.EscalationRequested;
import io.gendan.events.TicketEvent.FactsChanged;
import io.gendan.events.TicketEvent.MessageReceived;
import io.gendan.events.TicketEvent.MessageSent;
import io.gendan.events.TicketEvent.OnRecord;
import io.gendan.events.TicketEvent.PromiseBroken;
import io.gendan.events.TicketEvent.PromiseKept;
import io.gendan.events.TicketEvent.PromiseMade;
import io.gendan.events.TicketEvent.PromiseWithdrawn;
import io.gendan.events.TicketEvent.SurveyAnswered;
import io.gendan.events.TicketEvent.SurveyEnded;
import io.gendan.events.TicketEvent.TicketAbsorbed;
import io.gendan.events.TicketEvent.TicketAccepted;
import io.gendan.events.TicketEvent.TicketAssigned;
import io.gendan.events.TicketEvent.TicketCancelled;
import io.gendan.events.TicketEvent.TicketClosed;
import io.gendan.events.TicketEvent.TicketCreated;
import io.gendan.events.TicketEvent.TicketEscalated;
import io.gendan.events.TicketEvent.TicketMerged;
import io.gendan.events.TicketEvent.TicketPlaced;
import io.gendan.events.TicketEvent.TicketReleased;
import io.gendan.events.TicketEvent.TicketReopened;
import io.gendan.events.TicketEvent.TicketResolved;
import io.gendan.events.TicketEvent.TicketUnmerged;
import io.gendan.events.TicketEvent.TicketUrged;
import io.gendan.events.TicketEvent.TransferEnded;
import io.gendan.events.TicketEvent.TransferRequested;
import io.gendan.events.TicketEvent.WaitingEnded;
import io.gendan.events.TicketEvent.WaitingStarted;
import io.gendan.events.Topics;
import io.gendan.messaging.DatabaseClock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * The queues of the tiers, as the tickets' own events fill and empty them, and the invitations to
 * them. A queue entry is the truth, an invitation only says that there is one.
 */
@Component
public class TierQueues {

    private static final Logger logger = LoggerFactory.getLogger(TierQueues.class);

    private static final String MERGED = "merged";

    private final Escalations escalations;
    private final Watches watches;
    private final Saying saying;
    private final Lateness lateness;
    private final DatabaseClock clock;
    private final EscalationSettings settings;

    TierQueues(
            Escalations escalations,
            Watches watches,
            Saying saying,
            Lateness lateness,
            DatabaseClock clock,
            EscalationSettings settings) {
        this.escalations = escalations;
        this.watches = watches;
        this.saying = saying;
        this.lateness = lateness;
        this.clock = clock;
        this.settings = settings;
    }

    /** Within the transaction that holds the ticket's lock. */
    void follow(TicketEvent event, Watch watch) {
        switch (event) {
            case TicketEscalated escalated -> enter(escalated, watch);
            case TicketAssigned assigned -> {
                if (assigned.tier() >= Topics.FIRST_QUEUED_TIER) {
                    changeOpen(event.ticketId(), entry -> entry.assignedTo(assigned.agent()));
                }
            }
            case EscalationRefused refused -> settle(refused);
            case FactsChanged _ -> changeOpen(event.ticketId(), entry -> entry.ordered(watch));
            case TicketResolved _ -> leave(event.ticketId(), "resolved");
            case TicketReopened reopened -> comeBack(reopened, watch);
            case TicketClosed _ -> leave(event.ticketId(), "closed");
            case TicketCancelled _ -> leave(event.ticketId(), "cancelled");
            case TicketMerged _ -> leave(event.ticketId(), MERGED);
            case TicketUnmerged unmerged -> enterAgain(unmerged, watch);
            case TicketCreated _,
                    TicketPlaced _,
                    TicketAccepted _,
                    AssignmentRefused _,
                    MessageReceived _,
                    MessageSent _,
                    WaitingStarted _,
                    WaitingEnded _,
                    ClosingRefused _,
                    ClosingOverdue _,
                    PromiseMade _,
                    PromiseKept _,
                    PromiseBroken _,
                    PromiseWithdrawn _,
                    SurveyAnswered _,
                    SurveyEnded _,
                    TicketAbsorbed _,
                    TicketReleased _,
                    TicketUrged _,
                    ContactRecorded _,
                    CallAttempted _,
                    TransferRequested _,
                    TransferEnded _,
                    EscalationRequested _,
                    OnRecord _ -> {
                // in the queue or not, it stays so
            }
        }
    }

    /** Invites again for entries that nobody took. */
    @Transactional
    public int inviteAgain() {
        var ids =
                escalations.lockLongSinceInvited(
                        settings.inviteAgainAfter(),
                        settings.inviteAgainWithin(),
                        settings.batch());
        var now = clock.now();
        var invited =
                ids.stream()
                        .flatMap(id -> escalations.find(id).stream())
                        .filter(Escalation::isQueued)
                        .map(entry -> entry.invitedAt(now))
                        .toList();
        saying.invite(
                invited.stream()
                        .flatMap(
                                entry ->
                                        watches.find(entry.ticketId()).stream()
                                                .map(watch -> entry.invitation(watch, now)))
                        .toList());
        escalations.saveAll(invited);
        return invited.size();
    }

    private void enter(TicketEscalated escalated, Watch watch) {
        leave(escalated.ticketId(), "escalated to tier " + escalated.toTier());
        if (escalated.toTier() < Topics.FIRST_QUEUED_TIER) {
            return;
        }
        var entry =
                escalations
                        .find(escalated.escalationId())
                        .map(raised -> raised.enterQueue(escalated, watch))
                        .orElseGet(() -> Escalation.of(escalated, watch));
        enter(entry, watch);
        if (escalated.cause() == EscalationCause.TIME) {
            lateness.escalated(escalated.dueAt(), escalated.at());
        }
        logger.info(
                "Ticket {} escalated to tier {}: {}",
                escalated.ticketId(),
                escalated.toTier(),
                escalated.cause());
    }

    /** Where it stood in the queue before the merge, whoever was just taking it. */
    private void enterAgain(TicketUnmerged unmerged, Watch watch) {
        for (var left : escalations.overBecause(MERGED, unmerged.ticketId(), unmerged.stay() - 1)) {
            enter(left.queuedAgain(unmerged.stay()), watch);
        }
    }

    /** Anew, with what was handed to the tier before, when nobody of it goes on with the ticket. */
    private void comeBack(TicketReopened reopened, Watch watch) {
        leave(reopened.ticketId(), "reopened");
        if (reopened.agent() == null && watch.standing().tier() >= Topics.FIRST_QUEUED_TIER) {
            var entry = Escalation.of(reopened, watch);
            enter(entry, watch);
            escalations.packAsBefore(entry);
        }
    }

    private void enter(Escalation entry, Watch watch) {
        var now = clock.now();
        escalations.save(entry.invitedAt(now));
        saying.invite(List.of(entry.invitation(watch, now)));
    }

    private void settle(EscalationRefused refused) {
        escalations
                .find(refused.escalationId())
                .map(entry -> entry.refusedBecause(refused.reason()))
                .ifPresent(escalations::save);
        logger.info(
                "Ticket {} refused escalation {}: {}",
                refused.ticketId(),
                refused.escalationId(),
                refused.reason());
    }

    private void leave(UUID ticketId, String reason) {
        changeOpen(ticketId, entry -> entry.over(reason));
    }

    private void changeOpen(UUID ticketId, UnaryOperator<Escalation> change) {
        escalations.saveAll(escalations.open(ticketId).stream().map(change).toList());
    }
}
