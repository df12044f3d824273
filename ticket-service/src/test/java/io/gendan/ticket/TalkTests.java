package io.gendan.ticket;

import static io.gendan.ticket.TicketFixtures.CALL;
import static io.gendan.ticket.TicketFixtures.CALLBACK;
import static io.gendan.ticket.TicketFixtures.NOON;
import static io.gendan.ticket.TicketFixtures.OWNER;
import static io.gendan.ticket.TicketFixtures.XU;
import static io.gendan.ticket.TicketFixtures.acceptedTicket;
import static io.gendan.ticket.TicketFixtures.assignedTicket;
import static io.gendan.ticket.TicketFixtures.attempt;
import static io.gendan.ticket.TicketFixtures.contact;
import static io.gendan.ticket.TicketFixtures.missedTicket;
import static io.gendan.ticket.TicketFixtures.newTicket;
import static io.gendan.ticket.TicketFixtures.promiseOver;
import static io.gendan.ticket.TicketFixtures.promisedTicket;
import static io.gendan.ticket.TicketFixtures.resolvedTicket;
import static io.gendan.ticket.TicketFixtures.said;
import static io.gendan.ticket.TicketFixtures.solution;
import static io.gendan.ticket.TicketFixtures.thanks;
import static io.gendan.ticket.TicketFixtures.waitingTicket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gendan.api.Problem;
import io.gendan.events.CallOutcome;
import io.gendan.events.Channel;
import io.gendan.events.CloseReason;
import io.gendan.events.ContactOutcome;
import io.gendan.events.PromisePurpose;
import io.gendan.events.TicketEvent.CallAttempted;
import io.gendan.events.TicketEvent.ContactRecorded;
import io.gendan.events.TicketEvent.PromiseKept;
import io.gendan.events.TicketEvent.PromiseMade;
import io.gendan.events.TicketEvent.TicketAccepted;
import io.gendan.events.TicketEvent.WaitingEnded;
import io.gendan.events.WaitEnd;
import io.gendan.events.WaitingReason;
import io.gendan.ticket.rules.Procedure.Deed;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** Calls and chats of one ticket. */
class TalkTests {

    @ParameterizedTest
    @EnumSource(names = {"MISSED", "ABANDONED"})
    void whoWasNotAnsweredIsCalledBackByWhoeverHasIt(ContactOutcome outcome) {
        var ticket = acceptedTicket();
        ticket.drainNews();

        ticket.record(contact(outcome), CALLBACK, NOON.plusSeconds(9));

        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(ContactRecorded.class, PromiseMade.class);
        var promise = ticket.promise(CALL);
        assertThat(promise.purpose()).isEqualTo(PromisePurpose.CALLBACK);
        assertThat(promise.owner().id()).isEqualTo(XU);
        assertThat(promise.dueAt()).isEqualTo(CALLBACK.dueAt());
    }

    @Test
    void whoWasAnsweredIsNot() {
        var ticket = newTicket();

        ticket.record(contact(ContactOutcome.ANSWERED), CALLBACK, NOON.plusSeconds(9));

        assertThat(ticket.memento().promises()).isEmpty();
    }

    @Test
    void whoTriesOftenIsOwedOneCall() {
        var ticket = missedTicket();
        var again = new Conversation.Callback(new UUID(0, 78), NOON.plusSeconds(900));

        ticket.record(contact(ContactOutcome.MISSED), again, NOON.plusSeconds(60));

        assertThat(ticket.memento().promises()).hasSize(1);
        assertThat(ticket.memento().talk().contacts()).hasSize(2);
    }

    @Test
    void whoCallsAgainAndIsAnsweredNeedNotBeCalledBack() {
        var ticket = missedTicket();
        ticket.drainNews();

        ticket.record(contactAt(NOON.plusSeconds(30)), CALLBACK, NOON.plusSeconds(60));

        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(ContactRecorded.class, PromiseKept.class);
        assertThat(ticket.promise(CALL).outcome()).isEqualTo(PromiseOutcome.KEPT);
    }

