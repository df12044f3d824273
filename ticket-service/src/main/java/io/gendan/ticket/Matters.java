package io.gendan.ticket;

import io.gendan.events.Kind;
import io.gendan.events.Major;
import io.gendan.events.Priority;
import io.gendan.events.TicketEvent.TicketCreated;
import io.gendan.ticket.rules.ServiceRules;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Which tickets there are of the same {@link Matter}. */
@Repository
class Matters {

    /** "matt": tells these advisory locks from those of others in the database. */
    private static final int LOCKS = 0x6d617474;

    /** Of a customer who has more, the older ones are of the past. */
    private static final int NEWEST = 200;

    private static final String KNOWN =
            """
            SELECT here.id, ticket.customer_id, ticket.order_id, ticket.product_id,
                ticket.created ->> 'category' AS first_category,
                ticket.category, here.status, here.kind, here.priority,
                here.state #>> '{facts,major}' AS major,
                here.state #>> '{facts,authority}' IS NOT NULL AS ends_by_filing,
                (here.state ->> 'closedAt')::timestamptz AS closed_at
            FROM ticket
            JOIN ticket here ON here.id = coalesce(ticket.merged_into, ticket.id)
            """;

    private final JdbcClient jdbc;

    /**
     * A ticket as far as it matters here; of a merged one that into which it was merged.
     *
     * @param firstCategory that it was opened in, where it is in another one now
     */
    record Known(
            UUID id,
            UUID customerId,
            @Nullable String orderId,
            @Nullable String productId,
            String firstCategory,
            String category,
            TicketStatus status,
            Kind kind,
            Priority priority,
            @Nullable Major major,
            boolean endsByFiling,
            @Nullable Instant closedAt) {

        boolean isAbout(Matter matter) {
            return customerId.equals(matter.customerId())
                    && (matter.orderId() == null
                            ? Objects.equals(matter.productId(), productId)
                            : matter.orderId().equals(orderId))
                    && isOf(matter.topCategory());
        }

        /** As far as anybody said: what names no order may be about any, and so with products. */
        private boolean mayBeAbout(TicketCreated other, String topCategory) {
            var isOfAnother =
                    orderId != null && other.orderId() != null
                            ? !orderId.equals(other.orderId())
                            : productId != null
                                    && other.productId() != null
                                    && !productId.equals(other.productId());
            return !isOfAnother && isOf(topCategory);
        }

        private boolean isOf(String topCategory) {
            return Matter.top(category).equals(topCategory)
                    || Matter.top(firstCategory).equals(topCategory);
        }

        /** Whether it is not over, or so shortly that coming back to it is a reopening. */
        private boolean isFresh(ServiceRules rules, Instant now) {
            return closedAt == null
                    || rules.followUpWithin(kind, priority, major)
                            .filter(within -> !now.isAfter(closedAt.plus(within)))
                            .isPresent();
        }
    }

    /** All there are of some matters, the newest first. */
    record Found(List<Known> tickets) {

        /**
         * The one that is gone after now. What ends with an answer of its own is answered apart,
         * and what is major is not hidden in what is not.
         */
        Optional<UUID> open(Matter matter, @Nullable Major major) {
            return about(matter)
                    .filter(known -> Command.HEAR.isLegalIn(known.status()))
                    .filter(known -> !known.endsByFiling())
                    .filter(known -> major == null || major == known.major())
                    .map(Known::id)
                    .findFirst();
        }

        /** The one of any category that is gone after now, but for what is answered apart. */
        Optional<UUID> openOfAny() {
            return tickets.stream()
                    .filter(known -> Command.HEAR.isLegalIn(known.status()))
                    .filter(known -> !known.endsByFiling())
                    .map(Known::id)
                    .findFirst();
        }

        Optional<UUID> closedSince(Matter matter, Instant since) {
            return about(matter)
                    .filter(known -> known.status() == TicketStatus.CLOSED)
                    .filter(known -> known.closedAt() != null && !known.closedAt().isBefore(since))
                    .map(Known::id)
                    .findFirst();
        }

        /** All but those that were wanted no more, each once. */
        List<UUID> earlier(Matter matter) {
            return about(matter)
                    .filter(known -> known.status() != TicketStatus.CANCELLED)
                    .map(Known::id)
                    .distinct()
                    .toList();
        }

        /** The same of what may be of the matter though nothing says so, and is of late. */
        List<UUID> perhapsEarlier(
                TicketCreated asked, String topCategory, ServiceRules rules, Instant now) {
            return tickets.stream()
                    .filter(known -> known.mayBeAbout(asked, topCategory))
                    .filter(known -> known.status() != TicketStatus.CANCELLED)
                    .filter(known -> known.isFresh(rules, now))
                    .map(Known::id)
                    .distinct()
                    .toList();
        }

        private Stream<Known> about(Matter matter) {
            return tickets.stream().filter(known -> known.isAbout(matter));
        }
    }

