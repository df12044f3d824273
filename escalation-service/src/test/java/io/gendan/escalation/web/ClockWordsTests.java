package io.gendan.escalation.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.escalation.Clock;
import io.gendan.escalation.ClockState;
import io.gendan.escalation.Deferral;
import io.gendan.escalation.Pause;
import io.gendan.escalation.Step;
import io.gendan.escalation.Steps;
import io.gendan.escalation.calendar.Calendar;
import io.gendan.escalation.calendar.CalendarSeed;
import io.gendan.events.Channel;
import io.gendan.events.ClockKind;
import io.gendan.events.ClockStep;
import io.gendan.events.Kind;
import io.gendan.events.Major;
import io.gendan.events.Priority;
import io.gendan.events.WaitingReason;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.Stream;

class ClockWordsTests {

    private static final Instant START = Instant.parse("2026-09-30T09:00:00Z");
    private static final Calendar OFFICE =
            CalendarSeed.calendars().stream()
                    .filter(calendar -> calendar.code().equals("OFFICE"))
                    .findFirst()
                    .orElseThrow();

    @Test
    void saysWhyItIsDueThen() {
        var running = clock(ClockState.RUNNING, "major=REGULATOR pressing", List.of());

        assertThat(ClockWords.in("en").explain(running))
                .isEqualTo(
                        "First response: 2 h by the calendar \"working days 09:00–18:00\" (OFFICE"
                                + " 2026.1), because policy 2026.2 says so for: regulator, the"
                                + " shorter target for VIP and urgent. Started at 2026-09-30"
                                + " 17:00:00. Due at 2026-10-08 10:00:00 (Asia/Shanghai).");
        assertThat(ClockWords.in("zh-CN").explain(running))
                .isEqualTo(
                        "首次响应：时限 2 小时，按“工作日 09:00–18:00”日历（OFFICE 2026.1）计算，依据政策 2026.2"
                                + " 中适用于“监管、VIP 或紧急的更短时限”的规则。自 2026-09-30 17:00:00 起计。"
                                + "截止时间 2026-10-08 10:00:00（Asia/Shanghai）。");
    }

    @Test
    void namesTheRests() {
        var pause = new Pause(START.plusSeconds(600), null, WaitingReason.CUSTOMER.name());

        assertThat(ClockWords.in(null).explain(clock(ClockState.PAUSED, "", List.of(pause))))
                .contains(
                        "so for: any ticket.",
                        "Rests since 2026-09-30 17:10:00: waiting for the customer.",
                        "1 h 50 min are left when it goes on.");
    }

    @Test
    void saysWhatIsDoneBeforeAndWhatWasDone() {
        var offered =
                new Steps.Taken(
                        ClockStep.OFFER_AGAIN, Duration.ofMinutes(10), START.plusSeconds(601));
        var leader = new Step(Duration.ofMinutes(30), ClockStep.TELL_LEADER);
        var steps = new Steps(List.of(leader), List.of(offered));
        var first = ClockKind.FIRST_RESPONSE;
        var running = clock(first, ClockState.RUNNING, "", List.of(), steps);

        assertThat(ClockWords.in("en").explain(running))
                .contains(
                        "At 2026-09-30 17:10:01 another agent was asked for",
                        "At 2026-09-30 17:30:00 the leader is told. Due at");
        assertThat(ClockWords.in("zh").explain(running))
                .contains("已于 2026-09-30 17:10:01 要求改派其他客服", "到 2026-09-30 17:30:00 通知班长。截止时间");
        assertThat(
                        ClockWords.in("en")
                                .explain(clock(first, ClockState.ELAPSED, "", List.of(), steps)))
                .contains("another agent was asked for")
                .doesNotContain("the leader");
    }

    @Test
    void saysUntilWhenAClimbIsPutOff() {
        var late = clock(ClockState.RUNNING, "", List.of());
        var deferral = new Deferral(1, 2, late.dueAt().plusSeconds(600));

        assertThat(ClockWords.in("en").explain(late, deferral))
                .endsWith(
                        "Due at 2026-10-08 10:00:00 (Asia/Shanghai). Put off until 2026-10-08"
                                + " 10:10:00, because tier 2's line is long.");
        assertThat(ClockWords.in("zh").explain(late, deferral))
                .endsWith("因第 2 层级排队较长，升级推迟至 2026-10-08 10:10:00。");
    }

