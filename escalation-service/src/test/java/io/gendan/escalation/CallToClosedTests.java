package io.gendan.escalation;

import static io.gendan.escalation.TicketTold.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.events.ContactOutcome;
import io.gendan.events.Kind;
import io.gendan.events.Priority;

import org.junit.jupiter.api.Test;

import java.time.Instant;

/** Calls of a customer that are told when their ticket is closed. */
class CallToClosedTests {

    private static final Instant START = Instant.parse("2026-11-22T04:00:00Z");
    private static final Targets TARGETS = SimpleTargets.ofAllTiers();

    private final TicketTold ticket = new TicketTold();

    @Test
    void whatIsClosedOwesNoAnswerToWhatWasAskedAfterTheCall() {
        var closed =
                watch(
                        TARGETS,
                        ticket.created(Kind.COMPLAINT, Priority.NORMAL, START),
                        ticket.asked(after(20)),
                        ticket.closed(after(30)));

        var told =
                closed.after(
                        ticket.rang(ContactOutcome.ANSWERED, after(10), after(15), after(60)),
                        TARGETS);

        assertThat(told.clocks()).noneMatch(Clock::isRunning);
    }

    private static Instant after(int minutes) {
        return START.plusSeconds(60L * minutes);
    }
}
