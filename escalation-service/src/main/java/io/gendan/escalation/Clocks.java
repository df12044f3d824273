package io.gendan.escalation;

import static java.time.temporal.ChronoUnit.MICROS;

import io.gendan.escalation.calendar.Calendar;
import io.gendan.escalation.calendar.Calendars;
import io.gendan.escalation.calendar.Rest;
import io.gendan.events.ClockKind;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The clocks of the tickets. Whoever changes one holds the lock on its ticket. */
@Repository
class Clocks {

    private static final String SAVE =
            """
            INSERT INTO clock (ticket_id, kind, number, about, stay, policy_version,
                calendar_code, calendar_version, rests, basis, target_us, grace_us, started_at, due_at, state, fires_at,
                remaining_us, ended_at, warned, rings, steps, pauses)
            VALUES (:ticket_id, :kind, :number, :about, :stay, :policy_version,
                :calendar_code, :calendar_version, CAST(:rests AS jsonb), :basis, :target_us, :grace_us, :started_at, :due_at, :state,
                :fires_at, :remaining_us, :ended_at, :warned, :rings, CAST(:steps AS jsonb),
                CAST(:pauses AS jsonb))
            ON CONFLICT (ticket_id, kind, number) DO UPDATE SET
                policy_version = excluded.policy_version, calendar_code = excluded.calendar_code,
                calendar_version = excluded.calendar_version, rests = excluded.rests, basis = excluded.basis,
                target_us = excluded.target_us, grace_us = excluded.grace_us,
                started_at = excluded.started_at, due_at = excluded.due_at, state = excluded.state, fires_at = excluded.fires_at,
                remaining_us = excluded.remaining_us, ended_at = excluded.ended_at,
                warned = excluded.warned, rings = excluded.rings, steps = excluded.steps,
                pauses = excluded.pauses\
            """;

    private static final String REMOVE =
            """
            DELETE FROM clock WHERE ticket_id = :ticket_id AND kind = :kind AND number = :number\
            """;

    private static final TypeReference<List<Rest>> RESTS = new TypeReference<>() {};
    private static final TypeReference<List<Pause>> PAUSES = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final NamedParameterJdbcTemplate batches;
    private final Calendars calendars;
    private final JsonMapper json;

    Clocks(
            JdbcClient jdbc,
            NamedParameterJdbcTemplate batches,
            Calendars calendars,
            JsonMapper json) {
        this.jdbc = jdbc;
        this.calendars = calendars;
        this.batches = batches;
        this.json = json;
    }

    Map<UUID, List<Clock>> of(Collection<UUID> ticketIds) {
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

    void saveAll(Map<UUID, List<Clock>> clocksByTicket) {
        var rows =
                clocksByTicket.entrySet().stream()
                        .flatMap(
                                entry ->
                                        entry.getValue().stream()
                                                .map(clock -> row(entry.getKey(), clock)))
                        .toArray(SqlParameterSource[]::new);
        if (rows.length > 0) {
            batches.batchUpdate(SAVE, rows);
        }
    }

    void removeAll(Map<UUID, List<Clock>> clocksByTicket) {
        var rows =
                clocksByTicket.entrySet().stream()
                        .flatMap(
                                entry ->
                                        entry.getValue().stream()
                                                .map(clock -> key(entry.getKey(), clock)))
                        .toArray(SqlParameterSource[]::new);
        if (rows.length > 0) {
            batches.batchUpdate(REMOVE, rows);
        }
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

    private Clock clock(ResultSet row) throws SQLException {
        var remaining = row.getObject("remaining_us", Long.class);
        return new Clock(
                ClockKind.valueOf(row.getString("kind")),
                row.getInt("number"),
                row.getObject("about", UUID.class),
                row.getInt("stay"),
                row.getString("policy_version"),
                calendar(row.getString("calendar_code"), row.getString("calendar_version"))
                        .resting(json.readValue(row.getString("rests"), RESTS)),
                row.getString("basis"),
                Duration.of(row.getLong("target_us"), MICROS),
                Duration.of(row.getLong("grace_us"), MICROS),
                Columns.instant(row.getObject("started_at", OffsetDateTime.class)),
                Columns.instant(row.getObject("due_at", OffsetDateTime.class)),
                ClockState.valueOf(row.getString("state")),
                Columns.instantOrNull(row.getObject("fires_at", OffsetDateTime.class)),
                remaining == null ? null : Duration.of(remaining, MICROS),
                Columns.instantOrNull(row.getObject("ended_at", OffsetDateTime.class)),
                row.getInt("warned"),
                row.getInt("rings"),
                json.readValue(row.getString("steps"), Steps.class),
                json.readValue(row.getString("pauses"), PAUSES));
    }

    private Calendar calendar(String code, String version) {
        return code.equals(Calendar.ALWAYS.code())
                ? Calendar.ALWAYS
                : calendars.find(code, version).orElseThrow();
    }

    private static MapSqlParameterSource key(UUID ticketId, Clock clock) {
        return new MapSqlParameterSource()
                .addValue("ticket_id", ticketId)
                .addValue("kind", clock.kind().name())
                .addValue("number", clock.number());
    }

    private SqlParameterSource row(UUID ticketId, Clock clock) {
        return key(ticketId, clock)
                .addValue("about", clock.about())
                .addValue("stay", clock.stay())
                .addValue("policy_version", clock.policyVersion())
                .addValue("calendar_code", clock.calendar().code())
                .addValue("calendar_version", clock.calendar().version())
                .addValue("rests", json.writeValueAsString(clock.calendar().rests()))
                .addValue("basis", clock.basis())
                .addValue("target_us", micros(clock.target()))
                .addValue("grace_us", micros(clock.grace()))
                .addValue("started_at", Columns.time(clock.startedAt()))
                .addValue("due_at", Columns.time(clock.dueAt()))
                .addValue("state", clock.state().name())
                .addValue("fires_at", Columns.time(clock.firesAt()))
                .addValue("remaining_us", micros(clock.remaining()))
                .addValue("ended_at", Columns.time(clock.endedAt()))
                .addValue("warned", clock.warned())
                .addValue("rings", clock.rings())
                .addValue("steps", json.writeValueAsString(clock.steps()))
                .addValue("pauses", json.writeValueAsString(clock.pauses()));
    }

    private static @Nullable Long micros(@Nullable Duration duration) {
        return duration == null ? null : duration.dividedBy(MICROS.getDuration());
    }
}
