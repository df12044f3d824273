package io.gendan.routing;

import io.gendan.api.Cursor;
import io.gendan.api.Page;
import io.gendan.api.Paging;
import io.gendan.api.Problem;
import io.gendan.api.Scope;
import io.gendan.events.AssignmentEvent;
import io.gendan.events.Level;
import io.gendan.events.Territory;
import io.gendan.events.Topics;
import io.gendan.messaging.EventLog;
import io.gendan.routing.RoutedTicket.Stage;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What people see of routing: an agent the own team, and the tickets of it or of their own. */
@Service
public class Board {

    private static final int HEADS = 5;
    private static final int DECISIONS = 200;

    /** Sorts before every id. */
    private static final String BEGINNING = "";

    private static final String VISIBLE_TEAM =
            """
            (CAST(:everything AS boolean)
             OR (tier = :tier AND territory IS NOT DISTINCT FROM CAST(:territory AS text)))
            """;

    private final JdbcClient jdbc;
    private final Ledger ledger;
    private final RoutedTickets tickets;
    private final EventLog eventLog;

    Board(JdbcClient jdbc, Ledger ledger, RoutedTickets tickets, EventLog eventLog) {
        this.jdbc = jdbc;
        this.ledger = ledger;
        this.tickets = tickets;
        this.eventLog = eventLog;
    }

    /**
     * @param load points of work; may be above the capacity, when own tickets came back
     * @param open number of tickets
     */
    public record AgentView(
            String id,
            String name,
            String team,
            @Nullable Territory territory,
            int tier,
            Level level,
            List<String> skills,
            boolean onDuty,
            int load,
            int capacity,
            int open) {}

    /**
     * @param heads who is near the front, VIPs first
     */
    public record LineView(
            String team,
            @Nullable Territory territory,
            int waiting,
            int vips,
            @Nullable Instant oldestSince,
            List<HeadView> heads) {}

    public record HeadView(UUID ticketId, boolean vip, Instant since) {}

    /**
     * @param agent who has it, or had it last
     */
    public record RoutingView(
            UUID ticketId,
            Territory territory,
            String territoryReason,
            String team,
            int tier,
            int round,
            Stage stage,
            @Nullable String agent,
            List<DecisionView> decisions) {}

    public record DecisionView(
            long sequence,
            String type,
            Instant at,
            String actor,
            @Nullable String reason,
            AssignmentEvent decision) {}

    public Page<AgentView> agents(Scope scope, Paging paging) {
        var agents = agents(scope, "agent.id > :id", after(paging), paging.rowsToRead());
        return Page.of(agents, paging, agent -> Cursor.at(agent.id()));
    }

    public Optional<AgentView> agent(String id, Scope scope) {
        return agents(scope, "agent.id = :id", id, 1).stream().findFirst();
    }

    private List<AgentView> agents(Scope scope, String which, String id, int limit) {
        return jdbc.sql(
                        """
                        SELECT agent.*, territory, tier, coalesce(capacity, 0) AS capacity
                        FROM agent JOIN team ON team.id = team
                        LEFT JOIN level_rule
                               ON level_rule.level = agent.level AND rule_version = :version
                        WHERE %s AND %s
                        ORDER BY agent.id LIMIT :limit
                        """
                                .formatted(which, VISIBLE_TEAM))
                .param("version", ledger.rules().version())
                .param("id", id)
                .param("everything", scope instanceof Scope.Everything)
                .param("territory", territory(scope))
                .param("tier", tier(scope))
                .param("limit", limit)
                .query(
                        (row, _) ->
                                new AgentView(
                                        row.getString("id"),
                                        row.getString("name"),
                                        row.getString("team"),
                                        territory(row),
                                        row.getInt("tier"),
                                        Level.valueOf(row.getString("level")),
                                        Arrays.asList(Ledger.texts(row.getArray("skills"))),
                                        row.getBoolean("on_duty"),
                                        row.getInt("load"),
                                        row.getInt("capacity"),
                                        row.getInt("open")))
                .list();
    }

