package io.gendan.escalation;

import static io.gendan.escalation.TicketTold.watch;
import static io.gendan.escalation.WatchFixtures.CALL;
import static io.gendan.escalation.WatchFixtures.START;
import static io.gendan.escalation.WatchFixtures.TARGETS;
import static io.gendan.escalation.WatchFixtures.after;
import static io.gendan.escalation.WatchFixtures.warnings;
import static io.gendan.events.ClockKind.NEXT_RESPONSE;
import static io.gendan.events.ClockKind.PROMISE;
import static io.gendan.events.ClockKind.TIER_RESOLUTION;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.events.EscalationEvent.ClockWarned;
import io.gendan.events.EscalationEvent.DueChanged;
import io.gendan.events.Kind;
import io.gendan.events.Priority;
import io.gendan.events.TicketEvent;

import org.junit.jupiter.api.Test;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What the ticket is told is due next. */
class NextDueTests {

    private final TicketTold ticket = new TicketTold();
    private final TicketEvent created = ticket.created(Kind.COMPLAINT, Priority.NORMAL, START);

    @Test
    void tellsWhatIsDueNextOnlyWhenItChanged() {
        var before = watch(TARGETS, created);
        var answered = before.after(ticket.answered(after(10)), TARGETS);
        var asked = answered.after(ticket.asked(after(20)), TARGETS);

        assertThat(before.dueChangedSince(before, START)).isEmpty();
        assertThat(asked.dueChangedSince(before, after(20)))
                .contains(
                        new DueChanged(
                                ticket.id, after(20), NEXT_RESPONSE, after(140), null, null));
        assertThat(
                        watch(TARGETS, created, ticket.closed(after(1)))
                                .dueChangedSince(before, after(1)))
                .isEqualTo(
                        Optional.of(new DueChanged(ticket.id, after(1), null, null, null, null)));
    }

    @Test
    void tellsHowMuchWasWarnedOfWhatIsDueNext() {
        var halfTime = after(12 * 60);
        var watch =
                watch(
                        TARGETS,
                        created,
                        ticket.answered(after(1)),
                        ticket.promises(CALL, after(13 * 60), halfTime));
        var warned = Firing.of(watch, halfTime, TARGETS);
        assertThat(warnings(warned)).extracting(ClockWarned::clock).contains(TIER_RESOLUTION);
        assertThat(warned.watch().dueChangedSince(watch, halfTime)).isEmpty();

        var kept = warned.watch().after(ticket.keeps(CALL, halfTime), TARGETS);

        assertThat(kept.dueChangedSince(watch, halfTime))
                .contains(
                        new DueChanged(
                                ticket.id, halfTime, TIER_RESOLUTION, after(24 * 60), 50, null));
    }

    @Test
    void tellsThatWhatWasWarnedOfWhatIsDueNextNoLongerHolds() {
        var due = after(100);
        var sooner = new UUID(0, 1);
        var later = new UUID(0, 2);
        var watch =
                watch(
                        TARGETS,
                        created,
                        ticket.answered(after(1)),
                        ticket.promises(sooner, due, after(2)),
                        ticket.promises(later, due, after(80)));
        var warned = Firing.of(watch, after(95), TARGETS).watch();
        assertThat(warned.earliest()).contains(new Watch.Due(PROMISE, due, 90));
        assertThat(warned.dueChangedSince(watch, after(95))).isEmpty();

        var kept = warned.after(ticket.keeps(sooner, after(95)), TARGETS);

        assertThat(kept.dueChangedSince(warned, after(95)))
                .contains(new DueChanged(ticket.id, after(95), PROMISE, due, 75, null));
    }

    @Test
    void tellsSinceWhenItIsOverdueAsAWholeAsLongAsItIsToBeSolved() {
        var late = after(72 * 60);
        var watch =
                watch(
                        TARGETS,
                        created,
                        ticket.answered(after(1)),
                        ticket.promises(CALL, after(80 * 60), after(2)));
        var overdue = Firing.of(watch, late, TARGETS).watch();
        assertThat(overdue.dueChangedSince(watch, late))
                .contains(new DueChanged(ticket.id, late, PROMISE, after(80 * 60), 75, late));
        assertThat(overdue.dueChangedSince(overdue, late)).isEmpty();

        var kept = overdue.after(ticket.keeps(CALL, after(73 * 60)), TARGETS);
        assertThat(kept.dueChangedSince(overdue, after(73 * 60)))
                .contains(new DueChanged(ticket.id, after(73 * 60), null, null, null, late));

        var merged = kept.after(ticket.merged(after(74 * 60)), TARGETS);
        assertThat(merged.dueChangedSince(kept, after(74 * 60)))
                .contains(new DueChanged(ticket.id, after(74 * 60), null, null, null, null));
        var undone = merged.after(ticket.unmerged(Set.of(), after(75 * 60)), TARGETS);
        assertThat(undone.overdueSince()).isEqualTo(late);

        var resolved = undone.after(ticket.resolved(after(76 * 60)), TARGETS);
        assertThat(resolved.overdueSince()).isNull();
        assertThat(resolved.after(ticket.reopened(after(77 * 60)), TARGETS).overdueSince())
                .isEqualTo(late);
        assertThat(resolved.after(ticket.closed(after(77 * 60)), TARGETS).overdueSince()).isNull();
    }
}
