package io.gendan.ticket;

import io.gendan.api.Role;
import io.gendan.api.testing.OpenApiFuzzer;
import io.gendan.events.AgentEvent.AgentChanged;
import io.gendan.events.Level;
import io.gendan.events.Territory;

import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import java.time.Instant;
import java.util.List;

@TicketServiceTest
class FuzzTests {

    private static final Logger logger = LoggerFactory.getLogger(FuzzTests.class);
    private static final long SEED = 20261122;

    @LocalServerPort int port;
    @Autowired Agents agents;

    @Test
    void answersWhateverComes() throws Exception {
        agents.save(
                new AgentChanged(
                        "agent-south-1",
                        Instant.EPOCH,
                        "林嘉欣",
                        "south-1",
                        Territory.SOUTH,
                        1,
                        Level.SENIOR,
                        List.of(),
                        true));
        var came =
                new OpenApiFuzzer(port, SEED)
                        .as("supervisor-1", Role.SUPERVISOR)
                        .as("app", Role.CHANNEL)
                        .as("agent-south-1", Role.AGENT)
                        .as("admin-1", Role.ADMIN)
                        .check();
        logger.info("{}", came);
    }
}
