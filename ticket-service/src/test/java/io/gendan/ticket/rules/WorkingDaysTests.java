package io.gendan.ticket.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.OffsetDateTime;

class WorkingDaysTests {

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "in the week,         2026-11-23T12:00+08:00, 2026-11-26T12:00+08:00",
        "over a weekend,      2026-11-20T12:00+08:00, 2026-11-25T12:00+08:00",
        "from a Sunday,       2026-11-22T12:00+08:00, 2026-11-26T00:00+08:00",
        "a Saturday at work,  2026-09-30T10:00+08:00, 2026-10-10T10:00+08:00",
        "a year with no word, 2030-01-04T12:00+08:00, 2030-01-09T12:00+08:00"
    })
    void threeOfThemAre(String what, OffsetDateTime start, OffsetDateTime due) {
        assertThat(WorkingDays.add(start.toInstant(), Duration.ofDays(3)))
                .isEqualTo(due.toInstant());
    }
}
