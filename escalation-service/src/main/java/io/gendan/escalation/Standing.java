package io.gendan.escalation;

import io.gendan.events.TicketEvent;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * Where a ticket stands now, by its own events.
 *
 * @param brokenPromise by when the promise was due that was broken last
 * @param filed whether the answer that it ends with is filed
 */
public record Standing(
        int tier,
        int round,
        int stay,
        TicketState state,
        Climb climb,
        Questions questions,
        @Nullable Instant brokenPromise,
        boolean filed) {

    /**
     * What became of the next step up.
     *
     * @param raisedStay the last stay that it was raised in, 0 for none: it is raised once a stay,
     *     but for a climb that it refused while it was resolved
     * @param deferral the last one, which may be of an earlier stay: a climb is put off once a stay
     */
    public record Climb(int raisedStay, @Nullable Deferral deferral) {

        static final Climb NONE = new Climb(0, null);
    }

    Standing fencedBy(TicketEvent event) {
        return new Standing(
                tier, event.round(), event.stay(), state, climb, questions, brokenPromise, filed);
    }

    Standing onTier(int newTier) {
        return new Standing(newTier, round, stay, state, climb, questions, brokenPromise, filed);
    }

    Standing as(TicketState newState) {
        return new Standing(tier, round, stay, newState, climb, questions, brokenPromise, filed);
    }

    Standing broke(Instant dueAt) {
        return new Standing(tier, round, stay, state, climb, questions, dueAt, filed);
    }

    Standing filed(boolean isNow) {
        return new Standing(tier, round, stay, state, climb, questions, brokenPromise, isNow);
    }

    /** Whatever they asked. */
    Standing withAnswer() {
        return answeredUntil(Instant.MAX);
    }

    /** What the customer asked after that stays so. */
    Standing answeredUntil(Instant until) {
        return with(questions.answeredUntil(until));
    }

    /** Whether they heard from us before that is another question. */
    Standing answeredAt(Instant at) {
        return with(questions.answeredAt(at));
    }

    Standing asking(Instant at) {
        return with(questions.and(at));
    }

    private Standing with(Questions changed) {
        return new Standing(tier, round, stay, state, climb, changed, brokenPromise, filed);
    }

    boolean answered() {
        return questions.answered();
    }

    List<Instant> asked() {
        return questions.asked();
    }

    Standing raised() {
        return with(new Climb(stay, climb.deferral()));
    }

    /** Its climb in this stay came to nothing. */
    Standing notRaised() {
        return with(new Climb(stay - 1, climb.deferral()));
    }

    Standing deferred(Deferral by) {
        return with(new Climb(climb.raisedStay(), by));
    }

    private Standing with(Climb changed) {
        return new Standing(tier, round, stay, state, changed, questions, brokenPromise, filed);
    }

    boolean deferredInThisStay() {
        var deferral = climb.deferral();
        return deferral != null && deferral.stay() == stay;
    }

    /** Until when its climb is put off; absent when it was raised, or not put off. */
    @Nullable Instant putOffUntil() {
        var deferral = climb.deferral();
        return deferral != null && deferredInThisStay() && !raisedInThisStay()
                ? deferral.until()
                : null;
    }

    boolean raisedInThisStay() {
        return climb.raisedStay() >= stay;
    }
}
