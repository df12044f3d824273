package io.gendan.ticket;

import io.gendan.events.Solved;
import io.gendan.events.TicketEvent.SurveyEnded;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/** What the customer says of a solution, asked by a survey, and what follows from it. */
final class Rating extends Telling {

    private final Commitments commitments;
    private final Ending ending;

    Rating(Telling ticket, Commitments commitments, Ending ending) {
        super(ticket);
        this.commitments = commitments;
        this.ending = ending;
    }

    /**
     * The customer answers a survey. "Not solved" brings the ticket back to work first, so that
     * what climbs by it climbs in the stay that begins; after closing another ticket goes after it,
     * and after what sounds major. Then, and with a low score whatever the word, somebody else is
     * to call.
     *
     * @param accepted how long after the customer is asked answers are heard
     * @return whether another ticket goes after it
     * @throws SurveyOver when it is of an earlier resolution, was answered, or that has passed
     */
    boolean rate(UUID surveyId, Survey.Draft draft, Duration accepted, Instant now) {
        var asked = state.survey();
        if (asked == null || !isHeard(asked, surveyId, accepted, now)) {
            throw new SurveyOver();
        }
        var wasResolved = status() == TicketStatus.RESOLVED;
        var isUnsolved = draft.solved() == Solved.NO;
        var goesOn = !wasResolved && (isUnsolved || !rules.majorIn(draft.text()).isEmpty());
        if (wasResolved && isUnsolved) {
            ending.reopenForTheCustomer(draft.text(), now);
        }
        say(asked.answer(stamp(now), draft));
        if (!goesOn && (isUnsolved || rules.survey().isLow(draft.score()))) {
            sayCalledAfter(asked.discontent(), wasResolved, now);
        }
        return goesOn;
    }

    private boolean isHeard(Survey asked, UUID surveyId, Duration accepted, Instant now) {
        return Command.RATE.isLegalIn(status())
                && asked.canBeAnswered(surveyId, stay())
                && !asksAt(asked).isBefore(now.minus(accepted));
    }

    /**
     * What the customer finds by the link of that survey.
     *
     * @param accepted how long after the customer is asked answers are heard
     */
    Survey.Look look(UUID surveyId, Duration accepted, Instant now) {
        var asked = state.survey();
        if (asked == null || !asked.id().equals(surveyId)) {
            return Survey.Look.at(SurveyState.OVER);
        }
        if (isHeard(asked, surveyId, accepted, now)) {
            return new Survey.Look(SurveyState.OPEN, asksAt(asked).plus(accepted));
        }
        return Survey.Look.at(asked.answer() == null ? SurveyState.OVER : SurveyState.ANSWERED);
    }

    /** From when on the customer may have the question; what an older version told does not say. */
    Instant asksAt(Survey survey) {
        return Objects.requireNonNullElseGet(
                survey.asksAt(),
                () -> rules.survey().handedOutAt(created.channel(), survey.openedAt()));
    }

    private void sayCalledAfter(Discontent discontent, boolean isBeforeClosing, Instant now) {
        var surveying = rules.survey();
        var within = isBeforeClosing ? surveying.calledWithin() : surveying.revisitedWithin();
        commitments.sayPromised(discontent.revisit(within, rules.calling(), now), now);
    }

    /** What is answered after this comes late. */
    void end(@Nullable UUID surveyId, Instant now) {
        var asked = state.survey();
        if (asked != null && asked.id().equals(surveyId) && asked.isOpen()) {
            say(new SurveyEnded(id(), round(), stay(), at(now), asked.id()));
        }
    }
}
