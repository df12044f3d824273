package io.gendan.ticket;

import org.jspecify.annotations.Nullable;

import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What tells that a customer asks about the same thing again: their order, or the product where
 * they name no order, and the top category of what is wrong with it. Without either nothing does.
 *
 * <p>Where both are named the order tells: the same product may be bought twice, and what is wrong
 * with the one says nothing of the other. Who names the product alone means whichever of their
 * orders is gone after for it.
 */
record Matter(
        UUID customerId, @Nullable String orderId, @Nullable String productId, String topCategory) {

    /** By what it is asked about. */
    private enum By {
        ORDER,
        PRODUCT
    }

    /** Of which nobody opens a ticket while somebody else does. */
    record Key(UUID customerId, By by, String id, String topCategory) {

        /** The same in every instance; two keys may have the same one. */
        int lock() {
            var lock = Objects.hash(customerId, id, topCategory);
            return by == By.ORDER ? lock : ~lock;
        }
    }

    static @Nullable Matter of(
            UUID customerId,
            @Nullable String orderId,
            @Nullable String productId,
            String category) {
        var order = named(orderId);
        var product = named(productId);
        return order == null && product == null
                ? null
                : new Matter(customerId, order, product, top(category));
    }

    private static @Nullable String named(@Nullable String id) {
        return id == null || id.isBlank() ? null : id;
    }

    static String top(String category) {
        var dot = category.indexOf('.');
        return dot < 0 ? category : category.substring(0, dot);
    }

    /** Absent where the order tells. */
    @Nullable String productWithoutOrder() {
        return orderId == null ? productId : null;
    }

    /** By which one finds what is open of it. */
    Key asked() {
        return keys().findFirst().orElseThrow();
    }

    /** By which others find it when it is open. */
    Stream<Key> keys() {
        return Stream.of(key(By.ORDER, orderId), key(By.PRODUCT, productId))
                .flatMap(Optional::stream);
    }

    private Optional<Key> key(By by, @Nullable String id) {
        return Optional.ofNullable(id).map(named -> new Key(customerId, by, named, topCategory));
    }
}
