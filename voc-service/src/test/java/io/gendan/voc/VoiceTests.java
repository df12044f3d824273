package io.gendan.voc;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.events.Channel;
import io.gendan.events.CloseReason;
import io.gendan.events.Kind;
import io.gendan.events.Territory;
import io.gendan.events.TicketEvent.TicketClosed;
import io.gendan.events.TicketTexts;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.UUID;
import java.util.function.Predicate;

class VoiceTests {

    private static final Instant CLOSED = Instant.parse("2026-06-17T16:00:00Z");

    private final HeardTicket ticket =
            new HeardTicket(
                    UUID.randomUUID(),
                    "T-1",
                    Kind.COMPLAINT,
                    "LISTING.MISMATCH",
                    Channel.APP,
                    Territory.SOUTH,
                    Instant.EPOCH,
                    new TicketTexts("纸尿裤包装与页面不符", null));

    @Test
    void isTheSameForTheSameClosing() {
        assertThat(voice(1, CLOSED).id()).isEqualTo(voice(1, CLOSED.plusSeconds(1)).id());
        assertThat(voice(2, CLOSED).id()).isNotEqualTo(voice(1, CLOSED).id());
    }

    @Test
    void countsForTheDayOfTheOffice() {
        assertThat(voice(1, CLOSED).day()).isEqualTo(LocalDate.of(2026, 6, 18));
        assertThat(voice(1, CLOSED.minusNanos(1)).day()).isEqualTo(LocalDate.of(2026, 6, 17));
    }

    @Test
    void tellsWhatTheTicketWasAbout() {
        var heard = voice(1, CLOSED).heard();

        assertThat(heard.category()).isEqualTo("LISTING.MISMATCH");
        assertThat(heard.territory()).isEqualTo(Territory.SOUTH);
        assertThat(heard.closeReason()).isEqualTo(CloseReason.CONFIRMED);
        assertThat(heard.texts()).isEqualTo(ticket.texts());
    }

    @Test
    void isLeftByWhatWasAMatterOfItsOwn() {
        assertThat(EnumSet.allOf(CloseReason.class).stream().filter(Predicate.not(Voice::isLeftBy)))
                .containsExactlyInAnyOrder(CloseReason.INVALID, CloseReason.DUPLICATE);
    }

    private Voice voice(int stay, Instant at) {
        return Voice.of(
                ticket,
                new TicketClosed(ticket.id(), 1, stay, at, CloseReason.CONFIRMED, null, null),
                CLOSED);
    }
}
