package io.gendan.ticket;

import static io.gendan.ticket.TicketFixtures.BY_XU;
import static io.gendan.ticket.TicketFixtures.CALL;
import static io.gendan.ticket.TicketFixtures.NOON;
import static io.gendan.ticket.TicketFixtures.XU;
import static io.gendan.ticket.TicketFixtures.acceptedTicket;
import static io.gendan.ticket.TicketFixtures.authorityTicketIn;
import static io.gendan.ticket.TicketFixtures.choice;
import static io.gendan.ticket.TicketFixtures.confirmation;
import static io.gendan.ticket.TicketFixtures.majorTicket;
import static io.gendan.ticket.TicketFixtures.resolvedAndPromisedTicket;
import static io.gendan.ticket.TicketFixtures.resolvedTicket;
import static io.gendan.ticket.TicketFixtures.said;
import static io.gendan.ticket.TicketFixtures.solution;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.events.ClockKind;
import io.gendan.events.CloseReason;
import io.gendan.events.EscalationEvent.ClockElapsed;
import io.gendan.events.Major;
import io.gendan.events.TicketEvent.ClosingOverdue;
import io.gendan.ticket.rules.MajorWords.Found;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/** What is solved and not closed when it was to be. */
class ClosingTests {

    private static final Instant DUE = NOON.plusSeconds(100);
    private static final Instant LATER = NOON.plusSeconds(101);

    @Test
    void saysWhatIsLeftOnceForEachTimeThatRunsOut() {
        var ticket = resolvedAndPromisedTicket();
        ticket.confirm(NOON.plusSeconds(5));
        ticket.drainNews();

        ticket.elapse(closing(ticket, DUE), LATER);
        ticket.elapse(closing(ticket, DUE), LATER);

        assertThat(ticket.drainNews())
                .containsExactly(overdue(ticket, DUE, CloseReason.CONFIRMED, List.of(CALL), null));
        ticket.elapse(closing(ticket, DUE.plusSeconds(900)), LATER);
        assertThat(ticket.drainNews()).hasOnlyElementsOfType(ClosingOverdue.class).hasSize(1);
    }

    @Test
    void saysThatNobodyConfirmedWhereNoReasonIsKnown() {
        var ticket = resolvedTicket();
        ticket.drainNews();

        ticket.elapse(closing(ticket, DUE), LATER);

        assertThat(ticket.drainNews()).containsExactly(overdue(ticket, DUE, null, List.of(), null));
        assertThat(ticket.memento().status()).isEqualTo(TicketStatus.RESOLVED);
    }

    @Test
    void saysWhatIsLeftOfWhatAnAuthorityAsks() {
        var ticket = authorityTicketIn(TicketStatus.RESOLVED);

        ticket.elapse(closing(ticket, DUE), LATER);
        ticket.file(XU, "已和解", LocalDate.of(2026, 11, 22), null, LATER);
        ticket.drainNews();
        ticket.elapse(closing(ticket, DUE.plusSeconds(1)), LATER);

        assertThat(ticket.drainNews())
                .containsExactly(
                        overdue(
                                ticket,
                                DUE.plusSeconds(1),
                                CloseReason.ANSWER_FILED,
                                List.of(),
                                List.of("REVIEW")));
        ticket.review(BY_XU, "页面未更新", "上新前核对", LATER);
        assertThat(ticket.memento().status()).isEqualTo(TicketStatus.CLOSED);
    }

    @ParameterizedTest
    @EnumSource(value = TicketStatus.class, mode = EnumSource.Mode.EXCLUDE, names = "RESOLVED")
    void saysNothingOfWhatIsNotResolved(TicketStatus status) {
        var ticket = TicketFixtures.ticketIn(status);

        ticket.elapse(closing(ticket, DUE), LATER);

        assertThat(ticket.drainNews()).isEmpty();
    }

    @Test
    void saysNothingOfAnEarlierResolution() {
        var ticket = acceptedTicket();
        ticket.resolve(XU, solution("换货已送达"), NOON.plusSeconds(4));
        var before = closing(ticket, DUE);
        ticket.reopen(Ticket.CUSTOMER.id(), "还是坏的", NOON.plusSeconds(5));
        ticket.resolve(XU, solution("换货已送达"), NOON.plusSeconds(6));
        ticket.drainNews();

        ticket.elapse(before, LATER);
        assertThat(ticket.drainNews()).isEmpty();

        ticket.elapse(closing(ticket, DUE), LATER);
        assertThat(ticket.drainNews())
                .containsExactly(overdue(ticket, DUE, null, List.of(), List.of("REPORT")));
    }

    @Test
    void saysThatNobodyHasSaidWhetherItIsMajor() {
        var ticket = resolvedTicket();
        ticket.suspect(new Found(Major.SAFETY, "受伤"), NOON.plusSeconds(5));
        ticket.drainNews();

        ticket.elapse(closing(ticket, DUE), LATER);

        var asked = Suspicion.proposalId(ticket.id(), Major.SAFETY);
        assertThat(ticket.drainNews())
                .singleElement()
                .isInstanceOfSatisfying(
                        ClosingOverdue.class,
                        overdue -> assertThat(overdue.unjudged()).containsExactly(asked));
    }

    @Test
    void whatIsMajorIsOverdueWhenTheTimeForObjectionsHasPassed() {
        var ticket = majorTicket();
        ticket.assign(choice(ticket, 1, XU), NOON.plusSeconds(1));
        ticket.answer(said(new UUID(0, 5), "已联系商家"), XU, NOON.plusSeconds(2));
        ticket.resolve(XU, solution("换货已送达"), NOON.plusSeconds(4));
        ticket.drainNews();

        ticket.elapse(silence(ticket), LATER);

        assertThat(ticket.drainNews())
                .singleElement()
                .isInstanceOfSatisfying(
                        ClosingOverdue.class,
                        overdue -> {
                            assertThat(overdue.dueAt()).isEqualTo(silence(ticket).dueAt());
                            assertThat(overdue.reason()).isNull();
                        });
        assertThat(ticket.memento().status()).isEqualTo(TicketStatus.RESOLVED);
    }

    private static ClockElapsed silence(Ticket ticket) {
        return confirmation(ticket, ticket.memento().stay());
    }

    private static ClockElapsed closing(Ticket ticket, Instant dueAt) {
        return new ClockElapsed(
                ticket.id(), ticket.memento().stay(), LATER, ClockKind.CLOSING, dueAt, null);
    }

    private static ClosingOverdue overdue(
            Ticket ticket,
            Instant dueAt,
            @Nullable CloseReason reason,
            List<UUID> promises,
            @Nullable List<String> missing) {
        var now = ticket.memento();
        return new ClosingOverdue(
                ticket.id(),
                now.round(),
                now.stay(),
                LATER,
                dueAt,
                reason,
                promises,
                missing,
                null);
    }
}
