package io.gendan.escalation;

import io.gendan.events.TicketEvent;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * Where a ticket stands now, by its own events.
 *
 * @param raisedStay the last stay that it was raised in, 0 for none: it is raised once a stay
 * @param answered whether the customer heard from a person
 * @param deferral the last one, which may be of an earlier stay: a climb is put off once a stay
 * @param brokenPromise by when the promise was due that was broken last
 */
public record Standing(
        int tier,
        int round,
        int stay,
        int raisedStay,
        TicketState state,
        boolean answered,
        @Nullable Deferral deferral,
        @Nullable Instant brokenPromise) {

    Standing fencedBy(TicketEvent event) {
        return new Standing(
                tier,
                event.round(),
                event.stay(),
                raisedStay,
                state,
                answered,
                deferral,
                brokenPromise);
    }

    Standing onTier(int newTier) {
        return new Standing(
                newTier, round, stay, raisedStay, state, answered, deferral, brokenPromise);
    }

    Standing as(TicketState newState) {
        return new Standing(
                tier, round, stay, raisedStay, newState, answered, deferral, brokenPromise);
    }

    Standing withAnswer() {
        return new Standing(tier, round, stay, raisedStay, state, true, deferral, brokenPromise);
    }

    Standing raised() {
        return new Standing(tier, round, stay, stay, state, answered, deferral, brokenPromise);
    }

    Standing deferred(Deferral by) {
        return new Standing(tier, round, stay, raisedStay, state, answered, by, brokenPromise);
    }

    Standing broke(Instant dueAt) {
        return new Standing(tier, round, stay, raisedStay, state, answered, deferral, dueAt);
    }

    boolean deferredInThisStay() {
        return deferral != null && deferral.stay() == stay;
    }

    /** Until when its climb is put off; absent when it was raised, or not put off. */
    @Nullable Instant putOffUntil() {
        return deferral != null && deferredInThisStay() && !raisedInThisStay()
                ? deferral.until()
                : null;
    }

    boolean raisedInThisStay() {
        return raisedStay >= stay;
    }
}
