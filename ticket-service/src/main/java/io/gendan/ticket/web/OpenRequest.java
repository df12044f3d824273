package io.gendan.ticket.web;

import io.gendan.events.Authority;
import io.gendan.events.AuthoritySource;
import io.gendan.events.Channel;
import io.gendan.events.Kind;
import io.gendan.events.Phase;
import io.gendan.ticket.Opening;

import org.jspecify.annotations.Nullable;

import java.time.LocalDate;
import java.util.UUID;

/** The body of {@code POST /api/tickets}. */
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
        @Nullable GivenAuthority authority) {

    record GivenCustomer(@Nullable UUID id, @Nullable String phone, @Nullable String name) {}

    record GivenAuthority(
            @Nullable AuthoritySource source,
            @Nullable String number,
            @Nullable LocalDate arrivedOn,
            @Nullable LocalDate dueOn) {

        Authority toAuthority() {
            return new Authority(
                    Given.required("/authority/source", source),
                    Given.required("/authority/number", number),
                    Given.required("/authority/arrivedOn", arrivedOn),
                    dueOn);
        }
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
                province,
                address,
                phase,
                category,
                Given.required("/subject", subject),
                body,
                authority == null ? null : authority.toAuthority());
    }
}
