package io.gendan.api;

import java.util.Locale;
import java.util.Optional;

/** What an account may do; the token names it in lower case in its claim {@code roles}. */
public enum Role {
    /** A channel's program, which speaks for its customers. */
    CHANNEL,
    /** Tier 1: serves the customers of a territory. */
    AGENT,
    /** Tiers 2 to 4. */
    ESCALATION,
    /** Leads teams, sees every territory. */
    SUPERVISOR,
    /** Reads the customers' voice. */
    ANALYST,
    /** Keeps the system running. */
    OPS,
    /** Changes policies, teams and other data. */
    ADMIN;

    /** The role as the token writes it. */
    public String claim() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Empty when this version does not know the role: a stranger's role allows nothing. */
    static Optional<Role> ofClaim(String claim) {
        for (var role : values()) {
            if (role.claim().equals(claim)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }
}
