package io.gendan.ticket.kafka;

import io.gendan.events.AssignmentEvent;
import io.gendan.events.AssignmentEvent.AgentAwaited;
import io.gendan.events.AssignmentEvent.AgentChosen;
import io.gendan.events.AssignmentEvent.TeamChosen;
import io.gendan.events.AssignmentEvent.TransferRefused;
import io.gendan.events.Topics;
import io.gendan.messaging.Receives;
import io.gendan.ticket.HandOverDesk;
import io.gendan.ticket.TicketDesk;

import org.springframework.stereotype.Component;

@Component
class AssignmentListener {

    private final TicketDesk desk;
    private final HandOverDesk handOvers;

    AssignmentListener(TicketDesk desk, HandOverDesk handOvers) {
        this.desk = desk;
        this.handOvers = handOvers;
    }

    @Receives(topic = Topics.ASSIGNMENTS)
    void on(AssignmentEvent event) {
        switch (event) {
            case AgentChosen choice -> desk.assign(choice);
            case AgentAwaited line -> desk.place(line);
            case TeamChosen choice -> desk.place(choice);
            case TransferRefused refused -> handOvers.refuse(refused);
        }
    }
}
