package io.gendan.ticket;

import io.gendan.api.Cursor;
import io.gendan.api.Paging;
import io.gendan.api.Scope;
import io.gendan.ticket.TicketReading.Filter;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which tickets a list shows, in SQL. Each way in which a ticket comes into the scope is a query of
 * its own, which an index answers in the list's order, and so is each category below the one that
 * is asked for; the first of all of them are the list.
 */
final class TicketListing {

    private static final String DUE = "ticket JOIN ticket_due AS due ON due.ticket_id = ticket.id";

    private final Map<String, Object> parameters;
    private final StringBuilder where = new StringBuilder();
    private final Paging paging;
    private final Scope scope;
    private final boolean isByDue;

    /** One condition each; none when any category will do. */
    private final List<String> ofCategories;

    /** Whether nothing is asked that only the ticket itself tells. */
    private boolean isToldBeside = true;

    /** A way into the scope: where from, what holds then, and whose columns order it. */
    private record Way(String from, String condition, String at, String id) {

        static Way placed(String condition) {
            return new Way("ticket", condition, "ticket.created_at", "ticket.id");
        }

        /** What is overdue is due before any time from then on, whatever is due of it next. */
        static Stream<Way> due(String join, String condition) {
            return Stream.of(
                            "due.due_at < :dueBefore",
                            "due.due_at >= :dueBefore AND due.overdue_since < :dueBefore")
                    .map(
                            isDue ->
                                    new Way(
                                            DUE + join,
                                            condition + " AND " + isDue,
                                            "due.due_at",
                                            "due.ticket_id"));
        }
    }

    /**
     * @param categories those that the filter's stands for; none when it names none
     */
    TicketListing(Filter filter, List<String> categories, Paging paging, Scope scope) {
        this.paging = paging;
        this.scope = scope;
        this.parameters = TicketReading.parameters(scope);
        this.isByDue = filter.dueBefore() != null;
        and("status", Rows.name(filter.status()));
        and("kind", Rows.name(filter.kind()));
        and("channel", Rows.name(filter.channel()));
        and("territory", Rows.name(filter.territory()));
        and("tier", filter.tier());
        and("priority", Rows.name(filter.priority()));
        andOfItself("assignee", filter.assignee());
        andOfItself("number", filter.number());
        andOfItself("responsible", filter.responsible());
        if (filter.dueBefore() != null) {
            parameters.put("dueBefore", Rows.timestamp(Rows.storable(filter.dueBefore())));
        }
        this.ofCategories = isByDue ? among(categories) : each(categories);
        var cursor = paging.after();
        if (cursor != null) {
            var after = cursor.in(orderName());
            parameters.put("afterAt", Rows.timestamp(after.instant(0)));
            parameters.put("afterId", after.id(1));
        }
        parameters.put("rows", paging.rowsToRead());
    }

    private void and(String column, @Nullable Object value) {
        if (value != null) {
            where.append(" AND ticket.").append(column).append(" = :").append(column);
            parameters.put(column, value);
        }
    }

    private void andOfItself(String column, @Nullable Object value) {
        isToldBeside &= value == null;
        and(column, value);
    }

    /** In the order of what is due no index knows a category. */
    private List<String> among(List<String> categories) {
        if (categories.isEmpty()) {
            return List.of();
        }
        parameters.put("categories", categories);
        return List.of(" AND ticket.category IN (:categories)");
    }

    private List<String> each(List<String> categories) {
        var conditions = new ArrayList<String>();
        for (var category : categories) {
            var name = "category" + conditions.size();
            parameters.put(name, category);
            conditions.add(" AND ticket.category = :" + name);
        }
        return conditions;
    }

    Map<String, Object> parameters() {
        return new HashMap<>(parameters);
    }

    /** To read from: the tickets of the page. */
    String chosen() {
        return ways().stream()
                        .flatMap(this::queries)
                        .collect(Collectors.joining(") UNION (", "((", ")) AS chosen (id, at)"))
                + " JOIN ticket ON ticket.id = chosen.id";
    }

