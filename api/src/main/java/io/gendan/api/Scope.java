package io.gendan.api;

import org.jspecify.annotations.Nullable;

/**
 * What a caller may see. Every read behind {@code web/} takes one and answers as if nothing else
 * existed: what is outside is 404, not 403. A service resolves it from the {@link Caller} and its
 * own copy of the agents.
 */
public sealed interface Scope {

    /** Supervisors, analysts, ops, admins. */
    record Everything() implements Scope {}

    /**
     * What came in through one channel client.
     *
     * @param client account id of the channel's program, for example {@code app}
     */
    record OfChannel(String client) implements Scope {}

    /**
     * What an agent sees: the own territory at the own tier, and what is or was assigned to them.
     *
     * @param territory null when the agent serves none in particular (tiers 2 to 4)
     */
    record OfAgent(String agent, @Nullable String territory, int tier) implements Scope {}
}
