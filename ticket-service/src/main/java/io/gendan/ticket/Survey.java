package io.gendan.ticket;

import io.gendan.events.Solved;
import io.gendan.events.TicketEvent.SurveyAnswered;
import io.gendan.events.TicketEvent.TicketResolved;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/**
 * The question to the customer whether a resolution was one.
 *
 * @param stay of which resolution
 * @param agent whom the score is about
 * @param endedAt when its time passed; an answer after that is late
 * @param asksAt when the customer is asked; absent in what an older version told
 * @param withdrawnAt when nobody wanted an answer any more: what was closed was no solution
 */
record Survey(
        UUID id,
        int stay,
        String agent,
        Instant openedAt,
        @Nullable Instant endedAt,
        @Nullable Answer answer,
        @Nullable Instant asksAt,
        @Nullable Instant withdrawnAt) {

    record Answer(Solved solved, int score, boolean late, Instant at) {}

    /**
     * What somebody with the link sees of it.
     *
     * @param until when answers are taken; absent when none is any more
     */
    record Look(SurveyState state, @Nullable Instant until) {

        static Look at(SurveyState state) {
            return new Look(state, null);
        }
    }

    /** What somebody with the link tells; the text masked. */
    record Draft(Solved solved, int score, @Nullable String text) {}

    /** Absent when the customer is not asked about that resolution. */
    static @Nullable Survey of(TicketResolved resolved) {
        var id = resolved.surveyId();
        return id == null
                ? null
                : new Survey(
                        id,
                        resolved.stay(),
                        resolved.agent(),
                        resolved.at(),
                        null,
                        null,
                        resolved.asksAt(),
                        null);
    }

    /** Derived from its cause: a resolution is asked about once, and a stay has one resolution. */
    static UUID id(UUID ticketId, int stay) {
        var name = "survey:" + ticketId + ":" + stay;
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    boolean canBeAnswered(UUID surveyId, int inStay) {
        return id.equals(surveyId) && stay == inStay && isUnanswered();
    }

    SurveyAnswered answer(Stamp stamp, Draft draft) {
        return new SurveyAnswered(
                stamp.ticketId(),
                stamp.round(),
                stamp.stay(),
                stamp.at(),
                id,
                agent,
                draft.solved(),
                draft.score(),
                endedAt != null,
                draft.text());
    }

    /** When the answer tells of it. */
    Discontent discontent() {
        return new Discontent(id, agent);
    }

    boolean isOpen() {
        return isUnanswered() && endedAt == null;
    }

    /** And an answer is still wanted, be it late. */
    boolean isUnanswered() {
        return answer == null && withdrawnAt == null;
    }

    Survey withdrawn(Instant at) {
        return new Survey(id, stay, agent, openedAt, endedAt, answer, asksAt, at);
    }

    Survey ended(Instant at) {
        return new Survey(id, stay, agent, openedAt, at, answer, asksAt, withdrawnAt);
    }

    Survey answered(SurveyAnswered given) {
        var said = new Answer(given.solved(), given.score(), given.late(), given.at());
        return new Survey(id, stay, agent, openedAt, endedAt, said, asksAt, withdrawnAt);
    }
}
