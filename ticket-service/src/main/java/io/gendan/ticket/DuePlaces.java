package io.gendan.ticket;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Where the ticket is that something is due of, written beside it: what is due first at a place is
 * then found without reading what is due elsewhere. Who notes what is due and who moves a ticket
 * hold their rows in no common order, so neither writes the other's: each notes that the place may
 * be another one, and here it is put right. Until then a reader asks the ticket.
 */
@Repository
class DuePlaces {

    /** Whether what stands in {@code ticket_due} may not be where the ticket is. */
    static final String MAY_HAVE_MOVED =
            "ticket_id IN (SELECT moved.ticket_id FROM ticket_moved AS moved)";

    private static final int AT_ONCE = 5_000;

    private final JdbcClient jdbc;

    DuePlaces(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Waits for nobody: what somebody holds is left to the next time. */
    @Scheduled(fixedDelayString = "PT2S")
    @Transactional
    public void putRight() {
        jdbc.sql(
                        """
                        WITH moved AS MATERIALIZED (
                            SELECT position, ticket_id FROM ticket_moved
                            ORDER BY position LIMIT ? FOR UPDATE SKIP LOCKED),
                        free AS MATERIALIZED (
                            SELECT ticket_id FROM ticket_due
                            WHERE ticket_id IN (SELECT moved.ticket_id FROM moved)
                            FOR UPDATE SKIP LOCKED),
                        put AS (
                            UPDATE ticket_due SET tier = ticket.tier,
                                territory = ticket.territory, served_by = ticket.served_by
                            FROM ticket
                            WHERE ticket.id = ticket_id
                                AND ticket_id IN (SELECT free.ticket_id FROM free)
                                AND (ticket_due.tier, ticket_due.territory, ticket_due.served_by)
                                    IS DISTINCT FROM
                                    (ticket.tier, ticket.territory, ticket.served_by))
                        DELETE FROM ticket_moved WHERE position IN (
                            SELECT position FROM moved
                            WHERE ticket_id IN (SELECT free.ticket_id FROM free)
                                OR NOT EXISTS (SELECT FROM ticket_due
                                    WHERE ticket_due.ticket_id = moved.ticket_id))
                        """)
                .param(AT_ONCE)
                .update();
    }
}
