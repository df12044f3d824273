package io.gendan.escalation;

import io.gendan.api.Cursor;
import io.gendan.api.Page;
import io.gendan.api.Paging;
import io.gendan.api.Scope;
import io.gendan.events.ClockKind;
import io.gendan.events.EscalationCause;
import io.gendan.events.HandOffPacket;
import io.gendan.events.Kind;
import io.gendan.events.Major;
import io.gendan.events.Priority;
import io.gendan.events.Territory;
import io.gendan.events.TicketEvent.EscalationRequested;
import io.gendan.messaging.EventJson;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import tools.jackson.databind.json.JsonMapper;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** The escalations. Whoever changes one holds the lock on its ticket. */
@Repository
class Escalations {

    private static final JsonMapper JSON = EventJson.mapper();

    private static final String SAVE =
            """
            INSERT INTO escalation (id, ticket_id, raised_stay, stay, from_tier, to_tier, cause,
                clock, due_at, raised_at, escalated_at, state, vip, priority_rank, answer_by,
                invited_at, claimed_by, claimed_name, claimed_team, claimed_at, claimed_picked,
                settled_because)
            VALUES (:id, :ticket_id, :raised_stay, :stay, :from_tier, :to_tier, :cause,
                :clock, :due_at, :raised_at, :escalated_at, :state, :vip, :priority_rank,
                :answer_by, :invited_at, :claimed_by, :claimed_name, :claimed_team, :claimed_at,
                :claimed_picked, :settled_because)
            ON CONFLICT (id) DO UPDATE SET
                stay = excluded.stay, from_tier = excluded.from_tier, to_tier = excluded.to_tier,
                cause = excluded.cause, clock = excluded.clock, due_at = excluded.due_at,
                raised_at = excluded.raised_at,
                escalated_at = excluded.escalated_at, state = excluded.state,
                vip = excluded.vip, priority_rank = excluded.priority_rank,
                answer_by = excluded.answer_by, invited_at = excluded.invited_at,
                claimed_by = excluded.claimed_by, claimed_name = excluded.claimed_name,
                claimed_team = excluded.claimed_team, claimed_at = excluded.claimed_at,
                claimed_picked = excluded.claimed_picked,
                settled_because = excluded.settled_because\
            """;

    /** Who comes before whom in a line. */
    private static final String ORDER =
            """
             ORDER BY (NOT escalation.vip), escalation.priority_rank, escalation.answer_by,
                escalation.id
            """;

    private static final String LISTED =
            """
            SELECT escalation.*, ticket.number, ticket.kind, ticket.priority, ticket.major,
                ticket.territory
            FROM escalation JOIN ticket ON ticket.id = escalation.ticket_id\
            """;

    private final JdbcClient jdbc;
    private final NamedParameterJdbcTemplate batches;

