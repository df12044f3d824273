package io.gendan.launcher;

import io.gendan.events.OrderEvent.Buyer;
import io.gendan.events.OrderEvent.OrderChanged;
import io.gendan.events.OrderStatus;
import io.gendan.launcher.TicketFile.Row;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Orders as somebody writes them down for a try: rows like those of {@link TicketFile}, with {@code
 * orderId}, {@code status}, the customer's {@code phone} and what else there is.
 */
final class OrderFile {

    private OrderFile() {}

    /**
     * @param version of the order in the shop
     */
    record Order(long version, OrderChanged event) {}

    /**
     * @param now stands in for the version and the times that are not said
     */
    static Order read(Row row, BuyerSeal seal, Instant now) {
        try {
            var given = JsonMapper.shared().readTree(row.body());
            var customer = given.path("customer").isObject() ? given.path("customer") : given;
            var buyer =
                    new Buyer(
                            required(customer, "phone"),
                            text(customer, "name"),
                            text(given, "address"));
            var version = text(given, "version");
            var amount = text(given, "amountFen");
            var event =
                    new OrderChanged(
                            required(given, "orderId"),
                            now,
                            OrderStatus.valueOf(required(given, "status")),
                            seal.seal(buyer),
                            amount == null ? 0 : Long.parseLong(amount),
                            text(given, "sellerId"),
                            divisions(given.path("divisions")),
                            Objects.requireNonNullElse(time(given, "placedAt"), now),
                            time(given, "dispatchedAt"),
                            time(given, "deliveredAt"),
                            time(given, "cancelledAt"));
            return new Order(version == null ? now.toEpochMilli() : Long.parseLong(version), event);
        } catch (JacksonException | IllegalArgumentException | DateTimeException wrong) {
            throw new CannotGoOn("line %d: %s".formatted(row.line(), wrong.getMessage()));
        }
    }

    private static List<String> divisions(JsonNode given) {
        return given.isArray()
                ? given.valueStream().map(JsonNode::asString).toList()
                : Stream.of(given.asString("").split("[ ,;]+"))
                        .filter(code -> !code.isEmpty())
                        .toList();
    }

    private static String required(JsonNode given, String field) {
        var text = text(given, field);
        if (text == null) {
            throw new IllegalArgumentException(field + " is missing");
        }
        return text;
    }

    private static @Nullable String text(JsonNode given, String field) {
        var value = given.path(field);
        return value.isMissingNode() || value.isNull() ? null : value.asString();
    }

    private static @Nullable Instant time(JsonNode given, String field) {
        var text = text(given, field);
        return text == null ? null : Instant.parse(text);
    }
}
