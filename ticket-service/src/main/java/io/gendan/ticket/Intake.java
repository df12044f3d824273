package io.gendan.ticket;

import io.gendan.api.Answer;
import io.gendan.api.Caller;
import io.gendan.api.Idempotency;
import io.gendan.api.Idempotency.Outcome;
import io.gendan.api.IdempotencyKey;
import io.gendan.api.Problem;
import io.gendan.api.Role;
import io.gendan.events.Channel;
import io.gendan.events.Major;
import io.gendan.events.Region;
import io.gendan.events.TicketEvent.TicketCreated;
import io.gendan.messaging.Origin;
import io.gendan.ticket.Agents.Agent;
import io.gendan.ticket.Consequences.News;
import io.gendan.ticket.Customers.Customer;
import io.gendan.ticket.Registrar.Written;
import io.gendan.ticket.TicketDraft.Following;
import io.gendan.ticket.TicketDraft.Issued;
import io.gendan.ticket.rules.RuleBook;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Opens tickets: many waiting requests in one transaction and a handful of round trips, each with
 * an outcome of its own. A ticket, its events and the answer under its idempotency key are kept
 * together or not at all. What is taken, and solved there and then, is all that in one.
 */
@Component
class Intake {

    static final int FIRST_TIER = 1;
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyyMMdd").withZone(ZoneId.of("Asia/Shanghai"));

    private final JdbcClient jdbc;
    private final Tickets tickets;
    private final Customers customers;
    private final Taxonomies taxonomies;
    private final RegionReader regions;
    private final Orders orders;
    private final Agents agents;
    private final Consequences consequences;
    private final Matters matters;
    private final EarlierTickets earlier;
    private final Idempotency idempotency;
    private final RuleBook rules;
    private final Registrar registrar;

    /** A request whose own facts are good: what is left to go wrong concerns all alike. */
    record Request(
            Opening opening,
            Caller caller,
            IdempotencyKey key,
            @Nullable Phone phone,
            @Nullable Customer customer,
            Category category,
            String taxonomy,
            Region region,
            @Nullable Taker taker) {

        boolean solvesAtOnce() {
            return taker != null && taker.resolution() != null;
        }

        /**
         * Whether one of us writes it down while the customer calls. The contact tells better, and
         * what comes through an authority is told by that.
         */
        boolean isOnThePhone() {
            return opening.channel() == Channel.PHONE
                    && opening.contact() == null
                    && opening.letter() == null
                    && caller.isOneOf(Role.AGENT, Role.ESCALATION, Role.SUPERVISOR);
        }

        /** What ends with an answer of its own is answered apart, and what is major not hidden. */
        boolean joins() {
            return opening.letter() == null && major() == null;
        }

        @Nullable Major major() {
            var letter = opening.letter();
            var byLetter = letter == null ? null : Facts.major(letter.source());
            return byLetter == null ? category.majorOf(opening.kind()) : byLetter;
        }
    }

    /** Who keeps what they open, and how they solved it if they did. */
    record Taker(Agent agent, @Nullable Resolution resolution) {}

    Intake(
            JdbcClient jdbc,
            Tickets tickets,
            Customers customers,
            Taxonomies taxonomies,
            RegionReader regions,
            Orders orders,
            Agents agents,
            Consequences consequences,
            Matters matters,
            EarlierTickets earlier,
            Idempotency idempotency,
            RuleBook rules,
            Registrar registrar) {
        this.rules = rules;
        this.registrar = registrar;
        this.jdbc = jdbc;
        this.tickets = tickets;
        this.customers = customers;
        this.taxonomies = taxonomies;
        this.regions = regions;
        this.orders = orders;
        this.agents = agents;
        this.consequences = consequences;
        this.matters = matters;
        this.earlier = earlier;
        this.idempotency = idempotency;
    }

    Request check(Opening opening, Caller caller, IdempotencyKey key) {
        return check(opening, null, caller, key);
    }

    /**
     * @throws Problem 422 for a phone number that cannot be, a category or a customer that is not
     *     known; 403 for an agent whom routing-service has not told about
     */
    Request check(Opening opening, @Nullable Taking taking, Caller caller, IdempotencyKey key) {
        var phone =
                opening.phone() == null
                        ? null
                        : Phone.parse(opening.phone())
                                .orElseThrow(
                                        () ->
                                                Problem.of(422, "phone-invalid")
                                                        .at("/customer/phone"));
        var customer =
                opening.customerId() == null
                        ? null
                        : customers
                                .find(opening.customerId())
                                .orElseThrow(
                                        () ->
                                                Problem.of(422, "customer-unknown")
                                                        .at("/customer/id"));
        var code = Objects.requireNonNullElse(opening.category(), Taxonomy.UNSORTED);
        var sorted =
                taxonomies
                        .find(code)
                        .orElseThrow(
                                () -> Problem.of(422, "category-unknown", code).at("/category"));
        var region = regions.read(opening.address(), opening.province(), phone);
        var taker = taking == null ? null : taker(taking, caller);
        return new Request(
                opening,
                caller,
                key,
                phone,
                customer,
                sorted.category(),
                sorted.version(),
                region,
                taker);
    }

