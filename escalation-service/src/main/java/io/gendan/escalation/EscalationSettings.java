package io.gendan.escalation;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.time.Duration;

/**
 * How this service works.
 *
 * @param hurry divides all targets, for demonstrations
 * @param inviteAgainAfter how long an entry of a queue waits before its tier is invited again; then
 *     the pauses double
 * @param inviteAgainWithin the longest pause between two invitations
 * @param pollEvery how long firing sleeps at most, should nobody wake it
 * @param batch how many tickets one transaction of firing takes
 */
@ConfigurationProperties("gendan.escalation")
public record EscalationSettings(
        @DefaultValue("1") int hurry,
        @DefaultValue("30s") Duration inviteAgainAfter,
        @DefaultValue("15m") Duration inviteAgainWithin,
        @DefaultValue("500ms") Duration pollEvery,
        @DefaultValue("200") int batch) {

    public EscalationSettings {
        if (hurry < 1) {
            throw new IllegalArgumentException("hurry must be 1 or more, not " + hurry);
        }
        if (batch < 1) {
            throw new IllegalArgumentException("batch must be 1 or more, not " + batch);
        }
    }
}
