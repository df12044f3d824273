package io.gendan.voc.kafka;

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
import io.gendan.voc.Ear;
import io.gendan.voc.TicketRatings;

import org.springframework.stereotype.Component;

@Component
class TicketListener {

    private final Ear ear;
    private final TicketRatings ratings;

    TicketListener(Ear ear, TicketRatings ratings) {
        this.ear = ear;
        this.ratings = ratings;
    }

    @Receives(topic = Topics.TICKETS)
    void on(TicketEvent event) {
        switch (event) {
            case TicketCreated created -> ear.listen(created);
            case TicketPlaced placed -> ear.place(placed.ticketId(), placed.territory());
            case TicketAssigned assigned -> ear.place(assigned.ticketId(), assigned.territory());
            case FactsChanged changed -> ear.listen(changed);
            case TicketClosed closed -> ear.listen(closed);
            case SurveyAnswered answered -> ratings.listen(answered);
            case AssignmentRefused _,
                    TicketAccepted _,
                    MessageReceived _,
                    MessageSent _,
                    TicketCancelled _,
                    WaitingStarted _,
                    WaitingEnded _,
                    TicketResolved _,
                    TicketReopened _,
                    TicketEscalated _,
                    EscalationRefused _,
                    ClosingRefused _,
                    ClosingOverdue _,
                    PromiseMade _,
                    PromiseKept _,
                    PromiseBroken _,
                    PromiseWithdrawn _,
                    SurveyEnded _,
                    TicketMerged _,
                    TicketAbsorbed _,
                    TicketUnmerged _,
                    TicketReleased _,
                    TicketUrged _,
                    ContactRecorded _,
                    CallAttempted _,
                    TransferRequested _,
                    TransferEnded _,
                    EscalationRequested _,
                    OnRecord _ -> {
                // how it was worked on is not yet part of the voice
            }
        }
    }
}
