package io.gendan.escalation;

import static io.gendan.escalation.ClockState.STOPPED;
import static io.gendan.escalation.TicketTold.watch;
import static io.gendan.escalation.WatchFixtures.START;
import static io.gendan.escalation.WatchFixtures.TARGETS;
import static io.gendan.escalation.WatchFixtures.after;
import static io.gendan.events.ClockKind.CONFIRMATION;
import static io.gendan.events.ClockKind.FIRST_RESPONSE;
import static io.gendan.events.ClockKind.RESOLUTION;
import static io.gendan.events.ClockKind.TIER_RESOLUTION;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.events.Kind;
import io.gendan.events.Priority;
import io.gendan.events.TicketEvent;

import org.junit.jupiter.api.Test;

/** Which clocks a ticket has from its opening to its end. */
class WatchTests {

    private final TicketTold ticket = new TicketTold();
    private final TicketEvent created = ticket.created(Kind.COMPLAINT, Priority.NORMAL, START);

    @Test
    void startsThreeClocksAtCreation() {
        var watch = watch(TARGETS, created);

        assertThat(watch.clocks())
                .extracting(Clock::kind)
                .containsExactly(FIRST_RESPONSE, RESOLUTION, TIER_RESOLUTION);
        assertThat(watch.clocks()).allMatch(Clock::isRunning);
        assertThat(watch.earliest()).contains(new Watch.Due(FIRST_RESPONSE, after(30), 0));
    }

    @Test
    void leavesOnlyTheConfirmationAfterAResolution() {
        var watch = watch(TARGETS, created, ticket.resolved(after(60)));

        assertThat(watch.clocks())
                .filteredOn(Clock::isRunning)
                .extracting(Clock::kind)
                .containsExactly(CONFIRMATION);
        assertThat(watch.clocks())
                .filteredOn(clock -> clock.kind() != CONFIRMATION)
                .allMatch(clock -> clock.state() == STOPPED && clock.firesAt() == null);
    }

    @Test
    void stopsEverythingAtTheEnd() {
        var watch = watch(TARGETS, created, ticket.resolved(after(60)), ticket.closed(after(90)));

        assertThat(watch.clocks()).allMatch(clock -> clock.state() == STOPPED);
        assertThat(watch.clocks()).allMatch(clock -> clock.firesAt() == null);
        assertThat(watch.earliest()).isEmpty();
    }
}
