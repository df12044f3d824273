package io.gendan.escalation;

import io.gendan.events.TicketEvent;

/**
 * Where a ticket stands now, by its own events.
 *
 * @param raisedStay the last stay that it was raised in, 0 for none: it is raised once a stay
 * @param answered whether the customer heard from a person
 */
public record Standing(
        int tier, int round, int stay, int raisedStay, TicketState state, boolean answered) {

    Standing fencedBy(TicketEvent event) {
        return new Standing(tier, event.round(), event.stay(), raisedStay, state, answered);
    }

    Standing onTier(int newTier) {
        return new Standing(newTier, round, stay, raisedStay, state, answered);
    }

    Standing as(TicketState newState) {
        return new Standing(tier, round, stay, raisedStay, newState, answered);
    }

    Standing withAnswer() {
        return new Standing(tier, round, stay, raisedStay, state, true);
    }

    Standing raised() {
        return new Standing(tier, round, stay, stay, state, answered);
    }

    boolean raisedInThisStay() {
        return raisedStay >= stay;
    }
}
