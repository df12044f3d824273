package io.gendan.ticket;

import io.gendan.events.Authority;
import io.gendan.events.Channel;
import io.gendan.events.Evidence;
import io.gendan.events.Kind;
import io.gendan.events.Major;
import io.gendan.events.Phase;
import io.gendan.events.Priority;
import io.gendan.events.Region;
import io.gendan.events.TicketEvent.TicketCreated;
import io.gendan.events.TicketTexts;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What tickets are about, when they are opened and as it turns out. */
final class FactsFixtures {

    private FactsFixtures() {}

    static TicketCreated created(
            UUID id,
            Kind kind,
            String category,
            Priority priority,
            @Nullable Major major,
            @Nullable Authority authority,
            Instant at) {
        return new TicketCreated(
                id,
                1,
                1,
                at,
                "20261122000001",
                kind,
                Phase.AFTER_SALE,
                category,
                Channel.APP,
                priority,
                major,
                false,
                new UUID(0, 7),
                null,
                null,
                new Region(List.of("44"), "1380013", null, Evidence.PROVINCE),
                1,
                new TicketTexts("纸尿裤包装与页面不符", null),
                authority,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /** The same as it is, but of that kind. */
    static Facts ofKind(Kind kind, Ticket ticket) {
        var facts = ticket.memento().facts();
        return new Facts(
                kind,
                facts.phase(),
                facts.category(),
                facts.priority(),
                facts.major(),
                facts.region(),
                facts.claim(),
                facts.authority(),
                facts.taxonomy());
    }
}
