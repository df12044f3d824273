package io.gendan.ticket.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.time.Instant;

class CallingTests {

    private static final ServiceRules RULES = seeded();

    private static ServiceRules seeded() {
        try (var document = CallingTests.class.getResourceAsStream("/rules/2026.4.json")) {
            return JsonMapper.builder().build().readValue(document, ServiceRules.class);
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    /** In Shanghai it is eight hours later: customers are called from 08:30 until 21:30 there. */
    @ParameterizedTest
    @CsvSource({
        "false, 2026-11-23T04:00:00Z, 2026-11-23T04:05:00Z",
        "true,  2026-11-23T04:00:00Z, 2026-11-23T04:03:00Z",
        "false, 2026-11-23T00:29:59Z, 2026-11-23T00:35:00Z",
        "false, 2026-11-23T13:24:59Z, 2026-11-23T13:29:59Z",
        "false, 2026-11-23T13:25:00Z, 2026-11-24T00:35:00Z",
        "true,  2026-11-23T13:26:00Z, 2026-11-23T13:29:00Z",
        "true,  2026-11-23T20:00:00Z, 2026-11-24T00:33:00Z"
    })
    void callsBackSoonOrSoonAfterTheNextOpening(boolean vip, Instant now, Instant due) {
        assertThat(RULES.callBackBy(now, vip)).isEqualTo(due);
    }
}
