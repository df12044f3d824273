package io.gendan.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.api.Role;
import io.gendan.api.Scope;
import io.gendan.events.Channel;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

import java.sql.Connection;
import java.util.List;
import java.util.UUID;

/** What one of us opened before each channel had a client is its client's now. */
@TicketServiceTest
class ChannelClientsMigrationTests {

    @LocalServerPort int port;
    @Autowired Agents agents;
    @Autowired ChannelClientsMigration migration;
    @Autowired TicketSettings settings;
    @Autowired TicketReading reading;
    @Autowired JdbcTemplate jdbc;
    @Autowired TransactionTemplate transaction;

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "UNKNOWN")
    void isSeenAndToldByTheClientOfItsChannel(Channel channel) {
        var agent = "agent-" + UUID.randomUUID();
        TicketAtWork.know(agents, agent);
        var id =
                UUID.fromString(
                        TicketAtWork.opened(Api.as(port, agent, Role.AGENT), channel.name()));
        var other =
                TicketAtWork.opened(
                        Api.as(port, "client-" + UUID.randomUUID(), Role.CHANNEL), channel.name());
        var client = settings.outbox().client(channel);

        transaction.executeWithoutResult(
                attempt -> {
                    var kept = kept(id);
                    assertThat(kept).contains(client);
                    jdbc.update(
                            "DELETE FROM ticket_agent WHERE ticket_id = ? AND agent = ?",
                            id,
                            client);
                    jdbc.update(
                            "UPDATE delivery SET client = ? WHERE ticket_id = ? AND client = ?",
                            agent,
                            id,
                            client);
                    assertThat(kept(id)).doesNotContain(client);
                    var others = kept(UUID.fromString(other));

                    migrate();

                    assertThat(kept(id)).isEqualTo(kept);
                    assertThat(kept(UUID.fromString(other))).isEqualTo(others);
                    assertThat(reading.require(id, new Scope.OfChannel(client)).id()).isEqualTo(id);
                    attempt.setRollbackOnly();
                });
    }

    private void migrate() {
        jdbc.execute(
                (Connection connection) -> {
                    migration.handOver(connection);
                    return null;
                });
    }

    /** Who may see it besides who opened it, and who tells its customer. */
    private List<String> kept(UUID id) {
        return jdbc.queryForList(
                """
                SELECT agent FROM ticket_agent WHERE ticket_id = ?
                UNION ALL SELECT client FROM delivery WHERE ticket_id = ? AND outcome IS NULL
                ORDER BY 1
                """,
                String.class,
                id,
                id);
    }
}
