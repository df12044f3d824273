package io.gendan.ticket;

import io.gendan.api.Problem;
import io.gendan.api.Scope;
import io.gendan.events.Major;
import io.gendan.events.TicketEvent.TicketCreated;
import io.gendan.messaging.DatabaseClock;
import io.gendan.messaging.Origin;
import io.gendan.ticket.Consequences.News;
import io.gendan.ticket.Matters.Step;
import io.gendan.ticket.Tickets.Opened;
import io.gendan.ticket.rules.RuleBook;
import io.gendan.ticket.rules.WorkCalendars;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Opens a ticket about the matter of one that is over, by ourselves and in the transaction of its
 * cause. It is the same client's, whose customers hear of it as before.
 */
@Component
class FollowUps {

    private static final int FIRST_TIER = 1;
    private static final Scope OUR_OWN = new Scope.Everything();

    private final JdbcClient jdbc;
    private final Tickets tickets;
    private final Matters matters;
    private final Customers customers;
    private final Changes changes;
    private final Consequences consequences;
    private final Taxonomies taxonomies;
    private final RuleBook rules;
    private final WorkCalendars calendars;
    private final DatabaseClock clock;

    /**
     * Where the matter of a ticket is.
     *
     * @param closed the last one on the way there that was closed; absent when none was
     * @param open in which it is gone after; absent when in none
     * @param last on the way, in whatever state
     */
    record Whereabouts(@Nullable Ticket closed, @Nullable UUID open, UUID last) {}

    /**
     * @param id comes after those of all tickets before it
     */
    private record Issued(UUID id, long number) {}

    FollowUps(
            JdbcClient jdbc,
            Tickets tickets,
            Matters matters,
            Customers customers,
            Changes changes,
            Consequences consequences,
            Taxonomies taxonomies,
            RuleBook rules,
            WorkCalendars calendars,
            DatabaseClock clock) {
        this.jdbc = jdbc;
        this.tickets = tickets;
        this.matters = matters;
        this.customers = customers;
        this.changes = changes;
        this.consequences = consequences;
        this.taxonomies = taxonomies;
        this.rules = rules;
        this.calendars = calendars;
        this.clock = clock;
    }

