package io.gendan.escalation;

import io.gendan.api.Scope;
import io.gendan.escalation.Standing.Climb;
import io.gendan.events.Authority;
import io.gendan.events.Channel;
import io.gendan.events.Kind;
import io.gendan.events.Major;
import io.gendan.events.Priority;
import io.gendan.events.Territory;
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
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The tickets and their clocks.
 *
 * <p>Clocks are read after the lock on their ticket is held, by a statement of their own: what the
 * locking statement saw may be older than the lock.
 */
@Repository
class Watches {

    private static final JsonMapper JSON = EventJson.mapper();

    private static final String INSERT_TICKET =
            """
            INSERT INTO ticket (id, number, kind, channel, priority, major, vip, created_at,
                authority, policy_version, tier, round, stay, raised_stay, state, answered,
                territory, served_by, team, assignee, category, deferred_stay, deferred_to,
                deferred_until, broken_promise_due_at, asked, filed,
                emergency_revision)
            VALUES (:id, :number, :kind, :channel, :priority, :major, :vip, :created_at,
                CAST(:authority AS jsonb),
                :policy_version, :tier, :round, :stay, :raised_stay, :state, :answered,
                :territory, :served_by, :team, :assignee, :category, :deferred_stay, :deferred_to,
                :deferred_until, :broken_promise_due_at, CAST(:asked AS jsonb), :filed,
                (SELECT coalesce(max(revision), 0) FROM emergency))\
            """;

    private static final String UPDATE_TICKET =
            """
            UPDATE ticket SET kind = :kind, priority = :priority, major = :major,
                authority = CAST(:authority AS jsonb), category = :category,
                policy_version = :policy_version, tier = :tier, round = :round, stay = :stay,
                raised_stay = :raised_stay, state = :state, answered = :answered,
                territory = :territory, served_by = :served_by, team = :team, assignee = :assignee,
                deferred_stay = :deferred_stay, deferred_to = :deferred_to,
                deferred_until = :deferred_until, broken_promise_due_at = :broken_promise_due_at,
                asked = CAST(:asked AS jsonb), filed = :filed
            WHERE id = :id\
            """;

    private record Row(Facts facts, Standing standing, Place place) {}

    private final JdbcClient jdbc;
    private final NamedParameterJdbcTemplate batches;
    private final Clocks clocks;

