package io.gendan.ticket;

import io.gendan.events.OrderEvent.Buyer;
import io.gendan.events.OrderEvent.OrderChanged;
import io.gendan.events.OrderStatus;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import tools.jackson.databind.json.JsonMapper;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A copy of what the shop tells about orders. Who ordered is one of our customers from then on, and
 * of the address only the divisions are kept.
 */
@Repository
public class Orders {

    private static final int SHOWN = 20;
    private static final Pattern DIVISION = Pattern.compile("[1-9][0-9]([0-9]{2}){0,2}");

    private final JdbcClient jdbc;
    private final Customers customers;
    private final RegionReader regions;
    private final Vault vault;
    private final JsonMapper json = JsonMapper.builder().build();

    /** An order as those see it who serve the customer. */
    public record ShownOrder(
            String id,
            OrderStatus status,
            long amountFen,
            @Nullable String sellerId,
            Instant placedAt,
            @Nullable Instant dispatchedAt,
            @Nullable Instant deliveredAt,
            @Nullable Instant cancelledAt) {}

    Orders(JdbcClient jdbc, Customers customers, RegionReader regions, Vault vault) {
        this.jdbc = jdbc;
        this.customers = customers;
        this.regions = regions;
        this.vault = vault;
    }

    /**
     * @throws IllegalStateException when the buyer was sealed under another key
     * @throws IllegalArgumentException when the buyer has no phone number that exists
     */
    public void save(OrderChanged order) {
        var buyer = json.readValue(vault.openBuyer(order.buyer()), Buyer.class);
        var phone =
                Phone.parse(Objects.requireNonNullElse(buyer.phone(), ""))
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "The buyer's phone number does not exist"));
        jdbc.sql(
                        """
                        INSERT INTO shop_order (id, customer_id, status, amount_fen, seller_id,
                            divisions, placed_at, dispatched_at, delivered_at, cancelled_at,
                            changed_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        ON CONFLICT (id) DO UPDATE SET
                            customer_id = excluded.customer_id, status = excluded.status,
                            amount_fen = excluded.amount_fen, seller_id = excluded.seller_id,
                            divisions = excluded.divisions, placed_at = excluded.placed_at,
                            dispatched_at = excluded.dispatched_at,
                            delivered_at = excluded.delivered_at,
                            cancelled_at = excluded.cancelled_at, changed_at = excluded.changed_at
                        """)
                .param(order.orderId())
                .param(customers.idOf(phone, buyer.name()))
                .param(order.status().name())
                .param(order.amountFen())
                .param(order.sellerId())
                .param(divisions(order, buyer).toArray(String[]::new))
                .param(Rows.timestamp(order.placedAt()))
                .param(Rows.timestamp(order.dispatchedAt()))
                .param(Rows.timestamp(order.deliveredAt()))
                .param(Rows.timestamp(order.cancelledAt()))
                .param(Rows.timestamp(order.at()))
                .update();
    }

    private List<String> divisions(OrderChanged order, Buyer buyer) {
        var told =
                order.divisions().stream()
                        .filter(division -> DIVISION.matcher(division).matches())
                        .toList();
        return told.isEmpty() ? regions.divisions(buyer.address()) : told;
    }

    /** Where those of the orders that are known are delivered to, by order. */
    Map<String, List<String>> divisions(Collection<String> orderIds) {
        var known = new HashMap<String, List<String>>();
        jdbc.sql("SELECT id, divisions FROM shop_order WHERE id = ANY (?)")
                .param(orderIds.toArray(String[]::new))
                .query(
                        row -> {
                            var divisions = (String[]) row.getArray("divisions").getArray();
                            known.put(row.getString("id"), List.of(divisions));
                        });
        return known;
    }

    /** The customer's last ones, the newest first. */
    List<ShownOrder> last(UUID customerId) {
        return jdbc.sql(
                        """
                        SELECT id, status, amount_fen, seller_id, placed_at, dispatched_at,
                            delivered_at, cancelled_at
                        FROM shop_order WHERE customer_id = ?
                        ORDER BY placed_at DESC, id DESC LIMIT ?
                        """)
                .params(customerId, SHOWN)
                .query((row, _) -> shown(row))
                .list();
    }

    private static ShownOrder shown(ResultSet row) throws SQLException {
        return new ShownOrder(
                row.getString("id"),
                OrderStatus.valueOf(row.getString("status")),
                row.getLong("amount_fen"),
                row.getString("seller_id"),
                Objects.requireNonNull(time(row, "placed_at")),
                time(row, "dispatched_at"),
                time(row, "delivered_at"),
                time(row, "cancelled_at"));
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        return Rows.instant(row.getObject(column, OffsetDateTime.class));
    }
}