    /**
     * A ticket on the way from one to where its matter is gone after.
     *
     * @param matter absent when nothing tells what it is about
     */
    record Step(UUID id, TicketStatus status, @Nullable Matter matter, @Nullable Major major) {

        boolean isOpen() {
            return Command.HEAR.isLegalIn(status);
        }
    }

    Matters(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Whoever opens a ticket of one of them now has committed it when this returns, and nobody else
     * opens one until the transaction ends. In one order everywhere, so that two who want several
     * wait for each other instead of blocking each other.
     */
    void lock(Collection<Matter> matters) {
        var locks =
                matters.stream()
                        .flatMap(Matter::keys)
                        .map(Matter.Key::lock)
                        .distinct()
                        .sorted()
                        .toArray(Integer[]::new);
        jdbc.sql("SELECT pg_advisory_xact_lock(?, matter) FROM unnest(?::int[]) AS matter")
                .param(LOCKS)
                .param(locks)
                .query((_, _) -> true)
                .list();
    }

    /**
     * The ticket, then that into which it was merged, or which it repeats, or by which the customer
     * came back after it was closed (the last if there are several), and so on. Empty when there is
     * no such ticket.
     */
    List<Step> way(UUID from) {
        return jdbc.sql(
                        """
                        WITH RECURSIVE way AS (
                            SELECT 0 AS step, id, status, merged_into, duplicate_of
                            FROM ticket WHERE id = ?
                            UNION ALL
                            SELECT way.step + 1, next.id, next.status, next.merged_into,
                                next.duplicate_of
                            FROM way CROSS JOIN LATERAL (
                                (SELECT 1 AS turn, id, status, merged_into, duplicate_of
                                 FROM ticket
                                 WHERE way.status = 'MERGED' AND id = way.merged_into)
                                UNION ALL
                                (SELECT 2, id, status, merged_into, duplicate_of FROM ticket
                                 WHERE way.status = 'CLOSED' AND id = way.duplicate_of
                                     AND status <> 'CANCELLED')
                                UNION ALL
                                (SELECT 3, id, status, merged_into, duplicate_of FROM ticket
                                 WHERE way.status = 'CLOSED' AND succeeds = way.id
                                     AND status <> 'CANCELLED'
                                 ORDER BY created_at DESC, id DESC LIMIT 1)
                                ORDER BY turn LIMIT 1) AS next)
                        SELECT id, ticket.status, customer_id, order_id, product_id, category,
                            state #>> '{facts,major}' AS major
                        FROM way JOIN ticket USING (id) ORDER BY step
                        """)
                .param(from)
                .query(
                        (row, _) ->
                                new Step(
                                        row.getObject("id", UUID.class),
                                        TicketStatus.valueOf(row.getString("status")),
                                        Matter.of(
                                                row.getObject("customer_id", UUID.class),
                                                row.getString("order_id"),
                                                row.getString("product_id"),
                                                row.getString("category")),
                                        Rows.optional(Major.class, row.getString("major"))))
                .list();
    }

    Found find(Collection<Matter> matters) {
        return new Found(
                jdbc.sql(
                                KNOWN
                                        + """
                                        WHERE ticket.id IN (
                                            SELECT id FROM ticket
                                            WHERE (customer_id, order_id) IN (SELECT *
                                                FROM unnest(:customers::uuid[], :orders::text[]))
                                            UNION ALL
                                            SELECT id FROM ticket
                                            WHERE (customer_id, product_id) IN (SELECT *
                                                FROM unnest(:customers::uuid[], :products::text[])))
                                        ORDER BY here.created_at DESC, here.id DESC
                                        """)
                        .param(
                                "customers",
                                matters.stream().map(Matter::customerId).toArray(UUID[]::new))
                        .param(
                                "orders",
                                matters.stream().map(Matter::orderId).toArray(String[]::new))
                        .param(
                                "products",
                                matters.stream()
                                        .map(Matter::productWithoutOrder)
                                        .toArray(String[]::new))
                        .query(Matters::known)
                        .list());
    }

    /** Whatever they are about; not all when there are many. */
    Found newestOf(UUID customerId) {
        return new Found(
                jdbc.sql(
                                KNOWN
                                        + """
                                        WHERE ticket.customer_id = ?
                                        ORDER BY ticket.created_at DESC, ticket.id DESC LIMIT ?
                                        """)
                        .param(customerId)
                        .param(NEWEST)
                        .query(Matters::known)
                        .list());
    }

    private static Known known(ResultSet row, int number) throws SQLException {
        return new Known(
                row.getObject("id", UUID.class),
                row.getObject("customer_id", UUID.class),
                row.getString("order_id"),
                row.getString("product_id"),
                row.getString("first_category"),
                row.getString("category"),
                TicketStatus.valueOf(row.getString("status")),
                Kind.valueOf(row.getString("kind")),
                Priority.valueOf(row.getString("priority")),
                Rows.optional(Major.class, row.getString("major")),
                row.getBoolean("ends_by_filing"),
                Rows.instant(row.getObject("closed_at", OffsetDateTime.class)));
    }
}
