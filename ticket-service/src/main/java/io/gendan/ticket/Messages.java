package io.gendan.ticket;

import io.gendan.api.Cursor;
import io.gendan.api.Page;
import io.gendan.api.Paging;
import io.gendan.api.Problem;
import io.gendan.api.Scope;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** What the customer and we said to each other, and what we noted, as it was said. */
@Repository
public class Messages {

    private static final UUID FIRST_ID = new UUID(0, 0);

    private final JdbcClient jdbc;
    private final TicketReading reading;

    /** Who speaks. */
    public enum Side {
        CUSTOMER,
        US,
        /** One of us to the others: the customer and the channels never see it. */
        NOTE
    }

    /**
     * @param author the account that brought it
     * @param sentAt when it was written, if that is known to be another time than now
     */
    record Message(UUID id, String author, Side side, String text, @Nullable Instant sentAt) {}

    /**
     * @param text with number-like strings masked, unless it was {@linkplain RevealDesk revealed}
     * @param at when it came in
     * @param sentAt when it was written, as its channel says
     */
    public record Shown(
            UUID id, Side side, String author, String text, Instant at, @Nullable Instant sentAt) {}

    Messages(JdbcClient jdbc, TicketReading reading) {
        this.jdbc = jdbc;
        this.reading = reading;
    }

    /** Keeps it beside the event that tells of it, which the ticket has just said. */
    void add(Ticket said, Message message) {
        jdbc.sql(
                        """
                        INSERT INTO message (id, ticket_id, author, side, text, at, sent_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?)
                        """)
                .param(message.id())
                .param(said.id())
                .param(message.author())
                .param(message.side().name())
                .param(message.text())
                .param(Rows.timestamp(said.memento().updatedAt()))
                .param(Rows.timestamp(message.sentAt()))
                .update();
    }

    /**
     * In the order in which they were written, also when one overtook another on its way.
     *
     * @throws Problem 404 when there is no such ticket in the scope
     */
    public Page<Shown> list(UUID ticketId, Paging paging, Scope scope) {
        reading.requireVisible(ticketId, scope);
        var after = paging.after();
        var read =
                jdbc.sql(
                                """
                                SELECT id, side, author, text, at, sent_at FROM message
                                WHERE ticket_id = :ticket AND (written_at, id) > (:at, :id)
                                    AND (side <> 'NOTE' OR :notes)
                                ORDER BY written_at, id LIMIT :rows
                                """)
                        .param("ticket", ticketId)
                        .param(
                                "at",
                                Rows.timestamp(after == null ? Instant.EPOCH : after.instant(0)))
                        .param("id", after == null ? FIRST_ID : after.id(1))
                        .param("notes", !(scope instanceof Scope.OfChannel))
                        .param("rows", paging.rowsToRead())
                        .query((row, _) -> shown(row, Masking.mask(row.getString("text"))))
                        .list();
        return Page.of(read, paging, last -> Cursor.at(writtenAt(last), last.id()));
    }

    /** The last ones in the same order, notes among them, and nothing masked. */
    List<Shown> revealed(UUID ticketId, int most) {
        return jdbc.sql(
                        """
                        SELECT id, side, author, text, at, sent_at FROM message
                        WHERE ticket_id = ? ORDER BY written_at DESC, id DESC LIMIT ?
                        """)
                .params(ticketId, most)
                .query((row, _) -> shown(row, row.getString("text")))
                .list()
                .reversed();
    }

    private static Shown shown(ResultSet row, String text) throws SQLException {
        return new Shown(
                row.getObject("id", UUID.class),
                Side.valueOf(row.getString("side")),
                row.getString("author"),
                text,
                row.getObject("at", OffsetDateTime.class).toInstant(),
                Rows.instant(row.getObject("sent_at", OffsetDateTime.class)));
    }

    private static Instant writtenAt(Shown message) {
        return message.sentAt() == null ? message.at() : message.sentAt();
    }
}
