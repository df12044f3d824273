package io.gendan.ticket.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gendan.events.Channel;
import io.gendan.events.Kind;
import io.gendan.events.Major;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

class SurveyingTests {

    private static final Instant ORDINARY = Instant.parse("2026-11-23T04:00:00Z");
    private static final Instant PEAK = Instant.parse("2027-06-18T04:00:00Z");

    private final Surveying surveying = ServiceRulesTests.shipped().survey();

    @ParameterizedTest
    @CsvSource({
        "COMPLAINT, 100, 100",
        "REQUEST, 50, 10",
        "CONSULTATION, 30, 10",
        "SUGGESTION, 0, 0"
    })
    void asksItsShareOfEachKind(Kind kind, int percent, int peakPercent) {
        assertThat(shareAsked(kind, ORDINARY)).isCloseTo(percent, within(1.0));
        assertThat(shareAsked(kind, PEAK)).isCloseTo(peakPercent, within(1.0));
    }

    /** Times of China, eight hours ahead; the last day of a peak is one of its days. */
    @ParameterizedTest
    @CsvSource({
        "2027-05-30T15:59:59Z, 50",
        "2027-05-30T16:00:00Z, 10",
        "2027-06-21T15:59:59Z, 10",
        "2027-06-21T16:00:00Z, 50",
        "2027-11-11T04:00:00Z, 10",
        "2027-02-06T04:00:00Z, 50"
    })
    void asksFewerOnPeakDays(Instant solvedAt, int percent) {
        assertThat(shareAsked(Kind.REQUEST, solvedAt)).isCloseTo(percent, within(1.0));
    }

    @ParameterizedTest
    @CsvSource({
        "0, true, 200",
        "150, true, 200",
        "40_000, true, 200",
        "40_001, true, 201",
        "1_000_000, true, 5_000",
        "0, false, 0",
        "150, false, 1"
    })
    void asksAboutAShareOfWhatWasDeliveredAndEnoughOfEachTerritory(
            String delivered, boolean isTerritory, String wanted) {
        var daily = Objects.requireNonNull(surveying.daily());

        assertThat(daily.wanted(number(delivered), isTerritory)).isEqualTo(number(wanted));
    }

    private static long number(String written) {
        return Long.parseLong(written.replace("_", ""));
    }

    private double shareAsked(Kind kind, Instant solvedAt) {
        var tickets = tickets(20_000);
        var asked = tickets.stream().filter(id -> surveying.asks(kind, null, id, solvedAt)).count();
        return 100.0 * asked / tickets.size();
    }

    @Test
    void asksAlwaysTheSameOfATicket() {
        for (var ticket : tickets(1_000)) {
            if (surveying.asks(Kind.CONSULTATION, null, ticket, ORDINARY)) {
                assertThat(surveying.asks(Kind.CONSULTATION, null, ticket, ORDINARY)).isTrue();
                assertThat(surveying.asks(Kind.REQUEST, null, ticket, ORDINARY)).isTrue();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Major.class)
    void leavesWhatIsMajorToAPerson(Major major) {
        assertThat(tickets(100)).noneMatch(id -> surveying.asks(Kind.COMPLAINT, major, id, PEAK));
    }

    /** Times of China, eight hours ahead. */
    @ParameterizedTest
    @CsvSource({
        "CHAT,  2026-11-23T02:00:00Z, 2026-11-23T02:00:00Z",
        "PHONE, 2026-11-23T02:00:00Z, 2026-11-23T02:05:00Z",
        "APP,   2026-11-23T02:00:00Z, 2026-11-23T02:30:00Z",
        "EMAIL, 2026-11-23T12:29:59Z, 2026-11-23T12:59:59Z",
        "EMAIL, 2026-11-23T12:30:00Z, 2026-11-24T01:00:00Z",
        "CHAT,  2026-11-23T13:00:00Z, 2026-11-24T01:00:00Z",
        "CHAT,  2026-11-22T22:00:00Z, 2026-11-23T01:00:00Z",
        "PHONE, 2026-11-23T00:55:00Z, 2026-11-23T01:00:00Z"
    })
    void isHandedOutAfterAWhileAndByDay(Channel channel, Instant solvedAt, Instant handedOutAt) {
        assertThat(surveying.handedOutAt(channel, solvedAt)).isEqualTo(handedOutAt);
    }

    private static List<UUID> tickets(int count) {
        var random = new Random(20261123);
        return IntStream.range(0, count)
                .mapToObj(_ -> new UUID(random.nextLong(), random.nextLong()))
                .toList();
    }
}
