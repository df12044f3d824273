/**
 * The whole system on one machine, by one command and without Docker.
 *
 * <p>Read in this order: {@link Gendan} (the commands), {@link Lineup} (what a system consists of),
 * {@link Supervisor} and {@link PartKeeper} (who keeps it running), then the parts: {@link
 * PostgresServer}, {@link KafkaServer}, {@link IssuerServer}, {@link ServiceServer}.
 *
 * <p>The commands and the supervisor share no socket, only files in {@code .gendan/run}: a pid file
 * and a phase file per part, written by the supervisor, and a {@code .stopped} file per part that
 * is to stay stopped, written by {@code ./gendan stop}.
 */
@NullMarked
package io.gendan.launcher;

import org.jspecify.annotations.NullMarked;
