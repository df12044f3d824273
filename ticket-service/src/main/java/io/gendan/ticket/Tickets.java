package io.gendan.ticket;

import io.gendan.api.Scope;
import io.gendan.events.ClockKind;
import io.gendan.events.EscalationEvent.ClockWarned;
import io.gendan.events.EscalationEvent.DueChanged;
import io.gendan.events.TicketEvent.TicketCreated;
import io.gendan.events.TicketTexts;
import io.gendan.messaging.EventJson;
import io.gendan.ticket.Ticket.Person;
import io.gendan.ticket.rules.RuleBook;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The tickets, each in one row. The row lock of a ticket orders all that happens to it. */
@Repository
class Tickets {

    private static final TicketTexts NO_TEXTS = new TicketTexts("", null);

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final TicketCounts counts;
    private final RuleBook rules;
    private final JsonMapper json = EventJson.mapper();

    /**
     * A ticket with what its creation says beside the event: the texts unmasked, who opened it.
     *
     * @param byUs whether that is no client of a channel
     */
    record Opened(
            Ticket ticket,
            String openedBy,
            boolean byUs,
            @Nullable String province,
            String subject,
            @Nullable String body,
            @Nullable String result) {}

    Tickets(JdbcClient jdbc, JdbcTemplate batches, TicketCounts counts, RuleBook rules) {
        this.rules = rules;
        this.jdbc = jdbc;
        this.batches = batches;
        this.counts = counts;
    }

    void addAll(List<Opened> opened) {
        batches.batchUpdate(
                """
                INSERT INTO ticket (
                    id, number, opened_by, opened_by_us, channel, customer_id, order_id, product_id, province,
                    subject, body, result, created_at, created, state, status, kind, category, priority, territory,
                    served_by, tier, assignee, responsible)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?, ?, ?, ?, ?, ?, ?, ?,
                    ?)
                """,
                opened,
                opened.size(),
                (insert, one) -> {
                    var created = one.ticket().created();
                    var state = one.ticket().memento();
                    var column = 0;
                    insert.setObject(++column, created.ticketId());
                    insert.setString(++column, created.number());
                    insert.setString(++column, one.openedBy());
                    insert.setBoolean(++column, one.byUs());
                    insert.setString(++column, created.channel().name());
                    insert.setObject(++column, created.customerId());
                    insert.setString(++column, created.orderId());
                    insert.setString(++column, created.productId());
                    insert.setString(++column, one.province());
                    insert.setString(++column, one.subject());
                    insert.setString(++column, one.body());
                    insert.setString(++column, one.result());
                    insert.setTimestamp(++column, Timestamp.from(created.at()));
                    insert.setString(++column, withoutTexts(created));
                    insert.setString(++column, json.writeValueAsString(state));
                    insert.setString(++column, state.status().name());
                    insert.setString(++column, created.kind().name());
                    insert.setString(++column, created.category());
                    insert.setString(++column, created.priority().name());
                    insert.setString(++column, Rows.name(state.territory()));
                    insert.setString(++column, Rows.name(state.servedBy()));
                    insert.setInt(++column, state.tier());
                    insert.setString(++column, id(state.assignee()));
                    insert.setString(++column, id(state.responsible()));
                });
        counts.add(opened.stream().map(Opened::ticket).toList());
    }

    /** What the ticket's creation said beside the event. */
    Opened opened(Ticket ticket) {
        return jdbc.sql(
                        """
                        SELECT opened_by, opened_by_us, province, subject, body, result
                        FROM ticket WHERE id = ?
                        """)
                .param(ticket.id())
                .query(
                        (row, _) ->
                                new Opened(
                                        ticket,
                                        row.getString("opened_by"),
                                        row.getBoolean("opened_by_us"),
                                        row.getString("province"),
                                        row.getString("subject"),
                                        row.getString("body"),
                                        row.getString("result")))
                .single();
    }

