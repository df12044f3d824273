package io.gendan.ticket;

import static io.gendan.ticket.FactsFixtures.created;
import static io.gendan.ticket.TicketFixtures.ANSWER;
import static io.gendan.ticket.TicketFixtures.BY_XU;
import static io.gendan.ticket.TicketFixtures.NOON;
import static io.gendan.ticket.TicketFixtures.RULES;
import static io.gendan.ticket.TicketFixtures.WAIT;
import static io.gendan.ticket.TicketFixtures.XU;
import static io.gendan.ticket.TicketFixtures.acceptedTicket;
import static io.gendan.ticket.TicketFixtures.authorityTicketIn;
import static io.gendan.ticket.TicketFixtures.call;
import static io.gendan.ticket.TicketFixtures.otherTicket;
import static io.gendan.ticket.TicketFixtures.proposal;
import static io.gendan.ticket.TicketFixtures.resolvedTicket;
import static io.gendan.ticket.TicketFixtures.said;
import static io.gendan.ticket.TicketFixtures.solution;
import static io.gendan.ticket.TicketFixtures.waitOver;
import static io.gendan.ticket.rules.WorkingDays.UNTOLD;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gendan.api.Problem;
import io.gendan.events.CallOutcome;
import io.gendan.events.ClockKind;
import io.gendan.events.CloseReason;
import io.gendan.events.EscalationCause;
import io.gendan.events.EscalationEvent.ClockElapsed;
import io.gendan.events.EscalationEvent.EscalationRaised;
import io.gendan.events.Kind;
import io.gendan.events.LinkRelation;
import io.gendan.events.Major;
import io.gendan.events.Priority;
import io.gendan.events.ResponsibleSide;
import io.gendan.events.RootCause;
import io.gendan.events.SuggestionOutcome;
import io.gendan.events.Territory;
import io.gendan.events.TicketEvent;
import io.gendan.events.TicketEvent.AnswerFiled;
import io.gendan.events.TicketEvent.CallAttempted;
import io.gendan.events.TicketEvent.ClosingRefused;
import io.gendan.events.TicketEvent.MessageSent;
import io.gendan.events.TicketEvent.PromiseMade;
import io.gendan.events.TicketEvent.ReviewWritten;
import io.gendan.events.TicketEvent.StepDone;
import io.gendan.events.TicketEvent.TicketAccepted;
import io.gendan.events.TicketEvent.TicketAssigned;
import io.gendan.events.TicketEvent.TicketClosed;
import io.gendan.events.TicketEvent.TicketLinked;
import io.gendan.events.TicketEvent.TicketResolved;
import io.gendan.events.WaitingReason;
import io.gendan.ticket.Ticket.Doer;
import io.gendan.ticket.rules.ServiceRules;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** What the shipped rules ask of tickets. */
class ProcedureTests {

    private static final Instant LATER = NOON.plusSeconds(100);
    private static final LocalDate FILED_ON = LocalDate.of(2026, 11, 22);
    private static final UUID UNDRAWN = new UUID(0, 7);
    private static final String LEADER = "supervisor-1";
    private static final Resolution ANSWERED =
            new Resolution(
                    "answered", "ARTICLE", null, null, null, null, Map.of("ARTICLE", "尺码对照表"));

    /** One that somebody took up. */
    private static Ticket ticket(
            UUID id, Kind kind, String category, Priority priority, @Nullable Major major) {
        var log = new ArrayList<TicketEvent>();
        log.add(created(id, kind, category, priority, major, null, NOON));
        log.add(
                new TicketAssigned(
                        id,
                        1,
                        1,
                        NOON,
                        Territory.SOUTH,
                        Territory.SOUTH,
                        "south-1",
                        1,
                        XU,
                        "许文",
                        XU,
                        "许文"));
        log.add(new TicketAccepted(id, 1, 1, NOON, XU));
        return Ticket.replay(log, _ -> RULES);
    }

    private static Ticket ticket(Kind kind, String category) {
        return ticket(UNDRAWN, kind, category, Priority.NORMAL, null);
    }

