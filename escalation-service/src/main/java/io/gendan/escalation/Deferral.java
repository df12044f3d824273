package io.gendan.escalation;

import java.time.Instant;

/** That a ticket's climb was put off in that stay, because the line of the tier above is long. */
public record Deferral(int stay, int toTier, Instant until) {}
