package io.gendan.ticket;

import io.gendan.api.Caller;
import io.gendan.api.Problem;
import io.gendan.ticket.CustomerReading.ShownCustomer;
import io.gendan.ticket.rules.Grade;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import java.util.UUID;

/** Where leaders say how much we make of a customer. Each change is on record with its reason. */
@Component
@Transactional
public class CustomerDesk {

    private static final Logger logger = LoggerFactory.getLogger(CustomerDesk.class);

    private final JdbcClient jdbc;
    private final CustomerReading reading;

    /**
     * @param care as it was when absent
     */
    public record Grading(Grade grade, @Nullable Boolean care, String reason) {}

    private record Standing(Grade grade, boolean care) {}

    CustomerDesk(JdbcClient jdbc, CustomerReading reading) {
        this.jdbc = jdbc;
        this.reading = reading;
    }

    /**
     * Counts for tickets that are opened from now on. What is so already is not changed again.
     *
     * @throws Problem 404 when there is no such customer
     */
    public ShownCustomer grade(UUID id, Grading grading, Caller by) {
        var before = lock(id);
        var care = grading.care() == null ? before.care() : grading.care();
        var after = new Standing(grading.grade(), care);
        if (!after.equals(before)) {
            change(id, before, after, grading.reason(), by);
            logger.info("Customer {} is {} by {}", id, after.grade(), by.id());
        }
        return reading.find(id).orElseThrow(Problem::notFound);
    }

    /** Not against those who only refer to the customer, as each new ticket does. */
    private Standing lock(UUID id) {
        return jdbc.sql("SELECT grade, care FROM customer WHERE id = ? FOR NO KEY UPDATE")
                .param(id)
                .query(
                        (row, _) ->
                                new Standing(
                                        Grade.valueOf(row.getString("grade")),
                                        row.getBoolean("care")))
                .optional()
                .orElseThrow(Problem::notFound);
    }

    private void change(UUID id, Standing before, Standing after, String reason, Caller by) {
        jdbc.sql("UPDATE customer SET grade = ?, care = ? WHERE id = ?")
                .params(after.grade().name(), after.care(), id)
                .update();
        jdbc.sql(
                        """
                        INSERT INTO customer_grade_change
                            (customer_id, grade_before, care_before, grade, care, reason, changed_by)
                        VALUES (?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        id,
                        before.grade().name(),
                        before.care(),
                        after.grade().name(),
                        after.care(),
                        reason,
                        by.id())
                .update();
    }
}
