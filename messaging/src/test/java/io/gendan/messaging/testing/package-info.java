/**
 * Real parts for tests: one PostgreSQL and one Kafka broker for all tests of a JVM.
 *
 * <p>A test asks for them with {@link io.gendan.messaging.testing.RealParts} and gets their
 * addresses as Spring properties, so that parts started in another way can take their place.
 */
@NullMarked
package io.gendan.messaging.testing;

import org.jspecify.annotations.NullMarked;
