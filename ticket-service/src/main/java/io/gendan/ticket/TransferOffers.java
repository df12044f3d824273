package io.gendan.ticket;

import io.gendan.events.TicketEvent;
import io.gendan.events.TicketEvent.TransferOffered;
import io.gendan.ticket.TicketSettings.TransferSettings;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Until when those may accept to whom tickets are offered. A row stays for so long, whatever was
 * answered; it is written by whoever has the ticket's lock.
 */
@Repository
@Transactional
class TransferOffers {

    private static final int BATCH = 100;

    private final JdbcClient jdbc;
    private final TransferSettings settings;

    TransferOffers(JdbcClient jdbc, TicketSettings settings) {
        this.jdbc = jdbc;
        this.settings = settings.transfers();
    }

    void take(Ticket ticket, List<TicketEvent> said) {
        for (var event : said) {
            if (event instanceof TransferOffered offered) {
                var within = settings.answeredWithin(ticket.created().channel());
                end(ticket.id(), offered.at().plus(within));
            }
        }
    }

    private void end(UUID ticketId, Instant at) {
        jdbc.sql(
                        """
                        INSERT INTO transfer_offer (ticket_id, ends_at) VALUES (?, ?)
                        ON CONFLICT (ticket_id) DO UPDATE SET ends_at = excluded.ends_at
                        """)
                .param(ticketId)
                .param(Rows.timestamp(at))
                .update();
    }

    /** The tickets whose offers' time has passed, not all when there are many. */
    List<UUID> over() {
        return jdbc.sql(
                        """
                        SELECT ticket_id FROM transfer_offer WHERE ends_at <= clock_timestamp()
                        ORDER BY ends_at LIMIT ?
                        """)
                .param(BATCH)
                .query((row, _) -> row.getObject("ticket_id", UUID.class))
                .list();
    }

    /** Unless another one was made meanwhile. */
    void forget(UUID ticketId, Instant now) {
        jdbc.sql("DELETE FROM transfer_offer WHERE ticket_id = ? AND ends_at <= ?")
                .param(ticketId)
                .param(Rows.timestamp(now))
                .update();
    }
}
