package io.gendan.ticket;

import static io.gendan.ticket.TicketFixtures.ASKED;
import static io.gendan.ticket.TicketFixtures.BY_XU;
import static io.gendan.ticket.TicketFixtures.CALL;
import static io.gendan.ticket.TicketFixtures.CALLBACK;
import static io.gendan.ticket.TicketFixtures.NOON;
import static io.gendan.ticket.TicketFixtures.OWNER;
import static io.gendan.ticket.TicketFixtures.PACKET;
import static io.gendan.ticket.TicketFixtures.SHEN;
import static io.gendan.ticket.TicketFixtures.WAIT;
import static io.gendan.ticket.TicketFixtures.XU;
import static io.gendan.ticket.TicketFixtures.attempt;
import static io.gendan.ticket.TicketFixtures.authorityTicketIn;
import static io.gendan.ticket.TicketFixtures.call;
import static io.gendan.ticket.TicketFixtures.consultedTicketIn;
import static io.gendan.ticket.TicketFixtures.contact;
import static io.gendan.ticket.TicketFixtures.linkedTicketIn;
import static io.gendan.ticket.TicketFixtures.offeredTicketIn;
import static io.gendan.ticket.TicketFixtures.otherTicket;
import static io.gendan.ticket.TicketFixtures.promisedTicketIn;
import static io.gendan.ticket.TicketFixtures.question;
import static io.gendan.ticket.TicketFixtures.rate;
import static io.gendan.ticket.TicketFixtures.said;
import static io.gendan.ticket.TicketFixtures.solution;
import static io.gendan.ticket.TicketFixtures.suspectedTicketIn;
import static io.gendan.ticket.TicketFixtures.thanks;
import static io.gendan.ticket.TicketFixtures.ticketIn;
import static io.gendan.ticket.TicketFixtures.wish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gendan.events.CallOutcome;
import io.gendan.events.Channel;
import io.gendan.events.CloseReason;
import io.gendan.events.ContactOutcome;
import io.gendan.events.EscalationCause;
import io.gendan.events.Priority;
import io.gendan.events.Solved;
import io.gendan.events.WaitingReason;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** What may be done in which state. */
class CommandTests {

    private static final Instant LATER = NOON.plusSeconds(100);
    private static final UUID MESSAGE = new UUID(0, 99);
    private static final LocalDate FILED_ON = LocalDate.of(2026, 11, 22);

    /** The table of {@link Command}, written a second time, so that no cell changes unnoticed. */
    private static Set<TicketStatus> legal(Command command) {
        return switch (command) {
            case ACCEPT -> EnumSet.of(TicketStatus.ASSIGNED);
            case ANSWER -> alive(TicketStatus.RESOLVED);
            case HEAR, CONTACT -> alive(TicketStatus.NEW, TicketStatus.RESOLVED);
            case THANK -> alive(TicketStatus.NEW, TicketStatus.RESOLVED, TicketStatus.CLOSED);
            case WAIT -> EnumSet.of(TicketStatus.IN_PROGRESS, TicketStatus.REOPENED);
            case RESUME -> EnumSet.of(TicketStatus.WAITING);
            case RESOLVE ->
                    EnumSet.of(
                            TicketStatus.IN_PROGRESS, TicketStatus.WAITING, TicketStatus.REOPENED);
            case PROMISE ->
                    EnumSet.of(
                            TicketStatus.IN_PROGRESS,
                            TicketStatus.WAITING,
                            TicketStatus.RESOLVED,
                            TicketStatus.REOPENED);
            case CALL_IN -> alive(TicketStatus.NEW, TicketStatus.RESOLVED, TicketStatus.CLOSED);
            case URGE -> alive(TicketStatus.NEW, TicketStatus.RESOLVED);
            case CALL -> alive(TicketStatus.RESOLVED, TicketStatus.CLOSED);
            case KEEP, WITHDRAW ->
                    alive(TicketStatus.NEW, TicketStatus.RESOLVED, TicketStatus.CLOSED);
            case RATE -> EnumSet.of(TicketStatus.RESOLVED, TicketStatus.CLOSED);
            case CONFIRM -> EnumSet.of(TicketStatus.RESOLVED);
            case CLOSE -> alive(TicketStatus.NEW, TicketStatus.RESOLVED);
            case MERGE, CANCEL, CHANGE -> alive(TicketStatus.NEW);
            case CONFIRM_MAJOR, REFUSE_MAJOR -> alive(TicketStatus.NEW, TicketStatus.RESOLVED);
            case REOPEN -> EnumSet.of(TicketStatus.RESOLVED);
            case STEP, FILE ->
                    EnumSet.of(
                            TicketStatus.IN_PROGRESS,
                            TicketStatus.WAITING,
                            TicketStatus.RESOLVED,
                            TicketStatus.REOPENED);
            case REVIEW ->
                    EnumSet.of(
                            TicketStatus.IN_PROGRESS,
                            TicketStatus.WAITING,
                            TicketStatus.RESOLVED,
                            TicketStatus.REOPENED,
                            TicketStatus.CLOSED);
            case CONSULT -> alive();
            case TRANSFER, TAKE_OVER, DECLINE, WITHDRAW_TRANSFER ->
                    EnumSet.of(
                            TicketStatus.IN_PROGRESS, TicketStatus.WAITING, TicketStatus.REOPENED);
            case ESCALATE -> alive(TicketStatus.NEW);
            case ADVISE -> alive(TicketStatus.RESOLVED, TicketStatus.MERGED);
            case NOTE, LINK, UNLINK -> EnumSet.allOf(TicketStatus.class);
            case UNDO_MERGE -> EnumSet.of(TicketStatus.MERGED);
        };
    }