    String order() {
        return isByDue
                ? " ORDER BY chosen.at, chosen.id LIMIT :rows"
                : " ORDER BY chosen.at DESC, chosen.id DESC LIMIT :rows";
    }

    /**
     * @param dueAt of the last ticket, also where its viewer does not see that
     */
    Cursor cursor(TicketSnapshot last, @Nullable Instant dueAt) {
        var at = isByDue ? Objects.requireNonNull(dueAt) : last.createdAt();
        return Cursor.at(at, last.id()).of(orderName());
    }

    /** Where one order goes on says nothing in the other. */
    private String orderName() {
        return isByDue ? "due" : "newest";
    }

    private List<Way> ways() {
        return isByDue ? waysByDue().toList() : newestWays();
    }

    private List<Way> newestWays() {
        return switch (scope) {
            case Scope.Everything _ -> List.of(Way.placed("true"));
            case Scope.OfChannel _ ->
                    List.of(
                            Way.placed("ticket.opened_by = :scopeClient"),
                            newestOf(":scopeClient"));
            case Scope.OfAgent agent -> {
                var atTheirTier = "ticket.tier = :scopeTier";
                yield agent.territory() == null
                        ? List.of(Way.placed(atTheirTier), newestOf(":scopeAgent"))
                        : List.of(
                                Way.placed(atTheirTier + " AND ticket.territory = :scopeTerritory"),
                                Way.placed(atTheirTier + " AND ticket.helped_by = :scopeTerritory"),
                                newestOf(":scopeAgent"));
            }
        };
    }

    /** What is or was somebody's: told beside it as the ticket tells it. */
    private Way newestOf(String who) {
        return isToldBeside
                ? new Way(
                        "ticket_agent AS ticket",
                        "ticket.agent = " + who,
                        "ticket.created_at",
                        "ticket.ticket_id")
                : new Way(
                        "ticket JOIN ticket_agent AS theirs ON theirs.ticket_id = ticket.id",
                        "theirs.agent = " + who,
                        "theirs.created_at",
                        "theirs.ticket_id");
    }

    private Stream<Way> waysByDue() {
        return switch (scope) {
            case Scope.Everything _ -> Way.due("", "true");
            case Scope.OfChannel _ ->
                    Stream.concat(
                            Way.due("", "ticket.opened_by = :scopeClient"), dueOf(":scopeClient"));
            case Scope.OfAgent _ ->
                    Stream.of(
                                    Way.due(
                                            "",
                                            TicketCounts.place(scope, "due")
                                                    + " AND NOT due."
                                                    + DuePlaces.MAY_HAVE_MOVED),
                                    Way.due(
                                            "",
                                            TicketCounts.place(scope, "ticket")
                                                    + " AND due."
                                                    + DuePlaces.MAY_HAVE_MOVED),
                                    dueOf(":scopeAgent"))
                            .flatMap(ways -> ways);
        };
    }

    private static Stream<Way> dueOf(String who) {
        return Way.due(
                " JOIN ticket_agent AS theirs ON theirs.ticket_id = due.ticket_id",
                "theirs.agent = " + who);
    }

    private Stream<String> queries(Way way) {
        return ofCategories.isEmpty()
                ? Stream.of(query(way, ""))
                : ofCategories.stream().map(ofCategory -> query(way, ofCategory));
    }

    private String query(Way way, String ofCategory) {
        var direction = isByDue ? "" : " DESC";
        return "SELECT %s, %s FROM %s WHERE %s%s%s%s ORDER BY %s%s, %s%s LIMIT :rows"
                .formatted(
                        way.id(),
                        way.at(),
                        way.from(),
                        way.condition(),
                        where,
                        ofCategory,
                        paging.after() == null
                                ? ""
                                : " AND (%s, %s) %s (:afterAt, :afterId)"
                                        .formatted(way.at(), way.id(), isByDue ? ">" : "<"),
                        way.at(),
                        direction,
                        way.id(),
                        direction);
    }
}
