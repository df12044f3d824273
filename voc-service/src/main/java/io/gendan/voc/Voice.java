package io.gendan.voc;

import io.gendan.events.Channel;
import io.gendan.events.CloseReason;
import io.gendan.events.Kind;
import io.gendan.events.Territory;
import io.gendan.events.TicketEvent.TicketClosed;
import io.gendan.events.TicketTexts;
import io.gendan.events.VoiceEvent.VoiceHeard;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.UUID;

/**
 * What a customer told us by one ticket.
 *
 * @param stay the stay that ended by the closing
 */
public record Voice(
        UUID id,
        UUID ticketId,
        int stay,
        Kind kind,
        String category,
        Channel channel,
        @Nullable Territory territory,
        CloseReason closeReason,
        Instant closedAt,
        Instant heardAt,
        TicketTexts texts) {

    /** Where the company's days begin and end. */
    static final ZoneId OFFICE = ZoneId.of("Asia/Shanghai");

    static Voice of(HeardTicket ticket, TicketClosed closed, Instant heardAt) {
        return new Voice(
                id(ticket.id(), closed.stay()),
                ticket.id(),
                closed.stay(),
                ticket.kind(),
                ticket.category(),
                ticket.channel(),
                ticket.territory(),
                closed.reason(),
                closed.at(),
                heardAt,
                ticket.texts());
    }

    /**
     * Whether a closing for that reason leaves one: what was a matter of its own does. Who called
     * by mistake told us nothing, and what a duplicate tells is heard when its original closes;
     * either would look like more customers with that problem than there are. A reason that only a
     * newer version of its writer knows is taken for that of a matter: a voice too many can be
     * passed over, one too few is never missed.
     */
    static boolean isLeftBy(CloseReason reason) {
        return switch (reason) {
            case INVALID, DUPLICATE -> false;
            case CONFIRMED,
                    NO_OBJECTION,
                    WITHDRAWN,
                    UNREACHABLE,
                    NO_AGREEMENT,
                    ANSWER_FILED,
                    UNKNOWN ->
                    true;
        };
    }

    /** Derived from its cause, so that the same closing can only ever leave one. */
    private static UUID id(UUID ticketId, int stay) {
        var name = "voice:" + ticketId + ":" + stay;
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    LocalDate day() {
        return closedAt.atZone(OFFICE).toLocalDate();
    }

    VoiceHeard heard() {
        return new VoiceHeard(
                ticketId, heardAt, id, kind, category, channel, territory, closeReason, texts);
    }
}
