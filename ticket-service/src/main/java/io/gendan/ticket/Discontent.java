package io.gendan.ticket;

import io.gendan.events.Channel;
import io.gendan.events.PromisePurpose;
import io.gendan.ticket.rules.Calling;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * A customer is not content with what was solved. What is promised and asked for by it has ids that
 * are derived from where they said so.
 *
 * @param saidIn the survey or the call
 * @param with whose solution it was, if it was one: somebody else calls the customer
 * @param heard what more is known of it, for whoever calls
 * @param spokenWith who of us was on the phone with them when they said so; absent when nobody was
 */
record Discontent(
        UUID saidIn, @Nullable String with, @Nullable String heard, @Nullable String spokenWith) {

    private static final String REVISIT = "回访不满意的客户 Call the customer who was not content";

    Discontent(UUID saidIn, @Nullable String with) {
        this(saidIn, with, null, null);
    }

    static Discontent spoken(UUID call, @Nullable String with, String by) {
        return new Discontent(call, with, null, by);
    }

    UUID escalationId() {
        return derived("follow-up-escalation:");
    }

    Promise.Draft revisit(Duration within, Calling calling, Instant now) {
        return new Promise.Draft(
                derived("revisit:"),
                Ticket.LEADERS,
                heard == null ? REVISIT : REVISIT + ": " + heard,
                calling.openFrom(now.plus(within)),
                Channel.PHONE,
                PromisePurpose.REVISIT,
                with);
    }

    private UUID derived(String consequence) {
        var name = consequence + saidIn;
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }
}