    private Taker taker(Taking taking, Caller caller) {
        var agent = agents.find(caller.id()).orElseThrow(() -> Problem.of(403, "agent-unknown"));
        return new Taker(agent, taking.resolution());
    }

    /** It is gone after already in this ticket: nothing was opened, nor its key used. */
    record GoneAfter(UUID ticketId) {}

    /** Another one before it may have opened a ticket of the same: to be tried again after it. */
    record Behind() {}

    /**
     * One result for each request, in their order: an {@link Answer}, the {@link Problem}, or
     * {@link GoneAfter} or {@link Behind}.
     */
    @Transactional
    public List<Object> open(List<Request> requests) {
        var issued = issue(requests.size());
        var known = known(requests);
        var divisions = divisions(requests);
        var strangers = new TreeMap<String, Customer>();
        var drafts = new ArrayList<TicketDraft>();
        for (var place = 0; place < requests.size(); place++) {
            var request = requests.get(place);
            var customer = customer(request, issued.get(place).customerId(), known, strangers);
            var region = region(request, divisions);
            drafts.add(TicketDraft.of(request, issued.get(place), customer, region));
        }
        var found = sameMatters(drafts);
        var first = new HashMap<Matter.Key, IdempotencyKey>();
        var written = new ArrayList<Object>();
        for (var draft : drafts) {
            written.add(attempt(draft, found, first));
        }
        var entries = new ArrayList<Idempotency.Entry>();
        for (var place = 0; place < requests.size(); place++) {
            if (written.get(place) instanceof Written one) {
                entries.add(new Idempotency.Entry(requests.get(place).key(), one.answer()));
            }
        }
        var outcomes = idempotency.storeAll(entries).iterator();
        var results = new ArrayList<Object>();
        var fresh = new ArrayList<Written>();
        for (var result : written) {
            if (!(result instanceof Written one)) {
                results.add(result);
                continue;
            }
            results.add(
                    switch (outcomes.next()) {
                        case Outcome.First() -> {
                            fresh.add(one);
                            yield one.answer();
                        }
                        case Outcome.Repeat(var answer) -> {
                            registrar.forget(one);
                            yield answer;
                        }
                        case Outcome.Reused() -> {
                            registrar.forget(one);
                            yield Idempotency.keyReused();
                        }
                    });
        }
        keep(fresh, strangers);
        oweLinks(fresh);
        return results;
    }

    /**
     * Opens one that goes on with a closed ticket, whose customer's it is. Whoever calls holds that
     * and its matter; should this be about another matter, nothing is joined and nobody waited for.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Written follow(Request request, Ticket closed, boolean reopens) {
        var customer = customers.find(closed.created().customerId()).orElseThrow(Problem::notFound);
        var region = region(request, divisions(List.of(request)));
        var following = new Following(closed, reopens);
        var draft = TicketDraft.of(request, issue(1).getFirst(), customer, region, following);
        registrar.requireTimes(draft);
        var written = registrar.write(draft, null);
        keep(List.of(written), new TreeMap<>());
        oweLinks(List.of(written));
        return written;
    }

    /**
     * Opens one by ourselves for a customer whom we know, in the caller's transaction.
     *
     * @throws Problem when a rule is broken
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public UUID openForUs(Request request) {
        var customer = Objects.requireNonNull(request.customer());
        var region = region(request, divisions(List.of(request)));
        var draft = TicketDraft.of(request, issue(1).getFirst(), customer, region);
        var written = registrar.write(draft, null);
        keep(List.of(written), new TreeMap<>());
        return written.opened().ticket().id();
    }

    private List<Issued> issue(int count) {
        return jdbc.sql(
                        """
                        SELECT uuidv7() AS ticket_id, uuidv7() AS customer_id,
                               nextval('ticket_number') AS number, clock_timestamp() AS at
                        FROM generate_series(1, ?)
                        """)
                .param(count)
                .query(
                        (row, _) -> {
                            var at = row.getObject("at", OffsetDateTime.class).toInstant();
                            return new Issued(
                                    row.getObject("ticket_id", UUID.class),
                                    row.getObject("customer_id", UUID.class),
                                    number(row.getLong("number"), at),
                                    at);
                        })
                .list();
    }

    /** As people read and say it. */
    static String number(long number, Instant at) {
        return DAY.format(at) + "%08d".formatted(number);
    }

