package io.gendan.ticket;

import io.gendan.events.ClockKind;
import io.gendan.events.EscalationEvent.ClockWarned;
import io.gendan.events.TicketEvent;
import io.gendan.events.TicketEvent.TicketCancelled;
import io.gendan.events.TicketEvent.TicketClosed;
import io.gendan.events.TicketEvent.TicketMerged;
import io.gendan.events.TicketEvent.TicketResolved;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Of which tickets the time to solve them, or that of their tier, is nearly over. Whoever begins to
 * wait then may, and the leaders see it.
 */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
public class NearlyDue {

    private static final int LAST_TENTH = 90;
    private static final Set<ClockKind> UNTIL_SOLVED =
            EnumSet.of(ClockKind.RESOLUTION, ClockKind.TIER_RESOLUTION);

    private final JdbcClient jdbc;

    NearlyDue(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public void note(ClockWarned warned) {
        if (warned.percent() >= LAST_TENTH && UNTIL_SOLVED.contains(warned.clock())) {
            jdbc.sql(
                            """
                            INSERT INTO nearly_due (ticket_id, stay) VALUES (?, ?)
                            ON CONFLICT (ticket_id) DO UPDATE SET stay = excluded.stay
                            """)
                    .param(warned.ticketId())
                    .param(warned.stay())
                    .update();
        }
    }

    void take(Ticket ticket, List<TicketEvent> said) {
        if (said.stream().anyMatch(NearlyDue::ends)) {
            jdbc.sql("DELETE FROM nearly_due WHERE ticket_id = ?").param(ticket.id()).update();
        }
    }

    private static boolean ends(TicketEvent event) {
        return event instanceof TicketResolved
                || event instanceof TicketClosed
                || event instanceof TicketCancelled
                || event instanceof TicketMerged;
    }

    boolean includes(Ticket ticket) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM nearly_due WHERE ticket_id = ? AND stay = ?)")
                .param(ticket.id())
                .param(ticket.memento().stay())
                .query(Boolean.class)
                .single();
    }
}
