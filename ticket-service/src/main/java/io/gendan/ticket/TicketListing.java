package io.gendan.ticket;

import io.gendan.api.Cursor;
import io.gendan.api.Paging;
import io.gendan.api.Scope;
import io.gendan.ticket.TicketReading.Filter;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Which tickets a list shows, in SQL. Each way in which a ticket comes into the scope is a query of
 * its own, which an index answers in the list's order; the first of all of them are the list.
 */
final class TicketListing {

    private static final String THEIRS =
            " JOIN ticket_agent ON ticket_agent.ticket_id = ticket.id AND ticket_agent.agent = ";

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

    private final Map<String, Object> parameters;
    private final StringBuilder where = new StringBuilder();
    private final Paging paging;
    private final Scope scope;
    private final boolean isByDue;

    /** A way into the scope: what is joined for it, what holds then, and whose columns order it. */
    private record Way(String join, String condition, String at, String id) {

        Way(String join, String condition) {
            this(join, condition, "ticket.created_at", "ticket.id");
        }
    }

    TicketListing(Filter filter, Paging paging, Scope scope) {
        this.paging = paging;
        this.scope = scope;
        this.parameters = TicketReading.parameters(scope);
        this.isByDue = filter.dueBefore() != null;
        and("status", Rows.name(filter.status()));
        and("kind", Rows.name(filter.kind()));
        and("channel", Rows.name(filter.channel()));
        and("category", filter.category());
        and("territory", Rows.name(filter.territory()));
        and("tier", filter.tier());
        and("assignee", filter.assignee());
        and("number", filter.number());
        and("responsible", filter.responsible());
        and("priority", Rows.name(filter.priority()));
        if (filter.dueBefore() != null) {
            where.append(" AND ticket_due.due_at < :dueBefore");
            parameters.put("dueBefore", Rows.timestamp(storable(filter.dueBefore())));
        }
        var cursor = paging.after();
        if (cursor != null) {
            var after = cursor.in(orderName());
            parameters.put("afterAt", Rows.timestamp(after.instant(0)));
            parameters.put("afterId", after.id(1));
        }
        parameters.put("rows", paging.rowsToRead());
    }

    /** Nothing is due beyond the years that the database knows. */
    private static Instant storable(Instant time) {
        return time.isBefore(FIRST) ? FIRST : time.isAfter(LAST) ? LAST : time;
    }

    private void and(String column, @Nullable Object value) {
        if (value != null) {
            where.append(" AND ticket.").append(column).append(" = :").append(column);
            parameters.put(column, value);
        }
    }

    Map<String, Object> parameters() {
        return new HashMap<>(parameters);
    }

    /** To read from: the tickets of the page. */
    String chosen() {
        return ways().stream()
                        .map(this::query)
                        .collect(Collectors.joining(") UNION (", "((", ")) AS chosen (id, at)"))
                + " JOIN ticket ON ticket.id = chosen.id";
    }

    String order() {
        return isByDue
                ? " ORDER BY chosen.at, chosen.id LIMIT :rows"
                : " ORDER BY chosen.at DESC, chosen.id DESC LIMIT :rows";
    }

    Cursor cursor(TicketSnapshot last) {
        return Cursor.at(
                        isByDue ? Objects.requireNonNull(last.due()).at() : last.createdAt(),
                        last.id())
                .of(orderName());
    }

    /** Where one order goes on says nothing in the other. */
    private String orderName() {
        return isByDue ? "due" : "newest";
    }

    private List<Way> ways() {
        return switch (scope) {
            case Scope.Everything _ -> List.of(new Way("", "true"));
            case Scope.OfChannel _ ->
                    List.of(new Way("", "ticket.opened_by = :scopeClient"), theirs(":scopeClient"));
            case Scope.OfAgent agent -> {
                var theirs = theirs(":scopeAgent");
                var atTheirTier = "ticket.tier = :scopeTier";
                yield agent.territory() == null
                        ? List.of(new Way("", atTheirTier), theirs)
                        : List.of(
                                new Way(
                                        "",
                                        atTheirTier + " AND ticket.territory = :scopeTerritory"),
                                new Way(
                                        "",
                                        atTheirTier + " AND ticket.helped_by = :scopeTerritory"),
                                theirs);
            }
        };
    }

    private static Way theirs(String who) {
        return new Way(THEIRS + who, "true", "ticket_agent.created_at", "ticket_agent.ticket_id");
    }

    private String query(Way way) {
        var at = isByDue ? "ticket_due.due_at" : way.at();
        var id = isByDue ? "ticket_due.ticket_id" : way.id();
        var direction = isByDue ? "" : " DESC";
        return "SELECT %s, %s FROM ticket%s%s WHERE %s%s%s ORDER BY %s%s, %s%s LIMIT :rows"
                .formatted(
                        id,
                        at,
                        isByDue ? " JOIN ticket_due ON ticket_due.ticket_id = ticket.id" : "",
                        way.join(),
                        way.condition(),
                        where,
                        paging.after() == null
                                ? ""
                                : " AND (%s, %s) %s (:afterAt, :afterId)"
                                        .formatted(at, id, isByDue ? ">" : "<"),
                        at,
                        direction,
                        id,
                        direction);
    }
}
