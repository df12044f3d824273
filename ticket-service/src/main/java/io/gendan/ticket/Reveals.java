package io.gendan.ticket;

import io.gendan.api.Caller;
import io.gendan.api.Cursor;
import io.gendan.api.Page;
import io.gendan.api.Paging;
import io.gendan.api.Problem;
import io.gendan.api.Role;
import io.gendan.messaging.DatabaseClock;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/**
 * The record of what was shown to whom although it is masked for everybody. It is written before it
 * is shown, in one transaction, and never changed.
 */
@Repository
@Transactional
public class Reveals {

    /** "reve": tells these advisory locks from those of others in the database. */
    private static final int LOCKS = 0x72657665;

    private static final Duration HOUR = Duration.ofHours(1);

    private final JdbcClient jdbc;
    private final DatabaseClock clock;
    private final TicketSettings.RevealSettings settings;

    /**
     * @param ticketId absent when the customer was revealed without a ticket
     * @param number of the ticket
     * @param by to whom
     * @param roles that they had then
     */
    public record Reveal(
            UUID id,
            @Nullable UUID ticketId,
            @Nullable String number,
            UUID customerId,
            String by,
            List<String> roles,
            String reason,
            Instant at) {}

    /** Which reveals; what is absent does not matter. */
    public record Filter(@Nullable UUID ticket, @Nullable UUID customer, @Nullable String by) {}

    /** When it was put on record. */
    record Kept(UUID id, Instant at) {}

    Reveals(JdbcClient jdbc, DatabaseClock clock, TicketSettings settings) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.settings = settings.reveals();
    }

    /**
     * @param reason masked
     * @throws Problem 429 when so much was revealed to them within an hour that it is enough
     */
    @Transactional(propagation = Propagation.MANDATORY)
    Kept add(Caller by, @Nullable UUID ticketId, UUID customerId, String reason) {
        requireNotTooMany(by.id());
        return jdbc.sql(
                        """
                        INSERT INTO reveal (ticket_id, customer_id, revealed_to, roles, reason)
                        VALUES (?, ?, ?, ?, ?) RETURNING id, at
                        """)
                .param(ticketId)
                .param(customerId)
                .param(by.id())
                .param(by.roles().stream().map(Role::claim).sorted().toArray(String[]::new))
                .param(reason)
                .query((row, _) -> new Kept(row.getObject("id", UUID.class), at(row)))
                .single();
    }

    /** One person's are counted one after the other, until each transaction ends. */
    private void requireNotTooMany(String who) {
        jdbc.sql("SELECT pg_advisory_xact_lock(?, hashtext(?))")
                .params(LOCKS, who)
                .query((_, _) -> true)
                .list();
        jdbc.sql(
                        """
                        SELECT at FROM reveal WHERE revealed_to = ?
                        ORDER BY at DESC, id DESC OFFSET ? LIMIT 1
                        """)
                .params(who, settings.mostInAnHour() - 1)
                .query((row, _) -> Duration.between(clock.now(), at(row).plus(HOUR)))
                .optional()
                .filter(Duration::isPositive)
                .ifPresent(
                        wait -> {
                            throw Problem.of(429, "too-many-reveals", settings.mostInAnHour())
                                    .retryAfter(wait);
                        });
    }

    /** Newest first. */
    @Transactional(readOnly = true)
    public Page<Reveal> list(Filter filter, Paging paging) {
        var after = paging.after();
        var where = new StringBuilder("true");
        if (filter.ticket() != null) {
            where.append(" AND reveal.ticket_id = :ticket");
        }
        if (filter.customer() != null) {
            where.append(" AND reveal.customer_id = :customer");
        }
        if (filter.by() != null) {
            where.append(" AND reveal.revealed_to = :by");
        }
        if (after != null) {
            where.append(" AND (reveal.at, reveal.id) < (:afterAt, :afterId)");
        }
        var read =
                jdbc.sql(
                                """
                                SELECT reveal.*, ticket.number
                                FROM reveal LEFT JOIN ticket ON ticket.id = reveal.ticket_id
                                WHERE %s ORDER BY reveal.at DESC, reveal.id DESC LIMIT :rows
                                """
                                        .formatted(where))
                        .param("ticket", filter.ticket())
                        .param("customer", filter.customer())
                        .param("by", filter.by())
                        .param("afterAt", after == null ? null : Rows.timestamp(after.instant(0)))
                        .param("afterId", after == null ? null : after.id(1))
                        .param("rows", paging.rowsToRead())
                        .query((row, _) -> reveal(row))
                        .list();
        return Page.of(read, paging, last -> Cursor.at(last.at(), last.id()));
    }

    private static Reveal reveal(ResultSet row) throws SQLException {
        return new Reveal(
                row.getObject("id", UUID.class),
                row.getObject("ticket_id", UUID.class),
                row.getString("number"),
                row.getObject("customer_id", UUID.class),
                row.getString("revealed_to"),
                List.of((String[]) row.getArray("roles").getArray()),
                row.getString("reason"),
                at(row));
    }

    private static Instant at(ResultSet row) throws SQLException {
        return row.getObject("at", OffsetDateTime.class).toInstant();
    }
}