    Watches(JdbcClient jdbc, NamedParameterJdbcTemplate batches, Clocks clocks) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.clocks = clocks;
    }

    /** For who may see the ticket: of the own territory and tier, or assigned to them. */
    Optional<Watch> find(UUID ticketId, Scope scope) {
        return find(ticketId)
                .filter(
                        watch ->
                                switch (scope) {
                                    case Scope.Everything() -> true;
                                    case Scope.OfAgent agent -> isOf(agent, watch);
                                    case Scope.OfChannel _ -> false;
                                });
    }

    private static boolean isOf(Scope.OfAgent agent, Watch watch) {
        var place = watch.place();
        var ownTerritory =
                agent.territory() == null
                        || agent.territory().equals(Columns.name(place.territory()))
                        || agent.territory().equals(Columns.name(place.servedBy()));
        return agent.agent().equals(place.assignee())
                || ownTerritory && agent.tier() == watch.standing().tier();
    }

    Optional<Watch> find(UUID ticketId) {
        return first(
                jdbc.sql("SELECT * FROM ticket WHERE id = :id")
                        .param("id", ticketId)
                        .query((row, _) -> row(row))
                        .list());
    }

    /** Waits for whoever else changes this ticket. */
    Optional<Watch> lock(UUID ticketId) {
        return first(
                jdbc.sql("SELECT * FROM ticket WHERE id = :id FOR UPDATE")
                        .param("id", ticketId)
                        .query((row, _) -> row(row))
                        .list());
    }

    /**
     * Tickets with something due, longest due first, also of those put off until then; passes over
     * those that others work on.
     */
    List<Watch> lockDue(int limit) {
        // The sub-select lets the index bound the scan, which a volatile function does not.
        return withClocks(
                jdbc.sql(
                                """
                                SELECT ticket.* FROM clock JOIN ticket ON ticket.id = clock.ticket_id
                                WHERE clock.fires_at <= (SELECT clock_timestamp())
                                ORDER BY clock.fires_at, clock.due_at LIMIT :limit
                                FOR UPDATE OF ticket SKIP LOCKED\
                                """)
                        .param("limit", limit)
                        .query((row, _) -> row(row))
                        .list());
    }

    /** Open tickets under another version than this one, in the order of their ids. */
    List<Watch> notUnder(String version, @Nullable UUID after, int limit) {
        return withClocks(
                jdbc.sql(
                                """
                                SELECT * FROM ticket
                                WHERE state <> 'CLOSED' AND policy_version <> :version
                                    AND (CAST(:after AS uuid) IS NULL OR id > :after)
                                ORDER BY id LIMIT :limit\
                                """)
                        .param("version", version)
                        .param("after", after)
                        .param("limit", limit)
                        .query((row, _) -> row(row))
                        .list());
    }

    /** The first of them; passes over those that others work on. */
    List<Watch> lockNotUnder(String version, int limit) {
        return withClocks(
                jdbc.sql(
                                """
                                SELECT * FROM ticket
                                WHERE state <> 'CLOSED' AND policy_version <> :version
                                ORDER BY id LIMIT :limit FOR UPDATE SKIP LOCKED\
                                """)
                        .param("version", version)
                        .param("limit", limit)
                        .query((row, _) -> row(row))
                        .list());
    }

    /** Some that a change of an emergency has not reached; passes over what others work on. */
    List<Watch> lockLeftOut(int limit) {
        return withClocks(
                jdbc.sql(
                                "SELECT * FROM ticket WHERE state <> 'CLOSED' AND "
                                        + Emergencies.LEFT_OUT
                                        + " ORDER BY id LIMIT :limit FOR UPDATE SKIP LOCKED")
                        .param("limit", limit)
                        .query((row, _) -> row(row))
                        .list());
    }

    void notePutUnder(long revision, List<Watch> moved) {
        jdbc.sql("UPDATE ticket SET emergency_revision = :revision WHERE id = ANY(:ids)")
                .param("revision", revision)
                .param("ids", moved.stream().map(watch -> watch.facts().id()).toArray(UUID[]::new))
                .update();
    }

    long countNotUnder(String version) {
        return jdbc.sql(
                        """
                        SELECT count(*) FROM ticket
                        WHERE state <> 'CLOSED' AND policy_version <> :version\
                        """)
                .param("version", version)
                .query(Long.class)
                .single();
    }

    void noteApplied(List<Watch> before, String version, String by, Instant at) {
        batches.batchUpdate(
                """
                INSERT INTO policy_applied (ticket_id, version, before, applied_by, applied_at)
                VALUES (:ticket_id, :version, :before, :by, :at)\
                """,
                before.stream()
                        .map(
                                watch ->
                                        new MapSqlParameterSource()
                                                .addValue("ticket_id", watch.facts().id())
                                                .addValue("version", version)
                                                .addValue("before", watch.facts().policyVersion())
                                                .addValue("by", by)
                                                .addValue("at", Columns.time(at)))
                        .toArray(SqlParameterSource[]::new));
    }

    void add(Watch watch) {
        batches.update(INSERT_TICKET, ticket(watch));
        clocks.saveAll(Map.of(watch.facts().id(), watch.clocks()));
    }

    void save(Watch before, Watch after) {
        saveAll(Map.of(before, after));
    }

    /** Writes what differs, in as many round trips as there are tables. */
    void saveAll(Map<Watch, Watch> afterByBefore) {
        var tickets =
                afterByBefore.entrySet().stream()
                        .filter(entry -> !sameTicket(entry.getKey(), entry.getValue()))
                        .map(entry -> ticket(entry.getValue()))
                        .toArray(SqlParameterSource[]::new);
        if (tickets.length > 0) {
            batches.batchUpdate(UPDATE_TICKET, tickets);
        }
        var gone = new HashMap<UUID, List<Clock>>();
        var changed = new HashMap<UUID, List<Clock>>();
        afterByBefore.forEach(
                (before, after) -> {
                    var id = after.facts().id();
                    gone.put(id, missing(before.clocks(), after.clocks()));
                    changed.put(
                            id,
                            after.clocks().stream()
                                    .filter(clock -> !before.clocks().contains(clock))
                                    .toList());
                });
        clocks.removeAll(gone);
        clocks.saveAll(changed);
    }

    private static List<Clock> missing(List<Clock> before, List<Clock> after) {
        return before.stream().filter(clock -> after.stream().noneMatch(clock::isSame)).toList();
    }

    private static boolean sameTicket(Watch before, Watch after) {
        return before.facts().equals(after.facts())
                && before.standing().equals(after.standing())
                && before.place().equals(after.place());
    }

    private Optional<Watch> first(List<Row> rows) {
        return withClocks(rows).stream().findFirst();
    }

    private List<Watch> withClocks(List<Row> rows) {
        var byId = new LinkedHashMap<UUID, Row>();
        rows.forEach(row -> byId.putIfAbsent(row.facts().id(), row));
        var clocksById = clocks.of(byId.keySet());
        return byId.values().stream()
                .map(
                        row ->
                                new Watch(
                                        row.facts(),
                                        row.standing(),
                                        row.place(),
                                        clocksById.getOrDefault(row.facts().id(), List.of())))
                .toList();
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                new Facts(
                        row.getObject("id", UUID.class),
                        row.getString("number"),
                        Kind.valueOf(row.getString("kind")),
                        Channel.valueOf(row.getString("channel")),
                        Priority.valueOf(row.getString("priority")),
                        Columns.value(Major.class, row.getString("major")),
                        row.getBoolean("vip"),
                        Columns.instant(row.getObject("created_at", OffsetDateTime.class)),
                        authority(row.getString("authority")),
                        row.getString("policy_version"),
                        row.getString("category")),
                new Standing(
                        row.getInt("tier"),
                        row.getInt("round"),
                        row.getInt("stay"),
                        TicketState.valueOf(row.getString("state")),
                        new Climb(row.getInt("raised_stay"), deferral(row)),
                        new Questions(
                                row.getBoolean("answered"),
                                List.of(JSON.readValue(row.getString("asked"), Instant[].class))),
                        Columns.instantOrNull(
                                row.getObject("broken_promise_due_at", OffsetDateTime.class)),
                        row.getBoolean("filed")),
                new Place(
                        Columns.value(Territory.class, row.getString("territory")),
                        Columns.value(Territory.class, row.getString("served_by")),
                        row.getString("team"),
                        row.getString("assignee")));
    }

    private static @Nullable Authority authority(@Nullable String column) {
        return column == null ? null : JSON.readValue(column, Authority.class);
    }

    private static @Nullable String text(@Nullable Authority authority) {
        return authority == null ? null : JSON.writeValueAsString(authority);
    }

    private static @Nullable Deferral deferral(ResultSet row) throws SQLException {
        var until = row.getObject("deferred_until", OffsetDateTime.class);
        return until == null
                ? null
                : new Deferral(
                        row.getInt("deferred_stay"),
                        row.getInt("deferred_to"),
                        Columns.instant(until));
    }

    private static SqlParameterSource ticket(Watch watch) {
        var facts = watch.facts();
        var standing = watch.standing();
        var place = watch.place();
        var deferral = standing.climb().deferral();
        return new MapSqlParameterSource()
                .addValue("id", facts.id())
                .addValue("number", facts.number())
                .addValue("kind", facts.kind().name())
                .addValue("channel", facts.channel().name())
                .addValue("priority", facts.priority().name())
                .addValue("major", Columns.name(facts.major()))
                .addValue("vip", facts.vip())
                .addValue("created_at", Columns.time(facts.createdAt()))
                .addValue("authority", text(facts.authority()))
                .addValue("policy_version", facts.policyVersion())
                .addValue("category", facts.category())
                .addValue("tier", standing.tier())
                .addValue("round", standing.round())
                .addValue("stay", standing.stay())
                .addValue("raised_stay", standing.climb().raisedStay())
                .addValue("state", standing.state().name())
                .addValue("answered", standing.answered())
                .addValue("deferred_stay", deferral == null ? null : deferral.stay())
                .addValue("deferred_to", deferral == null ? null : deferral.toTier())
                .addValue(
                        "deferred_until", deferral == null ? null : Columns.time(deferral.until()))
                .addValue("broken_promise_due_at", Columns.time(standing.brokenPromise()))
                .addValue("asked", JSON.writeValueAsString(standing.asked()))
                .addValue("filed", standing.filed())
                .addValue("territory", Columns.name(place.territory()))
                .addValue("served_by", Columns.name(place.servedBy()))
                .addValue("team", place.team())
                .addValue("assignee", place.assignee());
    }
}
