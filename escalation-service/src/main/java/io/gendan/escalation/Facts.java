package io.gendan.escalation;

import io.gendan.events.Authority;
import io.gendan.events.AuthoritySource;
import io.gendan.events.Channel;
import io.gendan.events.Kind;
import io.gendan.events.Major;
import io.gendan.events.Priority;
import io.gendan.events.TicketEvent.FactsChanged;
import io.gendan.events.TicketEvent.TicketCreated;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * What a ticket is; its targets follow from it.
 *
 * @param category absent for tickets from before it was kept
 */
public record Facts(
        UUID id,
        String number,
        Kind kind,
        Channel channel,
        Priority priority,
        @Nullable Major major,
        boolean vip,
        Instant createdAt,
        @Nullable Authority authority,
        String policyVersion,
        @Nullable String category) {

    static Facts of(TicketCreated created, String policyVersion) {
        return new Facts(
                created.ticketId(),
                created.number(),
                created.kind(),
                created.channel(),
                created.priority(),
                created.major(),
                created.vip(),
                created.at(),
                created.authority(),
                policyVersion,
                created.category());
    }

    /** What it turned out to be. */
    Facts changed(FactsChanged changed) {
        return new Facts(
                id,
                number,
                changed.kind(),
                channel,
                changed.priority(),
                changed.major(),
                vip,
                createdAt,
                letter(changed),
                policyVersion,
                changed.category());
    }

    /** What was said before letters could come later does not tell of it. */
    private @Nullable Authority letter(FactsChanged changed) {
        return changed.authority() == null && !Boolean.TRUE.equals(changed.noAuthority())
                ? authority
                : changed.authority();
    }

    Facts under(String otherVersion) {
        return new Facts(
                id,
                number,
                kind,
                channel,
                priority,
                major,
                vip,
                createdAt,
                authority,
                otherVersion,
                category);
    }

    /** Through whom it came; absent when from the customer alone. */
    @Nullable AuthoritySource source() {
        return authority == null ? null : authority.source();
    }

    /** Whether it ends with the answer that is filed, whatever anybody else says or does not. */
    boolean endsByFiling() {
        return authority != null || major == Major.REGULATOR;
    }

    /** Whether the shorter targets apply. */
    boolean presses() {
        return vip || priority == Priority.URGENT;
    }
}
