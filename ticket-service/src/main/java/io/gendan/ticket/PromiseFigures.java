package io.gendan.ticket;

import io.gendan.events.PromisePurpose;
import io.gendan.events.TicketEvent;
import io.gendan.events.TicketEvent.PromiseBroken;
import io.gendan.events.TicketEvent.PromiseKept;
import io.gendan.events.TicketEvent.PromiseMade;
import io.gendan.events.TicketEvent.PromiseWithdrawn;
import io.gendan.ticket.Consequences.News;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    /** What became of a promise, and where that is counted. */
    private record Count(LocalDate day, PromisePurpose purpose, Fate fate) {

        private static Count of(Ticket ticket, TicketEvent event, Fate fate, UUID promiseId) {
            return of(ticket, event, fate, ticket.promise(promiseId).purpose());
        }

        private static Count of(
                Ticket ticket, TicketEvent event, Fate fate, PromisePurpose purpose) {
            var day = event.at().atZone(ticket.rules().calling().zone()).toLocalDate();
            return new Count(day, purpose, fate);
        }
    }

    PromiseFigures(JdbcClient jdbc, Tally tally) {
        this.jdbc = jdbc;
        this.tally = tally;
    }

    /** Counts what was just said of tickets, of all that is alike at once. */
    void take(List<News> news) {
        news.stream()
                .flatMap(one -> one.events().stream().flatMap(event -> fates(one.ticket(), event)))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
                .forEach(this::add);
    }

    private static Stream<Count> fates(Ticket ticket, TicketEvent event) {
        if (event instanceof PromiseMade made) {
            return Stream.of(Count.of(ticket, made, Fate.MADE, Promise.orOwn(made.purpose())));
        } else if (event instanceof PromiseKept kept) {
            return Stream.of(Count.of(ticket, kept, Fate.KEPT, kept.promiseId()));
        } else if (event instanceof PromiseBroken broken) {
            return Stream.of(Count.of(ticket, broken, Fate.BROKEN, broken.promiseId()));
        } else if (event instanceof PromiseWithdrawn withdrawn) {
            return Stream.of(Count.of(ticket, withdrawn, Fate.WITHDRAWN, withdrawn.promiseId()));
        }
        return Stream.empty();
    }

    private void add(Count count, long times) {
        var fate = count.fate();
        jdbc.sql(
                        """
                        INSERT INTO promise_delta (day, purpose, made, kept, broken, withdrawn)
                        VALUES (?, ?, ?, ?, ?, ?)
                        """)
                .param(count.day())
                .param(count.purpose().name())
                .param(fate == Fate.MADE ? times : 0)
                .param(fate == Fate.KEPT ? times : 0)
                .param(fate == Fate.BROKEN ? times : 0)
                .param(fate == Fate.WITHDRAWN ? times : 0)
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