    @Test
    void whatWasBeforeTheMissedCallAnswersItNot() {
        var ticket = missedTicket();

        ticket.record(contactAt(NOON.minusSeconds(30)), CALLBACK, NOON.plusSeconds(60));

        assertThat(ticket.promise(CALL).isOpen()).isTrue();
    }

    @Test
    void aMissedCallThatIsToldAfterTheAnsweredOneIsNotCalledBack() {
        var ticket = newTicket();
        ticket.record(contactAt(NOON.plusSeconds(30)), CALLBACK, NOON.plusSeconds(60));

        ticket.record(contact(ContactOutcome.MISSED), CALLBACK, NOON.plusSeconds(90));

        assertThat(ticket.memento().promises()).isEmpty();
    }

    @Test
    void whoIsReachedIsCalledBackAlsoWithoutNamingThePromise() {
        var ticket = acceptedTicket();
        ticket.record(contact(ContactOutcome.MISSED), CALLBACK, NOON.plusSeconds(9));
        ticket.drainNews();

        ticket.record(attempt(CallOutcome.NO_ANSWER, null), NOON.plusSeconds(30));
        ticket.record(attempt(CallOutcome.REACHED, null), NOON.plusSeconds(60));

        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(
                        CallAttempted.class, CallAttempted.class, PromiseKept.class);
    }

    @Test
    void whatAnAgentPromisedIsNotKeptByACallForSomethingElse() {
        var ticket = promisedTicket();

        ticket.record(attempt(CallOutcome.REACHED, null), NOON.plusSeconds(60));

        assertThat(ticket.promise(CALL).isOpen()).isTrue();
    }

    @Test
    void whoWasAnsweredHasHeardFromUs() {
        var ticket = acceptedTicket();

        ticket.record(contactAt(NOON.plusSeconds(30)), CALLBACK, NOON.plusSeconds(60));

        assertThat(ticket.memento().talk().toldAt()).isEqualTo(NOON.plusSeconds(30));
        assertThat(message(ticket)).isEqualTo(new Work.Done(XU, NOON.plusSeconds(30)));
    }

    @Test
    void whatWeSaidAfterACallThatIsToldLateStands() {
        var ticket = acceptedTicket();
        ticket.answer(said(new UUID(1, 1), "已补发"), XU, NOON.plusSeconds(60));

        ticket.record(contactAt(NOON.plusSeconds(30)), CALLBACK, NOON.plusSeconds(90));

        assertThat(ticket.memento().talk().toldAt()).isEqualTo(NOON.plusSeconds(60));
        assertThat(message(ticket)).isEqualTo(new Work.Done(XU, NOON.plusSeconds(60)));
    }

    @Test
    void whatWasSaidBeforeTheReopeningIsToBeSaidAnew() {
        var ticket = resolvedTicket();
        ticket.reopen(Ticket.CUSTOMER.id(), "还是坏的", NOON.plusSeconds(60));

        ticket.record(contactAt(NOON.plusSeconds(30)), CALLBACK, NOON.plusSeconds(90));
        assertThat(message(ticket)).isNull();

        ticket.record(contactAt(NOON.plusSeconds(70)), CALLBACK, NOON.plusSeconds(90));
        assertThat(message(ticket)).isEqualTo(new Work.Done(XU, NOON.plusSeconds(70)));
    }

    @Test
    void whoBringsItBackInACallIsAnsweredByIt() {
        var ticket = resolvedTicket();
        var urgeId = new UUID(1, 4);
        var at = NOON.plusSeconds(60);
        ticket.urge(urgeId, Channel.PHONE, "还是坏的", at);
        assertThat(message(ticket)).isNull();

        ticket.record(contactAt(NOON.plusSeconds(30)), urgeId, CALLBACK, at);

        assertThat(ticket.status()).isEqualTo(TicketStatus.REOPENED);
        assertThat(message(ticket)).isEqualTo(new Work.Done(XU, at));
        assertThat(ticket.memento().talk().toldAt()).isEqualTo(NOON.plusSeconds(30));
    }