    /**
     * Looks for where the matter of a ticket is gone after, which nobody changes, and of which
     * nobody opens another, until the transaction ends. Looks first, so that it locks in the order
     * of the ids whatever is known by then, and again with the locks: what came in between is
     * younger.
     *
     * @param scope of who asks about the ticket
     * @throws Problem 404 when it is not in the scope
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Whereabouts lock(UUID id, Scope scope) {
        var locked = new HashMap<UUID, Ticket>();
        Matter held = null;
        while (true) {
            var way = matters.way(id);
            if (way.isEmpty()) {
                throw Problem.notFound();
            }
            var closed = lastClosed(way);
            var open = openAtTheEnd(way).or(() -> closed.flatMap(this::openOfTheSame));
            var missing =
                    Stream.concat(way.stream().map(Step::id), open.stream())
                            .filter(Predicate.not(locked::containsKey))
                            .distinct()
                            .sorted()
                            .toList();
            for (var one : missing) {
                var seenBy = one.equals(id) ? scope : OUR_OWN;
                locked.put(one, tickets.lock(one, seenBy).orElseThrow(Problem::notFound));
            }
            if (!missing.isEmpty()) {
                continue;
            }
            var matter = open.isPresent() ? null : closed.map(Step::matter).orElse(null);
            if (matter == null || matter.equals(held)) {
                return new Whereabouts(
                        closed.map(Step::id).map(locked::get).orElse(null),
                        open.orElse(null),
                        way.getLast().id());
            }
            matters.lock(List.of(matter));
            held = matter;
        }
    }

    private static Optional<Step> lastClosed(List<Step> way) {
        return way.reversed().stream()
                .filter(step -> step.status() == TicketStatus.CLOSED)
                .findFirst();
    }

    private static Optional<UUID> openAtTheEnd(List<Step> way) {
        return Optional.of(way.getLast()).filter(Step::isOpen).map(Step::id);
    }

    private Optional<UUID> openOfTheSame(Step closed) {
        var matter = closed.matter();
        return matter == null
                ? Optional.empty()
                : matters.find(List.of(matter))
                        .open(matter, closed.major() == Major.REGULATOR ? null : closed.major());
    }

    /**
     * @param body what the customer says, as they wrote it
     * @param beginning what happens to it at once, and whether its customer is promised a call
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Ticket open(
            Ticket closed, @Nullable String body, Consumer<Ticket> beginning, Origin origin) {
        var before = tickets.opened(closed);
        var created = created(closed, before.subject(), body);
        var followUp = Ticket.of(created, rules.inForceAt(created.at()));
        beginning.accept(followUp);
        followUp.rules().majorIn(body).forEach(found -> followUp.suspect(found, created.at()));
        followUp.seeToPlan(calendars.workingDays(), created.at());
        followUp.promiseProgress(created.at());
        var said = followUp.drainNews();
        var opened =
                new Opened(
                        followUp,
                        before.openedBy(),
                        before.byUs(),
                        before.province(),
                        before.subject(),
                        body,
                        null);
        tickets.addAll(List.of(opened));
        consequences.keep(List.of(News.ofOpened(followUp, said, origin)));
        return followUp;
    }

    /**
     * Goes after what left the customer discontent, at the tier above the first: in the ticket that
     * is open about it already, or in another.
     *
     * @param open where it is gone after already, as {@link #lock} found it; absent when nowhere
     * @param body what the customer says, as they wrote it
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void goAfter(
            Ticket closed,
            @Nullable UUID open,
            Discontent discontent,
            @Nullable String body,
            Instant now,
            Origin origin) {
        if (open == null) {
            open(closed, body, next -> next.ties().goAfter(closed, discontent, now), origin);
        } else {
            var said = body == null ? "" : Masking.mask(body);
            changes.propose(
                    open,
                    origin,
                    (next, then) -> {
                        next.hearDiscontent(discontent, said, then);
                        next.rules().majorIn(body).forEach(found -> next.suspect(found, then));
                    });
        }
    }

    private TicketCreated created(Ticket closed, String subject, @Nullable String body) {
        var before = closed.created();
        var facts = closed.memento().facts();
        var now = clock.now();
        var customer = customers.find(before.customerId()).orElseThrow(Problem::notFound);
        var issued = issue();
        return new TicketCreated(
                issued.id(),
                1,
                1,
                now,
                Intake.number(issued.number(), now),
                facts.kind(),
                facts.phase(),
                facts.category(),
                before.channel(),
                facts.priority(),
                major(facts),
                rules.inForceAt(now).isVip(customer.grade()),
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
                reopens(closed, now),
                facts.claim(),
                facts.taxonomy(),
                before.productId());
    }

    /**
     * What an authority asks ends with its ticket; what is about that again is so by its category.
     */
    private @Nullable Major major(Facts facts) {
        return facts.major() != Major.REGULATOR
                ? facts.major()
                : taxonomies
                        .last(facts.category())
                        .flatMap(category -> Optional.ofNullable(category.majorOf(facts.kind())))
                        .orElse(null);
    }

    private Issued issue() {
        return jdbc.sql("SELECT uuidv7() AS id, nextval('ticket_number') AS number")
                .query(
                        (row, _) ->
                                new Issued(row.getObject("id", UUID.class), row.getLong("number")))
                .single();
    }

    /** Whether what follows it now comes soon enough to count as a reopening of it. */
    boolean reopens(Ticket closed) {
        return reopens(closed, clock.now());
    }

    /** By the rules that the closed one was served by. */
    private boolean reopens(Ticket closed, Instant now) {
        var facts = closed.memento().facts();
        var closedAt = Objects.requireNonNull(closed.memento().closedAt());
        return rules.of(closed.created())
                .followUpWithin(facts.kind(), facts.priority(), facts.major())
                .filter(within -> !now.isAfter(closedAt.plus(within)))
                .isPresent();
    }
}
