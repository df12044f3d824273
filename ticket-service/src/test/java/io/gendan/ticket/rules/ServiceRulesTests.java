package io.gendan.ticket.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gendan.api.Problem;
import io.gendan.events.Authority;
import io.gendan.events.AuthoritySource;
import io.gendan.events.Channel;
import io.gendan.events.CloseReason;
import io.gendan.events.Kind;
import io.gendan.events.Major;
import io.gendan.events.Priority;
import io.gendan.events.WaitingReason;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;

class ServiceRulesTests {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private final ServiceRules shipped = shipped();

    static ServiceRules shipped() {
        return shipped(ShippedRules.LATEST);
    }

    private static ServiceRules shipped(String version) {
        return JSON.readValue(
                ServiceRulesTests.class.getResourceAsStream(RulesMigration.document(version)),
                ServiceRules.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026.1", "2026.2", ShippedRules.LATEST})
    void shipsWhatMakesSense(String version) {
        shipped(version).check("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026.1", "2026.2", ShippedRules.LATEST})
    void givesWhatItTakes(String version) {
        var rules = shipped(version);

        assertThat(JSON.readValue(JSON.writeValueAsString(rules), ServiceRules.class))
                .isEqualTo(rules);
    }

    @Test
    void saysWhichFactsMakeAComplaintPressAndClimb() {
        var raises = shipped.raises();

        assertThat(raises.byContacts(2, 3) && raises.byContacts(0, 4)).isTrue();
        assertThat(raises.byContacts(1, 2) || raises.byContacts(3, 4)).isFalse();
        assertThat(raises.byReopenings(1, 2)).isTrue();
        assertThat(raises.byBrokenPromises(0, 1)).isTrue();
        assertThat(raises.byClaim(new BigDecimal("1000"))).isTrue();
        assertThat(raises.byClaim(new BigDecimal("999.99"))).isFalse();
        assertThat(raises.byClaim(null)).isFalse();
        assertThat(shipped.reopenings().climbsAt(2)).isTrue();
    }

    @Test
    void whatWasWrittenBeforeFactsCountedLetsNonePressOrClimb() {
        var before = shipped("2026.2");

        assertThat(before.raises()).isEqualTo(Raises.NONE);
        assertThat(before.reopenings().climbsAt(2)).isFalse();
    }

    @Test
    void whatWasWrittenBeforePeaksHasNone() {
        assertThat(shipped("2026.1").survey().peaks()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2026.2, KEY, true",
        "2026.2, MEMBER, false",
        "2026.3, NORMAL, false",
        "2026.3, MEMBER, false",
        "2026.3, KEY, true",
        "2026.3, ENTERPRISE, true"
    })
    void saysWhoGoesBeforeOthers(String version, Grade grade, boolean vip) {
        assertThat(shipped(version).isVip(grade)).isEqualTo(vip);
    }

    @Test
    void saysWhatFollowsASearchOfTheCarrierApartFromOtherWaitsForIt() {
        var plain = shipped.wait(WaitingReason.CARRIER, false).orElseThrow();
        var search = shipped.wait(WaitingReason.CARRIER, true).orElseThrow();
        var before = shipped("2026.4");

        assertThat(plain.thenEn()).startsWith("Have the carrier search");
        assertThat(search.thenEn()).isEqualTo("Treat the parcel as lost");
        assertThat(before.wait(WaitingReason.CARRIER, true))
                .isPresent()
                .isEqualTo(before.wait(WaitingReason.CARRIER, false));
        assertThat(before.wait(WaitingReason.AGREED, false)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "CONSULTATION, ACCEPT ANSWER CONFIRM ARCHIVE",
        "REQUEST, ACCEPT CHECK DO CONFIRM",
        "COMPLAINT, ACCEPT VERIFY PLAN AGREE REPORT CONFIRM REVIEW",
        "SUGGESTION, COLLECT SORT ASSESS DECIDE ANSWER CONFIRM"
    })
    void leadsEachKindThroughItsSteps(Kind kind, String steps) {
        assertThat(shipped.procedure(kind).steps())
                .filteredOn(step -> step.categories() == null)
                .extracting(Procedure.Step::code)
                .containsExactly(steps.split(" "));
    }

    @ParameterizedTest
    @CsvSource({
        "REQUEST, RETURN.SIZE, ACCEPT CHECK REASON EVIDENCE RESPONSIBLE FREIGHT DO CONFIRM",
        "REQUEST, RETURN.PICKUP, ACCEPT CHECK REASON EVIDENCE RESPONSIBLE DO CONFIRM",
        "REQUEST, DELIVERY.LOST, ACCEPT CHECK CONFIRM_ADDRESS ASK_CARRIER FIND_PARCEL DO"
                + " TELL_CUSTOMER CONFIRM",
        "REQUEST, DELIVERY.DAMAGED, ACCEPT CHECK DO CONFIRM",
        "COMPLAINT, RETURN.EXCHANGE, ACCEPT VERIFY REASON EVIDENCE RESPONSIBLE FREIGHT PLAN AGREE"
                + " REPORT CONFIRM REVIEW",
        "COMPLAINT, DELIVERY.HELD, ACCEPT VERIFY CONFIRM_ADDRESS ASK_CARRIER FIND_PARCEL PLAN AGREE"
                + " REPORT CONFIRM REVIEW",
        "CONSULTATION, RETURN.SIZE, ACCEPT ANSWER CONFIRM ARCHIVE"
    })
    void leadsAfterSaleCasesThroughStepsOfTheirOwn(Kind kind, String category, String steps) {
        assertThat(shipped.procedure(kind).steps())
                .filteredOn(step -> step.isFor(category))
                .extracting(Procedure.Step::code)
                .containsExactly(steps.split(" "));
    }

    @ParameterizedTest
    @CsvSource({
        "RETURN, RETURN.SIZE, true",
        "RETURN, RETURN, true",
        "RETURN, RETURNS.SIZE, false",
        "RETURN.SIZE, RETURN.SIZE, true",
        "RETURN.SIZE, RETURN.SIZES, false",
        "RETURN.SIZE, RETURN.REFUSED, false"
    })
    void aStepIsForATopCategoryOrOneInIt(String named, String category, boolean isFor) {
        var step =
                new Procedure.Step(
                        "X",
                        "x",
                        "x",
                        Procedure.Who.ASSIGNEE,
                        true,
                        null,
                        Set.of(),
                        Set.of(named),
                        null,
                        null);

        assertThat(step.isFor(category)).isEqualTo(isFor);
    }

    @ParameterizedTest
    @CsvSource({
        "CONSULTATION, NORMAL, , P7D",
        "REQUEST, URGENT, , P7D",
        "COMPLAINT, LOW, , P15D",
        "COMPLAINT, HIGH, , P30D",
        "COMPLAINT, NORMAL, MEDIA, P90D",
        "SUGGESTION, LOW, , P30D"
    })
    void followsUp(Kind kind, Priority priority, @Nullable Major major, Duration within) {
        assertThat(shipped.followUpWithin(kind, priority, major)).hasValue(within);
    }

    @ParameterizedTest
    @CsvSource({
        "COMPLAINT, NORMAL, , false, PT24H",
        "COMPLAINT, NORMAL, , true, PT12H",
        "COMPLAINT, URGENT, , false, PT12H",
        "COMPLAINT, HIGH, , false, PT12H",
        "COMPLAINT, NORMAL, SAFETY, false, PT4H",
        "REQUEST, NORMAL, , true, PT48H",
        "CONSULTATION, NORMAL, , false,"
    })
    void saysHowOftenCustomersHear(
            Kind kind,
            Priority priority,
            @Nullable Major major,
            boolean vip,
            @Nullable Duration every) {
        assertThat(shipped.progressEvery(kind, priority, major, vip).orElse(null)).isEqualTo(every);
    }

    @ParameterizedTest
    @CsvSource({
        "49,",
        "50, OWNER",
        "74, OWNER",
        "75, OWNER",
        "90, LEADERS",
        "100, LEADERS",
    })
    void saysWhoIsToldThatTimePasses(int percent, Warnings.@Nullable Whom whom) {
        assertThat(shipped.warnings().toldAt(percent))
                .isEqualTo(whom == null ? Set.of() : Set.of(whom));
        assertThat(shipped("2026.4").warnings().toldAt(percent)).isEmpty();
    }

    @Test
    void tellsTheDeputyWhenItRangTwiceInVain() {
        assertThat(shipped.warnings().tellsDeputyAt(2)).isFalse();
        assertThat(shipped.warnings().tellsDeputyAt(3)).isTrue();
        assertThat(shipped("2026.4").warnings().tellsDeputyAt(3)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T00:29:59Z, 2026-11-23T00:30:00Z",
        "2026-11-23T00:30:00Z, 2026-11-23T00:30:00Z",
        "2026-11-23T13:29:59Z, 2026-11-23T13:29:59Z",
        "2026-11-23T13:30:00Z, 2026-11-24T00:30:00Z",
        "2026-11-23T17:00:00Z, 2026-11-24T00:30:00Z"
    })
    void callsCustomersByDayOnly(Instant due, Instant moved) {
        assertThat(shipped.calling().openFrom(due)).isEqualTo(moved);
        assertThat(shipped.calling().isOpen(due)).isEqualTo(due.equals(moved));
    }

    @ParameterizedTest
    @CsvSource({
        "COMPLAINT, SAFETY, , PT4H",
        "COMPLAINT, MASS, , PT4H",
        "COMPLAINT, MEDIA, COURT_MEDIA, PT4H",
        "COMPLAINT, REGULATOR, PLATFORM_12315, PT48H",
        "COMPLAINT, REGULATOR, HOTLINE_12345,",
        "COMPLAINT, , ,",
        "CONSULTATION, SAFETY, ,"
    })
    void saysWhoIsPromisedAPlan(
            Kind kind,
            @Nullable Major major,
            @Nullable AuthoritySource source,
            @Nullable Duration within) {
        var plan = shipped.plan(kind, major, source == null ? null : letter(source));

        assertThat(plan.map(Plan::within).orElse(null)).isEqualTo(within);
        assertThat(shipped("2026.4").plan(kind, major, null)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "COMPLAINT, SAFETY, , PT30M",
        "COMPLAINT, MASS, , PT30M",
        "COMPLAINT, MEDIA, COURT_MEDIA, PT30M",
        "COMPLAINT, REGULATOR, PLATFORM_12315, PT4H",
        "COMPLAINT, REGULATOR, HOTLINE_12345, PT2H",
        "COMPLAINT, SAFETY, HOTLINE_12345, PT30M",
        "COMPLAINT, REGULATOR, AUTHORITY_12315,",
        "COMPLAINT, , PERSONAL_DATA,",
        "COMPLAINT, , ,",
        "CONSULTATION, SAFETY, ,"
    })
    void saysWhoIsPromisedACall(
            Kind kind,
            @Nullable Major major,
            @Nullable AuthoritySource source,
            @Nullable Duration within) {
        var letter = source == null ? null : letter(source);

        assertThat(shipped.firstCall(kind, major, letter).map(FirstCall::within).orElse(null))
                .isEqualTo(within);
        assertThat(shipped("2026.5").firstCall(kind, major, letter)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-20T03:00:00Z, 2026-11-24T16:00:00Z",
        "2026-11-23T03:00:00Z, 2026-11-24T16:00:00Z",
        "2026-11-24T16:00:00Z, 2026-11-26T16:00:00Z",
        "2026-11-27T02:00:00Z, 2026-12-01T02:00:00Z"
    })
    void countsFromTheDayAfterALetterArrivedOnWorkingDays(Instant now, Instant due) {
        var letter = letter(AuthoritySource.PLATFORM_12315);
        var plan = shipped.plan(Kind.COMPLAINT, Major.REGULATOR, letter).orElseThrow();

        assertThat(plan.dueAt(now, letter, shipped.calling().zone(), WorkingDays.UNTOLD))
                .isEqualTo(due);
    }

    /** On a Friday. */
    private static Authority letter(AuthoritySource source) {
        return new Authority(source, "G-1", LocalDate.of(2026, 11, 20), null);
    }

    @Test
    void asksAtOnceAfterAChatAndLaterElsewhere() {
        assertThat(shipped.survey().delay(Channel.CHAT)).isZero();
        assertThat(shipped.survey().delay(Channel.PHONE)).isEqualTo(Duration.ofMinutes(5));
        assertThat(shipped.survey().delay(Channel.APP)).isEqualTo(Duration.ofMinutes(30));
    }

    @Test
    void namesWhatCountsAsSolved() {
        assertThat(shipped.solving().meansFor(Kind.COMPLAINT, "REFUND"))
                .extracting(Solving.Means::code)
                .containsExactly("MONEY_ARRIVED");
        assertThat(shipped.solving().meansFor(Kind.CONSULTATION, "REFUND"))
                .extracting(Solving.Means::code)
                .containsExactly("ANSWERED", "MONEY_ARRIVED");
    }

    @ParameterizedTest
    @CsvSource({
        "COMPLAINT, ORDER.CHARGED_TWICE, MONEY_BACK NOT_CHARGED_TWICE",
        "CONSULTATION, ORDER.CHARGED_TWICE, ANSWERED MONEY_BACK NOT_CHARGED_TWICE",
        "REQUEST, ORDER.CANCEL, ORDER_AS_WANTED",
        "REQUEST, REFUND.AMOUNT, MONEY_ARRIVED",
        "CONSULTATION, PRESALE.SPEC, ARTICLE DEPARTMENT",
        "CONSULTATION, SERVICE.AGENT, ANSWERED APOLOGISED"
    })
    void namesItForACategoryBeforeWhatIsAboveIt(Kind kind, String category, String codes) {
        assertThat(shipped.solving().meansFor(kind, category))
                .extracting(Solving.Means::code)
                .containsExactly(codes.split(" "));
    }

    @Test
    void whatWasWrittenBeforeMeansWereExceptedTakesAnyAnswer() {
        assertThat(shipped("2026.4").solving().meansFor(Kind.CONSULTATION, "PRESALE.SPEC"))
                .extracting(Solving.Means::code)
                .containsExactly("ANSWERED", "ARTICLE", "DEPARTMENT");
    }

    @Test
    void asksMoreOfAReasonThatIsNoSolution() {
        var unreachable = shipped.closing().of(CloseReason.UNREACHABLE).orElseThrow().tried();

        assertThat(unreachable).isNotNull();
        assertThat(unreachable.calls()).isEqualTo(3);
        assertThat(unreachable.days()).isEqualTo(2);
        assertThat(shipped.closing().of(CloseReason.NO_AGREEMENT).orElseThrow().leastTier())
                .isEqualTo(3);
        assertThat(shipped.closing().of(CloseReason.CONFIRMED)).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    a kind that has two        | `"kind": "SUGGESTION",` | `"kind": "COMPLAINT",` | /procedures/3
                    a step twice               | "code": "CHECK" | "code": "DO" | /procedures/1/steps/9
                    a kind that says it twice  | {"kind": "REQUEST", "says" | {"kind": "COMPLAINT", "says" | /solving/needs/1
                    asked for twice            | {"code": "APOLOGISED_BY" | {"code": "COMPLAINED_ABOUT" | /solving/means/23/statements/1
                    nobody to differ from      | "except": ["PRESALE"] | "differ": true | /solving/means/0/differ
                    closed by hand as solved   | "reason": "INVALID" | "reason": "CONFIRMED" | /closing/byLeader/4/reason
                    no time at all             | "within": "PT5M" | "within": "PT0S" | /callback/within
                    a day that ends before     | "until": "21:30" | "until": "08:00" | /calling/until
                    a peak that ends before    | "until": "2027-06-21" | "until": "2027-05-30" | /survey/peaks/0/until
                    everybody before everybody | "vipGrades": ["KEY" | "vipGrades": ["NORMAL" | /vipGrades
                    a search by nobody         | "reason": "CARRIER", "search" | "reason": "BANK", "search" | /waits/5/search
                    a search twice             | "reason": "CARRIER", "nameZh" | "reason": "CARRIER", "search": true, "nameZh" | /waits/5
                    no letter in a word        | "major": "MEDIA" | "major": "REGULATOR" | /majorWords/lines/1/major
                    a plan by another step     | "step": "PLAN" | "step": "DO" | /plans/0/step
                    a plan on no calendar      | "calendar": "ALWAYS" | "calendar": "OFFICE" | /plans/0/calendar
                    a call in no time          | "within": "PT30M" | "within": "PT0S" | /firstCalls/0/within
                    a warning twice            | "percent": 75 | "percent": 50 | /warnings/lines/1
                    a word for nothing         | "code": "LAST_MILE" | "code": "LAST_METRE" | /vocabularies/rootCauses
                    a grade for nothing        | "code": "MEMBER" | "code": "FAMILY" | /vocabularies/customerGrades
                    a word twice               | "code": "BUSY" | "code": "REFUSED" | /vocabularies/callOutcomes/5
                    """)
    void refusesWhatMakesNoSense(String what, String sense, String nonsense, String pointer)
            throws Exception {
        String text;
        var document = RulesMigration.document(ShippedRules.LATEST);
        try (var in = ServiceRulesTests.class.getResourceAsStream(document)) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        assertThat(text).contains(sense);
        var broken = JSON.readValue(text.replace(sense, nonsense), ServiceRules.class);

        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> broken.check(""))
                .satisfies(
                        refused ->
                                assertThat(List.of(refused.members().get("pointer")))
                                        .containsExactly(pointer));
    }
}
