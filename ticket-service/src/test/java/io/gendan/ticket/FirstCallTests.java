package io.gendan.ticket;

import static io.gendan.ticket.TicketFixtures.CALLBACK;
import static io.gendan.ticket.TicketFixtures.NOON;
import static io.gendan.ticket.TicketFixtures.OWNER;
import static io.gendan.ticket.TicketFixtures.XU;
import static io.gendan.ticket.TicketFixtures.acceptedTicket;
import static io.gendan.ticket.TicketFixtures.choice;
import static io.gendan.ticket.TicketFixtures.newTicket;
import static io.gendan.ticket.TicketFixtures.promiseOver;
import static io.gendan.ticket.TicketFixtures.replayed;
import static io.gendan.ticket.TicketFixtures.said;
import static io.gendan.ticket.TicketFixtures.solution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gendan.api.Problem;
import io.gendan.events.Authority;
import io.gendan.events.AuthoritySource;
import io.gendan.events.CallOutcome;
import io.gendan.events.Channel;
import io.gendan.events.CloseReason;
import io.gendan.events.ContactOutcome;
import io.gendan.events.Major;
import io.gendan.events.PromisePurpose;
import io.gendan.events.Solved;
import io.gendan.events.TicketEvent.CallAttempted;
import io.gendan.events.TicketEvent.ContactRecorded;
import io.gendan.events.TicketEvent.FactsChanged;
import io.gendan.events.TicketEvent.PromiseBroken;
import io.gendan.events.TicketEvent.PromiseKept;
import io.gendan.events.TicketEvent.PromiseMade;
import io.gendan.events.TicketEvent.PromiseWithdrawn;
import io.gendan.events.TicketEvent.TicketCancelled;
import io.gendan.events.TicketEvent.TicketReopened;
import io.gendan.ticket.rules.MajorWords;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;

/** What the system promises as soon as a ticket is something major: that the customer is called. */
class FirstCallTests {

    private static final Instant LATER = NOON.plusSeconds(100);
    private static final Duration WITHIN = Duration.ofMinutes(30);

