package io.gendan.escalation.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gendan.api.Problem;
import io.gendan.escalation.calendar.CalendarPage.Knowledge;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

class CalendarTests {

    private static final int ROUNDS = 4_000;

    private static Calendar seeded(String code) {
        return CalendarSeed.calendars().stream()
                .filter(calendar -> calendar.code().equals(code))
                .findFirst()
                .orElseThrow();
    }

    static Stream<Calendar> calendars() {
        var newYork =
                Calendar.of(
                        new CalendarPage(
                                "NIGHT",
                                "1",
                                Instant.EPOCH,
                                null,
                                null,
                                new CalendarPage.Names("夜间", "night"),
                                ZoneId.of("America/New_York"),
                                LocalTime.of(1, 30),
                                LocalTime.of(4, 0),
                                EnumSet.complementOf(EnumSet.of(DayOfWeek.MONDAY)),
                                List.of()));
        var open = Stream.concat(CalendarSeed.calendars().stream(), Stream.of(newYork)).toList();
        return Stream.concat(
                open.stream(), open.stream().map(calendar -> calendar.resting(someRests())));
    }

    static Stream<Calendar> calendarsWithWholeMinutes() {
        return CalendarSeed.calendars().stream()
                .flatMap(calendar -> Stream.of(calendar, calendar.resting(someRests())));
    }

    /** Overlapping ones, touching ones, and over the ends of months and years. */
    private static List<Rest> someRests() {
        var random = new Random(72);
        var rests = new ArrayList<Rest>();
        for (int i = 0; i < 80; i++) {
            var from = someInstant(random).truncatedTo(ChronoUnit.MINUTES);
            var until = from.plus(Duration.ofMinutes(1 + random.nextInt(72 * 60)));
            rests.add(new Rest(new UUID(0, i), from, until, "flood"));
            rests.add(new Rest(new UUID(1, i), until, until.plusSeconds(3600), "flood"));
        }
        return rests;
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    # before, into, within and after a rest from 12:00 of the 30th to 12:00 of the 2nd
                    ALWAYS, 2026-11-30T10:00, PT2H,  2026-11-30T12:00
                    ALWAYS, 2026-11-30T10:00, PT3H,  2026-12-02T13:00
                    ALWAYS, 2026-12-01T10:00, PT0S,  2026-12-01T10:00
                    ALWAYS, 2026-12-01T10:00, PT1H,  2026-12-02T13:00
                    ALWAYS, 2026-12-02T12:00, PT1H,  2026-12-02T13:00
                    OFFICE, 2026-11-30T11:00, PT2H,  2026-12-02T13:00
                    OFFICE, 2026-11-30T11:00, PT8H,  2026-12-03T10:00
                    """)
    void countsNothingWhileItRests(
            String code, LocalDateTime start, Duration time, LocalDateTime due) {
        var rest =
                new Rest(
                        new UUID(0, 1),
                        china(LocalDateTime.parse("2026-11-30T12:00")),
                        china(LocalDateTime.parse("2026-12-02T12:00")),
                        "flood");
        var calendar = seeded(code).resting(List.of(rest));

        assertThat(calendar.add(china(start), time)).isEqualTo(china(due));
        assertThat(calendar).isNotEqualTo(seeded(code));
        assertThat(calendar.resting(List.of())).isEqualTo(seeded(code));
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    # an ordinary day, over the evening, over the weekend
                    OFFICE,   2026-11-18T10:00, PT2H,   2026-11-18T12:00
                    OFFICE,   2026-11-18T17:00, PT2H,   2026-11-19T10:00
                    OFFICE,   2026-11-20T17:30, PT1H,   2026-11-23T09:30
                    # before it opens, after it closed, when it closes
                    OFFICE,   2026-11-18T06:00, PT1H,   2026-11-18T10:00
                    OFFICE,   2026-11-18T20:00, PT1H,   2026-11-19T10:00
                    OFFICE,   2026-11-18T17:00, PT1H,   2026-11-18T18:00
                    OFFICE,   2026-11-18T18:00, PT1S,   2026-11-19T09:00:01
                    OFFICE,   2026-11-18T20:00, PT0S,   2026-11-18T20:00
                    # holidays off, moved days on
                    OFFICE,   2026-09-30T17:00, PT2H,   2026-10-08T10:00
                    OFFICE,   2026-10-09T17:00, PT2H,   2026-10-10T10:00
                    OFFICE,   2026-02-13T17:00, PT11H,  2026-02-24T10:00
                    OFFICE,   2026-02-27T17:00, PT2H,   2026-02-28T10:00
                    OFFICE,   2025-01-25T12:00, PT1H,   2025-01-26T10:00
                    OFFICE,   2025-09-30T17:59, PT2M,   2025-10-09T09:01
                    # five and ten working days of a letter
                    WORKDAYS, 2026-11-18T15:00, PT120H, 2026-11-25T15:00
                    WORKDAYS, 2026-09-25T15:00, PT24H,  2026-09-29T00:00
                    WORKDAYS, 2026-02-13T15:00, PT240H, 2026-03-05T15:00
                    # month ends, year ends, leap day
                    EVERYDAY, 2026-01-31T21:00, PT2H,   2026-02-01T09:00
                    EVERYDAY, 2026-12-31T21:00, PT2H,   2027-01-01T09:00
                    EVERYDAY, 2028-02-28T21:00, PT15H,  2028-02-29T22:00
                    EVERYDAY, 2027-02-28T21:00, PT15H,  2027-03-01T22:00
                    CALLING,  2026-11-18T21:29, PT5M,   2026-11-19T08:34
                    ALWAYS,   2028-02-28T23:00, PT25H,  2028-03-01T00:00
                    """)
    void addsOpenTime(String code, LocalDateTime start, Duration time, LocalDateTime due) {
        assertThat(seeded(code).add(china(start), time)).isEqualTo(china(due));
    }

