package io.gendan.ticket;

import org.jspecify.annotations.Nullable;

import java.util.Objects;
import java.util.UUID;

/**
 * What tells that a customer asks about the same thing again: their order, and the top category of
 * what is wrong with it. Without an order nothing does.
 */
record Matter(UUID customerId, String orderId, String topCategory) {

    static @Nullable Matter of(UUID customerId, @Nullable String orderId, String category) {
        return orderId == null || orderId.isBlank()
                ? null
                : new Matter(customerId, orderId, top(category));
    }

    static String top(String category) {
        var dot = category.indexOf('.');
        return dot < 0 ? category : category.substring(0, dot);
    }

    /** The same in every instance; two matters may have the same one. */
    int lock() {
        return Objects.hash(customerId, orderId, topCategory);
    }
}