    @Test
    void aCallFromBeforeTheTicketAnswersItOnlyWhenItIsOpenedWithIt() {
        var ticket = newTicket();
        ticket.record(contactAt(NOON.minusSeconds(30)), CALLBACK, NOON.plusSeconds(60));
        assertThat(ticket.memento().talk().toldAt()).isNull();
        assertThat(message(ticket)).isNull();

        var opened = newTicket();
        opened.record(contactAt(NOON.minusSeconds(30)), CALLBACK, NOON);
        assertThat(opened.memento().talk().toldAt()).isEqualTo(NOON);
        assertThat(message(opened)).isEqualTo(new Work.Done(null, NOON));
    }

    private static Work.@Nullable Done message(Ticket ticket) {
        return ticket.memento().work().deeds().get(Deed.MESSAGE);
    }

    @Test
    void theProgressThatIsPromisedIsToldByACallOfTheCustomer() {
        var ticket = acceptedTicket();
        ticket.promiseProgress(NOON.plusSeconds(3));
        var progress = ticket.memento().promises().getFirst();

        ticket.record(contactAt(NOON.plusSeconds(30)), CALLBACK, NOON.plusSeconds(60));
        ticket.elapse(promiseOver(ticket, progress.id()), progress.dueAt());

        assertThat(ticket.promise(progress.id()).outcome()).isEqualTo(PromiseOutcome.KEPT);
    }

    @ParameterizedTest
    @EnumSource(names = {"ANSWERED", "MISSED"})
    void whoCallsIsNotWaitedForAnyMore(ContactOutcome outcome) {
        var ticket = waitingTicket(WaitingReason.CUSTOMER);
        ticket.drainNews();

        ticket.record(contactAt(outcome, NOON.plusSeconds(30)), CALLBACK, NOON.plusSeconds(60));

        assertThat(ticket.status()).isEqualTo(TicketStatus.IN_PROGRESS);
        assertThat(ticket.drainNews())
                .filteredOn(WaitingEnded.class::isInstance)
                .extracting(event -> ((WaitingEnded) event).reason())
                .containsExactly(WaitEnd.CONTACT);
    }

    @ParameterizedTest
    @EnumSource(names = {"ANSWERED", "MISSED"})
    void whoCalledBeforeIsWaitedFor(ContactOutcome outcome) {
        var ticket = waitingTicket(WaitingReason.CUSTOMER);

        ticket.record(contactAt(outcome, NOON.plusSeconds(2)), CALLBACK, NOON.plusSeconds(60));

        assertThat(ticket.status()).isEqualTo(TicketStatus.WAITING);
    }

    @Test
    void whoIsAskedForSomethingInTheCallIsWaitedFor() {
        var ticket = waitingTicket(WaitingReason.CUSTOMER);
        var call =
                new Talk.Contact(
                        new UUID(0, 57),
                        Channel.PHONE,
                        ContactOutcome.ANSWERED,
                        NOON.plusSeconds(2),
                        NOON.plusSeconds(30),
                        null);

        ticket.record(call, CALLBACK, NOON.plusSeconds(60));

        assertThat(ticket.status()).isEqualTo(TicketStatus.WAITING);
        assertThat(ticket.memento().talk().toldAt()).isEqualTo(NOON.plusSeconds(30));
    }

    @Test
    void theHourThatTheCustomerNamedAfterTheCallHolds() {
        var ticket = acceptedTicket();
        ticket.record(callLater(1, null, NOON.plus(Duration.ofHours(5))), NOON.plusSeconds(60));

        ticket.record(contactAt(NOON.plusSeconds(30)), CALLBACK, NOON.plusSeconds(90));
        assertThat(ticket.memento().promises()).allMatch(Promise::isOpen);

        ticket.record(contactAt(NOON.plusSeconds(80)), CALLBACK, NOON.plusSeconds(90));
        assertThat(ticket.memento().promises()).noneMatch(Promise::isOpen);
    }

