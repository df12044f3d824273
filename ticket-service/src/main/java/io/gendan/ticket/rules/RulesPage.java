package io.gendan.ticket.rules;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * One version of the service rules.
 *
 * @param validFrom for tickets opened from then on
 * @param base the version that it was made from
 */
public record RulesPage(
        String version,
        Instant validFrom,
        @Nullable String base,
        String createdBy,
        ServiceRules document) {}
