package io.gendan.ticket;

import io.gendan.messaging.Origin;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * Links what an answer is filed for to what the customer asked about the same before. It is owed in
 * the transaction that opens the ticket and done in one of its own: who opens one holds its matter,
 * and whoever comes back to a closed one locks that first and the matter after it.
 */
@Component
@Transactional
class EarlierTickets {

    private static final int BATCH = 100;

    private final JdbcClient jdbc;
    private final Changes changes;

    record Owed(UUID ticketId, UUID earlier) {}

    EarlierTickets(JdbcClient jdbc, Changes changes) {
        this.jdbc = jdbc;
        this.changes = changes;
    }

    void owe(UUID ticketId, Collection<UUID> earlier) {
        jdbc.sql(
                        """
                        INSERT INTO link_owed (ticket_id, earlier)
                        SELECT ?::uuid, earlier FROM unnest(?::uuid[]) AS earlier ON CONFLICT DO NOTHING
                        """)
                .param(ticketId)
                .param(earlier.toArray(UUID[]::new))
                .update();
    }

    /** Not all when there are many. */
    List<Owed> owed() {
        return jdbc.sql("SELECT ticket_id, earlier FROM link_owed LIMIT ?")
                .param(BATCH)
                .query(
                        (row, _) ->
                                new Owed(
                                        row.getObject("ticket_id", UUID.class),
                                        row.getObject("earlier", UUID.class)))
                .list();
    }

    /** Unless another instance did. */
    void link(Owed owed) {
        var mine =
                jdbc.sql("DELETE FROM link_owed WHERE ticket_id = ? AND earlier = ?")
                        .param(owed.ticketId())
                        .param(owed.earlier())
                        .update();
        if (mine == 1) {
            changes.propose(
                    owed.ticketId(),
                    owed.earlier(),
                    new Origin(Ticket.SYSTEM.id(), "of the matter that an answer is filed for"),
                    (ticket, earlier, now) -> ticket.ties().linkToEarlier(earlier, now));
        }
    }
}
