package io.gendan.escalation.kafka;

import io.gendan.escalation.Timekeeper;
import io.gendan.events.TicketEvent;
import io.gendan.events.TicketEvent.TicketCreated;
import io.gendan.events.Topics;
import io.gendan.messaging.Receives;

import org.springframework.stereotype.Component;

@Component
class TicketListener {

    private final Timekeeper timekeeper;

    TicketListener(Timekeeper timekeeper) {
        this.timekeeper = timekeeper;
    }

    @Receives(topic = Topics.TICKETS)
    void on(TicketEvent event) {
        if (event instanceof TicketCreated created) {
            timekeeper.begin(created);
        } else {
            timekeeper.follow(event);
        }
    }
}