    @Test
    void aMissedCallThatIsToldAfterWeReachedThemIsNotCalledBack() {
        var ticket = acceptedTicket();
        ticket.record(attempt(CallOutcome.REACHED, null), NOON.plusSeconds(60));

        ticket.record(contact(ContactOutcome.MISSED), CALLBACK, NOON.plusSeconds(90));

        assertThat(ticket.memento().promises()).isEmpty();
    }

    @Test
    void aMissedCallThatIsToldAfterTheyNamedAnotherHourIsNotCalledBackSooner() {
        var ticket = acceptedTicket();
        var hour = NOON.plus(Duration.ofHours(5));
        ticket.record(callLater(1, null, hour), NOON.plusSeconds(60));

        ticket.record(contact(ContactOutcome.MISSED), CALLBACK, NOON.plusSeconds(90));

        assertThat(ticket.memento().promises()).extracting(Promise::dueAt).containsExactly(hour);
    }

    @Test
    void whoNamesAnotherHourHasHeardFromUsAndNothingOfWhatThereIsToTell() {
        var ticket = acceptedTicket();

        ticket.record(callLater(1, null, NOON.plus(Duration.ofHours(5))), NOON.plusSeconds(60));

        assertThat(ticket.memento().talk().toldAt()).isEqualTo(NOON.plusSeconds(60));
        assertThat(ticket.memento().talk().hasSpokenSince(NOON, null)).isFalse();
        assertThat(message(ticket)).isNull();
    }

    @ParameterizedTest
    @EnumSource(names = {"AGREED", "CARRIER"})
    void othersAreStillWaitedFor(WaitingReason reason) {
        var ticket = waitingTicket(reason);

        ticket.record(contactAt(NOON.plusSeconds(30)), CALLBACK, NOON.plusSeconds(60));

        assertThat(ticket.status()).isEqualTo(TicketStatus.WAITING);
        assertThat(ticket.memento().promises()).allMatch(Promise::isOpen);
    }

    @Test
    void aCallReopensNothing() {
        var ticket = resolvedTicket();

        ticket.record(contact(ContactOutcome.MISSED), CALLBACK, NOON.plusSeconds(60));
        ticket.confirm(NOON.plusSeconds(70));

        assertThat(ticket.status()).isEqualTo(TicketStatus.RESOLVED);
        assertThat(ticket.memento().closingDue()).isEqualTo(CloseReason.CONFIRMED);
    }

    private static Talk.Contact contactAt(Instant startedAt) {
        return contactAt(ContactOutcome.ANSWERED, startedAt);
    }

    private static Talk.Contact contactAt(ContactOutcome outcome, Instant startedAt) {
        return new Talk.Contact(new UUID(0, 57), Channel.PHONE, outcome, startedAt, null, null);
    }

    @Test
    void reachingTheCustomerKeepsThePromiseToCall() {
        var ticket = promisedTicket();
        ticket.drainNews();

        ticket.record(attempt(CallOutcome.REACHED, CALL), NOON.plusSeconds(60));

        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(CallAttempted.class, PromiseKept.class);
    }

    @ParameterizedTest
    @EnumSource(
            names = {"REACHED", "UNKNOWN"},
            mode = EnumSource.Mode.EXCLUDE)
    void otherwiseItIsStillPromised(CallOutcome outcome) {
        var ticket = promisedTicket();

        ticket.record(attempt(outcome, CALL), NOON.plusSeconds(60));

        assertThat(ticket.promise(CALL).isOpen()).isTrue();
    }

