package io.gendan.escalation;

import io.gendan.events.TicketEvent;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a ticket stands now, by its own events.
 *
 * @param raisedStay the last stay that it was raised in, 0 for none: it is raised once a stay, but
 *     for a climb that it refused while it was resolved
 * @param answered whether the customer heard from a person
 * @param deferral the last one, which may be of an earlier stay: a climb is put off once a stay
 * @param brokenPromise by when the promise was due that was broken last
 * @param asked when the customer asked what we have not answered since; of very much the first of
 *     it and the last, since a call that is told late leaves what came after it
 * @param filed whether the answer that it ends with is filed
 */
public record Standing(
        int tier,
        int round,
        int stay,
        int raisedStay,
        TicketState state,
        boolean answered,
        @Nullable Deferral deferral,
        @Nullable Instant brokenPromise,
        List<Instant> asked,
        boolean filed) {

    private static final int ASKED_KEPT = 20;

    public Standing {
        asked = List.copyOf(asked);
    }

    Standing fencedBy(TicketEvent event) {
        return new Standing(
                tier,
                event.round(),
                event.stay(),
                raisedStay,
                state,
                answered,
                deferral,
                brokenPromise,
                asked,
                filed);
    }

    Standing onTier(int newTier) {
        return new Standing(
                newTier,
                round,
                stay,
                raisedStay,
                state,
                answered,
                deferral,
                brokenPromise,
                asked,
                filed);
    }

    Standing as(TicketState newState) {
        return new Standing(
                tier,
                round,
                stay,
                raisedStay,
                newState,
                answered,
                deferral,
                brokenPromise,
                asked,
                filed);
    }

    Standing withAnswer() {
        return answeredUntil(Instant.MAX);
    }

    /** What the customer asked after that stays so. */
    Standing answeredUntil(Instant until) {
        var left = asked.stream().filter(at -> at.isAfter(until)).toList();
        return new Standing(
                tier, round, stay, raisedStay, state, true, deferral, brokenPromise, left, filed);
    }

    /** Whether they heard from us before that is another question. */
    Standing answeredAt(Instant at) {
        var left = asked.stream().filter(one -> !one.equals(at)).toList();
        return new Standing(
                tier,
                round,
                stay,
                raisedStay,
                state,
                answered,
                deferral,
                brokenPromise,
                left,
                filed);
    }

    Standing asking(Instant at) {
        var more = new ArrayList<>(asked);
        if (more.size() == ASKED_KEPT) {
            more.remove(ASKED_KEPT / 2);
        }
        more.add(at);
        return new Standing(
                tier,
                round,
                stay,
                raisedStay,
                state,
                answered,
                deferral,
                brokenPromise,
                more,
                filed);
    }

    Standing raised() {
        return new Standing(
                tier, round, stay, stay, state, answered, deferral, brokenPromise, asked, filed);
    }

    /** Its climb in this stay came to nothing. */
    Standing notRaised() {
        return new Standing(
                tier,
                round,
                stay,
                stay - 1,
                state,
                answered,
                deferral,
                brokenPromise,
                asked,
                filed);
    }

    Standing deferred(Deferral by) {
        return new Standing(
                tier, round, stay, raisedStay, state, answered, by, brokenPromise, asked, filed);
    }

    Standing broke(Instant dueAt) {
        return new Standing(
                tier, round, stay, raisedStay, state, answered, deferral, dueAt, asked, filed);
    }

    Standing filed(boolean isNow) {
        return new Standing(
                tier,
                round,
                stay,
                raisedStay,
                state,
                answered,
                deferral,
                brokenPromise,
                asked,
                isNow);
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
