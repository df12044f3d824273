package io.gendan.routing;

import io.gendan.events.Channel;
import io.gendan.events.Kind;
import io.gendan.events.Major;
import io.gendan.events.Phase;
import io.gendan.events.Priority;
import io.gendan.events.Territory;
import io.gendan.routing.RoutedTicket.Stage;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The tickets that routing has heard of. */
@Repository
class RoutedTickets {

    private final JdbcClient jdbc;

    RoutedTickets(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(RoutedTicket ticket) {
        var need = ticket.need();
        jdbc.sql(
                        """
                        INSERT INTO ticket
                            (id, kind, phase, category, channel, priority, major, vip, customer_id,
                             points, line_from, territory, territory_reason, team, tier, round,
                             stay, stage, agent)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        values(
                                ticket.id(),
                                need.kind().name(),
                                name(need.phase()),
                                need.category(),
                                need.channel().name(),
                                need.priority().name(),
                                name(need.major()),
                                need.vip(),
                                need.customerId(),
                                need.points(),
                                Timestamp.from(ticket.lineFrom()),
                                ticket.territory().name(),
                                ticket.territoryReason(),
                                ticket.team(),
                                ticket.tier(),
                                ticket.round(),
                                ticket.stay(),
                                ticket.stage().name(),
                                ticket.agent()))
                .update();
    }

    /** The customer came back by it after the other one was closed. */
    void follows(UUID id, UUID closed) {
        jdbc.sql("INSERT INTO follow_up (ticket_id, follows) VALUES (?, ?)")
                .param(id)
                .param(closed)
                .update();
    }

    /** Whoever had it knows the customer for some time. */
    void closed(UUID id, Instant at) {
        jdbc.sql("UPDATE ticket SET closed_at = ? WHERE id = ?")
                .param(Timestamp.from(at))
                .param(id)
                .update();
    }

    void save(RoutedTicket ticket) {
        var need = ticket.need();
        jdbc.sql(
                        """
                        UPDATE ticket
                        SET kind = ?, phase = ?, category = ?, priority = ?, major = ?, points = ?,
                            line_from = ?, territory = ?, territory_reason = ?, team = ?, tier = ?, round = ?, stay = ?, stage = ?, agent = ?,
                            refused_by = ?, held_by = ?
                        WHERE id = ?
                        """)
                .params(
                        values(
                                need.kind().name(),
                                name(need.phase()),
                                need.category(),
                                need.priority().name(),
                                name(need.major()),
                                need.points(),
                                Timestamp.from(ticket.lineFrom()),
                                ticket.territory().name(),
                                ticket.territoryReason(),
                                ticket.team(),
                                ticket.tier(),
                                ticket.round(),
                                ticket.stay(),
                                ticket.stage().name(),
                                ticket.agent(),
                                need.refusedBy().toArray(String[]::new),
                                ticket.heldBy().toArray(String[]::new),
                                ticket.id()))
                .update();
    }

    /**
     * @throws IllegalStateException when the ticket's creation was never heard
     */
    RoutedTicket require(UUID id) {
        return find(id).orElseThrow(
                        () -> new IllegalStateException("Ticket " + id + " was never created"));
    }

    Optional<RoutedTicket> find(UUID id) {
        return jdbc.sql("SELECT * FROM ticket WHERE id = ?")
                .param(id)
                .query((row, _) -> ticket(row))
                .optional();
    }

    private static @Nullable String name(@Nullable Enum<?> value) {
        return value == null ? null : value.name();
    }

    private static List<@Nullable Object> values(@Nullable Object... values) {
        return Arrays.asList(values);
    }

    private static RoutedTicket ticket(ResultSet row) throws SQLException {
        return new RoutedTicket(
                row.getObject("id", UUID.class),
                need(row),
                row.getTimestamp("line_from").toInstant(),
                Territory.valueOf(row.getString("territory")),
                row.getString("territory_reason"),
                row.getString("team"),
                row.getInt("tier"),
                row.getInt("round"),
                row.getInt("stay"),
                Stage.valueOf(row.getString("stage")),
                row.getString("agent"),
                Set.of(Ledger.texts(row.getArray("held_by"))));
    }

    private static Need need(ResultSet row) throws SQLException {
        var phase = row.getString("phase");
        var major = row.getString("major");
        return new Need(
                Kind.valueOf(row.getString("kind")),
                phase == null ? null : Phase.valueOf(phase),
                row.getString("category"),
                Channel.valueOf(row.getString("channel")),
                Priority.valueOf(row.getString("priority")),
                major == null ? null : Major.valueOf(major),
                row.getBoolean("vip"),
                row.getObject("customer_id", UUID.class),
                row.getInt("points"),
                Set.of(Ledger.texts(row.getArray("refused_by"))));
    }
}