    /** They stand in columns of their own, as they were written; the log has them masked. */
    private String withoutTexts(TicketCreated created) {
        var tree = json.<ObjectNode>valueToTree(created);
        tree.set("texts", json.valueToTree(NO_TEXTS));
        return json.writeValueAsString(tree);
    }

    /** The ticket if it is in the scope, its row locked until the transaction ends. */
    Optional<Ticket> lock(UUID id, Scope scope) {
        var parameters = TicketReading.parameters(scope);
        parameters.put("id", id);
        return jdbc.sql(
                        """
                        SELECT *, EXISTS (SELECT FROM agent
                                WHERE agent.id = ticket.assignee AND NOT on_duty) AS owner_away
                        FROM ticket WHERE id = :id AND %s FOR UPDATE OF ticket
                        """
                                .formatted(TicketReading.condition(scope)))
                .params(parameters)
                .query((row, _) -> locked(row))
                .optional();
    }

    /** The ticket as it is now, which may change meanwhile. */
    Optional<Ticket> find(UUID id) {
        return jdbc.sql("SELECT * FROM ticket WHERE id = ?")
                .param(id)
                .query((row, _) -> ticket(row))
                .optional();
    }

    private Ticket locked(ResultSet row) throws SQLException {
        var ticket = ticket(row);
        if (row.getBoolean("owner_away")) {
            ticket.ownerIsAway();
        }
        return ticket;
    }

    /** The ticket of that number, if it is in the scope. */
    Optional<UUID> numbered(String number, Scope scope) {
        var parameters = TicketReading.parameters(scope);
        parameters.put("number", number);
        return jdbc.sql(
                        "SELECT id FROM ticket WHERE number = :number AND %s"
                                .formatted(TicketReading.condition(scope)))
                .params(parameters)
                .query(UUID.class)
                .optional();
    }

    /** Where the ticket is merged into, if it is in the scope and merged. */
    Optional<UUID> mergedInto(UUID id, Scope scope) {
        var parameters = TicketReading.parameters(scope);
        parameters.put("id", id);
        return jdbc.sql(
                        "SELECT merged_into FROM ticket WHERE id = :id AND merged_into IS NOT NULL AND %s"
                                .formatted(TicketReading.condition(scope)))
                .params(parameters)
                .query(UUID.class)
                .optional();
    }

    /** The state, and again in columns what tickets are looked for by. */
    void save(Ticket ticket) {
        var state = ticket.memento();
        var facts = state.facts();
        var merge = state.merge();
        jdbc.sql(
                        """
                        WITH saved AS (UPDATE ticket SET
                            state = ?::jsonb, status = ?, kind = ?, category = ?, priority = ?,
                            territory = ?, served_by = ?, tier = ?, assignee = ?, responsible = ?,
                            merged_into = ?
                        WHERE id = ?
                        """
                                + TicketCounts.OF_SAVED)
                .param(json.writeValueAsString(state))
                .param(state.status().name())
                .param(facts.kind().name())
                .param(facts.category())
                .param(facts.priority().name())
                .param(Rows.name(state.territory()))
                .param(Rows.name(state.servedBy()))
                .param(state.tier())
                .param(id(state.assignee()))
                .param(id(state.responsible()))
                .param(merge == null ? null : merge.into())
                .param(ticket.id())
                .update();
    }

    private static @Nullable String id(@Nullable Person person) {
        return person == null ? null : person.id();
    }

    /** They may see it from now on, whatever becomes of it. */
    void remember(UUID id, List<String> agents) {
        if (!agents.isEmpty()) {
            jdbc.sql(
                            """
                            INSERT INTO ticket_agent (ticket_id, agent, created_at, status, kind,
                                channel, category, priority, tier, territory)
                            SELECT id, agent, created_at, status, kind, channel, category,
                                priority, tier, territory
                            FROM ticket CROSS JOIN unnest(?) AS agent
                            WHERE id = ? ON CONFLICT DO NOTHING
                            """)
                    .param(agents.toArray(String[]::new))
                    .param(id)
                    .update();
        }
    }