    Escalations(JdbcClient jdbc, NamedParameterJdbcTemplate batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    Optional<Escalation> find(UUID id) {
        return jdbc.sql("SELECT * FROM escalation WHERE id = :id")
                .param("id", id)
                .query((row, _) -> escalation(row))
                .optional();
    }

    /** One that the caller may see: of the own tier, or taken by them. */
    Optional<Listed> find(UUID id, Scope scope) {
        return jdbc.sql(LISTED + " WHERE escalation.id = :id")
                .param("id", id)
                .query((row, _) -> listed(row))
                .optional()
                .filter(
                        found ->
                                switch (scope) {
                                    case Scope.Everything() -> true;
                                    case Scope.OfAgent(var agent, var _, var tier) ->
                                            tier == found.escalation().toTier()
                                                    || found.escalation().isClaimedBy(agent);
                                    case Scope.OfChannel _ -> false;
                                });
    }

    /** The queue of a tier in its order; empty for who does not belong to it. */
    Page<Listed> queue(int tier, Paging paging, Scope scope) {
        var visible =
                switch (scope) {
                    case Scope.Everything() -> true;
                    case Scope.OfAgent(var _, var _, var own) -> own == tier;
                    case Scope.OfChannel _ -> false;
                };
        var after = paging.after();
        var rows =
                jdbc.sql(
                                LISTED
                                        + """
                                         WHERE :visible AND to_tier = :tier
                                            AND escalation.state = 'QUEUED' AND (:beginning
                                            OR ((NOT escalation.vip), priority_rank, answer_by,
                                                escalation.id) > (:not_vip, :rank,
                                                :answer_by, :id))
                                        """
                                        + ORDER
                                        + " LIMIT :rows")
                        .param("visible", visible)
                        .param("tier", tier)
                        .param("beginning", after == null)
                        .param("not_vip", after != null && after.number(0) == 1)
                        .param("rank", after == null ? 0 : after.number(1))
                        .param(
                                "answer_by",
                                Columns.time(after == null ? Instant.EPOCH : after.instant(2)))
                        .param("id", after == null ? new UUID(0, 0) : after.id(3))
                        .param("rows", paging.rowsToRead())
                        .query((row, _) -> listed(row))
                        .list();
        return Page.of(rows, paging, Escalations::position);
    }

    private static Cursor position(Listed last) {
        var order = last.escalation().order();
        var answerBy = Objects.requireNonNull(order.answerBy());
        return Cursor.at(
                order.vip() ? 0 : 1, order.priorityRank(), answerBy, last.escalation().id());
    }

    /**
     * Keeps what whoever takes it needs to know with the climb of that stay, beside what others who
     * asked for the same said before.
     */
    void pack(EscalationRequested requested) {
        var before =
                jdbc.sql(
                                """
                                SELECT packet FROM escalation
                                WHERE ticket_id = :ticket AND raised_stay = :stay\
                                """)
                        .param("ticket", requested.ticketId())
                        .param("stay", requested.stay())
                        .query((row, _) -> Optional.ofNullable(packet(row.getString("packet"))))
                        .optional()
                        .flatMap(known -> known);
        var packet =
                before.map(known -> Packets.both(known, requested.packet()))
                        .orElse(requested.packet());
        jdbc.sql(
                        """
                        UPDATE escalation SET packet = CAST(:packet AS jsonb)
                        WHERE ticket_id = :ticket AND raised_stay = :stay\
                        """)
                .param("packet", JSON.writeValueAsString(packet))
                .param("ticket", requested.ticketId())
                .param("stay", requested.stay())
                .update();
    }

    /** What whoever had it at that tier was told, whoever takes it there now needs to know, too. */
    void packAsBefore(Escalation entry) {
        jdbc.sql(
                        """
                        UPDATE escalation SET packet = (
                            SELECT before.packet FROM escalation AS before
                            WHERE before.ticket_id = :ticket AND before.to_tier = :tier
                                AND before.stay < :stay AND before.packet IS NOT NULL
                            ORDER BY before.stay DESC LIMIT 1)
                        WHERE id = :id\
                        """)
                .param("ticket", entry.ticketId())
                .param("tier", entry.toTier())
                .param("stay", entry.stay())
                .param("id", entry.id())
                .update();
    }

    private static @Nullable HandOffPacket packet(@Nullable String column) {
        return column == null ? null : JSON.readValue(column, HandOffPacket.class);
    }

    private static Listed listed(ResultSet row) throws SQLException {
        return new Listed(
                escalation(row),
                row.getString("number"),
                Kind.valueOf(row.getString("kind")),
                Priority.valueOf(row.getString("priority")),
                Columns.value(Major.class, row.getString("major")),
                Columns.value(Territory.class, row.getString("territory")),
                packet(row.getString("packet")));
    }

    /** How many wait for a tier, and how many it took since then. */
    Surge.Line line(int tier, Instant since) {
        return jdbc.sql(
                        """
                        SELECT
                            (SELECT count(*) FROM escalation
                                WHERE to_tier = :tier AND state = 'QUEUED') AS queued,
                            (SELECT count(*) FROM escalation
                                WHERE to_tier = :tier AND claimed_at >= :since) AS claimed\
                        """)
                .param("tier", tier)
                .param("since", Columns.time(since))
                .query((row, _) -> new Surge.Line(row.getInt("queued"), row.getInt("claimed")))
                .single();
    }

    /** Those of a ticket that somebody may still have to take. */
    List<Escalation> open(UUID ticketId) {
        return jdbc.sql(
                        """
                        SELECT * FROM escalation
                        WHERE ticket_id = :ticket AND state IN ('QUEUED', 'CLAIMED')\
                        """)
                .param("ticket", ticketId)
                .query((row, _) -> escalation(row))
                .list();
    }

    /** Those of a stay that left the queue for that reason. */
    List<Escalation> overBecause(String reason, UUID ticketId, int stay) {
        return jdbc.sql(
                        """
                        SELECT * FROM escalation
                        WHERE ticket_id = :ticket AND stay = :stay AND state = 'OVER'
                            AND settled_because = :reason\
                        """)
                .param("ticket", ticketId)
                .param("stay", stay)
                .param("reason", reason)
                .query((row, _) -> escalation(row))
                .list();
    }

    /** The first entry of a queue, whoever may just be taking it. */
    Optional<UUID> head(int tier) {
        return jdbc.sql(
                        "SELECT id FROM escalation WHERE to_tier = :tier AND state = 'QUEUED'"
                                + ORDER
                                + " LIMIT 1")
                .param("tier", tier)
                .query(UUID.class)
                .optional();
    }

    /**
     * Locks the ticket of the first entry of a queue that nobody else is just taking.
     *
     * @return the entry's id; what it became meanwhile is to be read now that the lock is held
     */
    Optional<UUID> lockHead(int tier) {
        return head(tier, "UPDATE");
    }

    /** As {@link #lockHead}, but those who only look whether it is free do not see each other. */
    Optional<UUID> shareHead(int tier) {
        return head(tier, "KEY SHARE");
    }

    private Optional<UUID> head(int tier, String lock) {
        return jdbc.sql(
                        """
                        SELECT escalation.id FROM escalation
                        JOIN ticket ON ticket.id = escalation.ticket_id
                        WHERE escalation.to_tier = :tier AND escalation.state = 'QUEUED'
                        """
                                + ORDER
                                + " LIMIT 1 FOR "
                                + lock
                                + " OF ticket SKIP LOCKED")
                .param("tier", tier)
                .query(UUID.class)
                .optional();
    }

    /**
     * Locks the tickets of entries whose last invitation is long ago: as long as the entry had
     * stood in the queue by then, so that what nobody takes fills no log.
     */
    List<UUID> lockLongSinceInvited(Duration shortest, Duration longest, int limit) {
        return jdbc.sql(
                        """
                        SELECT escalation.id FROM escalation
                        JOIN ticket ON ticket.id = escalation.ticket_id
                        WHERE escalation.state = 'QUEUED'
                            AND escalation.invited_at <=
                                (SELECT clock_timestamp() - make_interval(secs => :shortest))
                            AND escalation.invited_at <= (SELECT clock_timestamp())
                                - least(escalation.invited_at - escalation.escalated_at,
                                    make_interval(secs => :longest))
                        ORDER BY escalation.invited_at
                        LIMIT :limit FOR UPDATE OF ticket SKIP LOCKED\
                        """)
                .param("shortest", shortest.toMillis() / 1000.0)
                .param("longest", longest.toMillis() / 1000.0)
                .param("limit", limit)
                .query((row, _) -> row.getObject("id", UUID.class))
                .list();
    }

    void save(Escalation escalation) {
        saveAll(List.of(escalation));
    }

    void saveAll(List<Escalation> escalations) {
        if (!escalations.isEmpty()) {
            batches.batchUpdate(
                    SAVE,
                    escalations.stream().map(Escalations::row).toArray(SqlParameterSource[]::new));
        }
    }

    private static SqlParameterSource row(Escalation escalation) {
        var order = escalation.order();
        var claim = escalation.claim();
        return new MapSqlParameterSource()
                .addValue("id", escalation.id())
                .addValue("ticket_id", escalation.ticketId())
                .addValue("raised_stay", escalation.raisedStay())
                .addValue("stay", escalation.stay())
                .addValue("from_tier", escalation.fromTier())
                .addValue("to_tier", escalation.toTier())
                .addValue("cause", escalation.cause().name())
                .addValue("clock", Columns.name(escalation.clock()))
                .addValue("due_at", Columns.time(escalation.dueAt()))
                .addValue("raised_at", Columns.time(escalation.raisedAt()))
                .addValue("escalated_at", Columns.time(escalation.escalatedAt()))
                .addValue("state", escalation.state().name())
                .addValue("vip", order.vip())
                .addValue("priority_rank", order.priorityRank())
                .addValue("answer_by", Columns.time(order.answerBy()))
                .addValue("invited_at", Columns.time(escalation.invitedAt()))
                .addValue("claimed_by", claim == null ? null : claim.agent())
                .addValue("claimed_name", claim == null ? null : claim.name())
                .addValue("claimed_team", claim == null ? null : claim.team())
                .addValue("claimed_at", claim == null ? null : Columns.time(claim.at()))
                .addValue("claimed_picked", claim == null ? null : claim.picked())
                .addValue("settled_because", escalation.settledBecause());
    }

    private static Escalation escalation(ResultSet row) throws SQLException {
        var claimedBy = row.getString("claimed_by");
        return new Escalation(
                row.getObject("id", UUID.class),
                row.getObject("ticket_id", UUID.class),
                row.getObject("raised_stay", Integer.class),
                row.getObject("stay", Integer.class),
                row.getInt("from_tier"),
                row.getInt("to_tier"),
                EscalationCause.valueOf(row.getString("cause")),
                Columns.value(ClockKind.class, row.getString("clock")),
                Columns.instant(row.getObject("due_at", OffsetDateTime.class)),
                Columns.instant(row.getObject("raised_at", OffsetDateTime.class)),
                Columns.instantOrNull(row.getObject("escalated_at", OffsetDateTime.class)),
                EscalationState.valueOf(row.getString("state")),
                new Escalation.Order(
                        row.getBoolean("vip"),
                        row.getInt("priority_rank"),
                        Columns.instantOrNull(row.getObject("answer_by", OffsetDateTime.class))),
                Columns.instantOrNull(row.getObject("invited_at", OffsetDateTime.class)),
                claimedBy == null
                        ? null
                        : new Escalation.Claim(
                                claimedBy,
                                row.getString("claimed_name"),
                                row.getString("claimed_team"),
                                Columns.instant(row.getObject("claimed_at", OffsetDateTime.class)),
                                row.getObject("claimed_picked", Boolean.class)),
                row.getString("settled_because"));
    }
}
