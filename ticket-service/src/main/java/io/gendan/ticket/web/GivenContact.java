package io.gendan.ticket.web;

import io.gendan.api.Problem;
import io.gendan.events.Channel;
import io.gendan.events.ContactOutcome;
import io.gendan.events.Solved;
import io.gendan.ticket.Incoming;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/**
 * A call or chat of the customer.
 *
 * @param channel phone or chat; of a ticket that is opened by it, its channel when absent
 */
record GivenContact(
        @Nullable Channel channel,
        @Nullable ContactOutcome outcome,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt) {

    private static final Set<Channel> LIVE = EnumSet.of(Channel.PHONE, Channel.CHAT);

    /**
     * @param at where in the request it stands
     * @param otherwise the channel of what does not name one
     */
    Incoming toIncoming(String at, @Nullable Channel otherwise) {
        return toIncoming(at, otherwise, null);
    }

    Incoming toIncoming(String at, @Nullable Channel otherwise, @Nullable Solved solved) {
        var live = Given.required(at + "/channel", channel == null ? otherwise : channel);
        if (!LIVE.contains(live)) {
            throw Problem.of(422, "contact-channel").at(at + "/channel");
        }
        return new Incoming(
                live,
                Given.required(at + "/outcome", outcome),
                Given.required(at + "/startedAt", startedAt),
                endedAt,
                solved);
    }
}