    void noteProvince(UUID id, String province, Instant at) {
        jdbc.sql(
                        """
                        WITH before AS (
                            INSERT INTO province_before (ticket_id, until, province)
                            SELECT id, :at, province FROM ticket WHERE id = :id
                            ON CONFLICT DO NOTHING)
                        UPDATE ticket SET province = :province WHERE id = :id
                        """)
                .param("id", id)
                .param("province", province)
                .param("at", Rows.timestamp(at))
                .update();
    }

    /** As it was called then. */
    @Nullable String province(UUID id, Instant then) {
        return jdbc.sql(
                        """
                        SELECT province FROM (
                            SELECT province, until FROM province_before
                            WHERE ticket_id = :id AND until > :then
                            UNION ALL SELECT province, 'infinity' FROM ticket WHERE id = :id) AS told
                        ORDER BY until LIMIT 1
                        """)
                .param("id", id)
                .param("then", Rows.timestamp(then))
                .query((row, _) -> row.getString("province"))
                .list()
                .getFirst();
    }

    /** Which one it repeats. */
    void noteOriginal(UUID id, UUID original) {
        jdbc.sql("UPDATE ticket SET duplicate_of = ? WHERE id = ?")
                .param(original)
                .param(id)
                .update();
    }

    void noteResult(UUID id, String result) {
        jdbc.sql("UPDATE ticket SET result = ? WHERE id = ?").param(result).param(id).update();
    }

    /**
     * A copy of what escalation-service counts down to: not part of the ticket's own state. Where
     * the ticket is may change meanwhile, which nobody here waits for. When nothing runs any more,
     * what is overdue is due when it was.
     */
    void noteDue(DueChanged due) {
        var runs = due.dueAt() != null;
        var dueAt = runs ? due.dueAt() : due.overdueSince();
        if (dueAt == null) {
            jdbc.sql("DELETE FROM ticket_due WHERE ticket_id = ?").param(due.ticketId()).update();
            return;
        }
        jdbc.sql(
                        """
                        WITH noted AS (
                            INSERT INTO ticket_due
                                (ticket_id, due_at, clock, percent, overdue_since,
                                    tier, territory, served_by)
                            SELECT id, :dueAt, :clock, :percent, :overdueSince,
                                tier, territory, served_by
                            FROM ticket WHERE id = :id
                            ON CONFLICT (ticket_id) DO UPDATE SET
                                due_at = excluded.due_at, clock = excluded.clock,
                                percent = excluded.percent,
                                overdue_since = excluded.overdue_since
                            RETURNING new.ticket_id, old.ticket_id IS NULL AS is_new)
                        INSERT INTO ticket_moved (ticket_id)
                        SELECT ticket_id FROM noted WHERE is_new
                        """)
                .param("id", due.ticketId())
                .param("dueAt", Rows.timestamp(dueAt))
                .param("clock", Rows.name(runs ? due.clock() : ClockKind.RESOLUTION))
                .param("percent", due.percent())
                .param("overdueSince", Rows.timestamp(due.overdueSince()))
                .update();
    }

    /** Of another clock than that which is due first, {@link DueChanged} tells it in time. */
    void noteWarned(ClockWarned warned) {
        jdbc.sql(
                        """
                        UPDATE ticket_due SET percent = greatest(percent, ?)
                        WHERE ticket_id = ? AND clock = ? AND due_at = ?
                        """)
                .param(warned.percent())
                .param(warned.ticketId())
                .param(warned.clock().name())
                .param(Rows.timestamp(warned.dueAt()))
                .update();
    }

    Ticket ticket(ResultSet row) throws SQLException {
        var created = json.readValue(row.getString("created"), TicketCreated.class);
        return Ticket.restored(
                created, json.readValue(row.getString("state"), Memento.class), rules.of(created));
    }
}
