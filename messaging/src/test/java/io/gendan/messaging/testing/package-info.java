/**
 * Real parts for tests: one PostgreSQL and one Kafka broker for all tests of a JVM.
 *
 * <p>A test asks for them with {@link io.gendan.messaging.testing.RealParts} and gets their
 * addresses as Spring properties. They come from Maven artifacts, or from images where system
 * properties name them ({@code -Pcontainers}).
 */
@NullMarked
package io.gendan.messaging.testing;

import org.jspecify.annotations.NullMarked;
