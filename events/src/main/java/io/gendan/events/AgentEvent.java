package io.gendan.events;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/** What routing-service knows about agents. Topic {@link Topics#AGENTS}, compacted. */
public sealed interface AgentEvent extends Event {

    String agent();

    @Override
    default String key() {
        return agent();
    }

    /**
     * The whole agent as it is now.
     *
     * @param territory the region served, absent for the tiers that serve the whole country
     * @param skills top categories and phases the agent may take; empty for all
     */
    record AgentChanged(
            String agent,
            Instant at,
            String name,
            String team,
            @Nullable Territory territory,
            int tier,
            Level level,
            List<String> skills,
            boolean onDuty)
            implements AgentEvent {}
}
