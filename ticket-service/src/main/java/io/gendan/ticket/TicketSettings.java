package io.gendan.ticket;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.time.Duration;
import java.util.Base64;

/**
 * @param vaultKey 32 bytes in Base64 that everything personal is encrypted under; losing it loses
 *     the phone numbers and names
 * @param intake how waiting creates are combined
 * @param survey how answers are taken
 */
@ConfigurationProperties("gendan.ticket")
record TicketSettings(
        String vaultKey, @DefaultValue IntakeSettings intake, @DefaultValue SurveySettings survey) {

    TicketSettings {
        if (Base64.getDecoder().decode(vaultKey).length != 32) {
            throw new IllegalArgumentException("gendan.ticket.vault-key is not 32 bytes");
        }
    }

    /**
     * @param answersAccepted how long after a resolution answers are heard, late ones included
     */
    record SurveySettings(@DefaultValue("7d") Duration answersAccepted) {}

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
