package io.gendan.ticket.kafka;

import io.gendan.events.OrderEvent;
import io.gendan.events.OrderEvent.OrderChanged;
import io.gendan.events.Topics;
import io.gendan.messaging.Received;
import io.gendan.messaging.Receives;
import io.gendan.ticket.Orders;

import org.springframework.stereotype.Component;

/**
 * Compacted, so that the shop's own versions may stand in for sequences: they grow, and leave
 * numbers out.
 */
@Component
class OrderListener {

    private final Orders orders;

    OrderListener(Orders orders) {
        this.orders = orders;
    }

    @Receives(topic = Topics.ORDERS, compacted = true)
    void on(OrderEvent event, Received received) {
        // By the key it is told apart from a repeat: another order's would overtake it
        if (!received.key().equals(event.orderId())) {
            throw new IllegalArgumentException(
                    "Order %s was told by the key of another".formatted(event.orderId()));
        }
        switch (event) {
            case OrderChanged changed -> orders.save(changed);
        }
    }
}
