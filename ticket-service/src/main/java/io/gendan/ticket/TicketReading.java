package io.gendan.ticket;

import io.gendan.api.Cursor;
import io.gendan.api.Page;
import io.gendan.api.Paging;
import io.gendan.api.Problem;
import io.gendan.api.Scope;
import io.gendan.events.Channel;
import io.gendan.events.ClockKind;
import io.gendan.events.Kind;
import io.gendan.events.Priority;
import io.gendan.events.Territory;
import io.gendan.events.TicketEvent;
import io.gendan.events.TicketEvent.PromiseMade;
import io.gendan.events.TicketEvent.TicketResolved;
import io.gendan.events.Topics;
import io.gendan.messaging.EventLog;
import io.gendan.messaging.EventLog.LoggedEvent;
import io.gendan.ticket.TicketSnapshot.Beside;
import io.gendan.ticket.TicketSnapshot.Due;
import io.gendan.ticket.rules.RuleBook;
import io.gendan.ticket.rules.WorkCalendars;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** What may be read of tickets. What is outside the scope is not there. */
@Repository
@Transactional(readOnly = true)
public class TicketReading {

    private static final String SHOWN =
            """
            SELECT ticket.*, customer.phone_sealed, customer.name_sealed, customer.grade,
                ticket_due.due_at, ticket_due.clock AS due_clock, ticket_due.percent AS due_percent,
                ticket_due.overdue_since,
                clock_timestamp() AS read_at
            FROM %s JOIN customer ON customer.id = ticket.customer_id
                LEFT JOIN ticket_due ON ticket_due.ticket_id = ticket.id
            """;

    private static final int EVENTS_AT_ONCE = 500;

    private final JdbcClient jdbc;
    private final Tickets tickets;
    private final Customers customers;
    private final Taxonomies taxonomies;
    private final Vault vault;
    private final EventLog log;
    private final RuleBook rules;
    private final WorkCalendars calendars;

    /**
     * Which tickets; what is absent does not matter.
     *
     * @param category of either level; one of the first stands for all below it
     */
    public record Filter(
            @Nullable TicketStatus status,
            @Nullable Kind kind,
            @Nullable Channel channel,
            @Nullable String category,
            @Nullable Territory territory,
            @Nullable Integer tier,
            @Nullable String assignee,
            @Nullable String number,
            @Nullable String responsible,
            @Nullable Priority priority,
            @Nullable Instant dueBefore) {}

    /** A ticket, and where the list goes on after it: also where the viewer does not see that. */
    private record Placed(TicketSnapshot ticket, Cursor cursor) {}

    TicketReading(
            JdbcClient jdbc,
            Tickets tickets,
            Customers customers,
            Taxonomies taxonomies,
            Vault vault,
            EventLog log,
            RuleBook rules,
            WorkCalendars calendars) {
        this.rules = rules;
        this.calendars = calendars;
        this.vault = vault;
        this.jdbc = jdbc;
        this.tickets = tickets;
        this.customers = customers;
        this.taxonomies = taxonomies;
        this.log = log;
    }

    /**
     * @throws Problem 404 when there is none in the scope
     */
    public TicketSnapshot require(UUID id, Scope scope) {
        return require(id, scope, scope);
    }

    /**
     * That it may be seen, without reading it.
     *
     * @throws Problem 404 when there is none in the scope
     */
    void requireVisible(UUID id, Scope scope) {
        visible("SELECT true", id, scope)
                .query(Boolean.class)
                .optional()
                .orElseThrow(Problem::notFound);
    }

    /**
     * Whether the contact is one of the ticket's last ones.
     *
     * @throws Problem 404 when there is no such ticket in the scope
     */
    boolean hasContact(UUID id, UUID contactId, Scope scope) {
        return visible(
                        """
                        SELECT coalesce(
                            state #> '{talk,contacts}'
                                @> jsonb_build_array(jsonb_build_object('id', :contactId::text)),
                            false)
                        """,
                        id,
                        scope)
                .param("contactId", contactId)
                .query(Boolean.class)
                .optional()
                .orElseThrow(Problem::notFound);
    }

    private StatementSpec visible(String selected, UUID id, Scope scope) {
        return jdbc.sql(selected + " FROM ticket WHERE ticket.id = :id AND " + condition(scope))
                .params(parameters(scope))
                .param("id", id);
    }

    /** After a command, which may have taken it out of the scope of who gave it. */
    TicketSnapshot shown(UUID id, Scope viewer) {
        return require(id, new Scope.Everything(), viewer);
    }

