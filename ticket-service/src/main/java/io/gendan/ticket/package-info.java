/**
 * ticket-service: owns tickets, messages, categories and customers, and is the only one that
 * changes a ticket.
 *
 * <p>Hears {@code assignments} (who shall have it), {@code escalations} (when it shall climb),
 * {@code agents} (who may see it), {@code calendars} (which days are working days), {@code
 * territories} (who serves a province) and, from the shop, {@code orders}; says {@code tickets} and
 * {@code surveys} (what customers are asked without a ticket). What the others say about a ticket
 * is a proposal, fenced by round and stay: the ticket takes it or refuses it, by an event either
 * way.
 *
 * <p>Read in this order: {@code Command} (what may happen in which state), {@code Ticket} and its
 * parts ({@code Ownership}, {@code Conversation}, {@code Waiting}, {@code Commitments}, {@code
 * Ending}, {@code Rating}, {@code HandOver}, {@code Ties}: what then happens), {@code TicketState}
 * (what that makes of it), {@code Course} and {@code rules} (the procedures, which are data),
 * {@code Intake} (how many creates become one commit) and {@code Registrar} (what each of them
 * begins with), {@code TicketDesk} and the other desks (what people do), {@code Proposals} (what
 * the other services want), {@code Changes} (how either changes a ticket), {@code Consequences}
 * (what is kept of it, and whom else it concerns), {@code TimeWarnings} (who is told that its time
 * passes), {@code web} (the API). Phone numbers and names are in {@code Customers}, encrypted, and
 * never leave this service; to whom of us they are shown, {@code RevealDesk} says and {@code
 * Reveals} keeps.
 */
@NullMarked
package io.gendan.ticket;

import org.jspecify.annotations.NullMarked;
