package io.gendan.escalation;

import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionOperations;

import java.time.Instant;
import java.util.function.Supplier;

/**
 * The database's clock, standing at the time that a test chooses: within one transaction, and
 * without anything else being different.
 */
@TestComponent
class SettableTime {

    private final TransactionOperations transaction;
    private final JdbcTemplate jdbc;

    SettableTime(TransactionOperations transaction, JdbcTemplate jdbc) {
        this.transaction = transaction;
        this.jdbc = jdbc;
    }

    <T> T at(Instant now, Supplier<T> work) {
        return transaction.execute(
                _ -> {
                    set(now);
                    return work.get();
                });
    }

    /** Takes back what was done, after the last effect and before the commit. */
    void aborted(Instant now, Runnable work) {
        transaction.executeWithoutResult(
                status -> {
                    set(now);
                    work.run();
                    status.setRollbackOnly();
                });
    }

    private void set(Instant now) {
        jdbc.execute("SET LOCAL search_path TO settable, pg_catalog, public");
        jdbc.queryForObject(
                "SELECT set_config('gendan.now', ?, true)", String.class, now.toString());
    }
}