    private TicketSnapshot require(UUID id, Scope scope, Scope viewer) {
        var parameters = parameters(scope);
        parameters.put("id", id);
        return jdbc.sql(
                        SHOWN.formatted("ticket")
                                + " WHERE ticket.id = :id AND "
                                + condition(scope))
                .params(parameters)
                .query((row, _) -> snapshot(row, viewer))
                .optional()
                .orElseThrow(Problem::notFound);
    }

    /**
     * The ticket as it was at an instant, told by its log.
     *
     * @throws Problem 404 when there is none in the scope, or there was none then
     */
    public TicketSnapshot require(UUID id, Instant asked, Scope scope) {
        var then = Rows.storable(asked);
        var now = require(id, scope);
        var past = replay(id, then).orElseThrow(Problem::notFound);
        var customer = customers.find(now.customer().id()).orElseThrow(Problem::notFound);
        return TicketSnapshot.of(
                past.ticket(),
                new Beside(
                        tickets.province(id, then),
                        now.subject(),
                        now.body(),
                        past.ticket().memento().resolvedAt() == null ? null : past.result(),
                        customer,
                        null,
                        null,
                        vault.trackingToken(id),
                        rules.versionOf(past.ticket().created()),
                        calendars.workingDays(),
                        then,
                        amongUs(scope)));
    }

    /**
     * @param result of the last resolution until then
     */
    private record Past(Ticket ticket, @Nullable String result) {}

    /** Page by page: a ticket's log has no bound. */
    private Optional<Past> replay(UUID id, Instant then) {
        Ticket ticket = null;
        String result = null;
        var sequence = 0L;
        while (true) {
            var page = log.timeline(Topics.TICKETS, id.toString(), sequence, EVENTS_AT_ONCE);
            var told =
                    page.stream()
                            .filter(event -> !event.at().isAfter(then))
                            .map(event -> log.read(event, TicketEvent.class))
                            .toList();
            for (var event : told) {
                if (event instanceof TicketResolved resolved) {
                    result = resolved.result();
                }
            }
            if (ticket == null && !told.isEmpty()) {
                ticket = Ticket.replay(told, rules::of);
            } else if (ticket != null) {
                ticket.replayMore(told);
            }
            if (told.size() < EVENTS_AT_ONCE) {
                return ticket == null ? Optional.empty() : Optional.of(new Past(ticket, result));
            }
            sequence = page.getLast().sequence();
        }
    }

    /**
     * Newest first; what is due before a time, soonest first. An old cursor stays good while
     * tickets come in.
     */
    public Page<TicketSnapshot> list(Filter filter, Paging paging, Scope scope) {
        var category = filter.category();
        var categories = category == null ? List.<String>of() : taxonomies.lowest(category);
        var listing = new TicketListing(filter, categories, paging, scope);
        // A plan for any status is a bad one for a rare one
        jdbc.sql("SET LOCAL plan_cache_mode = force_custom_plan").update();
        var read =
                jdbc.sql(SHOWN.formatted(listing.chosen()) + listing.order())
                        .params(listing.parameters())
                        .query((row, _) -> placed(row, scope, listing))
                        .list();
        return Page.of(read, paging, Placed::cursor).map(Placed::ticket);
    }

    private Placed placed(ResultSet row, Scope scope, TicketListing listing) throws SQLException {
        var ticket = snapshot(row, scope);
        var dueAt = Rows.instant(row.getObject("due_at", OffsetDateTime.class));
        return new Placed(ticket, listing.cursor(ticket, dueAt));
    }

    /**
     * All that happened to the ticket, in order, with who did it and why. What became of a promise
     * that is ours alone no channel sees.
     *
     * @throws Problem 404 when there is no such ticket in the scope
     */
    public Page<LoggedEvent> timeline(UUID id, Paging paging, Scope scope) {
        requireVisible(id, scope);
        var after = paging.after();
        var read =
                log.timeline(
                        Topics.TICKETS,
                        id.toString(),
                        after == null ? 0 : after.number(0),
                        paging.rowsToRead());
        var ours = amongUs(scope) ? Set.<UUID>of() : ourPromises(id);
        return Page.of(read, paging, last -> Cursor.at(last.sequence()))
                .without(event -> promise(event).filter(ours::contains).isPresent());
    }

    /** Only the log knows all of them: what ended long ago the state has forgotten. */
    private Set<UUID> ourPromises(UUID id) {
        var made = PromiseMade.class.getSimpleName();
        return log.ofType(Topics.TICKETS, id.toString(), made).stream()
                .map(event -> log.read(event, TicketEvent.class))
                .map(PromiseMade.class::cast)
                .filter(promise -> Promise.AMONG_US.contains(Promise.orOwn(promise.purpose())))
                .map(PromiseMade::promiseId)
                .collect(Collectors.toSet());
    }

