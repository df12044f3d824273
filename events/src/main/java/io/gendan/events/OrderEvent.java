package io.gendan.events;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * What the shop tells about its orders. Topic {@link Topics#ORDERS}, by order id, compacted.
 *
 * <p>It comes from outside, so it asks little of who tells it: each event is the whole order, and
 * {@code ce_sequence} is the version that the order has in the shop, which grows with each change
 * and may leave numbers out. What is not above the last one that was heard is a repeat or comes too
 * late, and has no effect; what was lost is in the next one.
 */
public sealed interface OrderEvent extends Event {

    String orderId();

    @Override
    default String key() {
        return orderId();
    }

    /**
     * The whole order as it is now.
     *
     * @param at when it became so, by the shop's clock
     * @param buyer a {@link Buyer} as JSON, sealed under the key that the shop was given, in
     *     Base64: 12 bytes of nonce, then the ciphertext of AES-256-GCM with its tag of 16 bytes
     * @param amountFen what was to be paid, in hundredths of a yuan
     * @param sellerId absent when we sell it ourselves
     * @param divisions where it is delivered to, as in {@link Region}; none when the shop does not
     *     know, and the buyer's address is read
     */
    record OrderChanged(
            String orderId,
            Instant at,
            OrderStatus status,
            String buyer,
            long amountFen,
            @Nullable String sellerId,
            List<String> divisions,
            Instant placedAt,
            @Nullable Instant dispatchedAt,
            @Nullable Instant deliveredAt,
            @Nullable Instant cancelledAt)
            implements OrderEvent {}

    /**
     * Who ordered, and where it is delivered to.
     *
     * @param phone in any writing
     */
    record Buyer(String phone, @Nullable String name, @Nullable String address) {}
}
