package io.gendan.ticket.kafka;

import io.gendan.events.EscalationEvent;
import io.gendan.events.EscalationEvent.ClimbDeferred;
import io.gendan.events.EscalationEvent.ClockElapsed;
import io.gendan.events.EscalationEvent.ClockStepped;
import io.gendan.events.EscalationEvent.ClockWarned;
import io.gendan.events.EscalationEvent.DueChanged;
import io.gendan.events.EscalationEvent.EscalationClaimed;
import io.gendan.events.EscalationEvent.EscalationRaised;
import io.gendan.events.EscalationEvent.LastTierOverdue;
import io.gendan.events.Topics;
import io.gendan.messaging.Receives;
import io.gendan.ticket.NearlyDue;
import io.gendan.ticket.Proposals;
import io.gendan.ticket.TimeWarnings;

import org.springframework.stereotype.Component;

@Component
class EscalationListener {

    private final Proposals proposals;
    private final NearlyDue nearlyDue;
    private final TimeWarnings warnings;

    EscalationListener(Proposals proposals, NearlyDue nearlyDue, TimeWarnings warnings) {
        this.proposals = proposals;
        this.nearlyDue = nearlyDue;
        this.warnings = warnings;
    }

    @Receives(topic = Topics.ESCALATIONS)
    void on(EscalationEvent event) {
        switch (event) {
            case EscalationRaised proposal -> proposals.escalate(proposal);
            case EscalationClaimed claim -> proposals.assign(claim);
            case ClockElapsed elapsed -> proposals.elapse(elapsed);
            case ClockStepped stepped -> {
                proposals.step(stepped);
                warnings.step(stepped);
            }
            case DueChanged due -> proposals.noteDue(due);
            case ClockWarned warned -> {
                nearlyDue.note(warned);
                proposals.noteWarned(warned);
                warnings.warn(warned);
            }
            case LastTierOverdue overdue -> warnings.ring(overdue);
            case ClimbDeferred _ -> {
                // nothing about the ticket is different
            }
        }
    }
}
