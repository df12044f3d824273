/**
 * The contracts: what the services tell each other, and on which topic.
 *
 * <p>One sealed interface a topic, one writer a topic, ordered per key. Records only grow: a
 * component may be added, none changed or taken away, and readers ignore what they do not know. The
 * id, the sequence, the type and the cause of an event travel in its CloudEvents headers ({@code
 * ce_id}, {@code ce_sequence}, {@code ce_type}, {@code ce_causation}), not in its body.
 *
 * <p>No phone number, name or street is ever in here. What a person wrote sits in fields of its own
 * ({@link io.gendan.events.TicketTexts}) with number-like strings masked, and nothing is decided by
 * it.
 */
@NullMarked
package io.gendan.events;

import org.jspecify.annotations.NullMarked;
