/**
 * Routing: who gets a ticket, and why.
 *
 * <p>Owns territories, teams, agents with their presence, the ledger of their load and the waiting
 * lines. Hears {@code tickets}, and on {@code escalations} when one is to be offered again, also to
 * the neighbours; says {@code assignments} (a choice, or that nobody is free), {@code agents} and
 * {@code territories} (who serves a province). It proposes; the ticket changes itself and answers
 * by assigned or refused.
 *
 * <p>A ticket's region gives its territory ({@link io.gendan.routing.Geography}), the territory its
 * team, and the {@link io.gendan.routing.Policies} one of the team's agents. Nobody free: the
 * team's line ({@link io.gendan.routing.LineOrder}), served in the transaction that frees somebody.
 * For a higher tier only the team is named; its people take the ticket by claiming.
 *
 * <p>Read in this order: {@link io.gendan.routing.RoutedTicket}, {@link
 * io.gendan.routing.Policies}, {@link io.gendan.routing.Dispatcher}, {@link
 * io.gendan.routing.Ledger}, {@code kafka.TicketListener}, then {@code web}.
 */
@NullMarked
package io.gendan.routing;

import org.jspecify.annotations.NullMarked;
