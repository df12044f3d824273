package io.gendan.escalation.kafka;

import io.gendan.escalation.Roster;
import io.gendan.events.AgentEvent;
import io.gendan.events.AgentEvent.AgentChanged;
import io.gendan.events.Topics;
import io.gendan.messaging.Receives;

import org.springframework.stereotype.Component;

@Component
class AgentListener {

    private final Roster roster;

    AgentListener(Roster roster) {
        this.roster = roster;
    }

    @Receives(topic = Topics.AGENTS, compacted = true)
    void on(AgentEvent event) {
        switch (event) {
            case AgentChanged changed -> roster.save(changed);
        }
    }
}
