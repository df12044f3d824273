package io.gendan.ticket;

import io.gendan.api.Cursor;
import io.gendan.api.Page;
import io.gendan.api.Paging;
import io.gendan.api.Problem;
import io.gendan.api.Scope;
import io.gendan.events.Kind;
import io.gendan.events.Territory;
import io.gendan.ticket.Orders.ShownOrder;
import io.gendan.ticket.rules.Grade;
import io.gendan.ticket.rules.RuleBook;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What may be read of customers. Whoever of us serves customers finds any of them, for any may call
 * anybody. Of a customer's tickets all are told, that nobody begins anew what somebody is at; of
 * those outside the scope only where they are and how far: not what they are about, and not the id
 * by which they would be opened.
 */
@Repository
@Transactional(readOnly = true)
public class CustomerReading {

    private static final UUID FIRST = new UUID(0, 0);

    /** As many as fit on the screen of who takes a call; the whole view has the rest. */
    private static final int MOST_OPEN = 50;

    private static final int MOST_ENDED = 5;

    private static final Set<TicketStatus> ENDED =
            EnumSet.of(TicketStatus.CLOSED, TicketStatus.CANCELLED, TicketStatus.MERGED);
    private static final Set<TicketStatus> ALIVE = EnumSet.complementOf(EnumSet.copyOf(ENDED));

    private final JdbcClient jdbc;
    private final Vault vault;
    private final RuleBook rules;
    private final Orders orders;

    /**
     * A person; the phone number masked, and what looks like one in the name.
     *
     * @param care to be considerate with: elderly or disabled
     * @param vip whether what they open now goes before others
     * @param since when we first heard of them
     */
    public record ShownCustomer(
            UUID id,
            @Nullable String name,
            String phone,
            Grade grade,
            boolean care,
            boolean vip,
            Instant since) {}

    /** The same with the last orders and the tickets; each newest first. */
    public record CustomerView(
            UUID id,
            @Nullable String name,
            String phone,
            Grade grade,
            boolean care,
            boolean vip,
            Instant since,
            List<ShownOrder> orders,
            Page<ShownTicket> tickets) {

        private static CustomerView of(
                ShownCustomer customer, List<ShownOrder> orders, Page<ShownTicket> tickets) {
            return new CustomerView(
                    customer.id(),
                    customer.name(),
                    customer.phone(),
                    customer.grade(),
                    customer.care(),
                    customer.vip(),
                    customer.since(),
                    orders,
                    tickets);
        }
    }

    /**
     * What who takes a call sees at once: whose it is, and what it may be about.
     *
     * @param customer absent when nobody whom we know has the number
     * @param open tickets that somebody still works on, or whose solution can be objected to
     * @param ended the last of the others
     */
    public record ScreenPop(
            @Nullable ShownCustomer customer,
            List<ShownOrder> orders,
            List<ShownTicket> open,
            List<ShownTicket> ended) {

        private static final ScreenPop OF_NOBODY =
                new ScreenPop(null, List.of(), List.of(), List.of());
    }

    /**
     * @param id absent outside the scope, like what it is about
     * @param servedBy whom to ask about it
     */
    public record ShownTicket(
            @Nullable UUID id,
            String number,
            Kind kind,
            TicketStatus status,
            @Nullable Territory servedBy,
            int tier,
            Instant createdAt,
            Instant updatedAt,
            @Nullable Instant closedAt,
            @Nullable String category,
            @Nullable String orderId,
            @Nullable String subject) {}

    /** A ticket, and where the list goes on after it. */
    private record Placed(ShownTicket ticket, Cursor cursor) {}

    /** How much was made of a customer since when, by whom, and why. */
    public record GradeChange(
            Grade before,
            boolean careBefore,
            Grade grade,
            boolean care,
            String reason,
            String changedBy,
            Instant at) {}

    private record PlacedChange(GradeChange change, long position) {}

    CustomerReading(JdbcClient jdbc, Vault vault, RuleBook rules, Orders orders) {
        this.jdbc = jdbc;
        this.vault = vault;
        this.rules = rules;
        this.orders = orders;
    }

    /**
     * Who has the number, in any writing: one, or nobody whom we know.
     *
     * @throws Problem 422 when there is no such number
     */
    public Page<ShownCustomer> search(String phone) {
        return new Page<>(withPhone(phone).stream().toList(), null);
    }

    /**
     * Of who calls from the number, in any writing. A number that nobody whom we know has is no
     * error: strangers call, too.
     *
     * @throws Problem 422 when there is no such number
     */
    public ScreenPop call(String phone, Scope scope) {
        return withPhone(phone)
                .map(
                        customer ->
                                new ScreenPop(
                                        customer,
                                        orders.last(customer.id()),
                                        ticketsAtACall(customer.id(), ALIVE, MOST_OPEN, scope),
                                        ticketsAtACall(customer.id(), ENDED, MOST_ENDED, scope)))
                .orElse(ScreenPop.OF_NOBODY);
    }

