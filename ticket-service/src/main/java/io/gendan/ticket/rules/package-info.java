/**
 * How tickets are served, as versioned data.
 *
 * <p>{@link io.gendan.ticket.rules.ServiceRules} is one version's document, plain values and what
 * can be said from them; {@link io.gendan.ticket.rules.RuleBook} keeps the versions, which are
 * never changed, and knows which one is in force. A ticket is served by the version of its
 * creation.
 */
@NullMarked
package io.gendan.ticket.rules;

import org.jspecify.annotations.NullMarked;
