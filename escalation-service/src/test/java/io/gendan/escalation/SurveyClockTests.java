package io.gendan.escalation;

import static io.gendan.escalation.ClockState.RUNNING;
import static io.gendan.escalation.ClockState.STOPPED;
import static io.gendan.escalation.TicketTold.watch;
import static io.gendan.escalation.WatchFixtures.START;
import static io.gendan.escalation.WatchFixtures.TARGETS;
import static io.gendan.escalation.WatchFixtures.after;
import static io.gendan.escalation.WatchFixtures.clocks;
import static io.gendan.escalation.WatchFixtures.hear;
import static io.gendan.escalation.WatchFixtures.only;
import static io.gendan.events.ClockKind.SURVEY;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.gendan.events.EscalationCause;
import io.gendan.events.EscalationEvent.ClockElapsed;
import io.gendan.events.EscalationEvent.EscalationRaised;
import io.gendan.events.Kind;
import io.gendan.events.Priority;
import io.gendan.events.Solved;
import io.gendan.events.TicketEvent;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.UUID;

/** The customer's time to say whether it was a solution. */
class SurveyClockTests {

    private static final UUID QUESTION = UUID.randomUUID();

    private final TicketTold ticket = new TicketTold();
    private final TicketEvent created = ticket.created(Kind.COMPLAINT, Priority.NORMAL, START);

    @Test
    void asksTheCustomerForADurationThatIsNotOurs() {
        var closed =
                watch(
                        TARGETS,
                        created,
                        ticket.resolvedAndAsks(QUESTION, after(60)),
                        ticket.closed(after(70)));

        assertThat(only(closed, SURVEY).isRunning()).isTrue();
        assertThat(only(closed, SURVEY).firesAt()).isEqualTo(after(60 + 72 * 60));
        assertThat(closed.earliest()).isEmpty();
        var over = Firing.of(closed, after(60 + 72 * 60), TARGETS);
        assertThat(over.events())
                .extracting(event -> ((ClockElapsed) event).about())
                .containsExactly(QUESTION);
        assertThat(only(hear(closed, ticket.rated(Solved.YES, after(80))).watch(), SURVEY).state())
                .isEqualTo(STOPPED);
    }

    @Test
    void givesTheCustomerTheirTimeFromWhenTheyAreAsked() {
        var morning = after(14 * 60);
        var closed =
                watch(
                        TARGETS,
                        created,
                        ticket.resolvedAndAsks(QUESTION, morning, after(60)),
                        ticket.closed(after(70)));
        var survey = only(closed, SURVEY);

        assertThat(survey.startedAt()).isEqualTo(morning);
        assertThat(survey.firesAt()).isEqualTo(morning.plus(Duration.ofHours(72)));
        assertThat(Firing.of(closed, after(60 + 72 * 60), TARGETS).events()).isEmpty();
        assertThat(Firing.of(closed, morning.plus(Duration.ofHours(72)), TARGETS).events())
                .singleElement()
                .isInstanceOf(ClockElapsed.class);
    }

    @Test
    void asksNoMoreWhatItWasToAskLater() {
        var reopened =
                watch(
                        TARGETS,
                        created,
                        ticket.resolvedAndAsks(QUESTION, after(14 * 60), after(60)),
                        ticket.reopened(after(70)),
                        ticket.resolvedAndAsks(UUID.randomUUID(), after(15 * 60), after(80)));

        assertThat(clocks(reopened, SURVEY))
                .extracting(Clock::state, Clock::startedAt)
                .containsExactly(tuple(STOPPED, after(14 * 60)), tuple(RUNNING, after(15 * 60)));
    }

    @Test
    void asksNoMoreOnceTheTicketIsReopened() {
        var reopened =
                watch(
                        TARGETS,
                        created,
                        ticket.resolvedAndAsks(QUESTION, after(60)),
                        ticket.reopened(after(70)));

        assertThat(only(reopened, SURVEY).state()).isEqualTo(STOPPED);
    }

    @Test
    void raisesWhatTheCustomerSaysIsNotSolvedUnlessItIsClosed() {
        var closed =
                watch(
                        TARGETS,
                        created,
                        ticket.resolvedAndAsks(QUESTION, after(60)),
                        ticket.closed(after(65)));
        assertThat(hear(closed, ticket.rated(Solved.NO, after(70))).events()).isEmpty();
        var reopened =
                watch(
                        TARGETS,
                        created,
                        ticket.resolvedAndAsks(QUESTION, after(60)),
                        ticket.reopened(after(70)));

        assertThat(hear(reopened, ticket.rated(Solved.NO, after(70))).events())
                .singleElement()
                .isInstanceOfSatisfying(
                        EscalationRaised.class,
                        raised -> {
                            assertThat(raised.cause()).isEqualTo(EscalationCause.LOW_SCORE);
                            assertThat(raised.stay()).isEqualTo(2);
                        });
    }
}
