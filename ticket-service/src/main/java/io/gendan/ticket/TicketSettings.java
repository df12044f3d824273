package io.gendan.ticket;

import io.gendan.events.Channel;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.time.Duration;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;

/**
 * @param vaultKey 32 bytes in Base64 that everything personal is encrypted under; losing it loses
 *     the phone numbers and names
 * @param intake how waiting creates are combined
 * @param survey how answers are taken
 * @param messages when a message can have been written
 * @param hurry divides how long those have to whom tickets are offered, for demonstrations
 * @param outbox how channels are made to tell their customers
 * @param notices how long people find what they were told
 * @param reveals how much one of us may have revealed
 */
@ConfigurationProperties("gendan.ticket")
record TicketSettings(
        String vaultKey,
        @DefaultValue IntakeSettings intake,
        @DefaultValue SurveySettings survey,
        @DefaultValue MessageSettings messages,
        @DefaultValue("1") int hurry,
        @DefaultValue OutboxSettings outbox,
        @DefaultValue NoticeSettings notices,
        @DefaultValue RevealSettings reveals) {

    TicketSettings {
        if (Base64.getDecoder().decode(vaultKey).length != 32) {
            throw new IllegalArgumentException("gendan.ticket.vault-key is not 32 bytes");
        }
        if (hurry < 1) {
            throw new IllegalArgumentException("hurry must be 1 or more, not " + hurry);
        }
    }

    /**
     * @param answersAccepted how long after the customer is asked answers are heard, late ones too
     */
    record SurveySettings(@DefaultValue("7d") Duration answersAccepted) {}

    /**
     * @param clockTolerance how much a channel's clock may be ahead of ours
     * @param latest how long after it was written a message may come in
     */
    record MessageSettings(
            @DefaultValue("10s") Duration clockTolerance, @DefaultValue("7d") Duration latest) {}

    /**
     * @param tries after so many failures we give up
     * @param firstDelay until it is tried again; twice as long each time
     * @param longestDelay and no longer than this
     * @param waits what was neither fetched nor reported for so long is given up
     * @param kept how long it is known what became of it
     * @param clients which client tells the customers of a channel whose tickets one of us opened
     */
    record OutboxSettings(
            @DefaultValue("6") int tries,
            @DefaultValue("1m") Duration firstDelay,
            @DefaultValue("1h") Duration longestDelay,
            @DefaultValue("3d") Duration waits,
            @DefaultValue("30d") Duration kept,
            @DefaultValue Map<Channel, String> clients) {

        OutboxSettings {
            var missing = EnumSet.complementOf(EnumSet.of(Channel.UNKNOWN));
            missing.removeAll(clients.keySet());
            if (!missing.isEmpty()) {
                throw new IllegalArgumentException("No client tells the customers of " + missing);
            }
        }

        String client(Channel channel) {
            return Objects.requireNonNull(clients.get(channel), channel.name());
        }
    }

    record NoticeSettings(
            @DefaultValue("30d") Duration keptRead, @DefaultValue("90d") Duration keptUnread) {}

    /**
     * @param mostInAnHour of one person; more is no work any more, but a list of customers
     */
    record RevealSettings(@DefaultValue("60") int mostInAnHour) {

        RevealSettings {
            if (mostInAnHour < 1) {
                throw new IllegalArgumentException(
                        "most-in-an-hour must be 1 or more, not " + mostInAnHour);
            }
        }
    }

    /**
     * @param batch creates in one commit, at most
     * @param queue creates that may wait; beyond it the caller is asked to come back
     * @param patience how long a caller waits for the commit; shorter than the gateway waits for us
     */
    record IntakeSettings(
            @DefaultValue("64") int batch,
            @DefaultValue("2000") int queue,
            @DefaultValue("6s") Duration patience) {}
}
