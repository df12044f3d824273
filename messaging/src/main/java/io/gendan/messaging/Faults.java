package io.gendan.messaging;

import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

import java.sql.SQLException;
import java.util.List;

/**
 * Tells faults of the world, which pass and must never cost an event, from faults of the event,
 * which come back at each try.
 */
final class Faults {

    /**
     * Connection, transaction rollback, resources, operator intervention, system error; lock not
     * available, read-only server (a replica that is not promoted yet).
     */
    private static final List<String> WORLDLY_STATES =
            List.of("08", "40", "53", "57", "58", "55P03", "25006");

    private static final int DEEPEST_CAUSE = 30;

    private Faults() {}

    static boolean ofTheWorld(Throwable fault) {
        Throwable cause = fault;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
            if (isWorldly(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static boolean isWorldly(Throwable fault) {
        return switch (fault) {
            case SQLException e -> isWorldlyState(e.getSQLState());
            // what failed first is not in the chain of causes when the rollback failed as well
            case TransactionSystemException e ->
                    e.getApplicationException() != null && ofTheWorld(e.getApplicationException());
            case TransientDataAccessException _,
                    NonTransientDataAccessResourceException _,
                    RecoverableDataAccessException _,
                    CannotCreateTransactionException _,
                    RetriableException _,
                    InterruptedException _,
                    OutOfMemoryError _ ->
                    true;
            default -> false;
        };
    }

    /**
     * No state at all comes from the pool, about a connection that is gone, not from the server.
     */
    private static boolean isWorldlyState(@Nullable String state) {
        return state == null || WORLDLY_STATES.stream().anyMatch(state::startsWith);
    }
}
