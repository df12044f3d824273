package io.gendan.ticket;

import io.gendan.events.Region;
import io.gendan.ticket.Customers.Customer;
import io.gendan.ticket.Intake.Request;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * A request with what is known of it by now.
 *
 * @param region where the order goes, when it was not said
 * @param matter absent when nothing would tell that the same is asked again
 * @param following absent when it goes on with nothing
 */
record TicketDraft(
        Request request,
        Issued issued,
        Customer customer,
        Region region,
        @Nullable Matter matter,
        @Nullable Following following) {

    /**
     * @param reopens whether it came soon enough to count as a reopening of the closed one
     */
    record Following(Ticket closed, boolean reopens) {}

    record Issued(UUID ticketId, UUID customerId, String number, Instant at) {}

    static TicketDraft of(Request request, Issued issued, Customer customer, Region region) {
        return of(request, issued, customer, region, null);
    }

    static TicketDraft of(
            Request request,
            Issued issued,
            Customer customer,
            Region region,
            @Nullable Following following) {
        var opening = request.opening();
        var matter =
                Matter.of(
                        customer.id(),
                        opening.orderId(),
                        opening.productId(),
                        request.category().code());
        return new TicketDraft(request, issued, customer, region, matter, following);
    }
}
