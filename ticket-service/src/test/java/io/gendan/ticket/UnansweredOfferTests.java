package io.gendan.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gendan.api.Role;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.UUID;

/** A ticket that is offered to somebody who says nothing. */
@TicketServiceTest
class UnansweredOfferTests {

    @LocalServerPort int port;
    @Autowired Agents agents;
    @Autowired Proposals proposals;
    @Autowired Housekeeping housekeeping;
    @Autowired JdbcClient jdbc;

    private TicketAtWork work;
    private String otherId;
    private Api other;

    @BeforeEach
    void offer() {
        work = TicketAtWork.accepted(port, agents, proposals);
        otherId = "agent-" + UUID.randomUUID();
        TicketAtWork.know(agents, otherId);
        other = Api.as(port, otherId, Role.AGENT);
        wish();
    }

    private void wish() {
        var wish = "{\"agent\":\"%s\",\"reason\":\"下班\"}".formatted(otherId);
        var wished = work.edit(work.agent, "transfer", wish);
        assertThat(wished.status()).as(wished.response().body()).isEqualTo(200);
        work.assignTo(otherId, wished.json().path("round").asInt());
    }

    @Test
    void isTheOwnersToOfferAgainAfterAWhile() {
        housekeeping.endUnansweredOffers();
        assertThat(work.timeline()).endsWith("TransferOffered");

        minutesPass();

        await().until(() -> work.timeline().getLast().equals("TransferEnded"));
        assertThat(work.edit(other, "transfer/accept", "").status()).isEqualTo(409);
        assertThat(told())
                .anySatisfy(
                        notice -> {
                            assertThat(notice.path("kind").asString()).isEqualTo("TRANSFER_ENDED");
                            assertThat(notice.path("detail").asString()).isEqualTo("EXPIRED");
                        });
        wish();
        assertThat(work.timeline()).endsWith("TransferOffered");
        assertThat(work.edit(other, "transfer/accept", "").status()).isEqualTo(200);
    }

    @Test
    void staysWithWhoAcceptedItInTime() {
        assertThat(work.edit(other, "transfer/accept", "").status()).isEqualTo(200);

        minutesPass();

        await().until(() -> offers() == 0);
        assertThat(work.timeline()).doesNotContain("TransferEnded");
    }

    /** As if it had been offered that much earlier. */
    private void minutesPass() {
        jdbc.sql(
                        """
                        UPDATE ticket SET state = jsonb_set(state, '{transfer,offer,at}',
                            to_jsonb(clock_timestamp() - interval '3 minutes'))
                        WHERE id = ?::uuid AND jsonb_typeof(state #> '{transfer,offer}') = 'object'
                        """)
                .param(work.id)
                .update();
        jdbc.sql("UPDATE transfer_offer SET ends_at = clock_timestamp() WHERE ticket_id = ?::uuid")
                .param(work.id)
                .update();
    }

    private List<JsonNode> told() {
        return work.agent.get("/api/notices").json().path("items").valueStream().toList();
    }

    private long offers() {
        return jdbc.sql("SELECT count(*) FROM transfer_offer WHERE ticket_id = ?::uuid")
                .param(work.id)
                .query(Long.class)
                .single();
    }
}
