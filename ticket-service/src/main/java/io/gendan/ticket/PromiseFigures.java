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
import java.time.LocalDate;
import java.util.List;

/** How many promises were made, kept, broken and withdrawn, per day where customers are. */
@Component
@Transactional
public class PromiseFigures {

    private static final Tally.Counted COUNTED =
            new Tally.Counted("promise", "purpose", List.of("made", "kept", "broken", "withdrawn"));

    private final JdbcClient jdbc;
    private final Tally tally;

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
            return Tally.rate(broken, kept + broken);
        }
    }

    private enum Fate {
        MADE,
        KEPT,
        BROKEN,
        WITHDRAWN
    }

    PromiseFigures(JdbcClient jdbc, Tally tally) {
        this.jdbc = jdbc;
        this.tally = tally;
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
        return tally.between(
                COUNTED,
                from,
                to,
                (row, _) ->
                        new Figure(
                                row.getObject("day", LocalDate.class),
                                PromisePurpose.valueOf(row.getString("purpose")),
                                row.getLong("made"),
                                row.getLong("kept"),
                                row.getLong("broken"),
                                row.getLong("withdrawn"),
                                Figure.rate(row.getLong("kept"), row.getLong("broken"))));
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
