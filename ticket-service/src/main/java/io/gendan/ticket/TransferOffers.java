package io.gendan.ticket;

import io.gendan.events.TicketEvent;
import io.gendan.events.TicketEvent.TransferOffered;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

import java.time.Duration;
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
    private static final Duration FLOOR = Duration.ofSeconds(2);

    private final JdbcClient jdbc;
    private final int hurry;

    TransferOffers(JdbcClient jdbc, TicketSettings settings) {
        this.jdbc = jdbc;
        this.hurry = settings.hurry();
    }

    void take(Ticket ticket, List<TicketEvent> said) {
        for (var event : said) {
            if (event instanceof TransferOffered offered) {
                end(ticket.id(), offered.at().plus(answeredWithin(ticket)));
            }
        }
    }

    /** How long whoever is offered the ticket has; in a hurry never so little that nobody can. */
    Duration answeredWithin(Ticket ticket) {
        var whole = ticket.rules().offers().answeredWithin(ticket.created().channel());
        var hurried = whole.dividedBy(hurry);
        return hurried.compareTo(FLOOR) < 0 ? FLOOR : hurried;
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

    /** An offer that is still open is over later, as it has longer by now than it had. */
    void settle(Ticket ticket) {
        var offeredAt = ticket.handOver().offeredAt();
        if (offeredAt != null) {
            end(ticket.id(), offeredAt.plus(answeredWithin(ticket)));
            return;
        }
        jdbc.sql("DELETE FROM transfer_offer WHERE ticket_id = ?").param(ticket.id()).update();
    }
}
