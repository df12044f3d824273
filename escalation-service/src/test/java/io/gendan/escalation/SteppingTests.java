package io.gendan.escalation;

import static io.gendan.events.ClockStep.OFFER_AGAIN;
import static io.gendan.events.ClockStep.REMIND_CUSTOMER;
import static io.gendan.events.ClockStep.TELL_LEADER;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.events.Channel;
import io.gendan.events.ClockKind;
import io.gendan.events.EscalationEvent.ClockStepped;
import io.gendan.events.Kind;
import io.gendan.events.Priority;
import io.gendan.events.WaitingReason;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What is done while a clock runs on, by the shipped policy. */
@EscalationTest
class SteppingTests {

    /** Before the policy of the tests, and before what other tests leave behind. */
    private static final Instant START = Instant.parse("2025-01-08T04:00:00Z");

    @Autowired ClockFiring firing;
    @Autowired Told told;
    @Autowired SettableTime time;

    private final TicketTold ticket = new TicketTold();

    /** What a test left open would run out before the other tests. */
    @AfterEach
    void close() {
        told.hear(ticket.closed(after(100 * 3600)));
    }

    @Test
    void offersAChatAgainTellsTheLeaderAndThenLetsItClimb() {
        told.hear(
                ticket.created(
                        Kind.CONSULTATION, Priority.NORMAL, Channel.CHAT, null, false, START));

        fireAt(START.plusSeconds(15).minusNanos(1_000));
        assertThat(steps()).isEmpty();
        time.aborted(after(15), firing::run);
        fireAt(after(15));
        fireAt(after(16));
        assertThat(steps())
                .containsExactly(
                        new ClockStepped(
                                ticket.id,
                                1,
                                after(15),
                                ClockKind.FIRST_RESPONSE,
                                OFFER_AGAIN,
                                after(15),
                                null));
        fireAt(after(61));
        assertThat(steps())
                .extracting(ClockStepped::step)
                .containsExactly(OFFER_AGAIN, TELL_LEADER);
        assertThat(steps().getLast().dueAt()).isEqualTo(after(60));
        assertThat(told.raised(ticket.id)).isEmpty();
        fireAt(after(180));
        assertThat(steps()).hasSize(2);
        assertThat(told.raised(ticket.id)).hasSize(1);
    }

    @Test
    void takesWhatWasMissedWhileNobodyFiredButNotWhatCameTooLate() {
        told.hear(
                ticket.created(
                        Kind.CONSULTATION, Priority.NORMAL, Channel.CHAT, null, false, START));
        fireAt(after(90));
        assertThat(steps())
                .extracting(ClockStepped::step)
                .containsExactly(OFFER_AGAIN, TELL_LEADER);

        var late = new TicketTold();
        told.hear(
                late.created(
                        Kind.CONSULTATION, Priority.NORMAL, Channel.CHAT, null, false, after(90)));
        fireAt(after(90 + 200));
        assertThat(told.escalations(late.id, ClockStepped.class)).isEmpty();
        told.hear(late.closed(after(300)));
    }

    @Test
    void saysNothingOnceTheCustomerWasAnswered() {
        told.hear(
                ticket.created(
                        Kind.CONSULTATION, Priority.NORMAL, Channel.CHAT, null, false, START));
        told.hear(ticket.answered(after(14)));

        fireAt(after(60));

        assertThat(steps()).isEmpty();
    }

    @Test
    void countsOnTheCalendarOfTheLine() {
        var evening = Instant.parse("2025-01-08T13:27:00Z"); // 21:27, calls are made until 21:30
        told.hear(
                ticket.created(Kind.REQUEST, Priority.NORMAL, Channel.PHONE, null, false, evening));
        var morning = Instant.parse("2025-01-09T00:32:00Z");

        fireAt(morning.minusNanos(1_000));
        assertThat(steps()).isEmpty();
        fireAt(morning);

        assertThat(steps()).singleElement().extracting(ClockStepped::dueAt).isEqualTo(morning);
    }

    @Test
    void remindsTheCustomerOfTheWaitThatRuns() {
        var wait = UUID.randomUUID();
        told.hear(ticket.created(Kind.REQUEST, Priority.NORMAL, START));
        told.hear(ticket.answered(START));
        told.hear(ticket.waits(WaitingReason.CUSTOMER, wait, START));

        fireAt(START.plus(Duration.ofHours(24)));
        fireAt(START.plus(Duration.ofHours(48)));

        assertThat(steps()).extracting(ClockStepped::step).containsOnly(REMIND_CUSTOMER).hasSize(2);
        assertThat(steps()).extracting(ClockStepped::about).containsOnly(wait);
    }

    private void fireAt(Instant now) {
        time.at(now, firing::run);
    }

    private List<ClockStepped> steps() {
        return told.escalations(ticket.id, ClockStepped.class);
    }

    private static Instant after(int seconds) {
        return START.plusSeconds(seconds);
    }
}
