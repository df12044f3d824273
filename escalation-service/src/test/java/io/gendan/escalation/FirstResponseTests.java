package io.gendan.escalation;

import static io.gendan.escalation.ClockState.RUNNING;
import static io.gendan.escalation.ClockState.STOPPED;
import static io.gendan.escalation.TicketTold.watch;
import static io.gendan.escalation.WatchFixtures.START;
import static io.gendan.escalation.WatchFixtures.TARGETS;
import static io.gendan.escalation.WatchFixtures.after;
import static io.gendan.escalation.WatchFixtures.only;
import static io.gendan.events.ClockKind.FIRST_RESPONSE;
import static io.gendan.events.ClockKind.RESOLUTION;
import static io.gendan.events.ClockKind.TIER_RESOLUTION;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.events.CallOutcome;
import io.gendan.events.Channel;
import io.gendan.events.ContactOutcome;
import io.gendan.events.Kind;
import io.gendan.events.Priority;
import io.gendan.events.TicketEvent;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;

/** The first answer, and what counts as one. */
class FirstResponseTests {

    private final TicketTold ticket = new TicketTold();
    private final TicketEvent created = ticket.created(Kind.COMPLAINT, Priority.NORMAL, START);

    @Test
    void stopsTheFirstResponseAtTheFirstAnswer() {
        var watch = watch(TARGETS, created, ticket.answered(after(10)));

        assertThat(only(watch, FIRST_RESPONSE).state()).isEqualTo(STOPPED);
        assertThat(only(watch, FIRST_RESPONSE).firesAt()).isNull();
        assertThat(watch.earliest()).contains(new Watch.Due(TIER_RESOLUTION, after(24 * 60), 0));
    }

    @ParameterizedTest
    @EnumSource(Channel.class)
    void countsAsAnsweredWhatTheAgentTakesFromACustomerOnTheLine(Channel channel) {
        var watch =
                watch(
                        TARGETS,
                        ticket.taken(channel, "agent-south-1", START),
                        ticket.assigned("agent-south-1", START));

        boolean isOnTheLine = channel == Channel.PHONE || channel == Channel.CHAT;
        assertThat(only(watch, FIRST_RESPONSE).state()).isEqualTo(isOnTheLine ? STOPPED : RUNNING);
        assertThat(only(watch, RESOLUTION).state()).isEqualTo(RUNNING);
        assertThat(watch.standing().answered()).isEqualTo(isOnTheLine);
    }

    @Test
    void aCallThatReachesTheCustomerIsAnAnswer() {
        var rang = watch(TARGETS, created, ticket.called(CallOutcome.NO_ANSWER, after(5)));
        assertThat(only(rang, FIRST_RESPONSE).isRunning()).isTrue();

        for (var outcome : List.of(CallOutcome.REACHED, CallOutcome.CALL_LATER)) {
            var reached = rang.after(ticket.called(outcome, after(10)), TARGETS);
            assertThat(only(reached, FIRST_RESPONSE).isRunning()).isFalse();
        }

        var picked = watch(TARGETS, created, ticket.rang(ContactOutcome.ANSWERED, after(5)));
        assertThat(only(picked, FIRST_RESPONSE).isRunning()).isFalse();
        var missed = watch(TARGETS, created, ticket.rang(ContactOutcome.MISSED, after(5)));
        assertThat(only(missed, FIRST_RESPONSE).isRunning()).isTrue();
    }
}