    private static void refused(int status, String slug, ThrowingCallable act) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(act)
                .satisfies(
                        problem -> {
                            assertThat(problem.slug()).isEqualTo(slug);
                            assertThat(problem.status()).isEqualTo(status);
                        });
    }

    private static @Nullable Object missing(Ticket ticket, Resolution resolution) {
        try {
            ticket.resolve(XU, resolution, LATER);
            return List.of();
        } catch (Problem problem) {
            assertThat(problem.members().get("pointer"))
                    .isEqualTo(((List<?>) problem.members().get("missing")).getFirst());
            return problem.members().get("missing");
        }
    }

    @Test
    void isSolvedInACategoryOnly() {
        var unsorted = ticket(Kind.CONSULTATION, "OTHER.UNSORTED");

        refused(422, "unsorted", () -> unsorted.resolve(XU, solution("done"), LATER));
    }

    @Test
    void saysOfAComplaintWhoWasAtFaultAndWhy() {
        assertThat(missing(ticket(Kind.COMPLAINT, "LISTING.MISMATCH"), Resolution.inWords("done")))
                .isEqualTo(List.of("/responsibleSide", "/rootCause", "/proof"));
        assertThat(missing(ticket(Kind.REQUEST, "ORDER.CHANGE"), Resolution.inWords("done")))
                .isEqualTo(List.of("/proof"));
        assertThat(missing(ticket(Kind.COMPLAINT, "LISTING.MISMATCH"), solution(null)))
                .isEqualTo(List.of("/result"));
    }

    @Test
    void saysOfASuggestionWhatBecomesOfItAndWhen() {
        var ticket = ticket(Kind.SUGGESTION, "DELIVERY.LATE");

        assertThat(missing(ticket, Resolution.inWords("done")))
                .isEqualTo(List.of("/suggestionOutcome"));
        assertThat(
                        missing(
                                ticket,
                                new Resolution(
                                        "w",
                                        null,
                                        null,
                                        null,
                                        SuggestionOutcome.ADOPTED,
                                        null,
                                        Map.of())))
                .isEqualTo(List.of("/plannedFor"));
        ticket.drainNews();
        ticket.resolve(
                XU,
                new Resolution(
                        "夜间配送",
                        null,
                        null,
                        null,
                        SuggestionOutcome.ADOPTED,
                        LocalDate.of(2027, 3, 1),
                        Map.of()),
                LATER);
        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(TicketResolved.class, PromiseMade.class)
                .first()
                .isInstanceOfSatisfying(
                        TicketResolved.class,
                        resolved -> {
                            assertThat(resolved.suggestionOutcome())
                                    .isEqualTo(SuggestionOutcome.ADOPTED);
                            assertThat(resolved.result()).isEqualTo("夜间配送 · 2027-03-01");
                        });
        assertThat(
                        missing(
                                ticket(Kind.SUGGESTION, "DELIVERY.LATE"),
                                new Resolution(
                                        "why",
                                        null,
                                        null,
                                        null,
                                        SuggestionOutcome.NOT_ADOPTED,
                                        null,
                                        Map.of())))
                .isEqualTo(List.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0001-01-01", "1999-12-31", "2101-01-01", "+300000-01-01"})
    void plansForNoDayThatNobodyLivesToSee(LocalDate day) {
        var ticket = ticket(Kind.SUGGESTION, "DELIVERY.LATE");

        var refused =
                refusal(() -> ticket.resolve(XU, planned(SuggestionOutcome.ADOPTED, day), LATER));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.slug()).isEqualTo("planned-date");
        assertThat(refused.members()).containsEntry("pointer", "/plannedFor");
    }

    @ParameterizedTest
    @CsvSource({"COMPLAINT,", "SUGGESTION, NOT_ADOPTED", "SUGGESTION, EXISTS"})
    void plansOnlyWhatIsToCome(Kind kind, @Nullable SuggestionOutcome outcome) {
        var ticket = ticket(kind, "LISTING.MISMATCH");

        var refused =
                refusal(
                        () ->
                                ticket.resolve(
                                        XU, planned(outcome, LocalDate.of(2027, 3, 1)), LATER));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.slug()).isEqualTo("out-of-place");
        assertThat(refused.members()).containsEntry("pointer", "/plannedFor");
    }

    private static Resolution planned(@Nullable SuggestionOutcome outcome, LocalDate day) {
        return new Resolution(
                "说明",
                "REMEDIED",
                ResponsibleSide.PLATFORM,
                RootCause.PAGE_CONTENT,
                outcome,
                day,
                Map.of());
    }

    private static Problem refusal(ThrowingCallable command) {
        return assertThatExceptionOfType(Problem.class).isThrownBy(command).actual();
    }

    @ParameterizedTest
    @CsvSource({
        "COMPLAINT, REFUND.NOT_ARRIVED, MONEY_ARRIVED, true",
        "COMPLAINT, REFUND.NOT_ARRIVED, REMEDIED, false",
        "COMPLAINT, REFUND.NOT_ARRIVED, ANSWERED, false",
        "CONSULTATION, REFUND.NOT_ARRIVED, ANSWERED, true",
        "CONSULTATION, PRESALE.SPEC, ANSWERED, false",
        "REQUEST, INVOICE.ISSUE, RECEIVED, true"
    })
    void isSolvedByTheMeansOfItsCategory(Kind kind, String category, String proof, boolean solves) {
        var ticket = ticket(kind, category);
        var resolution =
                new Resolution(
                        "done",
                        proof,
                        ResponsibleSide.PLATFORM,
                        RootCause.SYSTEM_FAULT,
                        null,
                        null,
                        Map.of());

        if (solves) {
            ticket.resolve(XU, resolution, LATER);
            assertThat(ticket.memento().status()).isEqualTo(TicketStatus.RESOLVED);
        } else {
            refused(422, "proof-unknown", () -> ticket.resolve(XU, resolution, LATER));
        }
    }

    @Test
    void whatIsAnsweredFromAnArticleSaysWhichOne() {
        var ticket = ticket(Kind.CONSULTATION, "PRESALE.SPEC");

        assertThat(missing(ticket, solvedBy("ARTICLE"))).isEqualTo(List.of("/statements/ARTICLE"));
        assertThat(missing(ticket, solvedBy("DEPARTMENT")))
                .isEqualTo(List.of("/statements/DEPARTMENT"));
        refused(
                422,
                "statement-unknown",
                () ->
                        ticket.resolve(
                                XU,
                                solvedBy(
                                        "DEPARTMENT",
                                        Map.of("DEPARTMENT", "采销", "ARTICLE", "尺码对照表")),
                                LATER));
        ticket.drainNews();
        ticket.resolve(XU, ANSWERED, LATER);

        assertThat(ticket.drainNews())
                .singleElement()
                .isInstanceOfSatisfying(
                        TicketResolved.class,
                        resolved -> {
                            assertThat(resolved.proof()).isEqualTo("ARTICLE");
                            assertThat(resolved.explanation()).isEqualTo("ARTICLE: 尺码对照表");
                        });
    }

    @Test
    void whoeverIsComplainedAboutIsNotTheOneWhoApologises() {
        var ticket = ticket(Kind.COMPLAINT, "SERVICE.COURIER");

        assertThat(missing(ticket, apologised(Map.of("COMPLAINED_ABOUT", "配送员小王"))))
                .isEqualTo(List.of("/statements/APOLOGISED_BY"));
        for (var about : List.of(XU, " AGENT-SOUTH-1 ")) {
            assertThatExceptionOfType(Problem.class)
                    .isThrownBy(() -> ticket.resolve(XU, apologised(XU, about), LATER))
                    .satisfies(
                            problem -> {
                                assertThat(problem.slug()).isEqualTo("statements-same");
                                assertThat(problem.members().get("pointer"))
                                        .isEqualTo("/statements/COMPLAINED_ABOUT");
                            });
        }
        ticket.resolve(XU, apologised(XU, "配送员小王"), LATER);

        assertThat(ticket.memento().status()).isEqualTo(TicketStatus.RESOLVED);
    }

    private static Resolution apologised(String by, String about) {
        return apologised(Map.of("APOLOGISED_BY", by, "COMPLAINED_ABOUT", about));
    }

    private static Resolution apologised(Map<String, String> statements) {
        return new Resolution(
                "已致歉并补发",
                "APOLOGISED",
                ResponsibleSide.CARRIER,
                RootCause.LAST_MILE,
                null,
                null,
                statements);
    }

    @Test
    void whatWasAskedUnderOlderRulesSaysNoMore() {
        var asked = ticket(Kind.CONSULTATION, "PRESALE.SPEC");
        var ticket =
                Ticket.restored(asked.created(), asked.memento(), TicketFixtures.rules("2026.4"));

        ticket.resolve(XU, solvedBy("ANSWERED"), LATER);

        assertThat(ticket.memento().status()).isEqualTo(TicketStatus.RESOLVED);
    }

    @Test
    void whatACommandDoesIsDoneByItself() {
        var ticket = resolvedTicket();

        assertThat(ticket.course().stages())
                .filteredOn(stage -> stage.done() != null)
                .extracting(stage -> stage.step().code())
                .containsExactly("ACCEPT", "VERIFY", "REPORT");
        ticket.confirm(LATER);
        assertThat(ticket.course().stages())
                .filteredOn(stage -> stage.isMandatory() && stage.done() == null)
                .isEmpty();
    }

    @Test
    void takesAStepThatNoCommandDoesOnce() {
        var ticket = acceptedTicket();
        ticket.drainNews();

        ticket.takeStep("VERIFY", BY_XU, "看了照片", LATER);

        assertThat(ticket.drainNews())
                .containsExactly(new StepDone(ticket.id(), 1, 1, LATER, "VERIFY", XU, "看了照片"));
        refused(409, "step-done", () -> ticket.takeStep("VERIFY", BY_XU, null, LATER));
        refused(422, "step-unknown", () -> ticket.takeStep("DO", BY_XU, null, LATER));
        refused(422, "step-not-by-hand", () -> ticket.takeStep("CONFIRM", BY_XU, null, LATER));
        refused(422, "step-not-by-hand", () -> ticket.takeStep("REVIEW", BY_XU, null, LATER));
    }

    @ParameterizedTest
    @EnumSource(
            value = CloseReason.class,
            names = {"CONFIRMED", "NO_OBJECTION"})
    void closesWhenTheLastMandatoryStepIsDone(CloseReason reason) {
        var ticket = ticket(Kind.CONSULTATION, "PRESALE.SPEC");
        ticket.resolve(XU, ANSWERED, LATER);
        ticket.drainNews();

        if (reason == CloseReason.CONFIRMED) {
            ticket.confirm(LATER);
        } else {
            ticket.elapse(silence(ticket), LATER);
        }
        assertThat(ticket.drainNews())
                .containsExactly(
                        new ClosingRefused(
                                ticket.id(),
                                1,
                                1,
                                LATER,
                                reason,
                                List.of(),
                                List.of("ANSWER"),
                                null));
        assertThat(ticket.memento().status()).isEqualTo(TicketStatus.RESOLVED);
        ticket.takeStep("ANSWER", BY_XU, "by phone", LATER);

        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(StepDone.class, TicketClosed.class)
                .last()
                .isEqualTo(new TicketClosed(ticket.id(), 1, 1, LATER, reason, null, null));
    }

    @Test
    void closesWhenTheCustomerIsToldAtLast() {
        var ticket = ticket(Kind.CONSULTATION, "PRESALE.SPEC");
        ticket.resolve(XU, ANSWERED, LATER);
        ticket.confirm(LATER);
        assertThat(ticket.memento().status()).isEqualTo(TicketStatus.RESOLVED);
        ticket.drainNews();

        ticket.answer(said(new UUID(0, 5), "由次日达配送"), XU, LATER);

        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(MessageSent.class, TicketClosed.class);
    }

    private static ClockElapsed silence(Ticket ticket) {
        return new ClockElapsed(
                ticket.id(), ticket.memento().stay(), LATER, ClockKind.CONFIRMATION, LATER, null);
    }

    @Test
    void waitsForPromiseAndStepTogether() {
        var ticket = ticket(Kind.CONSULTATION, "PRESALE.SPEC");
        ticket.promise(call(TicketFixtures.CALL), LATER);
        ticket.resolve(XU, ANSWERED, LATER);
        ticket.confirm(LATER);
        ticket.takeStep("ANSWER", BY_XU, null, LATER);
        assertThat(ticket.memento().status()).isEqualTo(TicketStatus.RESOLVED);

        ticket.withdraw(TicketFixtures.CALL, XU, "reached", LATER);

        assertThat(ticket.memento().status()).isEqualTo(TicketStatus.CLOSED);
    }

    @Test
    void theResultIsToldAnewAfterAReopening() {
        var ticket = resolvedTicket();
        ticket.reopen(Ticket.CUSTOMER.id(), "还是坏的", LATER);
        ticket.resolve(XU, solution("now it is"), LATER);
        ticket.drainNews();

        ticket.confirm(LATER);

        assertThat(ticket.drainNews())
                .singleElement()
                .isInstanceOfSatisfying(
                        ClosingRefused.class,
                        refused -> assertThat(refused.missing()).containsExactly("REPORT"));
    }

    @ParameterizedTest
    @CsvSource({
        "COMPLAINT, HIGH, , true",
        "COMPLAINT, URGENT, , true",
        "COMPLAINT, NORMAL, MEDIA, true",
        "COMPLAINT, NORMAL, , false",
        "CONSULTATION, HIGH, , false"
    })
    void isReviewedWhenItPresses(
            Kind kind, Priority priority, @Nullable Major major, boolean reviewed) {
        var ticket = ticket(UNDRAWN, kind, "LISTING.MISMATCH", priority, major);

        assertThat(isReviewed(ticket)).isEqualTo(reviewed);
    }

    @ParameterizedTest
    @CsvSource({"COMPLAINT, 499.99, false", "COMPLAINT, 500, true", "REQUEST, 500, false"})
    void isReviewedWhenSoMuchIsClaimed(Kind kind, BigDecimal claim, boolean reviewed) {
        var ticket = ticket(UNDRAWN, kind, "LISTING.MISMATCH", Priority.NORMAL, null);

        ticket.claim(claim, LATER);

        assertThat(isReviewed(ticket)).isEqualTo(reviewed);
    }

    private static boolean isReviewed(Ticket ticket) {
        return ticket.course().missingFor(CloseReason.CONFIRMED).contains("REVIEW");
    }

    @Test
    void isReviewedOnceItReachedTheThirdTier() {
        var ticket = ticket(Kind.COMPLAINT, "LISTING.MISMATCH");
        ticket.escalate(proposal(ticket, 1), LATER);
        assertThat(isReviewed(ticket)).isFalse();
        ticket.escalate(to(3, ticket), LATER);
        ticket.escalate(to(2, ticket), LATER);

        assertThat(isReviewed(ticket)).isTrue();
    }

    private static EscalationRaised to(int tier, Ticket ticket) {
        return new EscalationRaised(
                ticket.id(),
                ticket.memento().stay(),
                LATER,
                new UUID(9, 9),
                ticket.memento().tier(),
                tier,
                EscalationCause.TIME,
                ClockKind.FIRST_RESPONSE,
                LATER);
    }

    @Test
    void isReviewedByALotThatItsIdDraws() {
        var random = new Random(20261123);
        long drawn =
                random.longs(20_000)
                        .mapToObj(lot -> new UUID(7, lot))
                        .map(
                                id ->
                                        ticket(
                                                id,
                                                Kind.COMPLAINT,
                                                "LISTING.MISMATCH",
                                                Priority.NORMAL,
                                                null))
                        .filter(ProcedureTests::isReviewed)
                        .count();

        assertThat(drawn).isBetween(800L, 1_200L);
    }

    @Test
    void aReviewClosesWhatWaitedForIt() {
        var ticket = ticket(UNDRAWN, Kind.COMPLAINT, "LISTING.MISMATCH", Priority.HIGH, null);
        ticket.answer(said(ANSWER, "寄出"), XU, LATER);
        ticket.takeStep("PLAN", BY_XU, null, LATER);
        ticket.takeStep("AGREE", BY_XU, null, LATER);
        ticket.resolve(XU, solution("done"), LATER);
        ticket.confirm(LATER);
        assertThat(ticket.memento().closingDue()).isEqualTo(CloseReason.CONFIRMED);
        ticket.drainNews();

        ticket.review(BY_XU, "cause", "measure", LATER);

        assertThat(ticket.drainNews())
                .startsWith(
                        new ReviewWritten(ticket.id(), 1, 1, LATER, XU, "cause", "measure"),
                        new TicketClosed(
                                ticket.id(), 1, 1, LATER, CloseReason.CONFIRMED, null, null));
    }

    @ParameterizedTest
    @CsvSource({
        "NORMAL, , ",
        "HIGH, , PLAN AGREE",
        "URGENT, , PLAN AGREE",
        "NORMAL, SAFETY, PLAN AGREE",
        "NORMAL, REGULATOR, "
    })
    void whatPressesIsPlannedAndAgreedOnBeforeItIsClosed(
            Priority priority, @Nullable Major major, @Nullable String steps) {
        var ticket = ticket(UNDRAWN, Kind.COMPLAINT, "LISTING.MISMATCH", priority, major);
        ticket.answer(said(ANSWER, "寄出"), XU, LATER);
        ticket.resolve(XU, solution("done"), LATER);
        ticket.review(BY_XU, "cause", "measure", LATER);

        assertThat(ticket.course().missingFor(CloseReason.CONFIRMED))
                .containsExactlyElementsOf(steps == null ? List.of() : List.of(steps.split(" ")));
        assertThat(ticket.course().missingFor(CloseReason.ANSWER_FILED)).isEmpty();
    }

    @Test
    void whatIsAgreedOnWithADateIsPlanned() {
        var ticket = ticket(UNDRAWN, Kind.COMPLAINT, "LISTING.MISMATCH", Priority.HIGH, null);
        ticket.promise(call(TicketFixtures.CALL), LATER);

        ticket.await(TicketFixtures.CALL, XU, LATER);

        assertThat(ticket.course().missingFor(CloseReason.CONFIRMED))
                .containsExactly("VERIFY", "REPORT", "REVIEW");
    }

    @Test
    void whoeverDoesNotReplyAgreesUntilItIsReopened() {
        var ticket = ticket(UNDRAWN, Kind.COMPLAINT, "LISTING.MISMATCH", Priority.HIGH, null);
        ticket.answer(said(ANSWER, "请提供照片"), XU, LATER);
        ticket.await(WaitingReason.CUSTOMER, WAIT, XU, LATER);
        ticket.elapse(waitOver(ticket, WAIT), LATER);

        assertThat(ticket.memento().status()).isEqualTo(TicketStatus.RESOLVED);
        assertThat(ticket.course().missingFor(CloseReason.NO_OBJECTION)).containsExactly("REVIEW");
        ticket.reopen(Ticket.CUSTOMER.id(), "还是坏的", LATER);
        assertThat(ticket.course().missingFor(CloseReason.NO_OBJECTION)).contains("AGREE");
    }

    @Test
    void whatEndsWithoutAnAgreementNeedsNone() {
        var ticket = ticket(UNDRAWN, Kind.COMPLAINT, "LISTING.MISMATCH", Priority.HIGH, null);
        ticket.escalate(to(3, ticket), LATER);
        var words = Map.of("FINAL_OFFER", "退一赔三", "AUTHORITIES", "12315");

        ticket.close(CloseReason.NO_AGREEMENT, words, LEADER, LATER);

        assertThat(ticket.memento().status()).isEqualTo(TicketStatus.CLOSED);
    }

    @Test
    void aReviewIsDueThreeWorkingDaysAfterTheResolution() {
        var ticket = ticket(UNDRAWN, Kind.COMPLAINT, "LISTING.MISMATCH", Priority.HIGH, null);
        assertThat(review(ticket).dueAt(UNTOLD)).isNull();

        ticket.answer(said(ANSWER, "寄出"), XU, LATER);
        ticket.resolve(XU, solution("done"), LATER);

        // on a Sunday
        var due = Instant.parse("2026-11-25T16:00:00Z");
        assertThat(review(ticket).dueAt(UNTOLD)).isEqualTo(due);
        assertThat(review(ticket).isOverdue(due, UNTOLD)).isFalse();
        assertThat(review(ticket).isOverdue(due.plusSeconds(1), UNTOLD)).isTrue();
        ticket.review(BY_XU, "cause", "measure", LATER);
        assertThat(review(ticket).isOverdue(due.plusSeconds(1), UNTOLD)).isFalse();
    }

    @Test
    void whatNeedNotBeDoneIsNotDue() {
        var ticket = ticket(Kind.COMPLAINT, "LISTING.MISMATCH");
        ticket.answer(said(ANSWER, "寄出"), XU, LATER);
        ticket.resolve(XU, solution("done"), LATER);

        assertThat(review(ticket).isMandatory()).isFalse();
        assertThat(review(ticket).dueAt(UNTOLD)).isNull();
    }

    private static Course.Stage review(Ticket ticket) {
        return ticket.course().stages().getLast();
    }

    @Test
    void whatIsForLeadersIsDoneByOne() {
        var byLeader = new Doer(LEADER, true);
        var ticket = servedBy(leadersOnly(RULES));

        refused(403, "step-leaders-only", () -> ticket.takeStep("PLAN", BY_XU, null, LATER));
        refused(403, "step-leaders-only", () -> ticket.review(BY_XU, "cause", "measure", LATER));
        assertThat(ticket.drainNews()).isEmpty();
        ticket.takeStep("PLAN", byLeader, null, LATER);
        ticket.review(byLeader, "cause", "measure", LATER);

        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(StepDone.class, ReviewWritten.class);
    }

    private static Ticket servedBy(ServiceRules rules) {
        var like = ticket(Kind.COMPLAINT, "LISTING.MISMATCH");
        return Ticket.restored(like.created(), like.memento(), rules);
    }

    private static ServiceRules leadersOnly(ServiceRules rules) {
        var json = JsonMapper.builder().build();
        var tree = json.<ObjectNode>valueToTree(rules);
        for (var procedure : tree.path("procedures")) {
            for (var step : procedure.path("steps")) {
                ((ObjectNode) step).put("who", "LEADER");
            }
        }
        return json.treeToValue(tree, ServiceRules.class);
    }

    @Test
    void reviewsComplaintsOnly() {
        var ticket = ticket(Kind.REQUEST, "ORDER.CHANGE");

        refused(422, "complaints-only", () -> ticket.review(BY_XU, "cause", "measure", LATER));
    }

    @Test
    void anAuthoritysComplaintEndsByTheAnswerThatWasFiled() {
        var ticket = authorityTicketIn(TicketStatus.RESOLVED);

        refused(409, "answer-to-file", () -> ticket.confirm(LATER));
        refused(
                409,
                "answer-to-file",
                () -> ticket.close(CloseReason.WITHDRAWN, Map.of(), LEADER, LATER));
        ticket.elapse(silence(ticket), LATER);
        assertThat(ticket.drainNews()).isEmpty();
        ticket.review(BY_XU, "cause", "measure", LATER);
        ticket.file(XU, "已和解", FILED_ON, "F-1", LATER);

        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(
                        ReviewWritten.class,
                        AnswerFiled.class,
                        TicketClosed.class,
                        PromiseMade.class,
                        PromiseMade.class)
                .element(2)
                .isInstanceOfSatisfying(
                        TicketClosed.class,
                        closed -> assertThat(closed.reason()).isEqualTo(CloseReason.ANSWER_FILED));
    }

    @ParameterizedTest
    @EnumSource(
            value = TicketStatus.class,
            names = {"IN_PROGRESS", "WAITING", "REOPENED"})
    void anAnswerThatIsFiledBeforeItIsSolvedClosesItWhenItIs(TicketStatus status) {
        var ticket = authorityTicketIn(status);
        ticket.file(XU, "已和解", FILED_ON, null, LATER);
        assertThat(ticket.drainNews()).hasExactlyElementsOfTypes(AnswerFiled.class);
        ticket.review(BY_XU, "cause", "measure", LATER);
        assertThat(ticket.drainNews()).hasExactlyElementsOfTypes(ReviewWritten.class);

        ticket.resolve(XU, solution("换货已送达"), LATER);

        assertThat(ticket.drainNews())
                .hasExactlyElementsOfTypes(
                        TicketResolved.class,
                        TicketClosed.class,
                        PromiseMade.class,
                        PromiseMade.class)
                .element(1)
                .isInstanceOfSatisfying(
                        TicketClosed.class,
                        closed -> assertThat(closed.reason()).isEqualTo(CloseReason.ANSWER_FILED));
    }

    @ParameterizedTest
    @EnumSource(
            value = TicketStatus.class,
            names = {"IN_PROGRESS", "WAITING", "REOPENED", "RESOLVED"})
    void aFiledAnswerWaitsForItsReviewWhateverHappensMeanwhile(TicketStatus status) {
        var ticket = authorityTicketIn(status);
        ticket.file(XU, "已和解", FILED_ON, null, LATER);
        ticket.hear(said(new UUID(0, 5), "好"), LATER);
        ticket.drainNews();
        ticket.resolve(XU, solution("换货已送达"), LATER);
        assertThat(ticket.drainNews())
                .last()
                .isInstanceOfSatisfying(
                        ClosingRefused.class,
                        refused -> assertThat(refused.missing()).containsExactly("REVIEW"));

        ticket.review(BY_XU, "cause", "measure", LATER);

        assertThat(ticket.memento().status()).isEqualTo(TicketStatus.CLOSED);
    }

    @Test
    void aReturnIsClosedWhenItIsSettledWhoPaysTheFreight() {
        var ticket = ticket(Kind.REQUEST, "RETURN.SIZE");
        ticket.resolve(XU, solvedBy("EXCHANGED"), LATER);
        ticket.confirm(LATER);
        assertThat(ticket.drainNews())
                .last()
                .isInstanceOfSatisfying(
                        ClosingRefused.class,
                        refused -> assertThat(refused.missing()).containsExactly("FREIGHT"));
        refused(422, "step-note", () -> ticket.takeStep("FREIGHT", BY_XU, null, LATER));
        refused(422, "step-unknown", () -> ticket.takeStep("FIND_PARCEL", BY_XU, "在途", LATER));

        ticket.takeStep("REASON", BY_XU, "尺码偏小", LATER);
        assertThat(ticket.memento().status()).isEqualTo(TicketStatus.RESOLVED);
        ticket.takeStep("FREIGHT", BY_XU, "尺码为客户自选，换货运费各半", LATER);

        assertThat(ticket.memento().status()).isEqualTo(TicketStatus.CLOSED);
    }

    @Test
    void whatIsLateIsClosedWhenTheCustomerWasTold() {
        var ticket = ticket(Kind.REQUEST, "DELIVERY.LOST");
        ticket.takeStep("ASK_CARRIER", BY_XU, "承运商确认丢失", LATER);
        ticket.resolve(XU, solvedBy("REMEDIED"), LATER);
        ticket.confirm(LATER);
        assertThat(ticket.memento().closingDue()).isEqualTo(CloseReason.CONFIRMED);

        ticket.answer(said(new UUID(0, 5), "包裹丢失，已为您补发"), XU, LATER);

        assertThat(ticket.memento().status()).isEqualTo(TicketStatus.CLOSED);
    }

    @Test
    void whoeverIsToBlameForAReturnIsNamedByItsSolution() {
        var ticket = ticket(Kind.COMPLAINT, "RETURN.REFUSED");
        ticket.answer(said(new UUID(0, 5), "已为您退款"), XU, LATER);
        ticket.resolve(
                XU,
                new Resolution(
                        "已退款",
                        "REFUNDED",
                        ResponsibleSide.SELLER,
                        RootCause.SERVICE_ERROR,
                        null,
                        null,
                        Map.of()),
                LATER);

        ticket.confirm(LATER);

        assertThat(ticket.memento().status()).isEqualTo(TicketStatus.CLOSED);
    }

    private static Resolution solvedBy(String proof) {
        return solvedBy(proof, Map.of());
    }

    private static Resolution solvedBy(String proof, Map<String, String> statements) {
        return new Resolution("已处理", proof, null, null, null, null, statements);
    }

    @Test
    void filesAnAnswerForAnAuthorityOnly() {
        refused(
                422,
                "no-authority",
                () -> acceptedTicket().file(XU, "text", FILED_ON, null, LATER));
    }

    @Test
    void asksWhoeverClosesForWordsOfTheReason() {
        var ticket = acceptedTicket();

        refused(
                422,
                "statement-missing",
                () -> ticket.close(CloseReason.DUPLICATE, Map.of(), LEADER, LATER));
        refused(
                422,
                "statement-unknown",
                () -> ticket.close(CloseReason.DUPLICATE, Map.of("WHY", "x"), LEADER, LATER));
        ticket.drainNews();
        ticket.close(CloseReason.INVALID, Map.of("WHY", "误拨"), LEADER, LATER);

        assertThat(ticket.drainNews())
                .containsExactly(
                        new TicketClosed(
                                ticket.id(), 1, 1, LATER, CloseReason.INVALID, LEADER, "WHY: 误拨"));
    }

    @Test
    void closesAsADuplicateOfAnotherTicketThatKnowsOfItFromThen() {
        var ticket = acceptedTicket();
        var original = otherTicket();
        var masked = Map.of("ORIGINAL", "**************");
        ticket.drainNews();

        refused(
                422,
                "original-unknown",
                () -> ticket.close(CloseReason.DUPLICATE, masked, LEADER, LATER));
        refused(
                422,
                "original-unknown",
                () -> ticket.closeAsDuplicate(ticket, masked, LEADER, LATER));
        assertThat(ticket.drainNews()).isEmpty();
        ticket.closeAsDuplicate(original, masked, LEADER, LATER);

        assertThat(ticket.drainNews())
                .containsExactly(
                        new TicketClosed(
                                ticket.id(),
                                1,
                                1,
                                LATER,
                                CloseReason.DUPLICATE,
                                LEADER,
                                "ORIGINAL: 20261122000001"),
                        linked(ticket, original));
        assertThat(original.drainNews()).containsExactly(linked(original, ticket));
    }

    private static TicketLinked linked(Ticket ticket, Ticket other) {
        return new TicketLinked(
                ticket.id(),
                1,
                1,
                LATER,
                other.id(),
                other.created().number(),
                LinkRelation.RELATED);
    }

    @Test
    void isLinkedOnceToWhatItRepeats() {
        var ticket = acceptedTicket();
        var original = otherTicket();
        ticket.ties().link(original, LATER);
        original.drainNews();

        ticket.closeAsDuplicate(original, Map.of("ORIGINAL", "1"), LEADER, LATER);

        assertThat(ticket.memento().links()).hasSize(1);
        assertThat(original.drainNews()).isEmpty();
    }

    @Test
    void closesWithoutAnAgreementFromTheThirdTierOnly() {
        var words = Map.of("FINAL_OFFER", "退一赔三", "AUTHORITIES", "12315");
        var ticket = acceptedTicket();

        refused(
                409,
                "close-tier",
                () -> ticket.close(CloseReason.NO_AGREEMENT, words, LEADER, LATER));
        ticket.escalate(to(3, ticket), LATER);
        refused(
                422,
                "statement-missing",
                () ->
                        ticket.close(
                                CloseReason.NO_AGREEMENT,
                                Map.of("FINAL_OFFER", "退一赔三"),
                                LEADER,
                                LATER));
        ticket.close(CloseReason.NO_AGREEMENT, words, LEADER, LATER);

        assertThat(ticket.memento().status()).isEqualTo(TicketStatus.CLOSED);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "tried enough, 2026-11-22T02:00:00Z 2026-11-22T06:00:00Z 2026-11-23T02:00:00Z, true, true",
        "two calls, 2026-11-22T02:00:00Z 2026-11-23T06:00:00Z, true, false",
        "one day, 2026-11-22T02:00:00Z 2026-11-22T06:00:00Z 2026-11-22T11:00:00Z, true, false",
        "always in the morning, 2026-11-22T01:00:00Z 2026-11-22T02:00:00Z 2026-11-23T02:00:00Z,"
                + " true, false",
        "no message, 2026-11-22T02:00:00Z 2026-11-22T06:00:00Z 2026-11-23T02:00:00Z, false, false"
    })
    void closesAsUnreachableWhoWasTriedEnough(
            String what, String calls, boolean written, boolean enough) {
        var ticket = acceptedTicket();
        if (written) {
            ticket.answer(said(ANSWER, "请回电"), XU, NOON.plusSeconds(3));
        }
        var log = new ArrayList<TicketEvent>(List.of(ticket.created()));
        log.addAll(acceptedTicket().drainNews());
        log.add(called(ticket, NOON.plusSeconds(3), CallOutcome.REACHED));
        if (written) {
            log.add(ticket.drainNews().getLast());
        }
        for (var at : calls.split(" ")) {
            log.add(called(ticket, Instant.parse(at), CallOutcome.NO_ANSWER));
        }
        var tried = Ticket.replay(log, _ -> RULES);

        if (enough) {
            tried.close(CloseReason.UNREACHABLE, Map.of(), LEADER, LATER);
            assertThat(tried.memento().status()).isEqualTo(TicketStatus.CLOSED);
        } else {
            refused(
                    409,
                    "not-tried-enough",
                    () -> tried.close(CloseReason.UNREACHABLE, Map.of(), LEADER, LATER));
        }
    }

    @Test
    void whoWasReachedAfterAllIsNotUnreachable() {
        var ticket = acceptedTicket();
        ticket.answer(said(ANSWER, "请回电"), XU, NOON.plusSeconds(3));
        for (var hours : List.of(2, 6, 26)) {
            var at = NOON.plus(Duration.ofHours(hours));
            ticket.replayMore(List.of(called(ticket, at, CallOutcome.NO_ANSWER)));
        }
        ticket.replayMore(
                List.of(called(ticket, NOON.plus(Duration.ofHours(27)), CallOutcome.REACHED)));

        refused(
                409,
                "not-tried-enough",
                () -> ticket.close(CloseReason.UNREACHABLE, Map.of(), LEADER, LATER));
    }

    private static CallAttempted called(Ticket ticket, Instant at, CallOutcome outcome) {
        return new CallAttempted(
                ticket.id(), 1, 1, at, UUID.randomUUID(), XU, outcome, null, null, null, null);
    }

    @Test
    void whatWasDoneFollowsFromTheLog() {
        var ticket = acceptedTicket();
        ticket.takeStep("PLAN", BY_XU, null, LATER);
        ticket.answer(said(ANSWER, "寄出"), XU, LATER);
        ticket.resolve(XU, solution("done"), LATER);
        ticket.review(BY_XU, "cause", "measure", LATER);
        ticket.reopen(Ticket.CUSTOMER.id(), "还是坏的", LATER);
        ticket.resolve(XU, solution("done"), LATER);
        ticket.confirm(LATER);
        var log = new ArrayList<TicketEvent>(List.of(ticket.created()));
        log.addAll(ticket.drainNews());

        assertThat(Ticket.replay(log, _ -> RULES).memento()).isEqualTo(ticket.memento());
    }
}
