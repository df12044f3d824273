package io.gendan.ticket.kafka;

import io.gendan.events.AgentEvent;
import io.gendan.events.AgentEvent.AgentChanged;
import io.gendan.events.Topics;
import io.gendan.messaging.Receives;
import io.gendan.ticket.Agents;

import org.springframework.stereotype.Component;

@Component
class AgentListener {

    private final Agents agents;

    AgentListener(Agents agents) {
        this.agents = agents;
    }

    @Receives(topic = Topics.AGENTS, compacted = true)
    void on(AgentEvent event) {
        switch (event) {
            case AgentChanged changed -> agents.save(changed);
        }
    }
}
