package io.gendan.ticket;

import io.gendan.api.Caller;
import io.gendan.api.Problem;
import io.gendan.api.Scope;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Where those of us who serve customers are shown what is masked otherwise: whom to call back, and
 * what stands in a text. Each time is on record with its reason.
 */
@Component
@Transactional
public class RevealDesk {

    private static final Logger logger = LoggerFactory.getLogger(RevealDesk.class);

    /** Of a longer conversation the last ones. */
    private static final int MOST_MESSAGES = 50;

    private final JdbcClient jdbc;
    private final Reveals reveals;
    private final Customers customers;
    private final Messages messages;

    /**
     * A ticket's texts as they were written.
     *
     * @param id of the reveal, as it is on record
     * @param messages the last ones and notes among them, in the order in which they were written
     */
    public record RevealedTicket(
            UUID id,
            Instant at,
            UUID ticketId,
            String number,
            Customers.Revealed customer,
            String subject,
            @Nullable String body,
            @Nullable String result,
            List<Messages.Shown> messages) {}

    /**
     * @param id of the reveal, as it is on record
     */
    public record RevealedCustomer(UUID id, Instant at, Customers.Revealed customer) {}

    private record Texts(
            String number,
            UUID customerId,
            String subject,
            @Nullable String body,
            @Nullable String result) {}

    RevealDesk(JdbcClient jdbc, Reveals reveals, Customers customers, Messages messages) {
        this.jdbc = jdbc;
        this.reveals = reveals;
        this.customers = customers;
        this.messages = messages;
    }

    /**
     * @throws Problem 404 when there is no such ticket in the scope, 429 when it was enough
     */
    public RevealedTicket ticket(UUID id, String reason, Caller by, Scope scope) {
        var texts = texts(id, scope);
        var kept = reveals.add(by, id, texts.customerId(), Masking.mask(reason));
        logger.info("Ticket {} is revealed to {}", id, by.id());
        return new RevealedTicket(
                kept.id(),
                kept.at(),
                id,
                texts.number(),
                revealed(texts.customerId()),
                texts.subject(),
                texts.body(),
                texts.result(),
                messages.revealed(id, MOST_MESSAGES));
    }

    /**
     * Of any customer: any may call anybody.
     *
     * @throws Problem 404 when there is no such customer, 429 when it was enough
     */
    public RevealedCustomer customer(UUID id, String reason, Caller by) {
        var customer = revealed(id);
        var kept = reveals.add(by, null, id, Masking.mask(reason));
        logger.info("Customer {} is revealed to {}", id, by.id());
        return new RevealedCustomer(kept.id(), kept.at(), customer);
    }

    private Customers.Revealed revealed(UUID customerId) {
        return customers.revealed(customerId).orElseThrow(Problem::notFound);
    }

    private Texts texts(UUID id, Scope scope) {
        return jdbc.sql(
                        """
                        SELECT number, customer_id, subject, body,
                            CASE WHEN state ->> 'resolvedAt' IS NOT NULL THEN result END AS result
                        FROM ticket WHERE id = :id AND %s
                        """
                                .formatted(TicketReading.condition(scope)))
                .params(TicketReading.parameters(scope))
                .param("id", id)
                .query(
                        (row, _) ->
                                new Texts(
                                        row.getString("number"),
                                        row.getObject("customer_id", UUID.class),
                                        row.getString("subject"),
                                        row.getString("body"),
                                        row.getString("result")))
                .optional()
                .orElseThrow(Problem::notFound);
    }
}
