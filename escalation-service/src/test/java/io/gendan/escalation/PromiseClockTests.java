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
import static io.gendan.escalation.WatchFixtures.warnings;
import static io.gendan.events.ClockKind.FIRST_RESPONSE;
import static io.gendan.events.ClockKind.NEXT_RESPONSE;
import static io.gendan.events.ClockKind.PROMISE;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.events.EscalationCause;
import io.gendan.events.EscalationEvent.ClockElapsed;
import io.gendan.events.EscalationEvent.ClockWarned;
import io.gendan.events.EscalationEvent.EscalationRaised;
import io.gendan.events.EscalationEvent.LastTierOverdue;
import io.gendan.events.Kind;
import io.gendan.events.Priority;
import io.gendan.events.PromisePurpose;
import io.gendan.events.TicketEvent;
import io.gendan.events.WaitingReason;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;

import java.util.List;
import java.util.UUID;

/** Promises: due exactly when they were promised, whatever the ticket does. */
class PromiseClockTests {

    private final TicketTold ticket = new TicketTold();
    private final TicketEvent created = ticket.created(Kind.COMPLAINT, Priority.NORMAL, START);

    @Test
    void isDueExactlyWhenItWasPromisedWhateverTheTicketDoes() {
        var dueAt = after(100).plusNanos(1_000);
        var watch =
                watch(
                        TARGETS,
                        created,
                        ticket.promises(CALL, dueAt, after(40)),
                        ticket.waits(WaitingReason.CUSTOMER, after(50)),
                        ticket.goesOn(after(60)),
                        ticket.escalated(2, after(70)),
                        ticket.resolved(after(80)));

        assertThat(only(watch, PROMISE).isRunning()).isTrue();
        assertThat(only(watch, PROMISE).pauses()).isEmpty();
        assertThat(watch.earliest()).contains(new Watch.Due(PROMISE, dueAt, 0));
        assertThat(besidesWarnings(Firing.of(watch, dueAt.minusNanos(1_000), TARGETS))).isEmpty();
        var over = Firing.of(watch, dueAt, TARGETS);
        assertThat(besidesWarnings(over))
                .containsExactly(new ClockElapsed(ticket.id, 2, dueAt, PROMISE, dueAt, CALL));
        assertThat(Firing.of(over.watch(), after(200), TARGETS).events()).isEmpty();
    }

    @Test
    void keepsAClockForEachPromiseThatIsOpen() {
        var other = UUID.randomUUID();
        var both =
                watch(
                        TARGETS,
                        created,
                        ticket.promises(CALL, after(100), after(1)),
                        ticket.promises(other, after(50), after(2)));

        assertThat(clocks(both, PROMISE)).extracting(Clock::about).containsExactly(CALL, other);

        var one = both.after(ticket.keeps(other, after(20)), TARGETS);
        assertThat(clocks(one, PROMISE)).extracting(Clock::about).containsExactly(CALL);

        var none = one.after(ticket.withdraws(CALL, after(21)), TARGETS);
        assertThat(clocks(none, PROMISE)).isEmpty();
        assertThat(none.earliest()).contains(new Watch.Due(FIRST_RESPONSE, after(30), 0));
    }

    @Test
    void keepsNoMoreClocksHoweverManyPromisesThereWere() {
        var watch = watch(TARGETS, created, ticket.answered(after(1)));
        var clocks = watch.clocks().size();
        var open = new UUID(0, 0);
        watch = watch.after(ticket.promises(open, after(1), after(1)), TARGETS);
        for (int n = 1; n <= 300; n++) {
            var next = new UUID(0, n);
            watch = watch.after(ticket.promises(next, after(n + 1), after(n)), TARGETS);
            var ended =
                    switch (n % 3) {
                        case 0 -> ticket.keeps(open, after(n));
                        case 1 -> ticket.withdraws(open, after(n));
                        default -> ticket.breaks(open, after(n), after(n));
                    };
            watch = Firing.hearing(watch, ended, TARGETS, ended::at).watch();
            open = next;

            assertThat(watch.clocks()).hasSize(clocks + 1);
            assertThat(only(watch, PROMISE).about()).isEqualTo(open);
        }
    }

    @Test
    void goesOnWithWhatIsPromisedForADayAfterTheEnd() {
        var due = after(100 * 24 * 60);
        var closed =
                watch(
                        TARGETS,
                        created,
                        ticket.promises(new UUID(0, 1), after(200), after(2)),
                        ticket.resolved(after(60)),
                        ticket.promises(CALL, due, after(60)),
                        ticket.withdraws(new UUID(0, 1), after(90)),
                        ticket.closed(after(90)));

        assertThat(closed.clocks()).filteredOn(Clock::isOpen).hasSize(1);
        assertThat(only(closed, PROMISE).about()).isEqualTo(CALL);
        assertThat(closed.earliest()).contains(new Watch.Due(PROMISE, due, 0));
        var over = Firing.of(closed, due, TARGETS);
        assertThat(over.events())
                .contains(new ClockElapsed(ticket.id, 1, due, PROMISE, due, CALL))
                .noneMatch(EscalationRaised.class::isInstance);

        var broken = hear(over.watch(), ticket.breaks(CALL, due, due));

        assertThat(broken.events()).isEmpty();
        assertThat(clocks(broken.watch(), PROMISE)).isEmpty();
        assertThat(Firing.of(broken.watch(), due.plusSeconds(86_400), TARGETS).events()).isEmpty();
    }