    /** Somebody works on it; and these. */
    private static Set<TicketStatus> alive(TicketStatus... also) {
        var states =
                EnumSet.of(
                        TicketStatus.ASSIGNED,
                        TicketStatus.IN_PROGRESS,
                        TicketStatus.WAITING,
                        TicketStatus.REOPENED);
        states.addAll(List.of(also));
        return states;
    }

    static Stream<Arguments> everyCell() {
        return Stream.of(TicketStatus.values())
                .flatMap(
                        status ->
                                Stream.of(Command.values())
                                        .map(command -> Arguments.of(status, command)));
    }

    @ParameterizedTest
    @MethodSource("everyCell")
    void allowsACommandInItsStatesOnly(TicketStatus status, Command command) {
        var ticket =
                switch (command) {
                    case KEEP, WITHDRAW -> promisedTicketIn(status);
                    case FILE -> authorityTicketIn(status);
                    case TAKE_OVER, DECLINE, WITHDRAW_TRANSFER -> offeredTicketIn(status);
                    case ADVISE -> consultedTicketIn(status);
                    case UNLINK -> linkedTicketIn(status);
                    case CONFIRM_MAJOR, REFUSE_MAJOR -> suspectedTicketIn(status);
                    default -> ticketIn(status);
                };
        Runnable act =
                () -> {
                    switch (command) {
                        case ACCEPT -> ticket.accept(XU, LATER);
                        case ANSWER -> ticket.answer(said(MESSAGE, "text"), XU, LATER);
                        case HEAR -> ticket.hear(said(MESSAGE, "text"), LATER);
                        case THANK -> ticket.hear(thanks(MESSAGE), LATER);
                        case URGE -> ticket.urge(MESSAGE, Channel.APP, "", LATER);
                        case CONTACT ->
                                ticket.record(contact(ContactOutcome.MISSED), CALLBACK, LATER);
                        case CALL_IN -> ticket.record(contact(Solved.PARTLY), CALLBACK, LATER);
                        case CALL -> ticket.record(attempt(CallOutcome.BUSY, null), LATER);
                        case WAIT -> ticket.await(WaitingReason.BANK, WAIT, XU, LATER);
                        case RESUME -> ticket.resume(LATER);
                        case RESOLVE -> ticket.resolve(XU, solution("result"), LATER);
                        case PROMISE -> ticket.promise(call(CALL), LATER);
                        case KEEP -> ticket.keep(CALL, XU, solution(null), LATER);
                        case WITHDRAW -> ticket.withdraw(CALL, XU, "reason", LATER);
                        case RATE -> rate(ticket, Solved.YES, LATER);
                        case CONFIRM -> ticket.confirm(LATER);
                        case CONSULT -> ticket.handOver().consult(question(null), LATER);
                        case ADVISE -> ticket.handOver().advise(ASKED, SHEN, true, "yes", LATER);
                        case TRANSFER -> ticket.handOver().transfer(wish(), LATER);
                        case TAKE_OVER -> ticket.handOver().takeOver(SHEN, LATER);
                        case DECLINE -> ticket.handOver().decline(SHEN, "off duty", LATER);
                        case WITHDRAW_TRANSFER -> ticket.handOver().withdraw(LATER);
                        case ESCALATE ->
                                ticket.handOver()
                                        .askToClimb(
                                                ASKED, OWNER, EscalationCause.AGENT, PACKET, LATER);
                        case LINK -> ticket.ties().link(otherTicket(), LATER);
                        case UNLINK -> ticket.ties().unlink(otherTicket(), LATER);
                        case CHANGE -> ticket.change(pressing(ticket), "reason", LATER);
                        case CONFIRM_MAJOR -> ticket.confirmMajor(null, XU, LATER);
                        case REFUSE_MAJOR -> ticket.refuseMajor(null, XU, "reason", LATER);
                        case STEP -> ticket.takeStep("PLAN", BY_XU, null, LATER);
                        case REVIEW -> ticket.review(BY_XU, "cause", "measure", LATER);
                        case FILE -> ticket.file(XU, "text", FILED_ON, null, LATER);
                        case NOTE -> ticket.note(MESSAGE, XU, "text", LATER);
                        case REOPEN -> ticket.reopen(Ticket.CUSTOMER.id(), "还是坏的", LATER);
                        case CANCEL -> ticket.cancel("app", "reason", LATER);
                        case CLOSE ->
                                ticket.close(
                                        CloseReason.WITHDRAWN,
                                        Map.of("WITHDRAWAL", "by phone"),
                                        "supervisor-1",
                                        LATER);
                        case MERGE -> ticket.ties().mergeInto(otherTicket(), "same parcel", LATER);
                        case UNDO_MERGE -> ticket.ties().unmergeFrom(otherTicket(), null, LATER);
                    }
                };

        if (legal(command).contains(status)) {
            act.run();
            assertThat(ticket.drainNews()).isNotEmpty();
        } else {
            var before = ticket.memento();
            // A stranger who has the link of a survey is told nothing of our states.
            var refusal = command == Command.RATE ? SurveyOver.class : TransitionRefused.class;
            assertThatExceptionOfType(refusal).isThrownBy(act::run);
            assertThat(ticket.memento()).isEqualTo(before);
            assertThat(ticket.drainNews()).isEmpty();
        }
    }

    private static Facts pressing(Ticket ticket) {
        return ticket.memento().facts().withPriority(Priority.URGENT);
    }
}
