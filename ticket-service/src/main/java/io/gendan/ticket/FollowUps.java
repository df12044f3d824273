package io.gendan.ticket;

import io.gendan.api.Problem;
import io.gendan.events.TicketEvent.TicketCreated;
import io.gendan.messaging.DatabaseClock;
import io.gendan.messaging.Origin;
import io.gendan.ticket.Consequences.News;
import io.gendan.ticket.Tickets.Opened;
import io.gendan.ticket.rules.RuleBook;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Opens a ticket about the matter of one that is over, by ourselves and in the transaction of its
 * cause. It is the same client's, whose customers hear of it as before.
 */
@Component
class FollowUps {

    private static final int FIRST_TIER = 1;

    private final JdbcClient jdbc;
    private final Tickets tickets;
    private final Customers customers;
    private final Consequences consequences;
    private final RuleBook rules;
    private final DatabaseClock clock;

    FollowUps(
            JdbcClient jdbc,
            Tickets tickets,
            Customers customers,
            Consequences consequences,
            RuleBook rules,
            DatabaseClock clock) {
        this.jdbc = jdbc;
        this.tickets = tickets;
        this.customers = customers;
        this.consequences = consequences;
        this.rules = rules;
        this.clock = clock;
    }

    /**
     * @param id derived from the cause: it is opened once
     * @param body what the customer says, as they wrote it
     * @param beginning what happens to it at once
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Ticket open(
            Ticket closed,
            UUID id,
            @Nullable String body,
            Consumer<Ticket> beginning,
            Origin origin) {
        var before = tickets.opened(closed);
        var created = created(closed, id, before.subject(), body);
        var followUp = Ticket.of(created, rules.inForceAt(created.at()));
        beginning.accept(followUp);
        var said = followUp.drainNews();
        var opened =
                new Opened(
                        followUp,
                        before.openedBy(),
                        before.province(),
                        before.subject(),
                        body,
                        null);
        tickets.addAll(List.of(opened));
        consequences.keep(List.of(News.ofOpened(followUp, said, origin)));
        return followUp;
    }

    /** Goes after what left the customer discontent, at the tier above the first. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void goAfter(
            Ticket closed,
            Discontent discontent,
            @Nullable String body,
            Instant now,
            Origin origin) {
        open(
                closed,
                discontent.followUpId(),
                body,
                followUp -> followUp.goAfter(closed, discontent, now),
                origin);
    }

    private TicketCreated created(Ticket closed, UUID id, String subject, @Nullable String body) {
        var before = closed.created();
        var facts = closed.memento().facts();
        var now = clock.now();
        var customer = customers.find(before.customerId()).orElseThrow(Problem::notFound);
        var number = jdbc.sql("SELECT nextval('ticket_number')").query(Long.class).single();
        return new TicketCreated(
                id,
                1,
                1,
                now,
                Intake.number(number, now),
                facts.kind(),
                facts.phase(),
                facts.category(),
                before.channel(),
                facts.priority(),
                facts.major(),
                customer.vip(),
                before.customerId(),
                before.orderId(),
                before.sellerId(),
                facts.region(),
                FIRST_TIER,
                Masking.mask(subject, body),
                null,
                null,
                closed.id(),
                null,
                rules.versionAt(now),
                reopens(closed, facts, now));
    }

    /** By the rules that the closed one was served by. */
    private boolean reopens(Ticket closed, Facts facts, Instant now) {
        var closedAt = Objects.requireNonNull(closed.memento().closedAt());
        return rules.of(closed.created())
                .followUpWithin(facts.kind(), facts.priority(), facts.major())
                .filter(within -> !now.isAfter(closedAt.plus(within)))
                .isPresent();
    }
}
