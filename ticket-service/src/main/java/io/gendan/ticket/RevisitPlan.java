package io.gendan.ticket;

import io.gendan.messaging.DatabaseClock;
import io.gendan.messaging.Origin;
import io.gendan.ticket.rules.Revisits;
import io.gendan.ticket.rules.RuleBook;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Has those customers called regularly whom the rules name, however often they come to us by
 * themselves: counted from the last such call that was planned, or from their first ticket. That is
 * promised by the newest of their tickets that are closed.
 */
@Component
@Transactional
public class RevisitPlan {

    private static final int AT_ONCE = 100;

    private final JdbcClient jdbc;
    private final Changes changes;
    private final RuleBook rules;
    private final DatabaseClock clock;

    /** A customer who is to be called, and the ticket that promises it. */
    record Due(UUID customerId, UUID ticketId) {}

    RevisitPlan(JdbcClient jdbc, Changes changes, RuleBook rules, DatabaseClock clock) {
        this.jdbc = jdbc;
        this.changes = changes;
        this.rules = rules;
        this.clock = clock;
    }

    /** Some of those who are to be called now; none when the rules ask for nothing. */
    @Transactional(readOnly = true)
    List<Due> due() {
        var plan = rules.inForce().revisits().regular();
        if (plan == null) {
            return List.of();
        }
        return jdbc.sql(
                        """
                        SELECT customer.id AS customer_id, last.id AS ticket_id
                        FROM customer
                            LEFT JOIN customer_revisit AS before
                                ON before.customer_id = customer.id
                            CROSS JOIN LATERAL (
                                SELECT id FROM ticket
                                WHERE ticket.customer_id = customer.id AND status = 'CLOSED'
                                ORDER BY created_at DESC, id DESC LIMIT 1) AS last
                        WHERE customer.grade <> 'NORMAL' AND customer.grade = ANY(:grades)
                            AND CASE WHEN before.at IS NULL
                                THEN EXISTS (
                                    SELECT FROM ticket
                                    WHERE ticket.customer_id = customer.id
                                        AND created_at <= :longAgo)
                                ELSE before.at <= :longAgo END
                        LIMIT :most
                        """)
                .param("grades", plan.grades().toArray(String[]::new))
                .param("longAgo", Rows.timestamp(longAgo(plan)))
                .param("most", AT_ONCE)
                .query(
                        (row, _) ->
                                new Due(
                                        row.getObject("customer_id", UUID.class),
                                        row.getObject("ticket_id", UUID.class)))
                .list();
    }

    /** Once a time, however many see that it is due. */
    void visit(Due due) {
        var plan = rules.inForce().revisits().regular();
        if (plan != null && claim(due.customerId(), longAgo(plan))) {
            changes.propose(
                    due.ticketId(),
                    new Origin("system:ticket", "plan of revisits"),
                    (ticket, now) -> ticket.revisit(plan, now));
        }
    }

    private boolean claim(UUID customerId, Instant longAgo) {
        return jdbc.sql(
                                """
                                INSERT INTO customer_revisit AS before (customer_id, at)
                                VALUES (:customer, clock_timestamp())
                                ON CONFLICT (customer_id) DO UPDATE SET at = excluded.at
                                WHERE before.at <= :longAgo
                                """)
                        .param("customer", customerId)
                        .param("longAgo", Rows.timestamp(longAgo))
                        .update()
                > 0;
    }

    private Instant longAgo(Revisits.Regular plan) {
        return clock.now().minus(plan.every());
    }
}
