/**
 * How tickets are served, as versioned data.
 *
 * <p>{@link io.gendan.ticket.rules.ServiceRules} is one version's document, plain values and what
 * can be said from them; {@link io.gendan.ticket.rules.RuleBook} keeps the versions, which are
 * never changed, and knows which one is in force. A ticket is served by the version of its
 * creation. {@link io.gendan.ticket.rules.WorkCalendars} keeps what escalation-service tells of the
 * days by which steps are due.
 */
@NullMarked
package io.gendan.ticket.rules;

import org.jspecify.annotations.NullMarked;
