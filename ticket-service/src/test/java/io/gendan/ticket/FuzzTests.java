package io.gendan.ticket;

import io.gendan.api.Role;
import io.gendan.api.testing.OpenApiFuzzer;

import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** On a database of its own: what comes may be a version of the rules that others serve by. */
@TicketServiceTest
@TestPropertySource(properties = "gendan.fuzz.own=true")
@DirtiesContext
class FuzzTests {

    private static final Logger logger = LoggerFactory.getLogger(FuzzTests.class);
    private static final int DONE = 55;

    @LocalServerPort int port;
    @Autowired Agents agents;
    @Autowired Proposals proposals;
    @Autowired Outbox outbox;

    @Test
    void answersWhateverComes() throws Exception {
        var came =
                new OpenApiFuzzer(port)
                        .as("leader-fuzz", Role.SUPERVISOR)
                        .as("client-fuzz", Role.CHANNEL)
                        .as("agent-fuzz-1", Role.AGENT)
                        .as("admin-1", Role.ADMIN)
                        .as("analyst-1", Role.ANALYST)
                        .from(new RightCalls(port, agents, proposals, outbox))
                        .check(DONE);
        logger.info("{}", came);
    }
}
