/**
 * Journeys through a whole running system, by its gateway, its commands and its topics only.
 *
 * <p>{@link io.gendan.endtoend.ApplicationUnderTest} is the system, {@link
 * io.gendan.endtoend.Customer}, {@link io.gendan.endtoend.Agent} and {@link
 * io.gendan.endtoend.Specialist} use it, {@link io.gendan.endtoend.Sending} keeps it busy, and
 * {@link io.gendan.endtoend.Audit} counts what it did. One system serves all journeys of a build,
 * so each of them looks only at the tickets it opened.
 */
@NullMarked
package io.gendan.endtoend;

import org.jspecify.annotations.NullMarked;
