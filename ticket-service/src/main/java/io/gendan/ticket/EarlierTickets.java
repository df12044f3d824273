package io.gendan.ticket;

import io.gendan.messaging.Origin;
import io.gendan.ticket.rules.RuleBook;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import java.time.Instant;
import java.util.LinkedHashSet;
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
    private final Matters matters;
    private final RuleBook rules;

    record Owed(UUID ticketId, UUID earlier) {}

    EarlierTickets(JdbcClient jdbc, Changes changes, Matters matters, RuleBook rules) {
        this.jdbc = jdbc;
        this.changes = changes;
        this.matters = matters;
        this.rules = rules;
    }

    /**
     * To all that were opened about its order or product, and to what the customer asked of late in
     * the same top category and may be about that: where nobody named these, nothing tells
     * otherwise. When there are more than a ticket has links: those of its order first, and the
     * newest.
     */
    void owe(Ticket ticket, Instant now) {
        var created = ticket.created();
        var category = ticket.memento().facts().category();
        var matter =
                Matter.of(created.customerId(), created.orderId(), created.productId(), category);
        var earlier = new LinkedHashSet<UUID>();
        if (matter != null) {
            earlier.addAll(matters.find(List.of(matter)).earlier(matter));
        }
        earlier.addAll(
                matters.newestOf(created.customerId())
                        .perhapsEarlier(created, Matter.top(category), rules.inForceAt(now), now));
        earlier.remove(ticket.id());
        jdbc.sql(
                        """
                        INSERT INTO link_owed (ticket_id, earlier)
                        SELECT ?::uuid, earlier FROM unnest(?::uuid[]) AS earlier ON CONFLICT DO NOTHING
                        """)
                .param(ticket.id())
                .param(earlier.stream().limit(Ties.MOST_LINKS).toArray(UUID[]::new))
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