    private static Optional<UUID> promise(LoggedEvent event) {
        return event.payload().path("promiseId").stringValueOpt().map(UUID::fromString);
    }

    static String condition(Scope scope) {
        return switch (scope) {
            case Scope.Everything _ -> "true";
            case Scope.OfChannel _ ->
                    """
                    (ticket.opened_by = :scopeClient
                     OR EXISTS (SELECT FROM ticket_agent
                                WHERE ticket_agent.ticket_id = ticket.id
                                  AND ticket_agent.agent = :scopeClient))
                    """;
            case Scope.OfAgent agent ->
                    """
                    (ticket.tier = :scopeTier%s
                     OR EXISTS (SELECT FROM ticket_agent
                                WHERE ticket_agent.ticket_id = ticket.id
                                  AND ticket_agent.agent = :scopeAgent))
                    """
                            .formatted(
                                    agent.territory() == null
                                            ? ""
                                            : " AND :scopeTerritory"
                                                    + " IN (ticket.territory, ticket.served_by)");
        };
    }

    static Map<String, Object> parameters(Scope scope) {
        var parameters = new HashMap<String, Object>();
        switch (scope) {
            case Scope.Everything _ -> {}
            case Scope.OfChannel channel -> parameters.put("scopeClient", channel.client());
            case Scope.OfAgent agent -> {
                parameters.put("scopeTier", agent.tier());
                parameters.put("scopeAgent", agent.agent());
                if (agent.territory() != null) {
                    parameters.put("scopeTerritory", agent.territory());
                }
            }
        }
        return parameters;
    }

    private static boolean amongUs(Scope viewer) {
        return !(viewer instanceof Scope.OfChannel);
    }

    /**
     * The survey's link is the right to answer it: it is for who hands it to the customer, once
     * that may be, and for none of us.
     */
    private @Nullable String surveyToken(Ticket ticket, Instant now, Scope viewer) {
        var survey = ticket.memento().survey();
        return switch (viewer) {
            case Scope.OfChannel _ ->
                    survey == null
                                    || !survey.isUnanswered()
                                    || survey.stay() != ticket.memento().stay()
                                    || !Command.RATE.isLegalIn(ticket.status())
                                    || ticket.asksAt(survey).isAfter(now)
                            ? null
                            : vault.token(survey.id());
            case Scope.Everything _, Scope.OfAgent _ -> null;
        };
    }

    /** What is due by a promise that is ours alone no channel sees, nor whether we were warned. */
    private static @Nullable Due due(Due due, Ticket ticket, Scope viewer) {
        if (amongUs(viewer)) {
            return due;
        }
        var isOurs =
                due.clock() == ClockKind.PROMISE
                        && ticket.memento().promises().stream()
                                .filter(
                                        promise ->
                                                !promise.isTheCustomersToKnow() && promise.isOpen())
                                .anyMatch(promise -> promise.dueAt().equals(due.at()));
        return isOurs ? null : due.unwarned();
    }

    private TicketSnapshot snapshot(ResultSet row, Scope viewer) throws SQLException {
        var ticket = tickets.ticket(row);
        var readAt = row.getObject("read_at", OffsetDateTime.class).toInstant();
        var dueAt = Rows.instant(row.getObject("due_at", OffsetDateTime.class));
        var dueClock = Rows.optional(ClockKind.class, row.getString("due_clock"));
        return TicketSnapshot.of(
                ticket,
                new Beside(
                        row.getString("province"),
                        row.getString("subject"),
                        row.getString("body"),
                        ticket.memento().resolvedAt() == null ? null : row.getString("result"),
                        customers.customer(
                                ticket.created().customerId(),
                                row.getBytes("phone_sealed"),
                                row.getBytes("name_sealed"),
                                row.getString("grade")),
                        dueAt == null || dueClock == null
                                ? null
                                : due(
                                        new Due(
                                                dueAt,
                                                dueClock,
                                                row.getObject("due_percent", Integer.class),
                                                Rows.instant(
                                                        row.getObject(
                                                                "overdue_since",
                                                                OffsetDateTime.class))),
                                        ticket,
                                        viewer),
                        surveyToken(ticket, readAt, viewer),
                        vault.trackingToken(ticket.id()),
                        rules.versionOf(ticket.created()),
                        calendars.workingDays(),
                        readAt,
                        amongUs(viewer)));
    }
}
