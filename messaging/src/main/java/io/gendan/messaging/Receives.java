package io.gendan.messaging;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the one method of a service that hears a topic: {@code void on(E event)} or {@code void
 * on(E event, Received received)}, where {@code E} is the sealed interface of the topic's events.
 *
 * <p>The method is called in sequence per key, inside the transaction that moves the position: what
 * it writes to the service's database is kept exactly when the event counts as received. A repeat
 * does not reach it. Many events share one transaction, so it must not keep state outside the
 * database. It may be called by several threads, but never by two for the same key.
 *
 * <p>An exception is a fault: of the world when its cause says so (database away, lock timeout,
 * serialization failure; tried again for ever while the partition waits), else of the event, whose
 * key is blocked after three tries. Late or superfluous events are no faults.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Receives {

    String topic();

    /** Whether the topic keeps only the last event of a key, so that gaps are legal. */
    boolean compacted() default false;
}
