package io.gendan.ticket.rules;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import java.time.Instant;

/** The versions of the service rules that a fresh system has; none is changed once released. */
@Configuration(proxyBeanMethods = false)
class ShippedRules {

    static final String LATEST = "2026.6";

    @Bean
    RulesMigration rules() {
        return new RulesMigration(
                "20261123.0126", "2026.1", Instant.parse("2000-01-01T00:00:00Z"), null);
    }

    @Bean
    RulesMigration rulesWithPeaks() {
        return new RulesMigration(
                "20261123.0430", "2026.2", Instant.parse("2000-01-02T00:00:00Z"), "2026.1");
    }

    @Bean
    RulesMigration rulesWithVipGrades() {
        return new RulesMigration(
                "20261128.1945", "2026.3", Instant.parse("2000-01-03T00:00:00Z"), "2026.2");
    }

    @Bean
    RulesMigration rulesWithADailySurvey() {
        return new RulesMigration(
                "20261128.2305", "2026.4", Instant.parse("2000-01-04T00:00:00Z"), "2026.3");
    }

    @Bean
    RulesMigration rulesWithPlans() {
        return new RulesMigration(
                "20261129.0220", "2026.5", Instant.parse("2000-01-05T00:00:00Z"), "2026.4");
    }

    @Bean
    RulesMigration rulesWithFirstCalls() {
        return new RulesMigration(
                "20261129.0555", LATEST, Instant.parse("2000-01-06T00:00:00Z"), "2026.5");
    }
}
