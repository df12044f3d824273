package io.gendan.voc;

import io.gendan.events.Channel;
import io.gendan.events.Kind;
import io.gendan.events.Territory;
import io.gendan.events.TicketEvent.TicketCreated;
import io.gendan.events.TicketTexts;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * What is known of a ticket.
 *
 * @param number absent where it was heard of before numbers were kept
 * @param territory absent until routing has placed it
 */
record HeardTicket(
        UUID id,
        @Nullable String number,
        Kind kind,
        String category,
        Channel channel,
        @Nullable Territory territory,
        Instant createdAt,
        TicketTexts texts) {

    static HeardTicket of(TicketCreated created) {
        return new HeardTicket(
                created.ticketId(),
                created.number(),
                created.kind(),
                created.category(),
                created.channel(),
                null,
                created.at(),
                created.texts());
    }
}
