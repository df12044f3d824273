package io.gendan.ticket;

import static io.gendan.ticket.TicketFixtures.ANSWER;
import static io.gendan.ticket.TicketFixtures.CALL;
import static io.gendan.ticket.TicketFixtures.CALLBACK;
import static io.gendan.ticket.TicketFixtures.NOON;
import static io.gendan.ticket.TicketFixtures.OWNER;
import static io.gendan.ticket.TicketFixtures.WAIT;
import static io.gendan.ticket.TicketFixtures.XU;
import static io.gendan.ticket.TicketFixtures.acceptedTicket;
import static io.gendan.ticket.TicketFixtures.attempt;
import static io.gendan.ticket.TicketFixtures.closedTicket;
import static io.gendan.ticket.TicketFixtures.contact;
import static io.gendan.ticket.TicketFixtures.promiseOver;
import static io.gendan.ticket.TicketFixtures.promisedTicket;
import static io.gendan.ticket.TicketFixtures.rate;
import static io.gendan.ticket.TicketFixtures.resolvedTicket;
import static io.gendan.ticket.TicketFixtures.said;
import static io.gendan.ticket.TicketFixtures.solution;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.events.CallOutcome;
import io.gendan.events.Channel;
import io.gendan.events.ContactOutcome;
import io.gendan.events.EscalationCause;
import io.gendan.events.EscalationEvent.EscalationRaised;
import io.gendan.events.Kind;
import io.gendan.events.Priority;
import io.gendan.events.Solved;
import io.gendan.events.TicketEvent;
import io.gendan.events.TicketEvent.EscalationRequested;
import io.gendan.events.TicketEvent.FactsChanged;
import io.gendan.events.TicketEvent.TicketAccepted;
import io.gendan.events.TicketEvent.TicketAssigned;
import io.gendan.events.TicketEvent.TicketReopened;
import io.gendan.events.TicketEvent.TicketResolved;
import io.gendan.events.WaitingReason;
import io.gendan.ticket.rules.ServiceRules;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.json.JsonMapper;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** What shows that a ticket goes badly, and what it does by itself then. */
class StrainTests {

    private static final Instant LATER = NOON.plusSeconds(100);