    @Test
    void whoAsksToBeCalledLaterIsPromisedThat() {
        var ticket = acceptedTicket();
        var hour = NOON.plus(Duration.ofHours(5));
        ticket.drainNews();

        ticket.record(callLater(1, null, hour), NOON.plusSeconds(60));

        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(CallAttempted.class, PromiseMade.class);
        var promise = ticket.memento().promises().getLast();
        assertThat(promise.owner()).isEqualTo(OWNER);
        assertThat(promise.dueAt()).isEqualTo(hour);
        assertThat(promise.channel()).isEqualTo(Channel.PHONE);
        assertThat(promise.purpose()).isEqualTo(PromisePurpose.CALLBACK);

        ticket.record(attempt(CallOutcome.REACHED, null), hour.minusSeconds(1));
        assertThat(ticket.promise(promise.id()).outcome()).isEqualTo(PromiseOutcome.KEPT);
    }

    @Test
    void theHourThatTheCustomerNamesTakesThePlaceOfTheOneBefore() {
        var ticket = acceptedTicket();
        ticket.record(contact(ContactOutcome.MISSED), CALLBACK, NOON.plusSeconds(9));
        var hour = NOON.plus(Duration.ofHours(5));

        ticket.record(callLater(1, CALL, hour), NOON.plusSeconds(60));
        ticket.record(callLater(2, null, hour.plusSeconds(600)), NOON.plusSeconds(90));

        assertThat(ticket.memento().promises())
                .extracting(Promise::outcome)
                .containsExactly(PromiseOutcome.WITHDRAWN, PromiseOutcome.WITHDRAWN, null);
        assertThat(ticket.memento().promises().getLast().dueAt()).isEqualTo(hour.plusSeconds(600));
    }

    @Test
    void whoIsCalledLaterForWhatIsPromisedIsPromisedNothingMore() {
        var ticket = promisedTicket();

        ticket.record(callLater(1, CALL, NOON.plus(Duration.ofHours(5))), NOON.plusSeconds(60));

        assertThat(ticket.memento().promises()).hasSize(1).allMatch(Promise::isOpen);
    }

    @Test
    void whoCannotReachUsIsCalledBackSoonerThanTheHourThatTheyNamedBefore() {
        var ticket = acceptedTicket();
        ticket.record(callLater(1, null, NOON.plus(Duration.ofHours(5))), NOON.plusSeconds(60));

        ticket.record(
                contactAt(ContactOutcome.MISSED, NOON.plusSeconds(80)),
                CALLBACK,
                NOON.plusSeconds(90));

        assertThat(ticket.promise(CALL).isOpen()).isTrue();
    }

    private static Talk.Attempt callLater(int id, @Nullable UUID promiseId, Instant at) {
        return new Talk.Attempt(
                new UUID(2, id), OWNER, CallOutcome.CALL_LATER, promiseId, at, null, null);
    }

    @Test
    void aCallIsForAPromiseThatThereIs() {
        var ticket = acceptedTicket();
        ticket.drainNews();

        assertThatExceptionOfType(Problem.class)
                .isThrownBy(
                        () ->
                                ticket.record(
                                        attempt(CallOutcome.REACHED, CALL), NOON.plusSeconds(9)))
                .satisfies(refused -> assertThat(refused.status()).isEqualTo(404));
        assertThat(ticket.drainNews()).isEmpty();
    }

    @Test
    void whoCallsHasTakenItUp() {
        var ticket = assignedTicket();
        ticket.drainNews();

        ticket.record(attempt(CallOutcome.BUSY, null), NOON.plusSeconds(9));

        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(TicketAccepted.class, CallAttempted.class);
    }

    @Test
    void countsCallsThatReachedNobodyByDayAndPartOfDay() {
        var ticket = acceptedTicket();
        var morning = Instant.parse("2026-11-23T02:00:00Z");
        call(ticket, CallOutcome.NO_ANSWER, morning);
        call(ticket, CallOutcome.BUSY, morning.plus(Duration.ofHours(1)));
        assertThat(ticket.course().unreached()).isEqualTo(new Course.Unreached(2, 1, 1));

        call(ticket, CallOutcome.REFUSED, morning.plus(Duration.ofHours(29)));
        assertThat(ticket.course().unreached()).isEqualTo(new Course.Unreached(3, 2, 2));

        call(ticket, CallOutcome.REACHED, morning.plus(Duration.ofHours(30)));
        assertThat(ticket.course().unreached()).isEqualTo(new Course.Unreached(0, 0, 0));
    }

