package io.gendan.escalation;

import static io.gendan.escalation.ClockState.RUNNING;
import static io.gendan.escalation.ClockState.STOPPED;
import static io.gendan.escalation.TicketTold.watch;
import static io.gendan.escalation.WatchFixtures.START;
import static io.gendan.escalation.WatchFixtures.TARGETS;
import static io.gendan.escalation.WatchFixtures.after;
import static io.gendan.escalation.WatchFixtures.clocks;
import static io.gendan.escalation.WatchFixtures.only;
import static io.gendan.events.ClockKind.FIRST_RESPONSE;
import static io.gendan.events.ClockKind.NEXT_RESPONSE;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.gendan.events.Kind;
import io.gendan.events.Priority;
import io.gendan.events.TicketEvent;
import io.gendan.events.WaitingReason;

import org.junit.jupiter.api.Test;

/** What is owed to a customer who asks again. */
class NextResponseTests {

    private final TicketTold ticket = new TicketTold();
    private final TicketEvent created = ticket.created(Kind.COMPLAINT, Priority.NORMAL, START);

    @Test
    void startsOneNextResponseHoweverOftenTheCustomerAsks() {
        var watch =
                watch(
                        TARGETS,
                        created,
                        ticket.answered(after(10)),
                        ticket.asked(after(20)),
                        ticket.asked(after(25)));

        assertThat(only(watch, NEXT_RESPONSE).dueAt()).isEqualTo(after(20 + 120));
    }

    @Test
    void owesAnAnswerToWhoAsksAgain() {
        var watch =
                watch(
                        TARGETS,
                        created,
                        ticket.answered(after(10)),
                        ticket.waits(WaitingReason.CARRIER, after(15)),
                        ticket.urged(after(20)),
                        ticket.urged(after(25)));

        assertThat(only(watch, NEXT_RESPONSE).dueAt()).isEqualTo(after(20 + 120));
    }

    @Test
    void startsNoNextResponseBeforeTheFirst() {
        var watch = watch(TARGETS, created, ticket.asked(after(5)));

        assertThat(clocks(watch, NEXT_RESPONSE)).isEmpty();
        assertThat(only(watch, FIRST_RESPONSE).dueAt()).isEqualTo(after(30));
    }

    @Test
    void owesNoAnswerToMereThanks() {
        var watch = watch(TARGETS, created, ticket.answered(after(10)), ticket.thanked(after(20)));

        assertThat(clocks(watch, NEXT_RESPONSE)).isEmpty();
        assertThat(only(watch.after(ticket.asked(after(30)), TARGETS), NEXT_RESPONSE).dueAt())
                .isEqualTo(after(30 + 120));
    }

    @Test
    void startsAnotherNextResponseAfterAnAnswer() {
        var watch =
                watch(
                        TARGETS,
                        created,
                        ticket.answered(after(10)),
                        ticket.asked(after(20)),
                        ticket.answered(after(30)),
                        ticket.asked(after(40)));

        assertThat(clocks(watch, NEXT_RESPONSE))
                .extracting(Clock::state, Clock::number)
                .containsExactly(tuple(STOPPED, 1), tuple(RUNNING, 2));
    }

    @Test
    void keepsTheLastAnswersOfALongConversation() {
        var watch = watch(TARGETS, created, ticket.answered(after(1)));
        for (int asked = 1; asked <= 40; asked++) {
            watch = watch.after(ticket.asked(after(10 * asked)), TARGETS);
            watch = watch.after(ticket.answered(after(10 * asked + 5)), TARGETS);
        }

        assertThat(clocks(watch, NEXT_RESPONSE))
                .extracting(Clock::number)
                .containsExactly(35, 36, 37, 38, 39, 40);
        assertThat(clocks(watch, NEXT_RESPONSE)).allMatch(clock -> clock.state() == STOPPED);
    }
}
