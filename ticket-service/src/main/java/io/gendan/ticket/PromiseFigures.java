package io.gendan.ticket;

import io.gendan.events.PromisePurpose;
import io.gendan.events.TicketEvent;
import io.gendan.events.TicketEvent.PromiseBroken;
import io.gendan.events.TicketEvent.PromiseKept;
import io.gendan.events.TicketEvent.PromiseMade;
import io.gendan.events.TicketEvent.PromiseWithdrawn;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;

/** How many promises were made, kept, broken and withdrawn, per day where customers are. */
@Component
@Transactional
public class PromiseFigures {

    private static final int BATCH = 1_000;
    private static final int DIGITS = 4;

    private final JdbcClient jdbc;

    /**
     * @param rate of those that ended and were not withdrawn, how many were broken; absent when
     *     none was
     */
    public record Figure(
            LocalDate day,
            PromisePurpose purpose,
            long made,
            long kept,
            long broken,
            long withdrawn,
            @Nullable BigDecimal rate) {

        static @Nullable BigDecimal rate(long kept, long broken) {
            return kept + broken == 0
                    ? null
                    : BigDecimal.valueOf(broken)
                            .divide(
                                    BigDecimal.valueOf(kept + broken),
                                    DIGITS,
                                    RoundingMode.HALF_UP);
        }
    }

    private enum Fate {
        MADE,
        KEPT,
        BROKEN,
        WITHDRAWN
    }

    PromiseFigures(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Counts what was just said of the ticket. */
    void take(Ticket ticket, List<TicketEvent> said) {
        for (var event : said) {
            if (event instanceof PromiseMade made) {
                add(ticket, made, Fate.MADE, Promise.orOwn(made.purpose()));
            } else if (event instanceof PromiseKept kept) {
                add(ticket, kept, Fate.KEPT, ticket.promise(kept.promiseId()).purpose());
            } else if (event instanceof PromiseBroken broken) {
                add(ticket, broken, Fate.BROKEN, ticket.promise(broken.promiseId()).purpose());
            } else if (event instanceof PromiseWithdrawn withdrawn) {
                var promise = ticket.promise(withdrawn.promiseId());
                add(ticket, withdrawn, Fate.WITHDRAWN, promise.purpose());
            }
        }
    }

    private void add(Ticket ticket, TicketEvent event, Fate fate, PromisePurpose purpose) {
        jdbc.sql(
                        """
                        INSERT INTO promise_delta (day, purpose, made, kept, broken, withdrawn)
                        VALUES (?, ?, ?, ?, ?, ?)
                        """)
                .param(event.at().atZone(ticket.rules().calling().zone()).toLocalDate())
                .param(purpose.name())
                .param(fate == Fate.MADE ? 1 : 0)
                .param(fate == Fate.KEPT ? 1 : 0)
                .param(fate == Fate.BROKEN ? 1 : 0)
                .param(fate == Fate.WITHDRAWN ? 1 : 0)
                .update();
    }

    /** Both days included. */
    @Transactional(readOnly = true)
    public List<Figure> between(LocalDate from, LocalDate to) {
        return jdbc.sql(
                        """
                        SELECT day, purpose, sum(made) AS made, sum(kept) AS kept,
                            sum(broken) AS broken, sum(withdrawn) AS withdrawn
                        FROM (SELECT day, purpose, made, kept, broken, withdrawn FROM promise_tally
                              UNION ALL
                              SELECT day, purpose, made, kept, broken, withdrawn
                              FROM promise_delta) AS counted
                        WHERE day BETWEEN :from AND :to
                        GROUP BY day, purpose ORDER BY day, purpose
                        """)
                .param("from", from)
                .param("to", to)
                .query(
                        (row, _) ->
                                new Figure(
                                        row.getObject("day", LocalDate.class),
                                        PromisePurpose.valueOf(row.getString("purpose")),
                                        row.getLong("made"),
                                        row.getLong("kept"),
                                        row.getLong("broken"),
                                        row.getLong("withdrawn"),
                                        Figure.rate(row.getLong("kept"), row.getLong("broken"))))
                .list();
    }

    /**
     * Adds up what was counted, a batch at a time.
     *
     * @return whether there may be more
     */
    boolean fold() {
        return jdbc.sql(
                                """
                                WITH taken AS (
                                    DELETE FROM promise_delta WHERE id IN (
                                        SELECT id FROM promise_delta
                                        ORDER BY id LIMIT ? FOR UPDATE SKIP LOCKED)
                                    RETURNING day, purpose, made, kept, broken, withdrawn),
                                folded AS (
                                    INSERT INTO promise_tally AS tally
                                        (day, purpose, made, kept, broken, withdrawn)
                                    SELECT day, purpose, sum(made), sum(kept), sum(broken),
                                        sum(withdrawn)
                                    FROM taken GROUP BY day, purpose ORDER BY day, purpose
                                    ON CONFLICT (day, purpose) DO UPDATE SET
                                        made = tally.made + excluded.made,
                                        kept = tally.kept + excluded.kept,
                                        broken = tally.broken + excluded.broken,
                                        withdrawn = tally.withdrawn + excluded.withdrawn)
                                SELECT count(*) FROM taken
                                """)
                        .param(BATCH)
                        .query(Integer.class)
                        .single()
                == BATCH;
    }
}
