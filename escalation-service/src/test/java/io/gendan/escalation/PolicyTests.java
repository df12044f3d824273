package io.gendan.escalation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gendan.api.Problem;
import io.gendan.events.AuthoritySource;
import io.gendan.events.Channel;
import io.gendan.events.ClockKind;
import io.gendan.events.Kind;
import io.gendan.events.Major;
import io.gendan.events.Priority;
import io.gendan.events.WaitingReason;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

class PolicyTests {

    private static final List<PolicyPage> SEED = PolicySeed.pages();
    private static final Set<String> CODES = Set.of("ALWAYS");
    private static final Policy POLICY = policy("2026.4", 1);
    private static final List<String> WITH_FIRST_CALLS =
            List.of("2026.8", "peak-2027-618.7", "peak-2027-1111.7", "peak-2027-spring-festival.7");

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    FIRST_RESPONSE,  CONSULTATION, NORMAL, CHAT,     ,          false, 1, PT15S
                    FIRST_RESPONSE,  CONSULTATION, NORMAL, PHONE,    ,          true,  1, PT3M
                    FIRST_RESPONSE,  COMPLAINT,    NORMAL, APP,      ,          false, 1, PT30M
                    FIRST_RESPONSE,  COMPLAINT,    URGENT, WEB,      ,          false, 1, PT15M
                    FIRST_RESPONSE,  REQUEST,      NORMAL, EMAIL,    ,          true,  1, PT2H
                    FIRST_RESPONSE,  COMPLAINT,    NORMAL, APP,      REGULATOR, false, 1, PT2H
                    NEXT_RESPONSE,   REQUEST,      NORMAL, EMAIL,    ,          false, 1, PT8H
                    NEXT_RESPONSE,   COMPLAINT,    NORMAL, EMAIL,    ,          false, 1, PT1H
                    NEXT_RESPONSE,   COMPLAINT,    NORMAL, MERCHANT, ,          true,  1, PT30M
                    NEXT_RESPONSE,   COMPLAINT,    NORMAL, CHAT,     ,          true,  1, PT45S
                    TIER_RESOLUTION, CONSULTATION, NORMAL, APP,      ,          false, 1, PT8H
                    TIER_RESOLUTION, REQUEST,      NORMAL, APP,      ,          true,  3, PT24H
                    TIER_RESOLUTION, COMPLAINT,    NORMAL, APP,      ,          false, 1, PT24H
                    TIER_RESOLUTION, COMPLAINT,    HIGH,   APP,      ,          false, 1, PT4H
                    TIER_RESOLUTION, COMPLAINT,    URGENT, APP,      ,          false, 1, PT2H
                    TIER_RESOLUTION, COMPLAINT,    HIGH,   APP,      ,          false, 4, PT48H
                    TIER_RESOLUTION, SUGGESTION,   LOW,    APP,      ,          true,  1, PT72H
                    TIER_RESOLUTION, COMPLAINT,    URGENT, APP,      SAFETY,    false, 3,
                    TIER_RESOLUTION, COMPLAINT,    URGENT, APP,      SAFETY,    false, 4, PT24H
                    TIER_RESOLUTION, COMPLAINT,    HIGH,   APP,      REGULATOR, false, 2,
                    TIER_RESOLUTION, COMPLAINT,    HIGH,   APP,      REGULATOR, false, 3, PT120H
                    RESOLUTION,      CONSULTATION, NORMAL, APP,      ,          true,  1, PT12H
                    RESOLUTION,      COMPLAINT,    HIGH,   APP,      MASS,      false, 4, PT168H
                    TIER_RESPONSE,   COMPLAINT,    NORMAL, APP,      ,          false, 2, PT30M
                    TIER_RESPONSE,   COMPLAINT,    NORMAL, APP,      ,          true,  4, PT10M
                    CONFIRMATION,    COMPLAINT,    NORMAL, APP,      ,          true,  1, PT72H
                    CONFIRMATION,    COMPLAINT,    HIGH,   APP,      ,          false, 1, PT168H
                    SURVEY,          COMPLAINT,    NORMAL, APP,      ,          false, 1, PT72H
                    CONFIRMATION,    COMPLAINT,    HIGH,   APP,      MEDIA,     false, 4,
                    """)
    void seedsTheDefaults(
            ClockKind clock,
            Kind kind,
            Priority priority,
            Channel channel,
            Major major,
            boolean vip,
            int tier,
            Duration time) {
        var facts = facts(kind, priority, channel, major, vip);

        var rule = POLICY.rule(clock, facts, tier);

        var target = POLICY.target(rule, facts);
        assertThat(target == null ? null : target.time()).isEqualTo(time);
        assertThat(rule.lastResort()).isFalse();
    }

    @Test
    void letsAChatClimbLaterThanItsTarget() {
        var chat = facts(Kind.CONSULTATION, Priority.NORMAL, Channel.CHAT, null, false);

        var target = POLICY.target(POLICY.rule(ClockKind.FIRST_RESPONSE, chat, 1), chat);

        assertThat(target.time()).hasSeconds(15);
        assertThat(target.grace()).hasSeconds(165);
    }

    @Test
    void usesTheMostGeneralForWhatNobodyThoughtOf() {
        var stranger = facts(Kind.UNKNOWN, Priority.UNKNOWN, Channel.UNKNOWN, null, false);

        assertThat(POLICY.rule(ClockKind.TIER_RESOLUTION, stranger, 1).lastResort()).isTrue();
        assertThat(POLICY.rule(ClockKind.FIRST_RESPONSE, stranger, 1).lastResort()).isFalse();
    }

    @Test
    void refusesAVersionThatWouldBeSilentAboutSomething() {
        assertThatThrownBy(() -> new Policy("empty", Duration.ofMinutes(15), null, List.of(), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("empty");
    }

    @Test
    void hurriesButNeverBelowTwoSeconds() {
        var hurried = policy("2026.3", 600);
        var app = facts(Kind.COMPLAINT, Priority.NORMAL, Channel.APP, null, false);
        var chat = facts(Kind.COMPLAINT, Priority.NORMAL, Channel.CHAT, null, false);

        assertThat(hurried.target(hurried.rule(ClockKind.FIRST_RESPONSE, app, 1), app))
                .isEqualTo(new Target(Duration.ofSeconds(3), Duration.ZERO));
        assertThat(hurried.target(hurried.rule(ClockKind.FIRST_RESPONSE, chat, 1), chat))
                .isEqualTo(new Target(Duration.ofSeconds(2), Duration.ZERO));
        assertThat(hurried.ringAgain()).isEqualTo(POLICY.ringEvery());
        assertThat(hurried.keepsHours()).isFalse();
    }

    @Test
    void hurriesItsStepsInTheirOrderAndLeavesOutThoseThatComeTooLate() {
        var chat = facts(Kind.COMPLAINT, Priority.NORMAL, Channel.CHAT, null, false);

        assertThat(chatSteps("2026.4", 1, chat)).containsExactly(15, 60);
        assertThat(chatSteps("2026.4", 15, chat)).containsExactly(2, 4);
        assertThat(chatSteps("2026.4", 60, chat)).containsExactly(2, 2);
        assertThat(chatSteps("2026.4", 600, chat)).isEmpty();
        assertThat(chatSteps("peak-2027-618.3", 1, chat)).containsExactly(60, 105);
    }

    private static List<Integer> chatSteps(String version, int divisor, Facts facts) {
        var policy = policy(version, divisor);
        return policy
                .target(policy.rule(ClockKind.FIRST_RESPONSE, facts, 1), facts)
                .steps()
                .stream()
                .map(step -> (int) step.after().toSeconds())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    FIRST_RESPONSE,  REQUEST,    EMAIL, ,          1, EVERYDAY
                    FIRST_RESPONSE,  REQUEST,    PHONE, ,          1, CALLING
                    FIRST_RESPONSE,  REQUEST,    APP,   ,          1, ALWAYS
                    FIRST_RESPONSE,  COMPLAINT,  APP,   REGULATOR, 1, OFFICE
                    NEXT_RESPONSE,   COMPLAINT,  EMAIL, ,          1, EVERYDAY
                    TIER_RESOLUTION, COMPLAINT,  APP,   REGULATOR, 3, WORKDAYS
                    TIER_RESOLUTION, SUGGESTION, APP,   ,          1, ALWAYS
                    TIER_RESOLUTION, SUGGESTION, APP,   ,          3, WORKDAYS
                    RESOLUTION,      SUGGESTION, APP,   ,          1, WORKDAYS
                    """)
    void namesTheCalendarPerTarget(
            ClockKind clock, Kind kind, Channel channel, Major major, int tier, String calendar) {
        var facts = facts(kind, Priority.NORMAL, channel, major, false);

        assertThat(POLICY.rule(clock, facts, tier).calendar()).isEqualTo(calendar);
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    CUSTOMER,  false, PT72H, ALWAYS
                    CUSTOMER,  true,  PT72H, ALWAYS
                    AGREED,    false, ,      ALWAYS
                    MERCHANT,  false, PT24H, ALWAYS
                    MERCHANT,  true,  PT12H, ALWAYS
                    WAREHOUSE, true,  PT2H,  ALWAYS
                    CARRIER,   false, PT4H,  ALWAYS
                    BANK,      true,  PT72H, WORKDAYS
                    INTERNAL,  false, PT8H,  ALWAYS
                    INTERNAL,  true,  PT4H,  ALWAYS
                    """)
    void seedsTheLimitsOfWaits(WaitingReason reason, boolean vip, Duration time, String calendar) {
        var facts = facts(Kind.COMPLAINT, Priority.NORMAL, Channel.APP, null, vip);
        for (var version : List.of("2026.3", "2026.4", "peak-2027-618.3")) {
            var policy = policy(version, 1);

            var rule =
                    policy.rule(ClockKind.WAITING, facts, 1, new Wait(reason, false)).orElseThrow();

            var target = policy.target(rule, facts);
            assertThat(target == null ? null : target.time()).isEqualTo(time);
            assertThat(rule.calendar()).isEqualTo(calendar);
            assertThat(rule.lastResort()).isFalse();
        }
    }

    @Test
    void givesACarrierThatSearchesItsTimeWhoeverWaitsAndNoOtherWaitThat() {
        for (var version : WITH_FIRST_CALLS) {
            var policy = policy(version, 1);
            for (var pressing : Set.of(true, false)) {
                var facts = facts(Kind.COMPLAINT, Priority.HIGH, Channel.APP, Major.MASS, pressing);

                assertThat(limit(policy, facts, WaitingReason.CARRIER, true)).hasHours(48);
                assertThat(limit(policy, facts, WaitingReason.CARRIER, false))
                        .hasHours(pressing ? 2 : 4);
                assertThat(limit(policy, facts, WaitingReason.WAREHOUSE, false))
                        .hasHours(pressing ? 2 : 4);
            }
        }
        var before = policy("2026.7", 1);
        var facts = facts(Kind.COMPLAINT, Priority.HIGH, Channel.APP, null, false);
        assertThat(limit(before, facts, WaitingReason.CARRIER, true)).hasHours(4);
    }

    private static Duration limit(
            Policy policy, Facts facts, WaitingReason reason, boolean search) {
        var wait = new Wait(reason, search);
        var rule = policy.rule(ClockKind.WAITING, facts, 1, wait).orElseThrow();
        return policy.target(rule, facts).time();
    }

    @Test
    void refusesLinesThatDecideNothing() {
        assertThatThrownBy(() -> PolicyPage.check(List.of(line(ClockKind.PROMISE, null)), CODES))
                .isInstanceOfSatisfying(
                        Problem.class,
                        refused ->
                                assertThat(refused.members())
                                        .containsEntry("pointer", "/rules/0/clock"));
        var searches = searchOf(WaitingReason.BANK);
        assertThatThrownBy(() -> PolicyPage.check(List.of(searches), CODES))
                .isInstanceOfSatisfying(
                        Problem.class,
                        refused ->
                                assertThat(refused.members())
                                        .containsEntry("pointer", "/rules/0/search"));
        PolicyPage.check(
                List.of(
                        searchOf(WaitingReason.CARRIER),
                        line(ClockKind.WAITING, WaitingReason.CARRIER)),
                CODES);
        var waits = line(ClockKind.RESOLUTION, WaitingReason.BANK);
        assertThatThrownBy(() -> PolicyPage.check(List.of(waits), CODES))
                .isInstanceOfSatisfying(
                        Problem.class,
                        refused ->
                                assertThat(refused.members())
                                        .containsEntry("pointer", "/rules/0/waiting"));
    }

    private static PolicyRule line(ClockKind clock, WaitingReason waiting) {
        return line(clock, waiting, null);
    }

    private static PolicyRule searchOf(WaitingReason waiting) {
        return line(ClockKind.WAITING, waiting, true);
    }

    private static PolicyRule line(ClockKind clock, WaitingReason waiting, Boolean search) {
        return new PolicyRule(
                clock,
                null,
                waiting,
                search,
                null,
                null,
                null,
                null,
                null,
                null,
                Duration.ofHours(1),
                null,
                null,
                List.of(),
                "ALWAYS",
                false,
                false);
    }

    @Test
    void hurriesByHowMuchAClimbIsPutOffAndNothingElseOfTheGuard() {
        assertThat(policy("2026.5", 1).hurriedSurge()).isNull();
        for (var version : List.of("2026.6", "2026.8", "peak-2027-618.5", "peak-2027-618.7")) {
            assertThat(policy(version, 1).hurriedSurge())
                    .isEqualTo(new Surge(2, 100, Duration.ofMinutes(10)));
            assertThat(policy(version, 60).hurriedSurge())
                    .isEqualTo(new Surge(2, 100, Duration.ofSeconds(10)));
        }
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    ,          PT24H, ALWAYS
                    SAFETY,    PT4H,  ALWAYS
                    MEDIA,     PT4H,  ALWAYS
                    MASS,      PT4H,  ALWAYS
                    REGULATOR, PT4H,  OFFICE
                    """)
    void seedsHowLongWhatIsSolvedMayBeLeftUnclosed(Major major, Duration time, String calendar) {
        var facts = facts(Kind.COMPLAINT, Priority.URGENT, Channel.APP, major, true);
        for (var version :
                List.of(
                        "2026.7",
                        "2026.8",
                        "peak-2027-618.6",
                        "peak-2027-1111.6",
                        "peak-2027-spring-festival.6")) {
            var policy = policy(version, 1);
            var rule = policy.rule(ClockKind.CLOSING, facts, 1);

            assertThat(policy.target(rule, facts).time()).isEqualTo(time);
            assertThat(rule.calendar()).isEqualTo(calendar);
        }
        assertThat(policy("2026.6", 1).rule(ClockKind.CLOSING, facts, 1, null)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    EMAIL,    SAFETY,    NORMAL, false, PT30M, ALWAYS
                    EMAIL,    MEDIA,     URGENT, false, PT30M, ALWAYS
                    EMAIL,    MASS,      HIGH,   true,  PT30M, ALWAYS
                    EMAIL,    REGULATOR, HIGH,   true,  PT2H,  OFFICE
                    EMAIL,    ,          URGENT, false, PT2H,  EVERYDAY
                    MERCHANT, SAFETY,    URGENT, true,  PT30M, ALWAYS
                    MERCHANT, MEDIA,     NORMAL, false, PT30M, ALWAYS
                    MERCHANT, MASS,      NORMAL, true,  PT30M, ALWAYS
                    MERCHANT, ,          NORMAL, false, PT2H,  EVERYDAY
                    APP,      SAFETY,    NORMAL, false, PT30M, ALWAYS
                    WEB,      MEDIA,     URGENT, false, PT15M, ALWAYS
                    WECHAT,   MASS,      NORMAL, true,  PT15M, ALWAYS
                    CHAT,     SAFETY,    NORMAL, false, PT15S, ALWAYS
                    PHONE,    SAFETY,    NORMAL, false, PT5M,  CALLING
                    PHONE,    MEDIA,     URGENT, false, PT3M,  CALLING
                    UNKNOWN,  SAFETY,    NORMAL, false, PT30M, ALWAYS
                    """)
    void callsWhoComplainsOfSomethingMajorWithinHalfAnHourHoweverTheyWrote(
            Channel channel,
            Major major,
            Priority priority,
            boolean vip,
            Duration time,
            String calendar) {
        var facts = facts(Kind.COMPLAINT, priority, channel, major, vip);
        for (var version : WITH_FIRST_CALLS) {
            var policy = policy(version, 1);
            var rule = policy.rule(ClockKind.FIRST_RESPONSE, facts, 4);

            assertThat(policy.target(rule, facts).time()).as(version).isEqualTo(time);
            assertThat(rule.calendar()).as(version).isEqualTo(calendar);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Channel.class,
            names = {"APP", "WEB", "WECHAT", "EMAIL", "MERCHANT", "UNKNOWN"})
    void answersComplaintsAgainWithinTheHourAlsoWhatIsMajor(Channel channel) {
        for (var version : WITH_FIRST_CALLS) {
            var policy = policy(version, 1);
            for (var major : Set.of(Major.SAFETY, Major.MEDIA, Major.MASS)) {
                assertThat(nextResponse(policy, channel, major, Priority.HIGH, false))
                        .isEqualTo(Duration.ofHours(1));
                assertThat(nextResponse(policy, channel, major, Priority.URGENT, false))
                        .isEqualTo(Duration.ofMinutes(30));
                assertThat(nextResponse(policy, channel, major, Priority.HIGH, true))
                        .isEqualTo(Duration.ofMinutes(30));
            }
        }
    }

    private static Duration nextResponse(
            Policy policy, Channel channel, Major major, Priority priority, boolean vip) {
        var facts = facts(Kind.COMPLAINT, priority, channel, major, vip);
        return policy.target(policy.rule(ClockKind.NEXT_RESPONSE, facts, 4), facts).time();
    }

    @ParameterizedTest
    @ValueSource(strings = {"peak-2027-618.8", "peak-2027-1111.8", "peak-2027-spring-festival.8"})
    void answersWhoAsksAboutTheirDataNoLaterInASale(String peak) {
        assertThat(aboutPersonalData("2026.9")).hasSize(8);
        assertThat(aboutPersonalData(peak)).isEqualTo(aboutPersonalData("2026.9"));
    }

    private static List<PolicyRule> aboutPersonalData(String version) {
        return policy(version, 1).rules().stream()
                .filter(rule -> rule.authority() == AuthoritySource.PERSONAL_DATA)
                .toList();
    }

    @Test
    void saysNothingAboutWaitsInTheVersionsThatDidNot() {
        var facts = facts(Kind.COMPLAINT, Priority.NORMAL, Channel.APP, null, false);

        assertThat(
                        policy("2026.2", 1)
                                .rule(
                                        ClockKind.WAITING,
                                        facts,
                                        1,
                                        new Wait(WaitingReason.CUSTOMER, false)))
                .isEmpty();
    }

    /** One line for each set of conditions, all of which match one ticket. */
    @Test
    void takesTheWeightiestConditionWhateverElseIsNamed() {
        var facts = facts(Kind.COMPLAINT, Priority.HIGH, Channel.APP, Major.MASS, true);
        var rules =
                IntStream.range(0, 64)
                        .mapToObj(
                                set ->
                                        new PolicyRule(
                                                ClockKind.RESOLUTION,
                                                null,
                                                null,
                                                null,
                                                (set & 1) == 0 ? null : Major.MASS,
                                                (set & 2) == 0 ? null : Kind.COMPLAINT,
                                                (set & 4) == 0 ? null : true,
                                                (set & 8) == 0 ? null : Priority.HIGH,
                                                (set & 16) == 0 ? null : Channel.APP,
                                                (set & 32) == 0 ? null : 1,
                                                Duration.ofHours(1),
                                                null,
                                                null,
                                                List.of(),
                                                "ALWAYS",
                                                false,
                                                false))
                        .toList();
        var random = new Random(20261122);
        for (int i = 0; i < 2_000; i++) {
            var some = rules.stream().filter(_ -> random.nextInt(4) == 0).toList();
            var all = new ArrayList<>(POLICY.rules());
            all.removeIf(rule -> rule.clock() == ClockKind.RESOLUTION);
            all.addAll(some);
            all.add(rules.getFirst());
            Collections.shuffle(all, random);

            var best = some.isEmpty() ? rules.getFirst() : Collections.max(some, BY_THE_WORDS);

            assertThat(new Policy("any", Duration.ofMinutes(1), null, all, 1))
                    .extracting(policy -> policy.rule(ClockKind.RESOLUTION, facts, 1))
                    .isEqualTo(best);
        }
    }

    /** As the rule is told to people. */
    private static final Comparator<PolicyRule> BY_THE_WORDS =
            Comparator.<PolicyRule, Boolean>comparing(rule -> rule.major() != null)
                    .thenComparing(rule -> rule.kind() != null)
                    .thenComparing(rule -> rule.vip() != null)
                    .thenComparing(rule -> rule.priority() != null)
                    .thenComparing(rule -> rule.channel() != null)
                    .thenComparing(rule -> rule.tier() != null);

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    FIRST_RESPONSE,  CONSULTATION, NORMAL, CHAT, ,       false, PT1M
                    FIRST_RESPONSE,  CONSULTATION, NORMAL, CHAT, ,       true,  PT15S
                    FIRST_RESPONSE,  CONSULTATION, NORMAL, APP,  ,       false, PT1H
                    FIRST_RESPONSE,  COMPLAINT,    HIGH,   APP,  ,       false, PT30M
                    FIRST_RESPONSE,  COMPLAINT,    NORMAL, APP,  SAFETY, false, PT30M
                    FIRST_RESPONSE,  COMPLAINT,    NORMAL, CHAT, MEDIA,  false, PT15S
                    TIER_RESOLUTION, CONSULTATION, NORMAL, APP,  ,       false, PT12H
                    TIER_RESOLUTION, CONSULTATION, NORMAL, APP,  ,       true,  PT4H
                    TIER_RESOLUTION, COMPLAINT,    HIGH,   APP,  ,       false, PT4H
                    RESOLUTION,      COMPLAINT,    NORMAL, APP,  ,       false, PT72H
                    """)
    void loosensAPeakButNotForWhatIsHighMajorOrVip(
            ClockKind clock,
            Kind kind,
            Priority priority,
            Channel channel,
            Major major,
            boolean vip,
            Duration time) {
        var peak = policy("peak-2027-618", 1);
        var facts = facts(kind, priority, channel, major, vip);

        assertThat(peak.target(peak.rule(clock, facts, 1), facts))
                .extracting(Target::time)
                .isEqualTo(time);
    }

    private static Policy policy(String version, int divisor) {
        return SEED.stream()
                .filter(page -> page.version().equals(version))
                .map(
                        page ->
                                new Policy(
                                        version,
                                        page.ringEvery(),
                                        page.surge(),
                                        page.rules(),
                                        divisor))
                .findFirst()
                .orElseThrow();
    }

    private static Facts facts(
            Kind kind, Priority priority, Channel channel, Major major, boolean vip) {
        return new Facts(
                UUID.randomUUID(),
                "T-1",
                kind,
                channel,
                priority,
                major,
                vip,
                Instant.EPOCH,
                null,
                "2026.2",
                null);
    }
}
