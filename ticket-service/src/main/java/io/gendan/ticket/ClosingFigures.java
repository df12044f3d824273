package io.gendan.ticket;

import io.gendan.events.CloseReason;
import io.gendan.events.Kind;
import io.gendan.events.TicketEvent;
import io.gendan.events.TicketEvent.TicketClosed;
import io.gendan.events.TicketEvent.TicketCreated;
import io.gendan.events.TicketEvent.TicketReopened;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/**
 * How many tickets were closed as solved, and after how many the customer came back: per kind and
 * day of the closing where customers are, whenever they came back and whoever answered. What ended
 * without an agreement is counted on its own.
 *
 * <p>Solved at first contact is what nobody came back for: it was not reopened on the way, not
 * followed up within the time in which that counts as a reopening, and no other ticket was opened
 * of the same matter within that of a repeat. Whether it climbed on the way makes no difference. A
 * closing counts once in each figure, however often the customer comes back; so what a day shows
 * sinks until these times are over.
 */
@Component
@Transactional
public class ClosingFigures {

    private static final Tally.Counted COUNTED =
            new Tally.Counted(
                    "closing",
                    "kind",
                    List.of("solved", "first_contact", "reopened", "repeated", "no_agreement"));

    private final JdbcClient jdbc;
    private final Tally tally;

    /**
     * @param reopened before it was closed, or by a follow-up that counts as that
     * @param repeated by another ticket of the same matter soon after
     * @param noAgreement how many were closed because no agreement was come to
     * @param firstContactRate which share of what was solved was so at first contact; absent when
     *     nothing was
     * @param reopenedRate which share of it was reopened; absent when nothing was solved
     */
    public record ClosingFigure(
            LocalDate day,
            Kind kind,
            long solved,
            long firstContact,
            long reopened,
            long repeated,
            long noAgreement,
            @Nullable BigDecimal firstContactRate,
            @Nullable BigDecimal reopenedRate) {}

    ClosingFigures(JdbcClient jdbc, Tally tally) {
        this.jdbc = jdbc;
        this.tally = tally;
    }

    /** Counts what was just said of the ticket. */
    void take(Ticket ticket, List<TicketEvent> said) {
        for (var event : said) {
            if (event instanceof TicketReopened) {
                reopened(ticket.id());
            } else if (event instanceof TicketClosed closed) {
                if (TicketState.AS_SOLVED.contains(closed.reason())) {
                    closed(ticket, closed);
                } else if (closed.reason() == CloseReason.NO_AGREEMENT) {
                    closedWithoutAgreement(ticket, closed);
                }
            } else if (event instanceof TicketCreated created) {
                cameBack(created);
            }
        }
    }

    private void reopened(UUID ticketId) {
        jdbc.sql(
                        """
                        INSERT INTO closing (ticket_id, reopened, repeated) VALUES (?, true, false)
                        ON CONFLICT (ticket_id) DO UPDATE SET reopened = true
                        """)
                .param(ticketId)
                .update();
    }

    private void closed(Ticket ticket, TicketClosed closed) {
        jdbc.sql(
                        """
                        WITH closed AS (
                            INSERT INTO closing (ticket_id, day, kind, reopened, repeated)
                            VALUES (?, ?, ?, false, false)
                            ON CONFLICT (ticket_id) DO UPDATE SET
                                day = excluded.day, kind = excluded.kind
                            RETURNING day, kind, reopened)
                        INSERT INTO closing_delta
                            (day, kind, solved, first_contact, reopened, repeated)
                        SELECT day, kind, 1, (NOT reopened)::int, reopened::int, 0 FROM closed
                        """)
                .param(ticket.id())
                .param(day(ticket, closed))
                .param(ticket.memento().facts().kind().name())
                .update();
    }

    private void closedWithoutAgreement(Ticket ticket, TicketClosed closed) {
        jdbc.sql(
                        """
                        INSERT INTO closing_delta
                            (day, kind, solved, first_contact, reopened, repeated, no_agreement)
                        VALUES (?, ?, 0, 0, 0, 0, 1)
                        """)
                .param(day(ticket, closed))
                .param(ticket.memento().facts().kind().name())
                .update();
    }

    private static LocalDate day(Ticket ticket, TicketClosed closed) {
        return closed.at().atZone(ticket.rules().calling().zone()).toLocalDate();
    }

    private void cameBack(TicketCreated created) {
        if (created.repeatOf() != null) {
            cameBack(created.repeatOf(), false);
        }
        if (created.followUpOf() != null && Boolean.TRUE.equals(created.reopens())) {
            cameBack(created.followUpOf(), true);
        }
    }

    private void cameBack(UUID closedId, boolean reopens) {
        jdbc.sql(
                        """
                        WITH back AS (
                            UPDATE closing SET
                                reopened = reopened OR :reopens,
                                repeated = repeated OR NOT :reopens
                            WHERE ticket_id = :id AND day IS NOT NULL
                                AND NOT CASE WHEN :reopens THEN reopened ELSE repeated END
                            RETURNING new.day, new.kind, old.reopened OR old.repeated AS was_back)
                        INSERT INTO closing_delta
                            (day, kind, solved, first_contact, reopened, repeated)
                        SELECT day, kind, 0, CASE WHEN was_back THEN 0 ELSE -1 END,
                            (:reopens)::int, (NOT :reopens)::int
                        FROM back
                        """)
                .param("id", closedId)
                .param("reopens", reopens)
                .update();
    }

    /** Both days included. */
    @Transactional(readOnly = true)
    public List<ClosingFigure> between(LocalDate from, LocalDate to) {
        return tally.between(
                COUNTED,
                from,
                to,
                (row, _) -> {
                    var solved = row.getLong("solved");
                    var firstContact = row.getLong("first_contact");
                    var reopened = row.getLong("reopened");
                    return new ClosingFigure(
                            row.getObject("day", LocalDate.class),
                            Kind.valueOf(row.getString("kind")),
                            solved,
                            firstContact,
                            reopened,
                            row.getLong("repeated"),
                            row.getLong("no_agreement"),
                            Tally.rate(firstContact, solved),
                            Tally.rate(reopened, solved));
                });
    }

    /**
     * Adds up what was counted, a batch at a time.
     *
     * @return whether there may be more
     */
    boolean fold() {
        return tally.fold(COUNTED);
    }
}