    @Test
    void isPromisedOfWhatIsOpenedAsMajor() {
        var ticket = newTicket(Major.SAFETY);

        ticket.promiseFirstCall(NOON);
        ticket.promiseFirstCall(LATER);

        assertThat(ticket.drainNews())
                .singleElement()
                .isInstanceOfSatisfying(
                        PromiseMade.class,
                        made -> {
                            assertThat(made.purpose()).isEqualTo(PromisePurpose.FIRST_CALL);
                            assertThat(made.channel()).isEqualTo(Channel.PHONE);
                            assertThat(made.dueAt()).isEqualTo(NOON.plus(WITHIN));
                            assertThat(made.owner()).isEqualTo(Ticket.SYSTEM.id());
                        });
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T12:59:59Z, 2026-11-22T13:29:59Z",
        "2026-11-22T13:00:00Z, 2026-11-23T00:30:00Z",
        "2026-11-22T20:00:00Z, 2026-11-23T00:30:00Z",
        "2026-11-23T00:10:00Z, 2026-11-23T00:40:00Z"
    })
    void isDueWhenCustomersMayBeCalled(Instant opened, Instant due) {
        var ticket = newTicket(new UUID(0, 2), Major.MASS, opened);

        ticket.promiseFirstCall(opened);

        assertThat(call(ticket).dueAt()).isEqualTo(due);
    }

    @Test
    void isNotPromisedUnderOlderRulesNorOfWhatIsNothingSuch() {
        var major = newTicket(Major.SAFETY);
        var older =
                Ticket.restored(major.created(), major.memento(), TicketFixtures.rules("2026.5"));
        var ordinary = newTicket();

        older.promiseFirstCall(NOON);
        ordinary.promiseFirstCall(NOON);

        assertThat(older.hasNews()).isFalse();
        assertThat(ordinary.hasNews()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"PHONE, ANSWERED, 0", "PHONE, MISSED, 1", "CHAT, ANSWERED, 1"})
    void isNotPromisedToWhoTalksWithUsByThat(
            Channel channel, ContactOutcome outcome, int promised) {
        var ticket = newTicket(Major.SAFETY);
        ticket.record(contact(channel, outcome, NOON, null), CALLBACK, NOON);

        ticket.promiseFirstCall(NOON);

        assertThat(calls(ticket)).isEqualTo(promised);
    }

    @Test
    void isPromisedOfWhatTurnsOutToBeMajorWhoeverTalkedWithThemBefore() {
        var ticket = acceptedTicket();
        call(ticket, CallOutcome.REACHED, null, null);
        ticket.drainNews();

        turnsOut(ticket, Major.SAFETY);

        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(FactsChanged.class, PromiseMade.class);
        assertThat(call(ticket).dueAt()).isEqualTo(LATER.plus(WITHIN));
    }

    @Test
    void isPromisedOfWhatIsFoundToBeMajor() {
        var ticket = acceptedTicket();
        ticket.suspect(new MajorWords.Found(Major.SAFETY, "受伤"), LATER);
        assertThat(calls(ticket)).isZero();

        ticket.confirmMajor(null, XU, LATER);

        assertThat(call(ticket).dueAt()).isEqualTo(LATER.plus(WITHIN));
    }

    @ParameterizedTest
    @CsvSource({
        "PLATFORM_12315, REGULATOR, PT4H",
        "HOTLINE_12345, REGULATOR, PT2H",
        "POST_12305, REGULATOR,",
        "COURT_MEDIA, MEDIA, PT30M"
    })
    void isPromisedWhenALetterArrives(
            AuthoritySource source, Major major, @Nullable Duration within) {
        var ticket = acceptedTicket();
        var facts = ticket.memento().facts();
        var letter = new Authority(source, "G-1", LocalDate.of(2026, 11, 20), null);

        ticket.change(
                new Facts(
                        facts.kind(),
                        facts.phase(),
                        facts.category(),
                        facts.priority(),
                        major,
                        facts.region(),
                        facts.claim(),
                        letter,
                        facts.taxonomy()),
                "来函",
                LATER);

        if (within == null) {
            assertThat(calls(ticket)).isZero();
        } else {
            assertThat(call(ticket).dueAt()).isEqualTo(LATER.plus(within));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoeverReachesThemKeepsItBeItForThatOrNot(boolean forThat) {
        var ticket = major();

        call(ticket, CallOutcome.REACHED, forThat ? call(ticket).id() : null, null);

        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(CallAttempted.class, PromiseKept.class)
                .last()
                .isInstanceOfSatisfying(
                        PromiseKept.class, kept -> assertThat(kept.agent()).isEqualTo(XU));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoNamesAnotherHourWasCalledAndIsCalledBackThen(boolean forThat) {
        var ticket = major();
        var hour = LATER.plusSeconds(7200);

        call(ticket, CallOutcome.CALL_LATER, forThat ? call(ticket).id() : null, hour);

        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(
                        CallAttempted.class, PromiseKept.class, PromiseMade.class)
                .last()
                .isInstanceOfSatisfying(
                        PromiseMade.class,
                        made -> {
                            assertThat(made.purpose()).isEqualTo(PromisePurpose.CALLBACK);
                            assertThat(made.dueAt()).isEqualTo(hour);
                        });
    }

    @ParameterizedTest
    @EnumSource(
            value = CallOutcome.class,
            names = {"REACHED", "CALL_LATER"},
            mode = EnumSource.Mode.EXCLUDE)
    void aCallThatReachesNobodyDoesNotKeepIt(CallOutcome outcome) {
        var ticket = major();

        call(ticket, outcome, call(ticket).id(), LATER.plusSeconds(600));

        assertThat(ticket.drainNews()).hasExactlyElementsOfTypes(CallAttempted.class);
        assertThat(call(ticket).isOpen()).isTrue();
    }

    @Test
    void aWrittenAnswerDoesNotKeepIt() {
        var ticket = major();

        ticket.answer(said(new UUID(0, 8), "已收到，正在处理"), XU, LATER);

        assertThat(call(ticket).isOpen()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "PHONE, ANSWERED, 90, 95, true",
        "PHONE, ANSWERED, 0, 20, true",
        "PHONE, ANSWERED, -60, 0, true",
        "PHONE, ANSWERED, -60, -1, false",
        "PHONE, MISSED, 90, 95, false",
        "CHAT, ANSWERED, 90, 95, false"
    })
    void aCallOfTheirsKeepsItThatSomebodyAnsweredAfterIt(
            Channel channel, ContactOutcome outcome, long from, long until, boolean keeps) {
        var ticket = major();

        ticket.record(
                contact(channel, outcome, NOON.plusSeconds(from), NOON.plusSeconds(until)),
                CALLBACK,
                LATER);

        assertThat(call(ticket).outcome()).isEqualTo(keeps ? PromiseOutcome.KEPT : null);
    }

    @Test
    void isKeptByACallWhateverWasMissedAfterThat() {
        var ticket = major();
        ticket.record(
                contact(Channel.PHONE, ContactOutcome.MISSED, NOON.plusSeconds(90), null),
                CALLBACK,
                LATER);
        ticket.drainNews();

        ticket.record(
                contact(Channel.PHONE, ContactOutcome.ANSWERED, NOON.plusSeconds(60), null),
                CALLBACK,
                LATER);

        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(ContactRecorded.class, PromiseKept.class);
        assertThat(call(ticket).outcome()).isEqualTo(PromiseOutcome.KEPT);
    }

    @Test
    void nobodyKeepsItByWordNorRestsUntilThen() {
        var ticket = major();
        var call = call(ticket).id();

        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> ticket.keep(call, XU, solution(null), LATER))
                .matches(problem -> problem.slug().equals("promise-to-call"));
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> ticket.await(call, XU, LATER))
                .matches(problem -> problem.slug().equals("promise-to-call"));
    }

    @Test
    void isBrokenLikeAnyOtherAndNotPromisedAgain() {
        var ticket = major();

        ticket.elapse(promiseOver(ticket, call(ticket).id()), NOON.plus(WITHIN));
        turnsOut(ticket, null);
        turnsOut(ticket, Major.MEDIA);

        assertThat(ticket.drainNews()).filteredOn(PromiseBroken.class::isInstance).hasSize(1);
        assertThat(ticket.memento().strain().brokenPromises()).isEqualTo(1);
        assertThat(calls(ticket)).isEqualTo(1);
    }

    @Test
    void whatIsMajorInAnotherWayIsStillToBeCalledAbout() {
        var ticket = major();

        turnsOut(ticket, Major.MEDIA);

        assertThat(ticket.drainNews()).hasExactlyElementsOfTypes(FactsChanged.class);
        assertThat(call(ticket).isOpen()).isTrue();
    }

    @Test
    void isWithdrawnWhenItIsNotMajorAfterAllAndPromisedWhenItIs() {
        var ticket = major();

        turnsOut(ticket, null);
        turnsOut(ticket, Major.SAFETY);

        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(
                        FactsChanged.class,
                        PromiseWithdrawn.class,
                        FactsChanged.class,
                        PromiseMade.class);
    }

    @Test
    void isInTheWayOfTheEndUntilItIsTakenBackWithAReason() {
        var ticket = major();
        var invalid = Map.of("WHY", "误拨");

        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> ticket.close(CloseReason.INVALID, invalid, "supervisor-1", LATER))
                .matches(problem -> problem.slug().equals("promises-open"));
        ticket.withdraw(call(ticket).id(), XU, "客户不愿接电话", LATER);
        ticket.close(CloseReason.INVALID, invalid, "supervisor-1", LATER);

        assertThat(ticket.memento().status()).isEqualTo(TicketStatus.CLOSED);
        assertThat(call(ticket).outcome()).isEqualTo(PromiseOutcome.WITHDRAWN);
    }

    @Test
    void aSolutionThatLeavesItToBreakIsNone() {
        var ticket = major();
        ticket.resolve(XU, solution("已换货"), LATER);
        assertThat(call(ticket).isOpen()).isTrue();
        ticket.drainNews();

        ticket.elapse(promiseOver(ticket, call(ticket).id()), NOON.plus(WITHIN));

        assertThat(ticket.drainNews())
                .hasAtLeastOneElementOfType(TicketReopened.class)
                .hasAtLeastOneElementOfType(PromiseBroken.class);
    }

    @Test
    void isWithdrawnWithTheTicket() {
        var ticket = major();

        ticket.cancel("supervisor-1", "误报", LATER);

        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(PromiseWithdrawn.class, TicketCancelled.class);
    }

    @Test
    void movesWithAMergeAndBack() {
        var ticket = major();
        var other = major(new UUID(0, 3));

        ticket.ties().mergeInto(other, "同一包裹", LATER);
        assertThat(other.memento().promises()).filteredOn(Promise::isFirstCall).hasSize(2);
        ticket.ties().unmergeFrom(other, null, LATER);

        assertThat(call(ticket).isOpen()).isTrue();
        assertThat(calls(ticket)).isEqualTo(1);
        assertThat(call(other).isOpen()).isTrue();
    }

    @Test
    void oneCallKeepsWhatWasPromisedOfBothThatAreMerged() {
        var ticket = major();
        var other = major(new UUID(0, 3));
        ticket.ties().mergeInto(other, "同一包裹", LATER);

        call(other, CallOutcome.REACHED, null, null);

        assertThat(other.memento().promises())
                .filteredOn(Promise::isFirstCall)
                .hasSize(2)
                .allMatch(promise -> promise.outcome() == PromiseOutcome.KEPT);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoSaidOnThePhoneThatItIsNotSolvedNeedsNone(boolean spoken) {
        var closed = TicketFixtures.closedTicket();
        var next = newTicket(new UUID(0, 4), Major.SAFETY, LATER);
        var discontent =
                spoken
                        ? Discontent.spoken(new UUID(0, 5), XU, "agent-south-2")
                        : new Discontent(new UUID(0, 5), XU);

        next.ties().goAfter(closed, discontent, LATER);

        assertThat(calls(next)).isEqualTo(spoken ? 0 : 1);
    }

    @Test
    void isKeptByTheCallInWhichTheySaySoOfWhatItFollows() {
        var ticket = major();

        ticket.hearDiscontent(new Discontent(new UUID(0, 5), XU), "", LATER);
        assertThat(call(ticket).isOpen()).isTrue();
        ticket.hearDiscontent(Discontent.spoken(new UUID(0, 6), XU, "agent-south-2"), "", LATER);

        assertThat(call(ticket).outcome()).isEqualTo(PromiseOutcome.KEPT);
    }

    @ParameterizedTest
    @CsvSource({"PHONE, agent-south-1", "CHAT,"})
    void aChatIsNoCall(Channel channel, @Nullable String spokenWith) {
        var said = new Incoming(channel, ContactOutcome.ANSWERED, NOON, null, Solved.NO);

        var discontent = said.leaves(TicketFixtures.closedTicket(), new UUID(0, 5), XU);

        assertThat(discontent.spokenWith()).isEqualTo(spokenWith);
    }

    @Test
    void whatBecameOfItFollowsFromTheLog() {
        var ticket = newTicket(Major.SAFETY);
        ticket.promiseFirstCall(NOON);
        ticket.assign(choice(ticket, 1, XU), NOON.plusSeconds(1));
        call(ticket, CallOutcome.CALL_LATER, call(ticket).id(), LATER.plusSeconds(7200));

        assertThat(call(ticket).outcome()).isEqualTo(PromiseOutcome.KEPT);
        assertThat(replayed(ticket)).isEqualTo(ticket.memento());
    }

    private static Ticket major() {
        return major(new UUID(0, 2));
    }

    private static Ticket major(UUID id) {
        var ticket = newTicket(id, Major.SAFETY, NOON);
        ticket.promiseFirstCall(NOON);
        ticket.assign(choice(ticket, 1, XU), NOON.plusSeconds(1));
        ticket.accept(XU, NOON.plusSeconds(2));
        ticket.drainNews();
        return ticket;
    }

    private static void turnsOut(Ticket ticket, @Nullable Major major) {
        ticket.change(ticket.memento().facts().withMajor(major), "核实", LATER);
    }

    private static void call(
            Ticket ticket,
            CallOutcome outcome,
            @Nullable UUID promiseId,
            @Nullable Instant nextTryAt) {
        ticket.record(
                new Talk.Attempt(new UUID(0, 56), OWNER, outcome, promiseId, nextTryAt, null, null),
                LATER);
    }

    private static Talk.Contact contact(
            Channel channel, ContactOutcome outcome, Instant from, @Nullable Instant until) {
        return new Talk.Contact(UUID.randomUUID(), channel, outcome, from, until, null);
    }

    private static Promise call(Ticket ticket) {
        return ticket.memento().promises().stream()
                .filter(Promise::isFirstCall)
                .findFirst()
                .orElseThrow();
    }

    private static long calls(Ticket ticket) {
        return ticket.memento().promises().stream().filter(Promise::isFirstCall).count();
    }
}
