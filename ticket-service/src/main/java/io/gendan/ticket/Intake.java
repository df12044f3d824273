package io.gendan.ticket;

import io.gendan.api.Answer;
import io.gendan.api.Answers;
import io.gendan.api.Caller;
import io.gendan.api.Idempotency;
import io.gendan.api.Idempotency.Outcome;
import io.gendan.api.IdempotencyKey;
import io.gendan.api.Problem;
import io.gendan.api.Role;
import io.gendan.events.Major;
import io.gendan.events.Priority;
import io.gendan.events.Region;
import io.gendan.events.TicketEvent;
import io.gendan.events.TicketEvent.TicketCreated;
import io.gendan.messaging.Origin;
import io.gendan.ticket.Agents.Agent;
import io.gendan.ticket.Consequences.News;
import io.gendan.ticket.Customers.Customer;
import io.gendan.ticket.Ticket.Person;
import io.gendan.ticket.TicketSnapshot.Beside;
import io.gendan.ticket.Tickets.Opened;
import io.gendan.ticket.rules.Raises;
import io.gendan.ticket.rules.RuleBook;
import io.gendan.ticket.rules.WorkCalendars;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

import java.time.Instant;
import java.time.LocalDate;
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
    private final Surveys surveys;
    private final Matters matters;
    private final EarlierTickets earlier;
    private final Vault vault;
    private final Idempotency idempotency;
    private final Answers answers;
    private final RuleBook rules;
    private final WorkCalendars calendars;
    private final TicketSettings.MessageSettings settings;

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

        /** What ends with an answer of its own is answered apart, and what is major not hidden. */
        boolean joins() {
            return opening.letter() == null && major(opening, category) == null;
        }
    }

    /** Who keeps what they open, and how they solved it if they did. */
    private record Taker(Agent agent, @Nullable Resolution resolution) {}

    /**
     * @param reopens whether it came soon enough to count as a reopening of the closed one
     */
    private record Following(Ticket closed, boolean reopens) {}

    private record Issued(UUID ticketId, UUID customerId, String number, Instant at) {}

    /**
     * A request with what is known of it by now.
     *
     * @param region where the order goes, when it was not said
     * @param matter absent when nothing would tell that the same is asked again
     * @param following absent when it goes on with nothing
     */
    private record Draft(
            Request request,
            Issued issued,
            Customer customer,
            Region region,
            @Nullable Matter matter,
            @Nullable Following following) {

        static Draft of(Request request, Issued issued, Customer customer, Region region) {
            return of(request, issued, customer, region, null);
        }

        static Draft of(
                Request request,
                Issued issued,
                Customer customer,
                Region region,
                @Nullable Following following) {
            var opening = request.opening();
            var matter =
                    Matter.of(
                            customer.id(),
                            opening.orderId(),
                            opening.productId(),
                            request.category().code());
            return new Draft(request, issued, customer, region, matter, following);
        }

        @Nullable Major major() {
            return Intake.major(request.opening(), request.category());
        }
    }

    record Written(Opened opened, List<TicketEvent> said, Answer answer) {}

    Intake(
            JdbcClient jdbc,
            Tickets tickets,
            Customers customers,
            Taxonomies taxonomies,
            RegionReader regions,
            Orders orders,
            Agents agents,
            Consequences consequences,
            Surveys surveys,
            Matters matters,
            EarlierTickets earlier,
            Vault vault,
            Idempotency idempotency,
            Answers answers,
            RuleBook rules,
            WorkCalendars calendars,
            TicketSettings settings) {
        this.rules = rules;
        this.calendars = calendars;
        this.settings = settings.messages();
        this.jdbc = jdbc;
        this.tickets = tickets;
        this.customers = customers;
        this.taxonomies = taxonomies;
        this.regions = regions;
        this.orders = orders;
        this.agents = agents;
        this.consequences = consequences;
        this.surveys = surveys;
        this.matters = matters;
        this.earlier = earlier;
        this.vault = vault;
        this.idempotency = idempotency;
        this.answers = answers;
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
        var drafts = new ArrayList<Draft>();
        for (var place = 0; place < requests.size(); place++) {
            var request = requests.get(place);
            var customer = customer(request, issued.get(place).customerId(), known, strangers);
            var region = region(request, divisions);
            drafts.add(Draft.of(request, issued.get(place), customer, region));
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
                            askNobody(one);
                            yield answer;
                        }
                        case Outcome.Reused() -> {
                            askNobody(one);
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
        var draft = Draft.of(request, issue(1).getFirst(), customer, region, following);
        requireTimes(draft);
        var written = write(draft, null);
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
        var draft = Draft.of(request, issue(1).getFirst(), customer, region);
        var written = write(draft, null);
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

    /** It is not kept. */
    private void askNobody(Written written) {
        var ticket = written.opened().ticket();
        var survey = ticket.memento().survey();
        if (survey != null) {
            surveys.release(ticket.created().customerId(), survey.id());
        }
    }

    /**
     * Locks what is asked about, so that nobody else opens a ticket of it meanwhile. Of those who
     * were not known a moment ago there is none: should they be written down meanwhile, all of this
     * is tried again.
     */
    private Matters.Found sameMatters(List<Draft> drafts) {
        var asked = drafts.stream().map(Draft::matter).filter(Objects::nonNull).toList();
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
            Draft draft, Matters.Found found, Map<Matter.Key, IdempotencyKey> first) {
        try {
            requireTimes(draft);
            var matter = draft.matter();
            if (matter == null) {
                return write(draft, null);
            }
            var urges = rules.inForceAt(draft.issued().at()).urges();
            if (urges.joins() && draft.request().opening().letter() == null) {
                var open = found.open(matter, draft.major());
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
            return write(draft, found.closedSince(matter, since).orElse(null));
        } catch (Problem refused) {
            return refused;
        }
    }

    private void requireTimes(Draft draft) {
        var opening = draft.request().opening();
        var now = draft.issued().at();
        if (opening.contact() != null) {
            opening.contact().requireTimes(settings, now, Opening.CONTACT);
        }
        var letter = opening.letter();
        if (letter != null) {
            letter.requireArrived(today(now));
        }
    }

    private LocalDate today(Instant now) {
        return now.atZone(rules.inForceAt(now).calling().zone()).toLocalDate();
    }

    private Written write(Draft draft, @Nullable UUID repeatOf) {
        var request = draft.request();
        var issued = draft.issued();
        var customer = draft.customer();
        var opening = request.opening();
        var contact = opening.contact();
        var taker = request.taker();
        var ticket = Ticket.of(created(draft, repeatOf), rules.inForceAt(issued.at()));
        var resolution = taker == null ? null : taker.resolution();
        var following = draft.following();
        if (following != null) {
            ticket.ties().isFollowUpOf(following.closed(), issued.at());
        }
        if (taker != null) {
            var agent = taker.agent();
            ticket.take(
                    new Person(agent.id(), agent.name()),
                    agent.territory(),
                    agent.team(),
                    issued.at());
        }
        if (contact != null) {
            contact.recordIn(ticket, UUID.randomUUID(), issued.at());
        }
        ticket.rules()
                .majorIn(opening.asMessage())
                .ifPresent(found -> ticket.suspect(found, issued.at()));
        if (taker != null && resolution != null) {
            if (draft.major() != null || opening.letter() != null) {
                throw Problem.of(422, "major-at-once").at("/resolve");
            }
            solve(ticket, taker.agent().id(), resolution.masked(), issued.at());
        }
        ticket.seeToPlan(calendars.workingDays(), issued.at());
        ticket.promiseProgress(issued.at());
        var result = resolution == null ? null : resolution.told();
        var beside =
                new Beside(
                        opening.province(),
                        opening.subject(),
                        opening.body(),
                        result,
                        customer,
                        null,
                        null,
                        vault.trackingToken(issued.ticketId()),
                        rules.versionAt(issued.at()),
                        calendars.workingDays(),
                        issued.at(),
                        !request.caller().isOneOf(Role.CHANNEL));
        var shown = TicketSnapshot.of(ticket, beside);
        var etag = "\"" + shown.version() + "\"";
        var answer =
                answers.of(
                        201,
                        Map.of("Location", "/api/tickets/" + ticket.id(), "ETag", etag),
                        shown);
        var opened =
                new Opened(
                        ticket,
                        request.caller().id(),
                        !request.caller().isOneOf(Role.CHANNEL),
                        opening.province(),
                        opening.subject(),
                        opening.body(),
                        result);
        return new Written(opened, ticket.drainNews(), answer);
    }

    /**
     * What is missing of the resolution stands in a part of the request; of what is refused nobody
     * is asked.
     */
    private void solve(Ticket ticket, String agent, Resolution resolution, Instant at) {
        surveys.decide(ticket, at);
        try {
            ticket.resolve(agent, resolution, at);
        } catch (Problem refused) {
            surveys.release(
                    ticket.created().customerId(), Survey.id(ticket.id(), ticket.memento().stay()));
            var pointer = refused.members().get("pointer");
            throw "/category".equals(pointer) ? refused : refused.at("/resolve" + pointer);
        }
    }

    private TicketCreated created(Draft draft, @Nullable UUID repeatOf) {
        var request = draft.request();
        var issued = draft.issued();
        var customer = draft.customer();
        var opening = request.opening();
        var category = request.category();
        var taker = request.taker();
        var following = draft.following();
        var letter = opening.letter();
        return new TicketCreated(
                issued.ticketId(),
                1,
                1,
                issued.at(),
                issued.number(),
                opening.kind(),
                opening.phase() == null ? category.phase() : opening.phase(),
                category.code(),
                opening.channel(),
                priority(draft, rules.inForceAt(issued.at()).raises()),
                draft.major(),
                rules.inForceAt(issued.at()).isVip(customer.grade()),
                customer.id(),
                opening.orderId(),
                opening.sellerId(),
                draft.region(),
                taker == null ? FIRST_TIER : taker.agent().tier(),
                Masking.mask(opening.subject(), opening.body()),
                letter == null ? null : letter.of(issued.number(), today(issued.at())),
                taker == null ? null : taker.agent().id(),
                following == null ? null : following.closed().id(),
                repeatOf,
                rules.versionAt(issued.at()),
                following == null ? null : following.reopens(),
                opening.claim(),
                request.taxonomy(),
                opening.productId());
    }

    private static Priority priority(Draft draft, Raises raises) {
        var opening = draft.request().opening();
        var usual = draft.request().category().priorityOf(opening.kind());
        return raises.byClaim(opening.claim()) ? Facts.raised(opening.kind(), usual) : usual;
    }

    private static @Nullable Major major(Opening opening, Category category) {
        var letter = opening.letter();
        var byLetter = letter == null ? null : Facts.major(letter.source());
        return byLetter == null ? category.majorOf(opening.kind()) : byLetter;
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
