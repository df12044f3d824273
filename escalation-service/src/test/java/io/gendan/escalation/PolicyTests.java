package io.gendan.escalation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gendan.events.Channel;
import io.gendan.events.ClockKind;
import io.gendan.events.Kind;
import io.gendan.events.Major;
import io.gendan.events.Priority;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

@EscalationTest
class PolicyTests {

    @Autowired Policies policies;

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    FIRST_RESPONSE,  CONSULTATION, NORMAL, CHAT,     ,          false, 1, PT15S
                    FIRST_RESPONSE,  CONSULTATION, NORMAL, PHONE,    ,          true,  1, PT3M
                    FIRST_RESPONSE,  COMPLAINT,    NORMAL, APP,      ,          false, 1, PT30M
                    FIRST_RESPONSE,  COMPLAINT,    URGENT, WEB,      ,          false, 1, PT15M
                    FIRST_RESPONSE,  REQUEST,      NORMAL, EMAIL,    ,          true,  1, PT2H
                    FIRST_RESPONSE,  COMPLAINT,    NORMAL, APP,      REGULATOR, false, 1, PT2H
                    NEXT_RESPONSE,   REQUEST,      NORMAL, EMAIL,    ,          false, 1, PT8H
                    NEXT_RESPONSE,   COMPLAINT,    NORMAL, EMAIL,    ,          false, 1, PT1H
                    NEXT_RESPONSE,   COMPLAINT,    NORMAL, MERCHANT, ,          true,  1, PT30M
                    NEXT_RESPONSE,   COMPLAINT,    NORMAL, CHAT,     ,          true,  1, PT45S
                    TIER_RESOLUTION, CONSULTATION, NORMAL, APP,      ,          false, 1, PT8H
                    TIER_RESOLUTION, REQUEST,      NORMAL, APP,      ,          true,  3, PT24H
                    TIER_RESOLUTION, COMPLAINT,    NORMAL, APP,      ,          false, 1, PT24H
                    TIER_RESOLUTION, COMPLAINT,    HIGH,   APP,      ,          false, 1, PT4H
                    TIER_RESOLUTION, COMPLAINT,    URGENT, APP,      ,          false, 1, PT2H
                    TIER_RESOLUTION, COMPLAINT,    HIGH,   APP,      ,          false, 4, PT48H
                    TIER_RESOLUTION, SUGGESTION,   LOW,    APP,      ,          true,  1, PT72H
                    TIER_RESOLUTION, COMPLAINT,    URGENT, APP,      SAFETY,    false, 3,
                    TIER_RESOLUTION, COMPLAINT,    URGENT, APP,      SAFETY,    false, 4, PT24H
                    TIER_RESOLUTION, COMPLAINT,    HIGH,   APP,      REGULATOR, false, 2,
                    TIER_RESOLUTION, COMPLAINT,    HIGH,   APP,      REGULATOR, false, 3, PT120H
                    RESOLUTION,      CONSULTATION, NORMAL, APP,      ,          true,  1, PT12H
                    RESOLUTION,      COMPLAINT,    HIGH,   APP,      MASS,      false, 4, PT168H
                    TIER_RESPONSE,   COMPLAINT,    NORMAL, APP,      ,          false, 2, PT30M
                    TIER_RESPONSE,   COMPLAINT,    NORMAL, APP,      ,          true,  4, PT10M
                    CONFIRMATION,    COMPLAINT,    NORMAL, APP,      ,          true,  1, PT72H
                    CONFIRMATION,    COMPLAINT,    HIGH,   APP,      ,          false, 1, PT168H
                    CONFIRMATION,    COMPLAINT,    HIGH,   APP,      MEDIA,     false, 4,
                    """)
    void seedsTheDefaults(
            ClockKind clock,
            Kind kind,
            Priority priority,
            Channel channel,
            Major major,
            boolean vip,
            int tier,
            Duration time) {
        var policy = policies.policy("2026.1");
        var facts = facts(kind, priority, channel, major, vip);

        var rule = policy.rule(clock, facts, tier);

        var target = policy.target(rule, facts);
        assertThat(target == null ? null : target.time()).isEqualTo(time);
        assertThat(rule.lastResort()).isFalse();
    }

    @Test
    void letsAChatClimbLaterThanItsTarget() {
        var policy = policies.policy("2026.1");
        var chat = facts(Kind.CONSULTATION, Priority.NORMAL, Channel.CHAT, null, false);

        var target = policy.target(policy.rule(ClockKind.FIRST_RESPONSE, chat, 1), chat);

        assertThat(target).isEqualTo(new Target(Duration.ofSeconds(15), Duration.ofSeconds(165)));
    }

    @Test
    void usesTheMostGeneralForWhatNobodyThoughtOf() {
        var policy = policies.policy("2026.1");
        var stranger = facts(Kind.UNKNOWN, Priority.UNKNOWN, Channel.UNKNOWN, null, false);

        assertThat(policy.rule(ClockKind.TIER_RESOLUTION, stranger, 1).lastResort()).isTrue();
        assertThat(policy.rule(ClockKind.FIRST_RESPONSE, stranger, 1).lastResort()).isFalse();
    }

    @Test
    void refusesAVersionThatWouldBeSilentAboutSomething() {
        assertThatThrownBy(() -> new Policy("empty", Duration.ofMinutes(15), List.of(), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("empty");
    }

    @Test
    void hurriesButNeverBelowTwoSeconds() {
        var seeded = policies.policy("2026.1");
        var hurried = new Policy("hurried", seeded.ringEvery(), seeded.rules(), 600);
        var app = facts(Kind.COMPLAINT, Priority.NORMAL, Channel.APP, null, false);
        var chat = facts(Kind.COMPLAINT, Priority.NORMAL, Channel.CHAT, null, false);

        assertThat(hurried.target(hurried.rule(ClockKind.FIRST_RESPONSE, app, 1), app))
                .isEqualTo(new Target(Duration.ofSeconds(3), Duration.ZERO));
        assertThat(hurried.target(hurried.rule(ClockKind.FIRST_RESPONSE, chat, 1), chat))
                .isEqualTo(new Target(Duration.ofSeconds(2), Duration.ZERO));
        assertThat(hurried.ringAgain()).isEqualTo(seeded.ringEvery());
    }

    private static Facts facts(
            Kind kind, Priority priority, Channel channel, Major major, boolean vip) {
        return new Facts(
                UUID.randomUUID(),
                "T-1",
                kind,
                channel,
                priority,
                major,
                vip,
                Instant.EPOCH,
                "2026.1");
    }
}
