package io.gendan.voc;

import io.gendan.events.Channel;
import io.gendan.events.Kind;
import io.gendan.events.Territory;
import io.gendan.events.TicketTexts;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

/** The tickets that were heard of. */
@Repository
class HeardTickets {

    private final JdbcClient jdbc;

    HeardTickets(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(HeardTicket ticket) {
        jdbc.sql(
                        """
                        INSERT INTO heard_ticket
                            (id, number, kind, category, channel, territory, created_at, subject,
                                body)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)\
                        """)
                .param(ticket.id())
                .param(ticket.number())
                .param(ticket.kind().name())
                .param(ticket.category())
                .param(ticket.channel().name())
                .param(Rows.name(ticket.territory()))
                .param(ticket.createdAt().atOffset(ZoneOffset.UTC))
                .param(ticket.texts().subject())
                .param(ticket.texts().body())
                .update();
    }

    /** Where the customer is; which other team helps does not matter here. */
    void place(UUID ticketId, Territory territory) {
        jdbc.sql("UPDATE heard_ticket SET territory = ? WHERE id = ?")
                .param(territory.name())
                .param(ticketId)
                .update();
    }

    /** What it turned out to be about. */
    void change(UUID ticketId, Kind kind, String category) {
        jdbc.sql("UPDATE heard_ticket SET kind = ?, category = ? WHERE id = ?")
                .param(kind.name())
                .param(category)
                .param(ticketId)
                .update();
    }

    /**
     * @throws IllegalStateException when nobody told that it was created
     */
    HeardTicket require(UUID ticketId) {
        return jdbc.sql("SELECT * FROM heard_ticket WHERE id = ?")
                .param(ticketId)
                .query(
                        (row, _) ->
                                new HeardTicket(
                                        ticketId,
                                        row.getString("number"),
                                        Kind.valueOf(row.getString("kind")),
                                        row.getString("category"),
                                        Channel.valueOf(row.getString("channel")),
                                        Rows.territory(row.getString("territory")),
                                        row.getObject("created_at", OffsetDateTime.class)
                                                .toInstant(),
                                        new TicketTexts(
                                                row.getString("subject"), row.getString("body"))))
                .optional()
                .orElseThrow(() -> new IllegalStateException("Ticket " + ticketId + " is unknown"));
    }
}
