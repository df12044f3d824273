package io.gendan.escalation;

import static io.gendan.escalation.ClockState.STOPPED;
import static io.gendan.escalation.TicketTold.watch;
import static io.gendan.escalation.WatchFixtures.START;
import static io.gendan.escalation.WatchFixtures.TARGETS;
import static io.gendan.escalation.WatchFixtures.after;
import static io.gendan.escalation.WatchFixtures.clocks;
import static io.gendan.escalation.WatchFixtures.only;
import static io.gendan.events.ClockKind.CLOSING;
import static io.gendan.events.ClockKind.CONFIRMATION;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.events.Channel;
import io.gendan.events.EscalationEvent.ClockElapsed;
import io.gendan.events.Kind;
import io.gendan.events.Major;
import io.gendan.events.Priority;
import io.gendan.events.TicketEvent;

import org.junit.jupiter.api.Test;

import java.util.List;

/** From the resolution on: the customer's silence, and what is left before it closes. */
class ClosingClockTests {

    private final TicketTold ticket = new TicketTold();
    private final TicketEvent created = ticket.created(Kind.COMPLAINT, Priority.NORMAL, START);

    @Test
    void warnsOfNoConfirmation() {
        var watch = watch(TARGETS, created, ticket.resolved(after(10)));

        assertThat(only(watch, CONFIRMATION).firesAt()).isEqualTo(after(10 + 3 * 24 * 60));
    }

    @Test
    void tellsSilenceAfterAResolution() {
        var resolved = watch(TARGETS, created, ticket.resolved(after(60)));

        var firing = Firing.of(resolved, after(60 + 3 * 24 * 60), TARGETS);

        assertThat(firing.events())
                .containsExactly(
                        new ClockElapsed(
                                ticket.id,
                                1,
                                after(60 + 3 * 24 * 60),
                                CONFIRMATION,
                                after(60 + 3 * 24 * 60),
                                null));
        assertThat(Firing.of(firing.watch(), after(100 * 24 * 60), TARGETS).events()).isEmpty();
    }

    @Test
    void neverClosesAMajorTicketBySilence() {
        var major =
                ticket.created(
                        Kind.COMPLAINT, Priority.URGENT, Channel.APP, Major.MEDIA, false, START);

        var watch = watch(TARGETS, major, ticket.resolved(after(60)));

        assertThat(clocks(watch, CONFIRMATION)).isEmpty();
        assertThat(watch.earliest()).contains(new Watch.Due(CLOSING, after(60 + 4 * 60), 0));
    }

    @Test
    void givesTimeToWhatIsLeftFromWhenClosingIsFirstRefused() {
        var watch =
                watch(
                        TARGETS,
                        created,
                        ticket.resolved(after(60)),
                        ticket.stillPromises(after(100)),
                        ticket.stillPromises(after(200)));

        assertThat(only(watch, CLOSING).startedAt()).isEqualTo(after(100));
        assertThat(watch.earliest()).contains(new Watch.Due(CLOSING, after(100 + 24 * 60), 0));
    }

    @Test
    void saysThatATicketIsToBeClosedAgainAndAgainAndKeepsTheLastTimeOnly() {
        var watch =
                watch(
                        TARGETS,
                        created,
                        ticket.resolved(after(60)),
                        ticket.stillPromises(after(100)));
        for (int day = 1; day <= 9; day++) {
            var due = after(100 + day * 24 * 60);
            var firing = Firing.of(watch, due, TARGETS);

            assertThat(firing.events())
                    .filteredOn(event -> event instanceof ClockElapsed)
                    .last()
                    .isEqualTo(new ClockElapsed(ticket.id, ticket.stay(), due, CLOSING, due, null));
            assertThat(Firing.of(firing.watch(), due, TARGETS).events()).isEmpty();

            watch = firing.watch().after(ticket.lingers(due, due), TARGETS);
            assertThat(only(watch, CLOSING).number()).isEqualTo(day + 1);
            assertThat(only(watch, CLOSING).startedAt()).isEqualTo(due);
            assertThat(watch.after(ticket.lingers(due, due), TARGETS)).isEqualTo(watch);
        }
    }

    @Test
    void givesNoTimeToCloseWhatIsNotResolved() {
        var watch = watch(TARGETS, created, ticket.stillPromises(after(100)));
        assertThat(clocks(watch, CLOSING)).isEmpty();

        for (var over : List.of(ticket.closed(after(300)), ticket.reopened(after(300)))) {
            var ended =
                    watch(
                            TARGETS,
                            created,
                            ticket.resolved(after(60)),
                            ticket.stillPromises(after(100)),
                            over,
                            ticket.lingers(after(300), after(301)));

            assertThat(only(ended, CLOSING).state()).isEqualTo(STOPPED);
            assertThat(only(ended, CLOSING).firesAt()).isNull();
        }
    }
}
