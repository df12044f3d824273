package io.gendan.ticket;

import io.gendan.api.Scope;
import io.gendan.events.Kind;
import io.gendan.events.Territory;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How many tickets there are where, without reading them. A ticket that moves adds changes in its
 * own transaction, where nobody waits for anybody; {@link #fold} puts them into the counts; a read
 * adds up counts and changes of one moment, and so is what a scan would give.
 */
@Repository
@Transactional
public class TicketCounts {

    /** "coun": tells this advisory lock from those of others in the database. */
    private static final int LOCK = 0x636f756e;

    private static final int FOLDED_AT_ONCE = 20_000;

    /** More overdue tickets than this are not counted. */
    private static final int MOST_OVERDUE = 1_000;

    private static final String PLACE = "kind, status, tier, territory, served_by";

    /** Goes on after {@code WITH saved AS (UPDATE ticket … WHERE …}. */
    static final String OF_SAVED =
            """
            RETURNING new.id, old.kind AS old_kind, old.status AS old_status,
                old.tier AS old_tier, old.territory AS old_territory,
                old.served_by AS old_served_by,
                (old.category, old.priority) IS DISTINCT FROM (new.category, new.priority)
                    AS is_other, new.category, new.priority,
                new.kind, new.status, new.tier, new.territory, new.served_by),
            theirs AS (
                UPDATE ticket_agent SET kind = saved.kind, status = saved.status,
                    tier = saved.tier, territory = saved.territory, category = saved.category,
                    priority = saved.priority
                FROM saved WHERE ticket_id = saved.id
                    AND (is_other OR (old_kind, old_status, old_tier, old_territory)
                        IS DISTINCT FROM (saved.kind, saved.status, saved.tier, saved.territory))),
            moved AS (
                INSERT INTO ticket_moved (ticket_id) SELECT id FROM saved
                WHERE (old_tier, old_territory, old_served_by)
                    IS DISTINCT FROM (tier, territory, served_by))
            INSERT INTO ticket_count_change (kind, status, tier, territory, served_by, tickets)
            SELECT change.* FROM saved CROSS JOIN LATERAL (VALUES
                (old_kind, old_status, old_tier, old_territory, old_served_by, -1),
                (kind, status, tier, territory, served_by, 1)) AS change
            WHERE (old_kind, old_status, old_tier, old_territory, old_served_by)
                IS DISTINCT FROM (kind, status, tier, territory, served_by)
            """;

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;

    /** How many of a sort: all there ever were, and those of them that wait for us to act. */
    public record Count(long all, long open) {

        Count plus(Count other) {
            return new Count(all + other.all, open + other.open);
        }
    }

    /**
     * @param unplaced those of no territory yet
     * @param overdue those with a target that has run out and still counts, which that of the whole
     *     ticket does as long as it is to be met
     */
    public record Counts(
            Count tickets,
            Map<TicketStatus, Long> byStatus,
            Map<Territory, Count> byTerritory,
            Count unplaced,
            Map<Integer, Count> byTier,
            Map<Kind, Count> byKind,
            Overdue overdue) {}

    /**
     * @param more whether there are more, which were not counted
     */
    public record Overdue(long tickets, boolean more) {

        static Overdue of(long tickets) {
            return new Overdue(Math.min(tickets, MOST_OVERDUE), tickets > MOST_OVERDUE);
        }
    }

    private record Row(
            Kind kind, TicketStatus status, int tier, @Nullable Territory territory, long tickets) {

        Count count() {
            return new Count(tickets, status.isOpen() ? tickets : 0);
        }
    }

    TicketCounts(JdbcClient jdbc, JdbcTemplate batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    void add(List<Ticket> opened) {
        record Place(
                Kind kind,
                TicketStatus status,
                int tier,
                @Nullable Territory territory,
                @Nullable Territory servedBy) {

            static Place of(Memento state) {
                return new Place(
                        state.facts().kind(),
                        state.status(),
                        state.tier(),
                        state.territory(),
                        state.servedBy());
            }
        }
        var added =
                opened.stream()
                        .map(ticket -> Place.of(ticket.memento()))
                        .collect(Collectors.groupingBy(place -> place, Collectors.counting()));
        batches.batchUpdate(
                "INSERT INTO ticket_count_change (%s, tickets) VALUES (?, ?, ?, ?, ?, ?)"
                        .formatted(PLACE),
                added.entrySet(),
                added.size(),
                (insert, one) -> {
                    var place = one.getKey();
                    insert.setString(1, place.kind().name());
                    insert.setString(2, place.status().name());
                    insert.setInt(3, place.tier());
                    insert.setString(4, Rows.name(place.territory()));
                    insert.setString(5, Rows.name(place.servedBy()));
                    insert.setLong(6, one.getValue());
                });
    }

    /** Puts the changes into the counts, one instance at a time. */
    @Scheduled(fixedDelayString = "PT2S")
    void fold() {
        var isOurs =
                jdbc.sql("SELECT pg_try_advisory_xact_lock(?)")
                        .param(LOCK)
                        .query(Boolean.class)
                        .single();
        if (!isOurs) {
            return;
        }
        jdbc.sql(
                        """
                        WITH folded AS (
                            DELETE FROM ticket_count_change
                            WHERE position = ANY (ARRAY(
                                SELECT position FROM ticket_count_change ORDER BY position LIMIT ?))
                            RETURNING *)
                        INSERT INTO ticket_count AS kept (%1$s, tickets)
                        SELECT %1$s, sum(tickets) FROM folded GROUP BY %1$s
                        ON CONFLICT (%1$s) DO UPDATE SET tickets = kept.tickets + excluded.tickets
                        """
                                .formatted(PLACE))
                .param(FOLDED_AT_ONCE)
                .update();
    }

    /** Of the tickets at the place of the scope; what was an agent's elsewhere is not counted. */
    @Transactional(readOnly = true)
    public Counts read(Scope scope, @Nullable Territory territory) {
        var parameters = TicketReading.parameters(scope);
        parameters.put("most", MOST_OVERDUE);
        var place = place(scope, "ticket");
        if (territory != null) {
            parameters.put("territory", territory.name());
            place += " AND ticket.territory = :territory";
        }
        var rows =
                jdbc.sql(
                                """
                                SELECT kind, status, tier, territory, sum(tickets) AS tickets
                                FROM (SELECT %1$s, tickets FROM ticket_count UNION ALL
                                    SELECT %1$s, tickets FROM ticket_count_change) AS ticket
                                WHERE %2$s
                                GROUP BY kind, status, tier, territory
                                HAVING sum(tickets) <> 0
                                """
                                        .formatted(PLACE, place))
                        .params(parameters)
                        .query(
                                (row, _) ->
                                        new Row(
                                                Kind.valueOf(row.getString("kind")),
                                                TicketStatus.valueOf(row.getString("status")),
                                                row.getInt("tier"),
                                                Rows.optional(
                                                        Territory.class,
                                                        row.getString("territory")),
                                                row.getLong("tickets")))
                        .list();
        return counts(rows, overdue(place, parameters));
    }

    /** Each way by an index; what is overdue in both is counted by the first. */
    private Overdue overdue(String place, Map<String, Object> parameters) {
        var each =
                Stream.of("due_at <= now()", "due_at > now() AND overdue_since IS NOT NULL")
                        .map(
                                isOverdue ->
                                        """
                                        (SELECT FROM ticket_due AS ticket
                                         WHERE %1$s AND %2$s AND NOT %3$s LIMIT :most + 1)
                                        UNION ALL
                                        (SELECT FROM ticket_due JOIN ticket ON ticket.id = ticket_id
                                         WHERE %1$s AND %2$s AND %3$s LIMIT :most + 1)
                                        """
                                                .formatted(
                                                        isOverdue, place, DuePlaces.MAY_HAVE_MOVED))
                        .collect(Collectors.joining(" UNION ALL "));
        return jdbc.sql("SELECT count(*) FROM (%s)".formatted(each))
                .params(parameters)
                .query((row, _) -> Overdue.of(row.getLong(1)))
                .single();
    }

    /** That what a table tells of a ticket is at the place of the scope. */
    static String place(Scope scope, String table) {
        return switch (scope) {
            case Scope.Everything _ -> "true";
            case Scope.OfChannel _ -> "false";
            case Scope.OfAgent agent ->
                    (agent.territory() == null
                                    ? "%1$s.tier = :scopeTier"
                                    : "%1$s.tier = :scopeTier AND :scopeTerritory"
                                            + " IN (%1$s.territory, %1$s.served_by)")
                            .formatted(table);
        };
    }

    private static Counts counts(List<Row> rows, Overdue overdue) {
        var placed = rows.stream().filter(row -> row.territory() != null).toList();
        var unplaced = rows.stream().filter(row -> row.territory() == null);
        return new Counts(
                rows.stream().map(Row::count).reduce(new Count(0, 0), Count::plus),
                rows.stream()
                        .collect(
                                Collectors.toMap(
                                        Row::status,
                                        Row::tickets,
                                        Long::sum,
                                        () -> new EnumMap<>(TicketStatus.class))),
                by(placed, row -> Objects.requireNonNull(row.territory())),
                unplaced.map(Row::count).reduce(new Count(0, 0), Count::plus),
                by(rows, Row::tier),
                by(rows, Row::kind),
                overdue);
    }

    private static <K extends Comparable<K>> Map<K, Count> by(
            List<Row> rows, Function<Row, K> what) {
        return rows.stream().collect(Collectors.toMap(what, Row::count, Count::plus, TreeMap::new));
    }
}
