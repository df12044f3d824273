/**
 * Whatever must happen if nothing happens.
 *
 * <p>Hears {@code tickets} and keeps a {@link io.gendan.escalation.Watch} for each: which targets
 * run, which rest, which are over, under the version of the policy that the ticket was created
 * under. {@link io.gendan.escalation.ClockFiring} takes the clocks that ran out, never early by the
 * clock of this database, and says {@code EscalationRaised} on {@code escalations}: a proposal,
 * once a stay. The ticket's own {@code TicketEscalated} makes it an {@link
 * io.gendan.escalation.Escalation}: it stands in the queue of its tier, people are invited on
 * {@code escalated.tier-N}, and one of them takes it by claiming ({@code EscalationClaimed}), which
 * the ticket confirms or refuses. Silence after a resolution is {@code ClockElapsed}; after the
 * last tier nobody is dropped, it rings ({@code LastTierOverdue}). {@code DueChanged} tells the
 * others what is due next, and what is overdue as a whole.
 *
 * <p>Every change of a ticket's rows begins with the lock on its row in {@code ticket}; waiting for
 * one while holding another happens only in the order in which one partition tells them.
 */
@NullMarked
package io.gendan.escalation;

import org.jspecify.annotations.NullMarked;