    @Test
    void saysThatAPromiseIsNoPolicys() {
        var promise = clock(ClockKind.PROMISE, ClockState.RUNNING, "", List.of());

        assertThat(ClockWords.in("en").explain(promise))
                .startsWith("Promise: due at the time that the customer was told")
                .contains("Due at 2026-10-08 10:00:00")
                .doesNotContain("2026.2");
        assertThat(ClockWords.in("zh").explain(promise)).startsWith("承诺：按告知客户的时间到期");
    }

    @Test
    void saysThatTheCarrierSearches() {
        var basis = "waiting=CARRIER search=true";
        var wait = clock(ClockKind.WAITING, ClockState.RUNNING, basis, List.of());

        assertThat(ClockWords.in("en").explain(wait))
                .contains("so for: waiting for the carrier, which searches for the parcel.");
        assertThat(ClockWords.in("zh").explain(wait)).contains("“待承运商、查找包裹中”");
    }

    @Test
    void saysWhatIsLeftOfAWait() {
        var wait = clock(ClockKind.WAITING, ClockState.RUNNING, "waiting=CUSTOMER left", List.of());

        assertThat(ClockWords.in("en").explain(wait))
                .startsWith("Wait: 2 h")
                .contains("so for: waiting for the customer, what earlier waits left of it.");
        assertThat(ClockWords.in("zh").explain(wait)).contains("“待客户、之前等待后剩余的时限”");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    zh-CN            | zh
                    zh               | zh
                    de, zh;q=0.5     | zh
                    en;q=0.5, zh-TW  | zh
                    en, zh;q=0.9     | en
                    zh;q=0           | en
                    fr               | en
                    ;;;              | en
                                     | en
                    """)
    void speaksTheBetterLanguage(String header, String language) {
        assertThat(ClockWords.in(header).language().getLanguage()).isEqualTo(language);
    }

    @Test
    void hasWordsForEverythingInBothLanguages() {
        var english = ResourceBundle.getBundle("clocks", Locale.ROOT);
        var chinese = ResourceBundle.getBundle("clocks", Locale.SIMPLIFIED_CHINESE);
        var needed =
                Stream.of(
                                names("clock.", ClockKind.class),
                                names("basis.kind.", Kind.class),
                                names("basis.channel.", Channel.class),
                                names("basis.priority.", Priority.class),
                                names("basis.major.", Major.class),
                                names("basis.waiting.", WaitingReason.class))
                        .flatMap(names -> names)
                        .filter(name -> !name.endsWith(".UNKNOWN"));

        assertThat(english.keySet()).containsAll(needed.toList()).isEqualTo(chinese.keySet());
        assertThat(english.keySet())
                .allSatisfy(
                        key -> {
                            assertThat(english.getString(key)).isNotNull();
                            assertThat(chinese.getString(key)).isNotNull();
                        });
    }

    private static Stream<String> names(String prefix, Class<? extends Enum<?>> type) {
        return Arrays.stream(type.getEnumConstants()).map(value -> prefix + value.name());
    }

    private static Clock clock(ClockState state, String basis, List<Pause> pauses) {
        return clock(ClockKind.FIRST_RESPONSE, state, basis, pauses);
    }

    private static Clock clock(ClockKind kind, ClockState state, String basis, List<Pause> pauses) {
        return clock(kind, state, basis, pauses, new Steps(List.of(), List.of()));
    }

    private static Clock clock(
            ClockKind kind, ClockState state, String basis, List<Pause> pauses, Steps steps) {
        var target = Duration.ofHours(2);
        var due = OFFICE.add(START, target);
        return new Clock(
                kind,
                1,
                null,
                1,
                "2026.2",
                OFFICE,
                basis,
                target,
                Duration.ZERO,
                START,
                due,
                state,
                due,
                state == ClockState.PAUSED ? Duration.ofMinutes(110) : null,
                null,
                0,
                0,
                steps,
                pauses);
    }
}