    public Page<LineView> lines(Scope scope, Paging paging) {
        var lines =
                jdbc.sql(
                                """
                                SELECT team.id, territory, count(ticket_id) AS waiting,
                                       count(ticket_id) FILTER (WHERE vip) AS vips,
                                       min(since) AS oldest
                                FROM team LEFT JOIN waiting ON waiting.team = team.id
                                WHERE team.id > :id AND tier = 1 AND %s
                                GROUP BY team.id ORDER BY team.id LIMIT :limit
                                """
                                        .formatted(VISIBLE_TEAM))
                        .param("id", after(paging))
                        .param("everything", scope instanceof Scope.Everything)
                        .param("territory", territory(scope))
                        .param("tier", tier(scope))
                        .param("limit", paging.rowsToRead())
                        .query(
                                (row, _) -> {
                                    var oldest = row.getTimestamp("oldest");
                                    return new LineView(
                                            row.getString("id"),
                                            territory(row),
                                            row.getInt("waiting"),
                                            row.getInt("vips"),
                                            oldest == null ? null : oldest.toInstant(),
                                            heads(row.getString("id")));
                                })
                        .list();
        return Page.of(lines, paging, line -> Cursor.at(line.team()));
    }

    private List<HeadView> heads(String team) {
        return jdbc.sql(
                        """
                        SELECT ticket_id, vip, since FROM waiting WHERE team = ?
                        ORDER BY vip DESC, line_from, ticket_id LIMIT ?
                        """)
                .params(team, HEADS)
                .query(
                        (row, _) ->
                                new HeadView(
                                        row.getObject("ticket_id", UUID.class),
                                        row.getBoolean("vip"),
                                        row.getTimestamp("since").toInstant()))
                .list();
    }

    /**
     * Why the ticket went where it went, as it was told at the time.
     *
     * @throws Problem 404 when it is not there or outside the scope
     */
    public RoutingView routing(UUID ticketId, Scope scope) {
        var ticket =
                tickets.find(ticketId)
                        .filter(found -> sees(scope, found))
                        .orElseThrow(Problem::notFound);
        var decisions =
                eventLog.timeline(Topics.ASSIGNMENTS, ticketId.toString(), 0, DECISIONS).stream()
                        .map(
                                logged ->
                                        new DecisionView(
                                                logged.sequence(),
                                                logged.type(),
                                                logged.at(),
                                                logged.actor(),
                                                logged.reason(),
                                                eventLog.read(logged, AssignmentEvent.class)))
                        .toList();
        return new RoutingView(
                ticket.id(),
                ticket.territory(),
                ticket.territoryReason(),
                ticket.team(),
                ticket.tier(),
                ticket.round(),
                ticket.stage(),
                ticket.agent(),
                decisions);
    }

    private static boolean sees(Scope scope, RoutedTicket ticket) {
        return switch (scope) {
            case Scope.Everything() -> true;
            case Scope.OfChannel _ -> false; // routing does not know who opened a ticket
            case Scope.OfAgent(var agent, var territory, var tier) ->
                    ticket.heldBy().contains(agent)
                            || (ticket.tier() == tier
                                    && (territory == null
                                            || territory.equals(ticket.territory().name())));
        };
    }

    private static @Nullable String territory(Scope scope) {
        return scope instanceof Scope.OfAgent(var _, var territory, var _) ? territory : null;
    }

    private static int tier(Scope scope) {
        return scope instanceof Scope.OfAgent(var _, var _, var tier) ? tier : 0;
    }

    static @Nullable Territory territory(ResultSet row) throws SQLException {
        var territory = row.getString("territory");
        return territory == null ? null : Territory.valueOf(territory);
    }

    static String after(Paging paging) {
        var cursor = paging.after();
        return cursor == null ? BEGINNING : cursor.text(0);
    }
}
