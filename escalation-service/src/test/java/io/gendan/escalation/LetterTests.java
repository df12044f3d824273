package io.gendan.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.events.Authority;
import io.gendan.events.AuthoritySource;
import io.gendan.events.Kind;
import io.gendan.events.Priority;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;

/** A letter that comes later. */
@EscalationTest
class LetterTests {

    @Autowired Told told;
    @Autowired Watches watches;

    private final TicketTold ticket = new TicketTold();

    @Test
    void isKept() {
        var at = Instant.parse("2025-03-03T02:00:00Z");
        var letter =
                new Authority(
                        AuthoritySource.PLATFORM_12315, "118", LocalDate.of(2025, 3, 3), null);
        told.hear(ticket.created(Kind.COMPLAINT, Priority.NORMAL, at));

        told.hear(ticket.asksAnAuthority(letter, at.plusSeconds(1)));

        assertThat(watches.find(ticket.id).orElseThrow().facts().authority()).isEqualTo(letter);
        told.hear(ticket.closed(at.plus(Duration.ofSeconds(3))));
    }
}
