/**
 * What Gendan can do on this machine, beside what PostgreSQL alone can do in the same minutes.
 *
 * <p>Read in this order: {@link Benchmarks} (the run), {@link RunningGendan} (the system under
 * load), {@link GatewayIntake} and {@link RawIntake} (the same work by two ways), {@link
 * Assignments}.
 */
@NullMarked
package io.gendan.benchmarks;

import org.jspecify.annotations.NullMarked;