    @ParameterizedTest
    @MethodSource("calendars")
    void addingAndCountingAreInverse(Calendar calendar) {
        var random = new Random(20261122);
        for (int i = 0; i < ROUNDS; i++) {
            var start = someInstant(random);
            var time = someTime(random);

            var due = calendar.add(start, time);

            assertThat(calendar.elapsed(start, due)).as("%s + %s", start, time).isEqualTo(time);
            if (!time.isZero()) {
                assertThat(calendar.elapsed(start, due.minusNanos(1_000)))
                        .as("the microsecond before %s + %s", start, time)
                        .isEqualTo(time.minusNanos(1_000));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("calendars")
    void addsPieceByPieceAsInOne(Calendar calendar) {
        var random = new Random(618);
        for (int i = 0; i < ROUNDS; i++) {
            var start = someInstant(random);
            var one = someTime(random);
            var other = someTime(random);

            assertThat(calendar.add(calendar.add(start, one), other))
                    .isEqualTo(calendar.add(start, one.plus(other)));
        }
    }

    /** All of them open and close on a half hour, so looking at each minute is exact. */
    @ParameterizedTest
    @MethodSource("calendarsWithWholeMinutes")
    void countsEachMinuteThatIsOpen(Calendar calendar) {
        var random = new Random(1111);
        var page = calendar.page();
        for (int i = 0; i < 60; i++) {
            var start = someInstant(random).truncatedTo(ChronoUnit.MINUTES);
            int minutes = random.nextInt(8 * 24 * 60);

            var open =
                    IntStream.range(0, minutes)
                            .mapToObj(minute -> start.plusSeconds(60L * minute))
                            .filter(
                                    minute ->
                                            calendar.rests().stream()
                                                    .noneMatch(
                                                            rest ->
                                                                    !minute.isBefore(rest.from())
                                                                            && minute.isBefore(
                                                                                    rest.until())))
                            .map(minute -> minute.atZone(page.zone()))
                            .filter(moment -> calendar.isWorkingDay(moment.toLocalDate()))
                            .map(ZonedDateTime::toLocalTime)
                            .filter(time -> !time.isBefore(page.opens()))
                            .filter(
                                    time ->
                                            page.closes().equals(LocalTime.MIDNIGHT)
                                                    || time.isBefore(page.closes()))
                            .count();

            assertThat(calendar.elapsed(start, start.plusSeconds(60L * minutes)))
                    .isEqualTo(Duration.ofMinutes(open));
        }
    }

    @Test
    void knowsTheDaysThatWerePublished() {
        var office = seeded("OFFICE");
        var page = office.page();

        assertThat(List.of(page.of(2025), page.of(2026))).containsOnly(Knowledge.COMPLETE);
        assertThat(page.of(2027)).isEqualTo(Knowledge.PROVISIONAL);
        assertThat(page.of(2028)).isEqualTo(Knowledge.MISSING);
        assertThat(seeded("EVERYDAY").page().of(2028)).isEqualTo(Knowledge.COMPLETE);
        assertThat(workingDays(office, 2025)).isEqualTo(248);
        assertThat(workingDays(office, 2026)).isEqualTo(248);
        assertThat(office.isWorkingDay(LocalDate.of(2026, 2, 23))).isFalse();
        assertThat(office.isWorkingDay(LocalDate.of(2026, 2, 28))).isTrue();
    }

    @Test
    void movesOnlyWeekendsAndFreesTheStatutoryDays() {
        for (int number : new int[] {2025, 2026}) {
            assertThat(CalendarSeed.year(number).working())
                    .allSatisfy(
                            day ->
                                    assertThat(day.getDayOfWeek())
                                            .isIn(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY));
        }
        assertThat(
                        CalendarSeed.year(2027).off().stream()
                                .flatMapToLong(
                                        off ->
                                                off.from()
                                                        .datesUntil(off.until().plusDays(1))
                                                        .mapToLong(_ -> 1))
                                .sum())
                .isEqualTo(13);
    }

    @Test
    void refusesWhatContradictsItself() {
        var day = LocalDate.of(2026, 5, 1);
        var off = List.of(new CalendarYear.DaysOff(day, day.plusDays(4), "劳动节"));

        assertRefused("/years/0/working/0", year(2026, off, List.of(day.plusDays(2))));
        assertRefused("/years/0/working/0", year(2026, off, List.of(day.plusYears(1))));
        assertRefused("/years/0/off/0/from", year(2027, off, List.of()));
        assertRefused(
                "/years/0/off/0/until",
                year(
                        2026,
                        List.of(new CalendarYear.DaysOff(day, day.minusDays(1), "")),
                        List.of()));
        assertRefused("/closes", page(LocalTime.of(9, 0), LocalTime.of(9, 0), List.of()));
        assertThatThrownBy(() -> seeded("OFFICE").add(Instant.EPOCH, Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertRefused(String pointer, CalendarPage page) {
        assertThatThrownBy(() -> Calendar.of(page))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.members()).containsEntry("pointer", pointer));
    }

    private static CalendarPage year(
            int year, List<CalendarYear.DaysOff> off, List<LocalDate> working) {
        return page(
                LocalTime.of(9, 0),
                LocalTime.of(18, 0),
                List.of(new CalendarYear(year, false, "test", off, working)));
    }

    private static CalendarPage page(LocalTime opens, LocalTime closes, List<CalendarYear> years) {
        return new CalendarPage(
                "TEST",
                "1",
                Instant.EPOCH,
                null,
                null,
                new CalendarPage.Names("测试", "test"),
                Calendar.CHINA,
                opens,
                closes,
                EnumSet.of(DayOfWeek.MONDAY),
                years);
    }

    private static long workingDays(Calendar calendar, int year) {
        return LocalDate.of(year, 1, 1)
                .datesUntil(LocalDate.of(year + 1, 1, 1))
                .filter(calendar::isWorkingDay)
                .count();
    }

    /** Often at the edges: of days, months, years, leap days, moved days. */
    private static Instant someInstant(Random random) {
        var edges =
                List.of("2025-01-26", "2025-10-08", "2026-02-14", "2026-10-10", "2027-01-01")
                        .stream()
                        .map(LocalDate::parse)
                        .toList();
        var day =
                switch (random.nextInt(4)) {
                    case 0 -> edges.get(random.nextInt(edges.size()));
                    case 1 -> LocalDate.of(2028, 2, 28).plusDays(random.nextInt(3));
                    case 2 ->
                            LocalDate.of(2025 + random.nextInt(4), 1 + random.nextInt(12), 1)
                                    .minusDays(1);
                    default -> LocalDate.of(2024, 12, 1).plusDays(random.nextInt(1600));
                };
        var hours = new int[] {0, 8, 9, 18, 22};
        var time =
                random.nextBoolean()
                        ? LocalTime.of(hours[random.nextInt(hours.length)], 0)
                                .plusNanos(1_000L * (random.nextInt(3) - 1))
                        : LocalTime.ofSecondOfDay(random.nextInt(86_400));
        return china(day.atTime(time));
    }

    private static Duration someTime(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> Duration.ZERO;
            case 1 -> Duration.ofHours(random.nextInt(100));
            case 2 -> Duration.ofNanos(1_000L * random.nextInt(2_000_000));
            default -> Duration.ofSeconds(random.nextInt(40 * 86_400));
        };
    }

    private static Instant china(LocalDateTime local) {
        return local.atZone(Calendar.CHINA).toInstant();
    }
}