    @Test
    void warnsOfAPromise() {
        var watch = watch(TARGETS, created, ticket.promises(CALL, after(12), after(2)));

        assertThat(warnings(Firing.of(watch, after(7), TARGETS)))
                .containsExactly(
                        new ClockWarned(ticket.id, 1, after(7), PROMISE, 50, after(12), CALL));
    }

    @Test
    void leavesPromisesAloneUnderAnotherPolicy() {
        var watch = watch(TARGETS, created, ticket.promises(CALL, after(12), after(2)));

        assertThat(only(watch.under(TARGETS, after(3)), PROMISE)).isEqualTo(only(watch, PROMISE));
    }

    @Test
    void raisesOnceAStayWhenAPromiseIsBroken() {
        var watch =
                watch(
                        TARGETS,
                        created,
                        ticket.answered(after(1)),
                        ticket.promises(CALL, after(20), after(2)));
        var over = Firing.of(watch, after(20), TARGETS).watch();

        var broken = hear(over, ticket.breaks(CALL, after(20), after(21)));

        assertThat(broken.events())
                .containsExactly(
                        new EscalationRaised(
                                ticket.id,
                                1,
                                after(21),
                                Firing.escalationId(ticket.id, 1),
                                1,
                                2,
                                EscalationCause.PROMISE,
                                PROMISE,
                                after(20)));
        assertThat(hear(broken.watch(), ticket.breaks(CALL, after(20), after(22))).events())
                .isEmpty();
    }

    @Test
    void climbsByTheResponseThatIsOwedAndNotByTheCallBackBefore() {
        var unanswered = watch(TARGETS, created, ticket.promises(CALL, after(5), START));
        var asked =
                watch(
                        TARGETS,
                        created,
                        ticket.answered(after(1)),
                        ticket.asked(after(2)),
                        ticket.promises(CALL, after(5), after(2)));

        for (var owed : List.of(unanswered, asked)) {
            var broken =
                    hear(
                            Firing.of(owed, after(5), TARGETS).watch(),
                            ticket.breaks(CALL, PromisePurpose.CALLBACK, after(5), after(5)));
            assertThat(broken.events()).isEmpty();
            var response = owed == asked ? NEXT_RESPONSE : FIRST_RESPONSE;
            var dueAt = only(owed, response).dueAt();

            assertThat(Firing.of(broken.watch(), dueAt, TARGETS).events())
                    .filteredOn(EscalationRaised.class::isInstance)
                    .singleElement()
                    .isInstanceOfSatisfying(
                            EscalationRaised.class,
                            raised -> assertThat(raised.clock()).isEqualTo(response));
        }
    }

    @Test
    void climbsByTheCallBackWhereNothingElseIsOwed() {
        var answered =
                watch(
                        TARGETS,
                        created,
                        ticket.answered(after(1)),
                        ticket.promises(CALL, after(5), after(2)));

        assertThat(hear(answered, broken(PromisePurpose.CALLBACK)).events())
                .singleElement()
                .isInstanceOfSatisfying(
                        EscalationRaised.class,
                        raised -> assertThat(raised.cause()).isEqualTo(EscalationCause.PROMISE));
    }

    @ParameterizedTest
    @NullSource
    @EnumSource(value = PromisePurpose.class, names = "CALLBACK", mode = EnumSource.Mode.EXCLUDE)
    void climbsByWhatElseWasPromisedWhateverIsOwed(@Nullable PromisePurpose purpose) {
        var watch = watch(TARGETS, created, ticket.promises(CALL, after(5), START));

        assertThat(hear(watch, broken(purpose)).events())
                .hasExactlyElementsOfTypes(EscalationRaised.class);
    }

    @Test
    void ringsOnceWhenAPromiseIsBrokenAtTheLastTier() {
        var last =
                watch(
                        TARGETS,
                        created,
                        ticket.escalated(4, after(1)),
                        ticket.promises(CALL, after(10), after(2)));

        var broken = hear(last, ticket.breaks(CALL, after(10), after(10)));

        assertThat(broken.events())
                .containsExactly(
                        new LastTierOverdue(ticket.id, 2, after(10), PROMISE, after(10), 1));
    }

    private TicketEvent broken(@Nullable PromisePurpose purpose) {
        return ticket.breaks(CALL, purpose, after(5), after(5));
    }
}