    private Map<String, Customer> known(List<Request> requests) {
        var phones =
                requests.stream()
                        .map(Request::phone)
                        .filter(Objects::nonNull)
                        .map(Phone::e164)
                        .distinct()
                        .toList();
        return phones.isEmpty() ? new HashMap<>() : customers.known(phones);
    }

    /** Of the orders that they are about; whoever's those are, it is where they were to go. */
    private Map<String, List<String>> divisions(List<Request> requests) {
        var ids =
                requests.stream()
                        .map(request -> request.opening().orderId())
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList();
        return ids.isEmpty() ? Map.of() : orders.divisions(ids);
    }

    private static Region region(Request request, Map<String, List<String>> divisions) {
        var orderId = request.opening().orderId();
        return orderId == null
                ? request.region()
                : RegionReader.deliveredTo(
                        request.region(), divisions.getOrDefault(orderId, List.of()));
    }

    private static Customer customer(
            Request request,
            UUID freshId,
            Map<String, Customer> known,
            Map<String, Customer> strangers) {
        if (request.customer() != null) {
            return request.customer();
        }
        var phone = Objects.requireNonNull(request.phone()).e164();
        var already = known.get(phone);
        return already != null
                ? already
                : strangers.computeIfAbsent(
                        phone, _ -> Customers.stranger(freshId, phone, request.opening().name()));
    }

    /**
     * Locks what is asked about, so that nobody else opens a ticket of it meanwhile. Of those who
     * were not known a moment ago there is none: should they be written down meanwhile, all of this
     * is tried again.
     */
    private Matters.Found sameMatters(List<TicketDraft> drafts) {
        var asked = drafts.stream().map(TicketDraft::matter).filter(Objects::nonNull).toList();
        if (asked.isEmpty()) {
            return new Matters.Found(List.of());
        }
        matters.lock(asked);
        return matters.find(asked);
    }

    /**
     * A {@link Written}, the {@link Problem} that it cannot be, or where it belongs.
     *
     * @param first by which idempotency key each matter was asked about first
     */
    private Object attempt(
            TicketDraft draft, Matters.Found found, Map<Matter.Key, IdempotencyKey> first) {
        try {
            registrar.requireTimes(draft);
            var matter = draft.matter();
            if (matter == null) {
                return registrar.write(draft, null);
            }
            var urges = rules.inForceAt(draft.issued().at()).urges();
            if (urges.joins() && draft.request().opening().letter() == null) {
                var open = found.open(matter, draft.request().major());
                if (open.isPresent()) {
                    return new GoneAfter(open.get());
                }
                var key = draft.request().key();
                if (!first.getOrDefault(matter.asked(), key).equals(key)) {
                    return new Behind();
                }
                matter.keys().forEach(one -> first.putIfAbsent(one, key));
            }
            var since = draft.issued().at().minus(urges.repeatsWithin());
            return registrar.write(draft, found.closedSince(matter, since).orElse(null));
        } catch (Problem refused) {
            return refused;
        }
    }

    private void keep(List<Written> fresh, TreeMap<String, Customer> strangers) {
        if (fresh.isEmpty()) {
            return;
        }
        var created = fresh.stream().map(Intake::created).toList();
        var customerIds = created.stream().map(TicketCreated::customerId).toList();
        strangers.values().removeIf(stranger -> !customerIds.contains(stranger.id()));
        if (!strangers.isEmpty()) {
            customers.writeDown(strangers, created.getFirst().at());
        }
        tickets.addAll(fresh.stream().map(Written::opened).toList());
        consequences.keep(fresh.stream().map(Intake::news).toList());
    }

    /** What ends with an answer is linked to what was asked of the same matter before. */
    private void oweLinks(List<Written> fresh) {
        for (var one : fresh) {
            if (created(one).authority() != null) {
                earlier.owe(one.opened().ticket(), created(one).at());
            }
        }
    }

    private static TicketCreated created(Written written) {
        return written.opened().ticket().created();
    }

    private static News news(Written written) {
        var by = written.opened().openedBy();
        var origin = new Origin(by, "opened by " + created(written).channel());
        return News.ofOpened(written.opened().ticket(), written.said(), origin);
    }
}
