package io.gendan.routing.kafka;

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
import io.gendan.messaging.Receives;
import io.gendan.routing.Dispatcher;

import org.springframework.stereotype.Component;

/** Hears the tickets. */
@Component
class TicketListener {

    private final Dispatcher dispatcher;

    TicketListener(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    @Receives(topic = Topics.TICKETS)
    void on(TicketEvent event) {
        switch (event) {
            case TicketCreated created -> dispatcher.created(created);
            case TicketAssigned assigned -> dispatcher.assigned(assigned);
            case AssignmentRefused refused -> dispatcher.refused(refused);
            case WaitingStarted waiting -> dispatcher.waiting(waiting);
            case WaitingEnded resumed -> dispatcher.resumed(resumed);
            case TicketResolved resolved -> dispatcher.resolved(resolved);
            case TicketReopened reopened -> dispatcher.reopened(reopened);
            case TicketClosed closed -> dispatcher.closed(closed);
            case TicketCancelled cancelled -> dispatcher.cancelled(cancelled);
            case TicketEscalated escalated -> dispatcher.escalated(escalated);
            case TicketMerged merged -> dispatcher.merged(merged);
            case TransferRequested requested -> dispatcher.transferRequested(requested);
            case TransferEnded ended -> dispatcher.transferEnded(ended);
            case FactsChanged changed -> dispatcher.turnedOut(changed);
            case TicketUnmerged unmerged -> dispatcher.unmerged(unmerged);
            case TicketAbsorbed _, TicketReleased _ -> {} // as much work as before
            case TicketPlaced _ -> {} // our own decision coming back
            case TicketAccepted accepted -> dispatcher.accepted(accepted);
            case MessageReceived _, MessageSent _ -> {} // no change of load
            case PromiseMade _, PromiseKept _, PromiseBroken _, PromiseWithdrawn _ -> {} // nor here
            case ClosingRefused _, ClosingOverdue _ -> {} // still resolved
            case SurveyAnswered _, SurveyEnded _ -> {} // nor here
            case EscalationRefused _ -> {} // not ours to settle
            case TicketUrged _, ContactRecorded _, CallAttempted _ -> {} // nor here
            case EscalationRequested _ -> {} // what comes of it is heard
            case OnRecord _ -> {}
        }
    }
}
