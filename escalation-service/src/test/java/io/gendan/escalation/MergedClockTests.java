package io.gendan.escalation;

import static io.gendan.escalation.TicketTold.watch;
import static io.gendan.escalation.WatchFixtures.CALL;
import static io.gendan.escalation.WatchFixtures.START;
import static io.gendan.escalation.WatchFixtures.TARGETS;
import static io.gendan.escalation.WatchFixtures.after;
import static io.gendan.escalation.WatchFixtures.besidesWarnings;
import static io.gendan.escalation.WatchFixtures.clocks;
import static io.gendan.escalation.WatchFixtures.hear;
import static io.gendan.escalation.WatchFixtures.only;
import static io.gendan.events.ClockKind.FIRST_RESPONSE;
import static io.gendan.events.ClockKind.NEXT_RESPONSE;
import static io.gendan.events.ClockKind.PROMISE;
import static io.gendan.events.ClockKind.RESOLUTION;
import static io.gendan.events.ClockKind.TIER_RESOLUTION;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.events.EscalationCause;
import io.gendan.events.EscalationEvent.EscalationRaised;
import io.gendan.events.Kind;
import io.gendan.events.Priority;
import io.gendan.events.TicketEvent;

import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Clocks of a ticket that is merged or absorbs another, and of one that is taken back. */
class MergedClockTests {

    private final TicketTold ticket = new TicketTold();
    private final TicketEvent created = ticket.created(Kind.COMPLAINT, Priority.NORMAL, START);

    @Test
    void standsStillWhileMergedAndFiresOnceAfterwardsWhatBecameOverdue() {
        var merged = watch(TARGETS, created, ticket.answered(after(10)), ticket.merged(after(20)));

        assertThat(merged.earliest()).isEmpty();
        assertThat(Firing.of(merged, after(100_000), TARGETS).events()).isEmpty();

        var undone = merged.after(ticket.unmerged(Set.of(), after(25 * 60)), TARGETS);

        assertThat(only(undone, TIER_RESOLUTION).dueAt()).isEqualTo(after(24 * 60));
        assertThat(only(undone, RESOLUTION).dueAt()).isEqualTo(after(72 * 60));
        var firing = Firing.of(undone, after(25 * 60), TARGETS);
        assertThat(besidesWarnings(firing)).singleElement().isInstanceOf(EscalationRaised.class);
        assertThat(besidesWarnings(Firing.of(firing.watch(), after(26 * 60), TARGETS))).isEmpty();
    }

    @Test
    void raisesAgainAfterTheUndoWhatAMergedTicketRefused() {
        var raised = Firing.of(watch(TARGETS, created), after(30), TARGETS).watch();
        var merged = raised.after(ticket.merged(after(30)), TARGETS);
        var refused = merged.after(ticket.refused(1, after(31)), TARGETS);
        var unmerged = ticket.unmerged(Set.of(), after(40));

        assertThat(Firing.hearing(refused, unmerged, TARGETS, () -> after(40)).events())
                .singleElement()
                .isInstanceOfSatisfying(
                        EscalationRaised.class,
                        again -> {
                            assertThat(again.stay()).isEqualTo(2);
                            assertThat(again.clock()).isEqualTo(FIRST_RESPONSE);
                            assertThat(again.dueAt()).isEqualTo(after(30));
                        });
    }

    @Test
    void isResolvedByWhenTheFirstOfTwoMergedWasAsked() {
        var other = UUID.randomUUID();
        var absorbed =
                watch(
                        TARGETS,
                        created,
                        ticket.answered(after(10)),
                        ticket.absorbs(other, after(-60), Map.of(CALL, after(90)), after(20)));

        assertThat(only(absorbed, RESOLUTION).dueAt()).isEqualTo(after(71 * 60));
        assertThat(only(absorbed, TIER_RESOLUTION).dueAt()).isEqualTo(after(24 * 60));
        assertThat(only(absorbed, PROMISE).dueAt()).isEqualTo(after(90));
        assertThat(only(absorbed, NEXT_RESPONSE).isRunning()).isTrue();

        var released = absorbed.after(ticket.releases(other, after(30)), TARGETS);

        assertThat(only(released, RESOLUTION).dueAt()).isEqualTo(after(72 * 60));
        assertThat(clocks(released, PROMISE)).isEmpty();
    }

    @Test
    void raisesAgainForABrokenPromiseWhenAMergeIsUndone() {
        var over =
                Firing.of(
                                watch(
                                        TARGETS,
                                        created,
                                        ticket.answered(after(1)),
                                        ticket.promises(CALL, after(20), after(2))),
                                after(20),
                                TARGETS)
                        .watch();
        var raised = hear(over, ticket.breaks(CALL, after(20), after(21))).watch();
        var merged = raised.after(ticket.merged(after(22)), TARGETS);

        var unmerged = hear(merged, ticket.unmerged(Set.of(), after(25)));

        assertThat(unmerged.events())
                .singleElement()
                .isInstanceOfSatisfying(
                        EscalationRaised.class,
                        again -> {
                            assertThat(again.cause()).isEqualTo(EscalationCause.PROMISE);
                            assertThat(again.dueAt()).isEqualTo(after(20));
                        });
    }
}
