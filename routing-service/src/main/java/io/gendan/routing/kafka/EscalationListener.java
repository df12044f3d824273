package io.gendan.routing.kafka;

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
import io.gendan.routing.Dispatcher;

import org.springframework.stereotype.Component;

/** Hears what time does to the tickets. */
@Component
class EscalationListener {

    private final Dispatcher dispatcher;

    EscalationListener(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    @Receives(topic = Topics.ESCALATIONS)
    void on(EscalationEvent event) {
        switch (event) {
            case ClockStepped stepped -> dispatcher.stepped(stepped);
            case EscalationRaised _, EscalationClaimed _ -> {} // the ticket says whether it holds
            case ClimbDeferred deferred -> dispatcher.overflow(deferred);
            case ClockElapsed _, ClockWarned _, DueChanged _, LastTierOverdue _ -> {} // not ours
        }
    }
}
