package io.gendan.ticket;

import io.gendan.api.Scope;
import io.gendan.events.Authority;
import io.gendan.events.Channel;
import io.gendan.events.CloseReason;
import io.gendan.events.EscalationEvent.DueChanged;
import io.gendan.events.Kind;
import io.gendan.events.Major;
import io.gendan.events.Phase;
import io.gendan.events.Priority;
import io.gendan.events.Region;
import io.gendan.events.Territory;
import io.gendan.events.TicketEvent.TicketCreated;
import io.gendan.events.WaitingReason;
import io.gendan.ticket.Ticket.Memento;
import io.gendan.ticket.Ticket.Person;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The tickets, each in one row. The row lock of a ticket orders all that happens to it. */
@Repository
class Tickets {

    private static final TypeReference<List<Promise>> PROMISES = new TypeReference<>() {};

    private static final TypeReference<List<Merge.Absorbed>> ABSORBED = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final JsonMapper json = JsonMapper.builder().build();

    /** A ticket with what its creation says beside the event: the texts unmasked, who opened it. */
    record Opened(
            Ticket ticket,
            String openedBy,
            @Nullable String province,
            String subject,
            @Nullable String body) {}

    Tickets(JdbcClient jdbc, JdbcTemplate batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    void addAll(List<Opened> opened) {
        batches.batchUpdate(
                """
                INSERT INTO ticket (
                    id, number, opened_by, kind, phase, category, channel, priority, major, vip,
                    customer_id, order_id, seller_id, province, region, first_tier, subject, body,
                    authority, created_at, status, tier, round, stay, agent_wanted, version, updated_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?,
                    true, 1, ?)
                """,
                opened,
                opened.size(),
                (insert, one) -> {
                    var created = one.ticket().created();
                    var at = Timestamp.from(created.at());
                    var column = 0;
                    insert.setObject(++column, created.ticketId());
                    insert.setString(++column, created.number());
                    insert.setString(++column, one.openedBy());
                    insert.setString(++column, created.kind().name());
                    insert.setString(++column, Rows.name(created.phase()));
                    insert.setString(++column, created.category());
                    insert.setString(++column, created.channel().name());
                    insert.setString(++column, created.priority().name());
                    insert.setString(++column, Rows.name(created.major()));
                    insert.setBoolean(++column, created.vip());
                    insert.setObject(++column, created.customerId());
                    insert.setString(++column, created.orderId());
                    insert.setString(++column, created.sellerId());
                    insert.setString(++column, one.province());
                    insert.setString(++column, json.writeValueAsString(created.region()));
                    insert.setInt(++column, created.tier());
                    insert.setString(++column, one.subject());
                    insert.setString(++column, one.body());
                    insert.setString(++column, text(created.authority()));
                    insert.setTimestamp(++column, at);
                    insert.setString(++column, TicketStatus.NEW.name());
                    insert.setInt(++column, created.tier());
                    insert.setInt(++column, created.round());
                    insert.setInt(++column, created.stay());
                    insert.setTimestamp(++column, at);
                });
    }

    /** The ticket if it is in the scope, its row locked until the transaction ends. */
    Optional<Ticket> lock(UUID id, Scope scope) {
        var parameters = TicketReading.parameters(scope);
        parameters.put("id", id);
        return jdbc.sql(
                        "SELECT * FROM ticket WHERE id = :id AND %s FOR UPDATE"
                                .formatted(TicketReading.condition(scope)))
                .params(parameters)
                .query((row, _) -> ticket(row))
                .optional();
    }

    /** Where the ticket is merged into, if it is in the scope and merged. */
    Optional<UUID> mergedInto(UUID id, Scope scope) {
        var parameters = TicketReading.parameters(scope);
        parameters.put("id", id);
        return jdbc.sql(
                        "SELECT (merge ->> 'into')::uuid FROM ticket WHERE id = :id AND merge IS NOT NULL AND %s"
                                .formatted(TicketReading.condition(scope)))
                .params(parameters)
                .query(UUID.class)
                .optional();
    }

    void save(Ticket ticket) {
        var state = ticket.memento();
        var assignee = state.assignee();
        var responsible = state.responsible();
        jdbc.sql(
                        """
                        UPDATE ticket SET
                            status = ?, waiting_reason = ?, awaited_promise = ?, wait_id = ?, closing_due = ?,
                            survey = ?::jsonb,
                            promises = ?::jsonb, territory = ?, served_by = ?, team = ?,
                            tier = ?, assignee = ?, assignee_name = ?, responsible = ?,
                            responsible_name = ?, round = ?, stay = ?, agent_wanted = ?,
                            version = ?, updated_at = ?, resolved_at = ?, closed_at = ?,
                            merge = ?::jsonb, absorbed = ?::jsonb
                        WHERE id = ?
                        """)
                .param(state.status().name())
                .param(Rows.name(state.waitingReason()))
                .param(state.awaitedPromise())
                .param(state.waitId())
                .param(Rows.name(state.closingDue()))
                .param(state.survey() == null ? null : json.writeValueAsString(state.survey()))
                .param(json.writeValueAsString(state.promises()))
                .param(Rows.name(state.territory()))
                .param(Rows.name(state.servedBy()))
                .param(state.team())
                .param(state.tier())
                .param(assignee == null ? null : assignee.id())
                .param(assignee == null ? null : assignee.name())
                .param(responsible == null ? null : responsible.id())
                .param(responsible == null ? null : responsible.name())
                .param(state.round())
                .param(state.stay())
                .param(state.agentWanted())
                .param(state.version())
                .param(Rows.timestamp(state.updatedAt()))
                .param(Rows.timestamp(state.resolvedAt()))
                .param(Rows.timestamp(state.closedAt()))
                .param(state.merge() == null ? null : json.writeValueAsString(state.merge()))
                .param(json.writeValueAsString(state.absorbed()))
                .param(ticket.id())
                .update();
    }

    void remember(UUID id, Person agent) {
        jdbc.sql(
                        """
                        INSERT INTO ticket_agent (ticket_id, agent) VALUES (?, ?)
                        ON CONFLICT DO NOTHING
                        """)
                .param(id)
                .param(agent.id())
                .update();
    }

    void noteResult(UUID id, String result) {
        jdbc.sql("UPDATE ticket SET result = ? WHERE id = ?").param(result).param(id).update();
    }

    /** A copy of what escalation-service counts down to: not part of the ticket's own state. */
    void noteDue(DueChanged due) {
        jdbc.sql("UPDATE ticket SET due_at = ?, due_clock = ? WHERE id = ?")
                .param(Rows.timestamp(due.dueAt()))
                .param(Rows.name(due.clock()))
                .param(due.ticketId())
                .update();
    }

    Ticket ticket(ResultSet row) throws SQLException {
        var region = json.readValue(row.getString("region"), Region.class);
        var created =
                new TicketCreated(
                        row.getObject("id", UUID.class),
                        1,
                        1,
                        row.getObject("created_at", OffsetDateTime.class).toInstant(),
                        row.getString("number"),
                        Kind.valueOf(row.getString("kind")),
                        Rows.optional(Phase.class, row.getString("phase")),
                        row.getString("category"),
                        Channel.valueOf(row.getString("channel")),
                        Priority.valueOf(row.getString("priority")),
                        Rows.optional(Major.class, row.getString("major")),
                        row.getBoolean("vip"),
                        row.getObject("customer_id", UUID.class),
                        row.getString("order_id"),
                        row.getString("seller_id"),
                        region,
                        row.getInt("first_tier"),
                        Masking.mask(row.getString("subject"), row.getString("body")),
                        authority(row.getString("authority")),
                        null,
                        null,
                        null,
                        null);
        return Ticket.restored(
                created,
                new Memento(
                        TicketStatus.valueOf(row.getString("status")),
                        Rows.optional(WaitingReason.class, row.getString("waiting_reason")),
                        row.getObject("awaited_promise", UUID.class),
                        row.getObject("wait_id", UUID.class),
                        Rows.optional(CloseReason.class, row.getString("closing_due")),
                        survey(row.getString("survey")),
                        json.readValue(row.getString("promises"), PROMISES),
                        Rows.optional(Territory.class, row.getString("territory")),
                        Rows.optional(Territory.class, row.getString("served_by")),
                        row.getString("team"),
                        row.getInt("tier"),
                        person(row, "assignee"),
                        person(row, "responsible"),
                        row.getInt("round"),
                        row.getInt("stay"),
                        row.getBoolean("agent_wanted"),
                        row.getLong("version"),
                        row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                        Rows.instant(row.getObject("resolved_at", OffsetDateTime.class)),
                        Rows.instant(row.getObject("closed_at", OffsetDateTime.class)),
                        merge(row.getString("merge")),
                        json.readValue(row.getString("absorbed"), ABSORBED)));
    }

    private @Nullable String text(@Nullable Authority authority) {
        return authority == null ? null : json.writeValueAsString(authority);
    }

    private @Nullable Authority authority(@Nullable String column) {
        return column == null ? null : json.readValue(column, Authority.class);
    }

    private @Nullable Merge merge(@Nullable String column) {
        return column == null ? null : json.readValue(column, Merge.class);
    }

    private @Nullable Survey survey(@Nullable String column) {
        return column == null ? null : json.readValue(column, Survey.class);
    }

    private static @Nullable Person person(ResultSet row, String column) throws SQLException {
        var id = row.getString(column);
        return id == null ? null : new Person(id, row.getString(column + "_name"));
    }
}
