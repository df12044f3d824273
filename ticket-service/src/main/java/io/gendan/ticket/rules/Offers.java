package io.gendan.ticket.rules;

import io.gendan.events.Channel;

import jakarta.validation.constraints.NotNull;

import java.time.Duration;

/**
 * How long whoever is offered somebody else's ticket has to accept it.
 *
 * @param answeredInChat where the customer is on the line
 */
public record Offers(@NotNull Duration answered, @NotNull Duration answeredInChat) {

    /** Of versions that do not say it. */
    static final Offers AS_BEFORE = new Offers(Duration.ofMinutes(3), Duration.ofSeconds(10));

    public Duration answeredWithin(Channel channel) {
        return channel == Channel.CHAT ? answeredInChat : answered;
    }
}
