package io.gendan.ticket.web;

import io.gendan.api.Caller;
import io.gendan.api.Problem;
import io.gendan.api.Role;
import io.gendan.events.AuthoritySource;
import io.gendan.events.Channel;
import io.gendan.events.Kind;
import io.gendan.events.Phase;
import io.gendan.ticket.AuthorityLetter;
import io.gendan.ticket.Opening;
import io.gendan.ticket.Resolution;
import io.gendan.ticket.Taking;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.UUID;

/**
 * The body of {@code POST /api/tickets}.
 *
 * @param productId what it is about: who names no order is known by it to ask again
 * @param authority through whom a complaint came; {@code PERSONAL_DATA} of a request to see,
 *     correct or erase what we know of the customer, which says neither a number of theirs nor the
 *     day that it came if that is today
 * @param contact the call or chat that it comes from; who was not answered is promised a call
 * @param claim how many yuan the customer claims
 * @param take whether the agent who opens it keeps it
 * @param resolve of a ticket that is taken: it is solved already
 * @param followUpOf the closed ticket that it goes on with, which one of us names
 */
record OpenRequest(
        @Nullable Kind kind,
        @Nullable Channel channel,
        @Nullable GivenCustomer customer,
        @Nullable String orderId,
        @Nullable String province,
        @Nullable String address,
        @Nullable Phase phase,
        @Nullable String category,
        @Nullable String subject,
        @Nullable String body,
        @Nullable String sellerId,
        @Nullable String productId,
        @Nullable GivenAuthority authority,
        @Nullable GivenContact contact,
        @Nullable BigDecimal claim,
        @Nullable Boolean take,
        @Nullable Resolution resolve,
        @Nullable UUID followUpOf) {

    record GivenCustomer(@Nullable UUID id, @Nullable String phone, @Nullable String name) {}

    record GivenAuthority(
            @Nullable AuthoritySource source,
            @Nullable String number,
            @Nullable LocalDate arrivedOn,
            @Nullable LocalDate dueOn) {

        AuthorityLetter toLetter() {
            return new AuthorityLetter(
                    Given.required("/authority/source", source), number, arrivedOn, dueOn);
        }
    }

    @Nullable Taking toTaking(Caller caller) {
        if (!Boolean.TRUE.equals(take)) {
            if (resolve != null) {
                throw Problem.of(422, "resolve-needs-take").at("/resolve");
            }
            return null;
        }
        if (!caller.isOneOf(Role.AGENT, Role.ESCALATION)) {
            throw Problem.of(403, "take-agents-only").at("/take");
        }
        if (resolve != null) {
            Given.text("/resolve/result", resolve.result());
            Given.statements("/resolve/statements", resolve.statements());
        }
        return new Taking(resolve);
    }

    /** Absent when it goes on with nothing. */
    @Nullable UUID followedUp(Caller caller) {
        if (followUpOf != null && caller.isOneOf(Role.CHANNEL)) {
            throw Problem.of(403, "follows-ours").at("/followUpOf");
        }
        return followUpOf;
    }

    Opening toOpening() {
        var from = Given.required("/customer", customer);
        return new Opening(
                Given.required("/kind", kind),
                Given.required("/channel", channel),
                from.phone(),
                from.name(),
                from.id(),
                orderId,
                sellerId,
                productId,
                province,
                address,
                phase,
                category,
                Given.required("/subject", subject),
                body,
                authority == null ? null : authority.toLetter(),
                contact == null ? null : contact.toIncoming("/contact", channel),
                claim);
    }
}