    @Test
    void whatIsReopenedTwiceIsToClimbToAnotherOwner() {
        var ticket = resolvedTicket();
        ticket.reopen(Ticket.CUSTOMER.id(), "还是坏的", LATER);
        ticket.resolve(XU, solution("已换货"), LATER);
        assertThat(ticket.drainNews()).noneMatch(EscalationRequested.class::isInstance);

        ticket.reopen(Ticket.CUSTOMER.id(), "还是坏的", LATER);

        assertThat(ticket.drainNews())
                .filteredOn(EscalationRequested.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(
                        EscalationRequested.class,
                        asked -> {
                            assertThat(asked.cause()).isEqualTo(EscalationCause.REOPENED);
                            assertThat(asked.stay()).isEqualTo(3);
                            assertThat(asked.by()).isEqualTo(Ticket.SYSTEM.id());
                            assertThat(asked.packet().asked()).contains("2");
                        });
        assertThat(ticket.memento().askedToClimbIn()).isEqualTo(3);
        ticket.resolve(XU, solution("已换货"), LATER);
        ticket.reopen(Ticket.CUSTOMER.id(), "还是坏的", LATER);
        assertThat(ticket.drainNews()).noneMatch(EscalationRequested.class::isInstance);
    }

    @Test
    void whoeverTakesItOverReadsWhatTheCustomerSaid() {
        for (var says : sayings()) {
            var ticket = resolvedTicket();
            ticket.reopen(Ticket.CUSTOMER.id(), "还是坏的", LATER);
            ticket.resolve(XU, solution("已换货"), LATER);
            ticket.drainNews();

            says.accept(ticket);

            assertThat(ticket.drainNews())
                    .filteredOn(EscalationRequested.class::isInstance)
                    .singleElement()
                    .isInstanceOfSatisfying(
                            EscalationRequested.class,
                            asked -> assertThat(asked.packet().evidence()).isEqualTo("还是没有收到"));
        }
    }

    private static List<Consumer<Ticket>> sayings() {
        var said = "还是没有收到";
        return List.of(
                ticket -> ticket.hear(said(ANSWER, said), LATER),
                ticket -> ticket.urge(new UUID(0, 5), Channel.APP, said, LATER),
                ticket -> ticket.reopen(Ticket.CUSTOMER.id(), said, LATER),
                ticket ->
                        ticket.record(
                                new Talk.Attempt(
                                        new UUID(0, 56),
                                        OWNER,
                                        CallOutcome.REACHED,
                                        null,
                                        null,
                                        said,
                                        Solved.NO),
                                LATER),
                ticket -> {
                    var survey = Survey.id(ticket.id(), ticket.memento().stay());
                    var draft = new Survey.Draft(Solved.NO, 1, said);
                    ticket.rate(survey, draft, TicketFixtures.WEEK, LATER);
                });
    }

    @Test
    void whatTheCustomerSaysNothingAboutHasNoEvidence() {
        var ticket = resolvedTicket();
        ticket.reopen(Ticket.CUSTOMER.id(), "还是坏的", LATER);
        ticket.resolve(XU, solution("已换货"), LATER);
        ticket.drainNews();

        ticket.record(
                new Talk.Attempt(
                        new UUID(0, 56), OWNER, CallOutcome.REACHED, null, null, null, Solved.NO),
                LATER);

        assertThat(ticket.drainNews())
                .filteredOn(EscalationRequested.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(
                        EscalationRequested.class,
                        asked -> assertThat(asked.packet().evidence()).isNull());
    }

    @Test
    void whoIsNotContentWithWhatIsReopenedTwiceMakesItClimbOnce() {
        var ticket = resolvedTicket();
        ticket.reopen(Ticket.CUSTOMER.id(), "还是坏的", LATER);
        ticket.resolve(XU, solution("已换货"), LATER);
        ticket.drainNews();

        ticket.hearDiscontent(new Discontent(new UUID(0, 5), XU), "还是没有收到", LATER);

        assertThat(ticket.drainNews())
                .filteredOn(EscalationRequested.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(
                        EscalationRequested.class,
                        asked -> assertThat(asked.packet().evidence()).isEqualTo("还是没有收到"));
    }

    @Test
    void atTheLastTierThereIsNobodyAbove() {
        var ticket = resolvedTicket();
        ticket.reopen(Ticket.CUSTOMER.id(), "还是坏的", LATER);
        ticket.escalate(toTheLastTier(ticket), LATER);
        ticket.assign(TicketFixtures.claim(ticket, 3), LATER);
        ticket.accept("escalation-2-1", LATER);
        ticket.resolve("escalation-2-1", solution("已换货"), LATER);
        ticket.drainNews();

        ticket.reopen(Ticket.CUSTOMER.id(), "还是坏的", LATER);

        assertThat(ticket.drainNews()).first().isInstanceOf(TicketReopened.class);
        assertThat(ticket.memento().strain().reopenings()).isEqualTo(2);
        assertThat(ticket.memento().askedToClimbIn()).isNull();
    }

    @Test
    void whatClimbsReopenedStaysInItsQueueWhateverWhoHadItDoesUntilItIsClaimed() {
        for (var did : CallOutcome.values()) {
            var ticket = climbedReopened();

            ticket.record(attempt(did, null), LATER);
            ticket.promise(TicketFixtures.call(CALL), LATER);

            assertIsUnclaimed(ticket, TicketStatus.REOPENED);
        }
        var answered = climbedReopened();
        answered.answer(said(ANSWER, "专家正在处理"), XU, LATER);
        assertIsUnclaimed(answered, TicketStatus.IN_PROGRESS);
        var waits = climbedReopened();
        waits.await(WaitingReason.CARRIER, WAIT, XU, LATER);
        assertIsUnclaimed(waits, TicketStatus.WAITING);
        var resolved = climbedReopened();
        resolved.resolve(XU, solution("已换货"), LATER);
        assertThat(resolved.drainNews()).hasExactlyElementsOfTypes(TicketResolved.class);
    }

    /** A second time, and nobody above has it yet. */
    private static Ticket climbedReopened() {
        var ticket = resolvedTicket();
        ticket.reopen(Ticket.CUSTOMER.id(), "还是坏的", LATER);
        ticket.resolve(XU, solution("已换货"), LATER);
        ticket.reopen(Ticket.CUSTOMER.id(), "还是坏的", LATER);
        ticket.escalate(TicketFixtures.proposal(ticket, 3), LATER);
        ticket.drainNews();
        return ticket;
    }

    private static void assertIsUnclaimed(Ticket ticket, TicketStatus status) {
        assertThat(ticket.drainNews())
                .noneMatch(TicketAssigned.class::isInstance)
                .noneMatch(TicketAccepted.class::isInstance);
        assertThat(ticket.memento().status()).isEqualTo(status);
        assertThat(ticket.memento().agentWanted()).isTrue();
        assertThat(ticket.isAssignedTo(XU)).isTrue();
        ticket.assign(TicketFixtures.claim(ticket, 4), LATER);
        assertThat(ticket.isAssignedTo("escalation-2-1")).isTrue();
    }

    @Test
    void whatIsServedByOlderRulesStaysWhereItIs() {
        var log = new ArrayList<TicketEvent>(List.of(resolvedTicket().created()));
        log.addAll(resolvedTicket().drainNews());
        var older =
                JsonMapper.builder()
                        .build()
                        .readValue(
                                StrainTests.class.getResourceAsStream("/rules/2026.2.json"),
                                ServiceRules.class);
        var ticket = Ticket.replay(log, _ -> older);
        ticket.reopen(Ticket.CUSTOMER.id(), "还是坏的", LATER);
        ticket.resolve(XU, solution("已换货"), LATER);

        ticket.reopen(Ticket.CUSTOMER.id(), "还是坏的", LATER);

        assertThat(ticket.drainNews()).noneMatch(EscalationRequested.class::isInstance);
    }

    @Test
    void aComplaintPressesAtTheThirdContactOnce() {
        var ticket = acceptedTicket();
        ring(ticket, 2);
        assertThat(priority(ticket)).isEqualTo(Priority.NORMAL);

        ring(ticket, 1);

        assertThat(priority(ticket)).isEqualTo(Priority.HIGH);
        assertThat(reasons(ticket)).containsExactly("客户第 3 次来电或来聊 Contact no. 3 of the customer");
        ticket.change(with(ticket, Kind.COMPLAINT, Priority.LOW, null), "误会", LATER);
        ring(ticket, 1);
        assertThat(priority(ticket)).isEqualTo(Priority.LOW);
    }

    @Test
    void itPressesAtTheSecondReopening() {
        var ticket = resolvedTicket();
        ticket.reopen(Ticket.CUSTOMER.id(), "还是坏的", LATER);
        ticket.resolve(XU, solution("已换货"), LATER);
        assertThat(reasons(ticket)).isEmpty();

        ticket.reopen(Ticket.CUSTOMER.id(), "还是坏的", LATER);

        assertThat(priority(ticket)).isEqualTo(Priority.HIGH);
        assertThat(reasons(ticket)).containsExactly("已重开 2 次 Reopened 2 times");
    }

    @Test
    void itPressesWhenAPromiseIsBrokenWhileItIsAlive() {
        var ticket = promisedTicket();
        var closed = closedTicket();
        rate(closed, Solved.YES, 1, LATER);
        var revisit = closed.memento().promises().getLast().id();

        ticket.elapse(promiseOver(ticket, CALL), LATER);
        closed.elapse(promiseOver(closed, revisit), LATER);

        assertThat(priority(ticket)).isEqualTo(Priority.HIGH);
        assertThat(reasons(ticket)).containsExactly("承诺未兑现 Promise not kept");
        assertThat(priority(closed)).isEqualTo(Priority.NORMAL);
    }

    @Test
    void itPressesWhenMuchIsClaimed() {
        var ticket = acceptedTicket();
        ticket.claim(new BigDecimal("999.99"), LATER);
        ticket.claim(new BigDecimal("10"), LATER);
        ticket.claim(null, LATER);
        assertThat(reasons(ticket)).hasSize(1);
        assertThat(priority(ticket)).isEqualTo(Priority.NORMAL);

        ticket.claim(new BigDecimal("1000"), LATER);

        assertThat(reasons(ticket))
                .containsExactly(
                        "客户提出索赔 The customer claims it", "索赔 1000.00 元 Claims 1000.00 yuan");
        assertThat(priority(ticket)).isEqualTo(Priority.HIGH);
        ticket.change(with(ticket, Kind.COMPLAINT, Priority.NORMAL, "5000"), "误会", LATER);
        assertThat(priority(ticket)).isEqualTo(Priority.NORMAL);
    }

    @Test
    void onlyAComplaintPressesByFacts() {
        var ticket = acceptedTicket();
        ticket.change(with(ticket, Kind.REQUEST, Priority.NORMAL, "5000"), "是业务办理", LATER);
        ring(ticket, 3);
        assertThat(priority(ticket)).isEqualTo(Priority.NORMAL);

        ticket.change(with(ticket, Kind.COMPLAINT, Priority.NORMAL, "5000"), "是投诉", LATER);

        assertThat(priority(ticket)).isEqualTo(Priority.HIGH);
    }

    @Test
    void whatBecomesAComplaintPressesByAllThatHappenedBefore() {
        var ticket = acceptedTicket();
        ticket.change(with(ticket, Kind.REQUEST, Priority.NORMAL, null), "是业务办理", LATER);
        ring(ticket, 4);
        assertThat(priority(ticket)).isEqualTo(Priority.NORMAL);
        ticket.drainNews();

        ticket.change(with(ticket, Kind.COMPLAINT, Priority.NORMAL, "5000"), "是投诉", LATER);

        assertThat(priority(ticket)).isEqualTo(Priority.HIGH);
        assertThat(reasons(ticket))
                .containsExactly(
                        "是投诉",
                        "客户第 4 次来电或来聊 Contact no. 4 of the customer；索赔 5000.00 元 Claims 5000.00"
                                + " yuan");
        ring(ticket, 1);
        assertThat(reasons(ticket)).isEmpty();
    }

    @Test
    void whatPressedByAFactDoesNotBySuchAnotherOne() {
        var ticket = acceptedTicket();
        ring(ticket, 3);
        ticket.claim(new BigDecimal("1000"), LATER);
        ticket.change(with(ticket, Kind.REQUEST, Priority.NORMAL, "10"), "是业务办理", LATER);

        ticket.change(with(ticket, Kind.COMPLAINT, Priority.NORMAL, "5000"), "是投诉", LATER);
        ring(ticket, 1);

        assertThat(priority(ticket)).isEqualTo(Priority.NORMAL);
    }

    @Test
    void whatBecomesAComplaintPressesByEverySortOfFact() {
        var reopened = resolvedTicket();
        reopened.reopen(Ticket.CUSTOMER.id(), "还是坏的", LATER);
        reopened.change(with(reopened, Kind.REQUEST, Priority.NORMAL, null), "是业务办理", LATER);
        reopened.resolve(XU, solution("已换货"), LATER);
        reopened.reopen(Ticket.CUSTOMER.id(), "还是坏的", LATER);
        var promised = promisedTicket();
        promised.change(with(promised, Kind.REQUEST, Priority.NORMAL, null), "是业务办理", LATER);
        promised.elapse(promiseOver(promised, CALL), LATER);

        for (var ticket : List.of(reopened, promised)) {
            assertThat(priority(ticket)).isEqualTo(Priority.NORMAL);
            ticket.change(with(ticket, Kind.COMPLAINT, Priority.NORMAL, null), "是投诉", LATER);
            assertThat(priority(ticket)).isEqualTo(Priority.HIGH);
        }
    }

    @Test
    void whatIsUrgentStaysSo() {
        var ticket = acceptedTicket();
        ticket.change(with(ticket, Kind.COMPLAINT, Priority.URGENT, null), "急", LATER);
        ring(ticket, 3);

        assertThat(priority(ticket)).isEqualTo(Priority.URGENT);
    }

    private static void ring(Ticket ticket, int times) {
        for (var time = 0; time < times; time++) {
            ticket.record(contact(ContactOutcome.ANSWERED), CALLBACK, LATER);
        }
    }

    private static Priority priority(Ticket ticket) {
        return ticket.memento().facts().priority();
    }

    private static List<@Nullable String> reasons(Ticket ticket) {
        return ticket.drainNews().stream()
                .filter(FactsChanged.class::isInstance)
                .map(event -> ((FactsChanged) event).reason())
                .toList();
    }

    private static Facts with(Ticket ticket, Kind kind, Priority priority, @Nullable String claim) {
        var facts = ticket.memento().facts();
        return new Facts(
                kind,
                facts.phase(),
                facts.category(),
                priority,
                facts.major(),
                facts.region(),
                claim == null ? null : new BigDecimal(claim),
                facts.authority(),
                facts.taxonomy());
    }

    private static EscalationRaised toTheLastTier(Ticket ticket) {
        var raised = TicketFixtures.proposal(ticket, 2);
        return new EscalationRaised(
                raised.ticketId(),
                raised.stay(),
                raised.at(),
                raised.escalationId(),
                1,
                4,
                raised.cause(),
                raised.clock(),
                raised.dueAt());
    }
}