    private Optional<ShownCustomer> withPhone(String phone) {
        var number =
                Phone.parse(phone).orElseThrow(() -> Problem.of(422, "phone-invalid").at("/phone"));
        return jdbc.sql("SELECT * FROM customer WHERE phone_index = ?")
                .param(vault.index(number.e164()))
                .query((row, _) -> customer(row))
                .optional();
    }

    Optional<ShownCustomer> find(UUID id) {
        return jdbc.sql("SELECT * FROM customer WHERE id = ?")
                .param(id)
                .query((row, _) -> customer(row))
                .optional();
    }

    /**
     * @throws Problem 404 when there is no such customer
     */
    public CustomerView require(UUID id, Paging paging, Scope scope) {
        var customer = find(id).orElseThrow(Problem::notFound);
        return CustomerView.of(customer, orders.last(id), tickets(id, paging, scope));
    }

    private List<ShownTicket> ticketsAtACall(
            UUID customerId, Set<TicketStatus> statuses, int most, Scope scope) {
        return ticketsWhere("status = ANY (:statuses)", customerId, scope)
                .param("statuses", statuses.stream().map(Enum::name).toArray(String[]::new))
                .param("rows", most)
                .query((row, _) -> ticket(row).ticket())
                .list();
    }

    private Page<ShownTicket> tickets(UUID customerId, Paging paging, Scope scope) {
        var after = paging.after();
        var read =
                ticketsWhere("(:beginning OR (created_at, id) < (:at, :id))", customerId, scope)
                        .param("beginning", after == null)
                        .param(
                                "at",
                                Rows.timestamp(after == null ? Instant.EPOCH : after.instant(0)))
                        .param("id", after == null ? FIRST : after.id(1))
                        .param("rows", paging.rowsToRead())
                        .query((row, _) -> ticket(row))
                        .list();
        return Page.of(read, paging, Placed::cursor).map(Placed::ticket);
    }

    /** Newest first, so many as {@code rows} says. */
    private StatementSpec ticketsWhere(String condition, UUID customerId, Scope scope) {
        return jdbc.sql(
                        """
                        SELECT ticket.id, number, kind, status, served_by, tier, created_at,
                            (state ->> 'updatedAt')::timestamptz AS updated_at,
                            (state ->> 'closedAt')::timestamptz AS closed_at,
                            category, order_id, subject, %s AS in_scope
                        FROM ticket
                        WHERE customer_id = :customer AND %s
                        ORDER BY created_at DESC, id DESC LIMIT :rows
                        """
                                .formatted(TicketReading.condition(scope), condition))
                .params(TicketReading.parameters(scope))
                .param("customer", customerId);
    }

    private static Placed ticket(ResultSet row) throws SQLException {
        var isInScope = row.getBoolean("in_scope");
        var id = row.getObject("id", UUID.class);
        var createdAt = time(row, "created_at");
        var shown =
                new ShownTicket(
                        isInScope ? id : null,
                        row.getString("number"),
                        Kind.valueOf(row.getString("kind")),
                        TicketStatus.valueOf(row.getString("status")),
                        Rows.optional(Territory.class, row.getString("served_by")),
                        row.getInt("tier"),
                        createdAt,
                        time(row, "updated_at"),
                        Rows.instant(row.getObject("closed_at", OffsetDateTime.class)),
                        isInScope ? row.getString("category") : null,
                        isInScope ? row.getString("order_id") : null,
                        isInScope ? Masking.mask(row.getString("subject")) : null);
        return new Placed(shown, Cursor.at(createdAt, id));
    }

    /** What was changed about the grade, the last change first. */
    public Page<GradeChange> gradeChanges(UUID id, Paging paging) {
        if (find(id).isEmpty()) {
            throw Problem.notFound();
        }
        var after = paging.after();
        var read =
                jdbc.sql(
                                """
                                SELECT * FROM customer_grade_change
                                WHERE customer_id = :customer AND position < :before
                                ORDER BY position DESC LIMIT :rows
                                """)
                        .param("customer", id)
                        .param("before", after == null ? Long.MAX_VALUE : after.number(0))
                        .param("rows", paging.rowsToRead())
                        .query((row, _) -> change(row))
                        .list();
        return Page.of(read, paging, last -> Cursor.at(last.position())).map(PlacedChange::change);
    }

    private static PlacedChange change(ResultSet row) throws SQLException {
        var change =
                new GradeChange(
                        Grade.valueOf(row.getString("grade_before")),
                        row.getBoolean("care_before"),
                        Grade.valueOf(row.getString("grade")),
                        row.getBoolean("care"),
                        Masking.mask(row.getString("reason")),
                        row.getString("changed_by"),
                        time(row, "at"));
        return new PlacedChange(change, row.getLong("position"));
    }

    private ShownCustomer customer(ResultSet row) throws SQLException {
        var name = row.getBytes("name_sealed");
        var grade = Grade.valueOf(row.getString("grade"));
        return new ShownCustomer(
                row.getObject("id", UUID.class),
                name == null ? null : Masking.mask(vault.open(name)),
                Masking.phone(vault.open(row.getBytes("phone_sealed"))),
                grade,
                row.getBoolean("care"),
                rules.inForce().isVip(grade),
                time(row, "created_at"));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getObject(column, OffsetDateTime.class)).toInstant();
    }
}
