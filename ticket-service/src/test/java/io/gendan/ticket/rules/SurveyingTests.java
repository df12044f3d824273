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
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

class SurveyingTests {

    private final Surveying surveying = ServiceRulesTests.shipped().survey();

    @ParameterizedTest
    @CsvSource({"COMPLAINT, 100", "REQUEST, 50", "CONSULTATION, 30", "SUGGESTION, 0"})
    void asksItsShareOfEachKind(Kind kind, int percent) {
        var tickets = tickets(20_000);

        var asked = tickets.stream().filter(id -> surveying.asks(kind, null, id)).count();

        assertThat(100.0 * asked / tickets.size()).isCloseTo(percent, within(1.0));
    }

    @Test
    void asksAlwaysTheSameOfATicket() {
        for (var ticket : tickets(1_000)) {
            if (surveying.asks(Kind.CONSULTATION, null, ticket)) {
                assertThat(surveying.asks(Kind.CONSULTATION, null, ticket)).isTrue();
                assertThat(surveying.asks(Kind.REQUEST, null, ticket)).isTrue();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Major.class)
    void leavesWhatIsMajorToAPerson(Major major) {
        assertThat(tickets(100)).noneMatch(id -> surveying.asks(Kind.COMPLAINT, major, id));
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