    @Test
    void whoCameToUsInBetweenIsToBeTriedAnew() {
        var ticket = acceptedTicket();
        for (var comes : comings(ticket)) {
            ticket.answer(said(new UUID(1, 1), "请回复"), XU, NOON.plusSeconds(10));
            call(ticket, CallOutcome.NO_ANSWER, NOON.plusSeconds(20));
            assertThat(ticket.course().unreached().calls()).isEqualTo(1);
            assertThat(ticket.memento().talk().silence().messages()).isEqualTo(1);

            comes.accept(NOON.plusSeconds(30));

            assertThat(ticket.course().unreached().calls()).isZero();
            assertThat(ticket.memento().talk().silence().messages()).isZero();
        }
    }

    private static List<Consumer<Instant>> comings(Ticket ticket) {
        return List.of(
                at -> refuse(ticket, at),
                at -> ticket.hear(said(new UUID(1, 2), "在"), at),
                at -> ticket.hear(thanks(new UUID(1, 3)), at),
                at -> ticket.urge(new UUID(1, 4), Channel.APP, "催", at),
                at -> ticket.record(contact(ContactOutcome.ANSWERED), CALLBACK, at),
                at -> call(ticket, CallOutcome.CALL_LATER, at));
    }

    private static void refuse(Ticket ticket, Instant at) {
        ticket.resolve(XU, solution("已换货"), at);
        ticket.reopen(Ticket.CUSTOMER.id(), "还是坏的", at);
    }

    @Test
    void whatOneOfUsBringsBackBringsTheCustomerNoNearer() {
        var ticket = acceptedTicket();
        call(ticket, CallOutcome.NO_ANSWER, NOON.plusSeconds(20));
        ticket.resolve(XU, solution("已换货"), NOON.plusSeconds(30));

        ticket.reopen(XU, "还没有发出", NOON.plusSeconds(40));

        assertThat(ticket.course().unreached().calls()).isEqualTo(1);
    }

    @Test
    void whoseCallWasMissedIsStillNotReached() {
        var ticket = acceptedTicket();
        call(ticket, CallOutcome.SWITCHED_OFF, NOON.plusSeconds(20));

        ticket.record(contact(ContactOutcome.MISSED), CALLBACK, NOON.plusSeconds(30));

        assertThat(ticket.course().unreached().calls()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "NO_ANSWER, 2",
        "BUSY, 2",
        "SWITCHED_OFF, 2",
        "REFUSED, 2",
        "WRONG_NUMBER, 1",
        "REACHED, 0",
        "CALL_LATER, 0"
    })
    void aWrongNumberIsNoTryAndReachesNobody(CallOutcome outcome, int tries) {
        var ticket = acceptedTicket();
        call(ticket, CallOutcome.NO_ANSWER, NOON.plusSeconds(20));

        call(ticket, outcome, NOON.plusSeconds(30));

        assertThat(ticket.course().unreached().calls()).isEqualTo(tries);
    }

    @Test
    void keepsTheLastOfMany() {
        var ticket = acceptedTicket();
        for (int i = 1; i <= 40; i++) {
            call(ticket, CallOutcome.NO_ANSWER, NOON.plusSeconds(60 * i));
        }

        assertThat(ticket.memento().talk().calls()).hasSize(30);
        assertThat(ticket.memento().talk().calls().getLast().at())
                .isEqualTo(NOON.plusSeconds(2400));
    }

    private static void call(Ticket ticket, CallOutcome outcome, Instant at) {
        ticket.record(attempt(outcome, null), at);
    }
}
