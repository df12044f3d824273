package io.gendan.events;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/** What customers said, analysed. Topic {@link Topics#VOICES}, told by voc-service. */
public sealed interface VoiceEvent extends Event {

    UUID ticketId();

    @Override
    default String key() {
        return ticketId().toString();
    }

    record VoiceHeard(
            UUID ticketId,
            Instant at,
            UUID voiceId,
            Kind kind,
            String category,
            Channel channel,
            @Nullable Territory territory,
            CloseReason closeReason,
            TicketTexts texts)
            implements VoiceEvent {}
}
