package io.gendan.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.events.ClockKind;
import io.gendan.events.EscalationCause;
import io.gendan.events.EscalationEvent.EscalationClaimed;
import io.gendan.events.EscalationEvent.EscalationRaised;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import java.time.Instant;
import java.util.UUID;

/** How a ticket comes to who takes it from the queue of a higher tier. */
@TicketServiceTest
class ClaimTests {

    private static final int TIER = 2;

    @LocalServerPort int port;
    @Autowired Agents agents;
    @Autowired Proposals proposals;

    @ParameterizedTest
    @CsvSource({"true, picked", "false, claimed", ", claimed"})
    void tellsWhetherItWasPicked(@Nullable Boolean picked, String how) {
        var work = TicketAtWork.opened(port, agents, proposals);
        var escalation = UUID.randomUUID();
        proposals.escalate(
                new EscalationRaised(
                        UUID.fromString(work.id),
                        1,
                        Instant.EPOCH,
                        escalation,
                        1,
                        TIER,
                        EscalationCause.TIME,
                        ClockKind.RESOLUTION,
                        Instant.EPOCH));

        proposals.assign(
                new EscalationClaimed(
                        UUID.fromString(work.id),
                        2,
                        Instant.EPOCH,
                        escalation,
                        TIER,
                        "supervisor-1",
                        "Wang",
                        "supervisors",
                        null,
                        picked));

        var taken =
                work.leader
                        .get("/api/tickets/" + work.id + "/timeline?limit=200")
                        .json()
                        .path("items")
                        .valueStream()
                        .filter(entry -> entry.path("type").asString().equals("TicketAssigned"))
                        .findFirst()
                        .orElseThrow();
        assertThat(taken.path("actor").asString()).isEqualTo("supervisor-1");
        assertThat(taken.path("reason").asString()).isEqualTo(how + " from the queue of tier 2");
    }
}
