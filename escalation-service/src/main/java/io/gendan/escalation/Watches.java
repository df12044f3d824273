package io.gendan.escalation;

import static java.time.temporal.ChronoUnit.MICROS;

import io.gendan.api.Scope;
import io.gendan.events.Channel;
import io.gendan.events.ClockKind;
import io.gendan.events.Kind;
import io.gendan.events.Major;
import io.gendan.events.Priority;
import io.gendan.events.Territory;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
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

    private static final String INSERT_TICKET =
            """
            INSERT INTO ticket (id, number, kind, channel, priority, major, vip, created_at,
                policy_version, tier, round, stay, raised_stay, state, answered,
                territory, served_by, team, assignee)
            VALUES (:id, :number, :kind, :channel, :priority, :major, :vip, :created_at,
                :policy_version, :tier, :round, :stay, :raised_stay, :state, :answered,
                :territory, :served_by, :team, :assignee)\
            """;

    private static final String UPDATE_TICKET =
            """
            UPDATE ticket SET tier = :tier, round = :round, stay = :stay,
                raised_stay = :raised_stay, state = :state, answered = :answered,
                territory = :territory, served_by = :served_by, team = :team, assignee = :assignee
            WHERE id = :id\
            """;

    private static final String SAVE_CLOCK =
            """
            INSERT INTO clock (ticket_id, kind, number, stay, policy_version, target_us, grace_us,
                started_at, due_at, state, fires_at, remaining_us, ended_at, pauses)
            VALUES (:ticket_id, :kind, :number, :stay, :policy_version, :target_us, :grace_us,
                :started_at, :due_at, :state, :fires_at, :remaining_us, :ended_at,
                CAST(:pauses AS jsonb))
            ON CONFLICT (ticket_id, kind, number) DO UPDATE SET
                due_at = excluded.due_at, state = excluded.state, fires_at = excluded.fires_at,
                remaining_us = excluded.remaining_us, ended_at = excluded.ended_at,
                pauses = excluded.pauses\
            """;

    private static final TypeReference<List<Pause>> PAUSES = new TypeReference<>() {};

    private record Row(Facts facts, Standing standing, Place place) {}

    private final JdbcClient jdbc;
    private final NamedParameterJdbcTemplate batches;
    private final JsonMapper json;

    Watches(JdbcClient jdbc, NamedParameterJdbcTemplate batches, JsonMapper json) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.json = json;
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

    /** Tickets with something due, longest due first; passes over those that others work on. */
    List<Watch> lockDue(int limit) {
        // The sub-select lets the index bound the scan, which a volatile function does not.
        return withClocks(
                jdbc.sql(
                                """
                                SELECT ticket.* FROM clock JOIN ticket ON ticket.id = clock.ticket_id
                                WHERE clock.fires_at <= (SELECT clock_timestamp())
                                ORDER BY clock.fires_at LIMIT :limit
                                FOR UPDATE OF ticket SKIP LOCKED\
                                """)
                        .param("limit", limit)
                        .query((row, _) -> row(row))
                        .list());
    }

    /** How long until something is due; negative when it is overdue. */
    Optional<Duration> untilNextFiring() {
        return jdbc.sql(
                        """
                        SELECT (extract(epoch FROM min(fires_at) - clock_timestamp()) * 1e6)::bigint
                        FROM clock WHERE fires_at IS NOT NULL\
                        """)
                .query(Long.class)
                .optional()
                .map(micros -> Duration.of(micros, MICROS));
    }

    /**
     * Lets the ticket that has been due longest stand aside, so that it does not hold up the others
     * when it cannot be fired. Reads nothing of it that could be what is broken.
     */
    List<UUID> putFirstAside(Duration by) {
        return jdbc.sql(
                        """
                        WITH first AS (
                            SELECT ticket.id FROM clock JOIN ticket ON ticket.id = clock.ticket_id
                            WHERE clock.fires_at <= (SELECT clock_timestamp())
                            ORDER BY clock.fires_at LIMIT 1 FOR UPDATE OF ticket SKIP LOCKED)
                        UPDATE clock SET fires_at = clock_timestamp() + make_interval(secs => :by)
                        FROM first WHERE clock.ticket_id = first.id
                            AND clock.fires_at <= clock_timestamp()
                        RETURNING clock.ticket_id\
                        """)
                .param("by", by.toSeconds())
                .query((row, _) -> row.getObject(1, UUID.class))
                .list();
    }

    void add(Watch watch) {
        batches.update(INSERT_TICKET, ticket(watch));
        saveClocks(watch.facts().id(), watch.clocks());
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
        var clocks =
                afterByBefore.entrySet().stream()
                        .flatMap(
                                entry ->
                                        entry.getValue().clocks().stream()
                                                .filter(
                                                        clock ->
                                                                !entry.getKey()
                                                                        .clocks()
                                                                        .contains(clock))
                                                .map(
                                                        clock ->
                                                                clock(
                                                                        entry.getValue()
                                                                                .facts()
                                                                                .id(),
                                                                        clock)))
                        .toArray(SqlParameterSource[]::new);
        if (clocks.length > 0) {
            batches.batchUpdate(SAVE_CLOCK, clocks);
        }
    }

    private static boolean sameTicket(Watch before, Watch after) {
        return before.standing().equals(after.standing()) && before.place().equals(after.place());
    }

    private void saveClocks(UUID ticketId, List<Clock> clocks) {
        if (!clocks.isEmpty()) {
            batches.batchUpdate(
                    SAVE_CLOCK,
                    clocks.stream()
                            .map(clock -> clock(ticketId, clock))
                            .toArray(SqlParameterSource[]::new));
        }
    }

    private Optional<Watch> first(List<Row> rows) {
        return withClocks(rows).stream().findFirst();
    }

    private List<Watch> withClocks(List<Row> rows) {
        var byId = new LinkedHashMap<UUID, Row>();
        rows.forEach(row -> byId.putIfAbsent(row.facts().id(), row));
        var clocks = clocksOf(byId.keySet());
        return byId.values().stream()
                .map(
                        row ->
                                new Watch(
                                        row.facts(),
                                        row.standing(),
                                        row.place(),
                                        clocks.getOrDefault(row.facts().id(), List.of())))
                .toList();
    }

    private Map<UUID, List<Clock>> clocksOf(Collection<UUID> ticketIds) {
        if (ticketIds.isEmpty()) {
            return Map.of();
        }
        var clocks = new HashMap<UUID, List<Clock>>();
        jdbc.sql("SELECT * FROM clock WHERE ticket_id = ANY(:ids)")
                .param("ids", ticketIds.toArray(UUID[]::new))
                .query(
                        row -> {
                            clocks.computeIfAbsent(
                                            row.getObject("ticket_id", UUID.class),
                                            _ -> new ArrayList<>())
                                    .add(clock(row));
                        });
        var inOrder =
                Comparator.comparing(Clock::startedAt)
                        .thenComparing(Clock::kind)
                        .thenComparing(Clock::number);
        clocks.values().forEach(list -> list.sort(inOrder));
        return clocks;
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
                        row.getString("policy_version")),
                new Standing(
                        row.getInt("tier"),
                        row.getInt("round"),
                        row.getInt("stay"),
                        row.getInt("raised_stay"),
                        TicketState.valueOf(row.getString("state")),
                        row.getBoolean("answered")),
                new Place(
                        Columns.value(Territory.class, row.getString("territory")),
                        Columns.value(Territory.class, row.getString("served_by")),
                        row.getString("team"),
                        row.getString("assignee")));
    }

    private static SqlParameterSource ticket(Watch watch) {
        var facts = watch.facts();
        var standing = watch.standing();
        var place = watch.place();
        return new MapSqlParameterSource()
                .addValue("id", facts.id())
                .addValue("number", facts.number())
                .addValue("kind", facts.kind().name())
                .addValue("channel", facts.channel().name())
                .addValue("priority", facts.priority().name())
                .addValue("major", Columns.name(facts.major()))
                .addValue("vip", facts.vip())
                .addValue("created_at", Columns.time(facts.createdAt()))
                .addValue("policy_version", facts.policyVersion())
                .addValue("tier", standing.tier())
                .addValue("round", standing.round())
                .addValue("stay", standing.stay())
                .addValue("raised_stay", standing.raisedStay())
                .addValue("state", standing.state().name())
                .addValue("answered", standing.answered())
                .addValue("territory", Columns.name(place.territory()))
                .addValue("served_by", Columns.name(place.servedBy()))
                .addValue("team", place.team())
                .addValue("assignee", place.assignee());
    }

    private Clock clock(ResultSet row) throws SQLException {
        var remaining = row.getObject("remaining_us", Long.class);
        return new Clock(
                ClockKind.valueOf(row.getString("kind")),
                row.getInt("number"),
                row.getInt("stay"),
                row.getString("policy_version"),
                Duration.of(row.getLong("target_us"), MICROS),
                Duration.of(row.getLong("grace_us"), MICROS),
                Columns.instant(row.getObject("started_at", OffsetDateTime.class)),
                Columns.instant(row.getObject("due_at", OffsetDateTime.class)),
                ClockState.valueOf(row.getString("state")),
                Columns.instantOrNull(row.getObject("fires_at", OffsetDateTime.class)),
                remaining == null ? null : Duration.of(remaining, MICROS),
                Columns.instantOrNull(row.getObject("ended_at", OffsetDateTime.class)),
                json.readValue(row.getString("pauses"), PAUSES));
    }

    private SqlParameterSource clock(UUID ticketId, Clock clock) {
        return new MapSqlParameterSource()
                .addValue("ticket_id", ticketId)
                .addValue("kind", clock.kind().name())
                .addValue("number", clock.number())
                .addValue("stay", clock.stay())
                .addValue("policy_version", clock.policyVersion())
                .addValue("target_us", micros(clock.target()))
                .addValue("grace_us", micros(clock.grace()))
                .addValue("started_at", Columns.time(clock.startedAt()))
                .addValue("due_at", Columns.time(clock.dueAt()))
                .addValue("state", clock.state().name())
                .addValue("fires_at", Columns.time(clock.firesAt()))
                .addValue("remaining_us", micros(clock.remaining()))
                .addValue("ended_at", Columns.time(clock.endedAt()))
                .addValue("pauses", json.writeValueAsString(clock.pauses()));
    }

    private static @Nullable Long micros(@Nullable Duration duration) {
        return duration == null ? null : duration.dividedBy(MICROS.getDuration());
    }
}
