package io.gendan.ticket;

import io.gendan.messaging.CodeMigration;

import org.flywaydb.core.api.migration.Context;
import org.springframework.stereotype.Component;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Lets the client of a channel see what one of us opened for its customers before each channel had
 * a client, and tell them what still waits to be told: as {@link ChannelOutbox} does since.
 */
@Component
class ChannelClientsMigration extends CodeMigration {

    private static final String HAND_OVER =
            """
            WITH told AS (
                SELECT ticket.*, clients.client
                FROM unnest(?::text[], ?::text[]) AS clients (of_channel, client)
                    JOIN ticket ON ticket.channel = clients.of_channel
                WHERE ticket.opened_by_us),
            waiting AS (
                UPDATE delivery SET client = told.client FROM told
                WHERE delivery.ticket_id = told.id AND delivery.client = told.opened_by
                    AND delivery.outcome IS NULL)
            INSERT INTO ticket_agent (ticket_id, agent, created_at, status, kind, channel,
                category, priority, tier, territory)
            SELECT id, client, created_at, status, kind, channel, category, priority, tier,
                territory
            FROM told
            ON CONFLICT DO NOTHING
            """;

    private final TicketSettings.OutboxSettings settings;

    ChannelClientsMigration(TicketSettings settings) {
        super("20261128.2340", "clients see what one of us opened");
        this.settings = settings.outbox();
    }

    @Override
    public void migrate(Context context) throws SQLException {
        handOver(context.getConnection());
    }

    void handOver(Connection connection) throws SQLException {
        var channels = List.copyOf(settings.clients().keySet());
        var names = channels.stream().map(Enum::name).toArray();
        var clients = channels.stream().map(settings::client).toArray();
        try (var statement = connection.prepareStatement(HAND_OVER)) {
            statement.setArray(1, connection.createArrayOf("text", names));
            statement.setArray(2, connection.createArrayOf("text", clients));
            statement.executeUpdate();
        }
    }
}
