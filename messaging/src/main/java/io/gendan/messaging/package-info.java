/**
 * How the services talk: an event log per service, a relay to Kafka, and receiving once in effect.
 *
 * <p>A service tells something by {@link io.gendan.messaging.EventLog#append appending} it in the
 * transaction of the change; the relay brings it to the broker, in order per topic and key, at
 * least once. A service hears by a method marked {@link io.gendan.messaging.Receives}, called in
 * the transaction that moves the position of the event's key, so that every event has its effect
 * once. What cannot be applied blocks its own key only and becomes a letter on {@code
 * dead.<service>}; {@code redrive.<service>} lets it go on.
 *
 * <p>Nothing else in a service talks to the broker about events.
 */
@NullMarked
package io.gendan.messaging;

import org.jspecify.annotations.NullMarked;
