package io.gendan.ticket.kafka;

import io.gendan.events.AssignmentEvent;
import io.gendan.events.AssignmentEvent.AgentAwaited;
import io.gendan.events.AssignmentEvent.AgentChosen;
import io.gendan.events.AssignmentEvent.TeamChosen;
import io.gendan.events.AssignmentEvent.TransferRefused;
import io.gendan.events.Topics;
import io.gendan.messaging.Receives;
import io.gendan.ticket.Proposals;

import org.springframework.stereotype.Component;

@Component
class AssignmentListener {

    private final Proposals proposals;

    AssignmentListener(Proposals proposals) {
        this.proposals = proposals;
    }

    @Receives(topic = Topics.ASSIGNMENTS)
    void on(AssignmentEvent event) {
        switch (event) {
            case AgentChosen choice -> proposals.assign(choice);
            case AgentAwaited line -> proposals.place(line);
            case TeamChosen choice -> proposals.place(choice);
            case TransferRefused refused -> proposals.refuse(refused);
        }
    }
}
