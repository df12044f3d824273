package io.gendan.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.api.Caller;
import io.gendan.api.Cursor;
import io.gendan.api.Page;
import io.gendan.api.Paging;
import io.gendan.api.Role;
import io.gendan.api.Scope;
import io.gendan.events.AssignmentEvent.AgentChosen;
import io.gendan.events.AssignmentEvent.Decision;
import io.gendan.events.ClockKind;
import io.gendan.events.EscalationEvent.ClockWarned;
import io.gendan.events.EscalationEvent.DueChanged;
import io.gendan.events.Priority;
import io.gendan.events.PromisePurpose;
import io.gendan.events.Territory;
import io.gendan.ticket.TicketReading.Filter;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

@TicketServiceTest
class TicketListTests {

    private static final Instant DUE = Instant.parse("2026-11-22T04:00:00Z");
    private static final String LIST = "/api/tickets";
    private static final Scope EVERYTHING = new Scope.Everything();

    @LocalServerPort int port;
    @Autowired Openings openings;
    @Autowired Proposals proposals;
    @Autowired TicketReading reading;

    private Caller client;
    private Scope channel;
    private List<UUID> ids;

    /** Tickets of a channel of their own. */
    @BeforeEach
    void open() {
        var name = "list-" + UUID.randomUUID();
        client = new Caller(name, name, Set.of(Role.CHANNEL));
        channel = new Scope.OfChannel(name);
        ids = openings.open(7, client);
    }

    @Test
    void listsTheNewestFirstAndGoesOnWhereItWasWhileOthersComeIn() {
        var first = reading.list(any(), beginning(3), channel);
        openings.open(2, client);
        var all = new ArrayList<>(ids(first));
        for (var page = first; page.next() != null; ) {
            page = reading.list(any(), after(page, 3), channel);
            all.addAll(ids(page));
        }

        Collections.reverse(all);
        assertThat(all).isEqualTo(ids);
    }

    @Test
    void listsWhatIsDueBeforeATimeSoonestFirst() {
        due(ids.get(0), DUE.plusSeconds(30));
        due(ids.get(1), DUE.plusSeconds(10));
        due(ids.get(2), DUE.plusSeconds(20));
        due(ids.get(3), DUE.plusSeconds(90));
        due(ids.get(4), DUE);
        due(ids.get(4), null);
        var filter = dueBefore(DUE.plusSeconds(60));

        var first = reading.list(filter, beginning(2), channel);
        var second = reading.list(filter, after(first, 2), channel);

        assertThat(ids(first)).containsExactly(ids.get(1), ids.get(2));
        assertThat(ids(second)).containsExactly(ids.get(0));
        assertThat(second.next()).isNull();
        assertThat(reading.require(ids.get(4), EVERYTHING).due()).isNull();
    }

    @Test
    void listsWhatIsOverdueAsAWholeWheneverItsNextIsDue() {
        overdue(ids.get(0), DUE.plusSeconds(900), DUE);
        overdue(ids.get(1), DUE.plusSeconds(10), null);
        overdue(ids.get(2), DUE.plusSeconds(800), DUE.plusSeconds(60));
        overdue(ids.get(3), null, DUE.plusSeconds(20));
        overdue(ids.get(4), DUE.plusSeconds(30), DUE);
        overdue(ids.get(5), DUE.plusSeconds(700), null);
        var filter = dueBefore(DUE.plusSeconds(60));

        var first = reading.list(filter, beginning(3), channel);
        var second = reading.list(filter, after(first, 3), channel);

        assertThat(ids(first)).containsExactly(ids.get(1), ids.get(3), ids.get(4));
        assertThat(ids(second)).containsExactly(ids.get(0));
        assertThat(second.next()).isNull();
        var ours = new Scope.OfAgent("nobody", null, 1);
        assertThat(ours(reading.list(filter, beginning(200), ours)))
                .containsExactly(ids.get(1), ids.get(3), ids.get(4), ids.get(0));
        assertThat(reading.require(ids.get(0), EVERYTHING).due())
                .isEqualTo(
                        new TicketSnapshot.Due(DUE.plusSeconds(900), ClockKind.PROMISE, null, DUE));
        assertThat(reading.require(ids.get(3), EVERYTHING).due())
                .isEqualTo(
                        new TicketSnapshot.Due(
                                DUE.plusSeconds(20),
                                ClockKind.RESOLUTION,
                                null,
                                DUE.plusSeconds(20)));
    }

    private void overdue(UUID id, @Nullable Instant at, @Nullable Instant since) {
        var clock = at == null ? null : ClockKind.PROMISE;
        proposals.noteDue(new DueChanged(id, DUE, clock, at, null, since));
    }

    @Test
    void showsUsHowMuchWasWarnedOfWhatIsDueFirst() {
        var version = reading.require(ids.get(2), EVERYTHING).version();
        due(ids.get(0), DUE);
        due(ids.get(1), DUE, 50);
        due(ids.get(2), DUE, 90);
        warn(ids.get(0), ClockKind.RESOLUTION, DUE, 50);
        warn(ids.get(1), ClockKind.RESOLUTION, DUE.plusSeconds(1), 75);
        warn(ids.get(1), ClockKind.TIER_RESOLUTION, DUE, 75);
        warn(ids.get(2), ClockKind.RESOLUTION, DUE, 75);
        warn(ids.get(3), ClockKind.RESOLUTION, DUE, 75);
        assertThat(ids.subList(0, 4).stream().map(this::percent)).containsExactly(50, 50, 90, null);
        var ours = new Scope.OfAgent("nobody", null, 1);
        assertThat(reading.list(dueBefore(DUE.plusSeconds(1)), beginning(200), ours).items())
                .filteredOn(ticket -> ticket.id().equals(ids.get(2)))
                .extracting(ticket -> Objects.requireNonNull(ticket.due()).percent())
                .containsExactly(90);

        due(ids.get(2), DUE.plusSeconds(5));

        assertThat(percent(ids.get(2))).isNull();
        assertThat(reading.require(ids.get(2), EVERYTHING).version()).isEqualTo(version);
    }

    @Test
    void channelsDoNotSeeThatWeWereWarned() {
        due(ids.getFirst(), DUE, 75);

        assertThat(reading.require(ids.getFirst(), channel).due())
                .isEqualTo(new TicketSnapshot.Due(DUE, ClockKind.RESOLUTION, null, null));
        assertThat(reading.list(any(), beginning(200), channel).items())
                .extracting(TicketSnapshot::due)
                .filteredOn(Objects::nonNull)
                .containsExactly(new TicketSnapshot.Due(DUE, ClockKind.RESOLUTION, null, null));
    }

    private @Nullable Integer percent(UUID id) {
        var due = reading.require(id, EVERYTHING).due();
        return due == null ? null : due.percent();
    }

    private void warn(UUID id, ClockKind clock, Instant at, int percent) {
        proposals.noteWarned(new ClockWarned(id, 1, DUE, clock, percent, at, null));
    }

    @Test
    void listsWhatSomebodyIsResponsibleFor() {
        var agent = "agent-" + UUID.randomUUID();
        assign(ids.get(2), agent, Territory.SOUTH, Territory.SOUTH);

        assertThat(ids(reading.list(responsible(agent), beginning(50), EVERYTHING)))
                .containsExactly(ids.get(2));
    }

    @Test
    void listsByPriority() {
        var normal = filter(null, Priority.NORMAL, null);
        var low = filter(null, Priority.LOW, null);

        assertThat(reading.list(normal, beginning(50), channel).items()).hasSize(7);
        assertThat(reading.list(low, beginning(50), channel).items()).isEmpty();
    }

    @Test
    void aCategoryOfTheFirstLevelStandsForAllBelowIt() {
        var api = Api.as(port, client.id(), Role.CHANNEL);
        var lost = opened(api, "DELIVERY.LOST");
        var late = opened(api, "DELIVERY.LATE");
        opened(api, "DISPATCH.LATE");
        due(lost, DUE);
        due(late, DUE.plusSeconds(1));
        var below = filter("DELIVERY", null);

        var first = reading.list(below, beginning(1), channel);
        assertThat(ids(first)).containsExactly(late);
        assertThat(ids(reading.list(below, after(first, 1), channel))).containsExactly(lost);
        assertThat(ids(reading.list(filter("DELIVERY", DUE.plusSeconds(9)), beginning(9), channel)))
                .containsExactly(lost, late);
        assertThat(ids(reading.list(filter("DELIVERY.LOST", null), beginning(9), channel)))
                .containsExactly(lost);
        assertThat(reading.list(filter("NO_SUCH", null), beginning(9), channel).items()).isEmpty();
    }

    @Test
    void aChannelGoesOnAlsoAfterWhatIsDueByAPromiseThatIsOurs() {
        var api = Api.as(port, client.id(), Role.CHANNEL);
        var asked = opened(api, "DELIVERY.LATE");
        api.post("/api/tickets/" + asked + "/messages", "{\"text\":\"孩子受伤了\"}");
        var check =
                reading.require(asked, EVERYTHING).promises().stream()
                        .filter(one -> one.purpose() == PromisePurpose.MAJOR_CHECK)
                        .findFirst()
                        .orElseThrow();
        var dueAt = check.dueAt();
        proposals.noteDue(new DueChanged(asked, DUE, ClockKind.PROMISE, dueAt, null, null));
        due(ids.getFirst(), dueAt.plusSeconds(1));
        var filter = dueBefore(dueAt.plusSeconds(60));

        var first = reading.list(filter, beginning(1), channel);

        assertThat(ids(first)).containsExactly(asked);
        assertThat(first.items().getFirst().due()).isNull();
        assertThat(ids(reading.list(filter, after(first, 1), channel)))
                .containsExactly(ids.getFirst());
    }

    private static UUID opened(Api api, String category) {
        var made =
                api.post(
                        "/api/tickets",
                        """
                        {"kind":"COMPLAINT","channel":"APP","customer":{"phone":"%s"},
                         "category":"%s","subject":"包裹"}
                        """
                                .formatted(TicketAtWork.someone(), category));
        return UUID.fromString(made.text("id"));
    }

    @Test
    void anAgentSeesOnceWhatIsAtTheirPlaceServedThereOrWasTheirs() {
        var here = "agent-" + UUID.randomUUID();
        var there = "agent-" + UUID.randomUUID();
        assign(ids.get(0), here, Territory.NORTHEAST, Territory.NORTHEAST);
        assign(ids.get(1), there, Territory.NORTHEAST, Territory.NORTHEAST);
        assign(ids.get(2), there, Territory.NORTH, Territory.NORTHEAST);
        assign(ids.get(3), there, Territory.NORTH, Territory.NORTH);
        assign(ids.get(4), here, Territory.NORTH, Territory.NORTH);
        for (var id : ids) {
            due(id, DUE);
        }
        var scope = new Scope.OfAgent(here, Territory.NORTHEAST.name(), 1);
        var expected = List.of(ids.get(4), ids.get(2), ids.get(1), ids.get(0));

        assertThat(ours(reading.list(any(), beginning(200), scope))).isEqualTo(expected);
        assertThat(ours(reading.list(dueBefore(DUE.plusSeconds(1)), beginning(200), scope)))
                .containsExactlyInAnyOrderElementsOf(expected);
        var ofNone = new Scope.OfAgent(here, null, 3);
        assertThat(ours(reading.list(any(), beginning(200), ofNone)))
                .containsExactly(ids.get(4), ids.get(0));
    }

    @Test
    void refusesTheCursorOfAnotherOrderOrList() {
        due(ids.get(0), DUE);
        due(ids.get(1), DUE);
        var api = Api.as(port, client.id(), Role.CHANNEL);
        var due = "&dueBefore=" + DUE.plusSeconds(1);
        var newest = api.get("/api/tickets?limit=1").text("next");
        var soonest = api.get("/api/tickets?limit=1" + due).text("next");

        assertThat(api.get("/api/tickets?status=NEW&cursor=" + newest).status()).isEqualTo(200);
        assertThat(api.get("/api/tickets?cursor=" + soonest + due).status()).isEqualTo(200);
        for (var another :
                List.of(
                        "/api/tickets?cursor=" + soonest,
                        "/api/tickets?cursor=" + newest + due,
                        "/api/tickets/" + ids.getFirst() + "/messages?cursor=" + newest)) {
            assertThat(api.get(another).text("type")).endsWith("cursor-invalid");
        }
    }

    @Test
    void refusesAFilterThatThereIsNot() {
        var refused = Api.as(port, client.id(), Role.CHANNEL).get("/api/tickets?stauts=NEW");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("type")).endsWith("parameter-unknown");
        assertThat(refused.text("parameter")).isEqualTo("stauts");
    }

    @Test
    void takesAnyTimeThatIsOne() {
        var supervisor = Api.as(port, "supervisor-1", Role.SUPERVISOR);

        assertThat(supervisor.get("/api/tickets?dueBefore=%2B1000000-01-01T00:00:00Z").status())
                .isEqualTo(200);
        assertThat(supervisor.get("/api/tickets?dueBefore=tomorrow").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "99999999999999999",
                "%2B300000-01-01T00:00:00Z",
                "%2B1000000000-12-31T23:59:59Z"
            })
    void showsATicketAsItWillBeWheneverThatIs(String then) {
        var supervisor = Api.as(port, "supervisor-1", Role.SUPERVISOR);
        var path = "/api/tickets/" + ids.getFirst();

        var shown = supervisor.get(path + "?at=" + then);

        assertThat(shown.status()).as(shown.response().body()).isEqualTo(200);
        assertThat(shown.text("status")).isEqualTo("NEW");
        assertThat(supervisor.get(path + "?at=-5000-01-01T00:00:00Z").status()).isEqualTo(404);
    }

    private void due(UUID id, @Nullable Instant at) {
        due(id, at, null);
    }

    private void due(UUID id, @Nullable Instant at, @Nullable Integer percent) {
        var clock = at == null ? null : ClockKind.RESOLUTION;
        proposals.noteDue(new DueChanged(id, DUE, clock, at, percent, null));
    }

    private void assign(UUID id, String agent, Territory territory, Territory servedBy) {
        proposals.assign(
                new AgentChosen(
                        id,
                        1,
                        DUE,
                        territory,
                        servedBy,
                        "team",
                        agent,
                        "许文",
                        new Decision("2026.1", "province 44", List.of())));
    }

    private static Paging after(Page<TicketSnapshot> page, int limit) {
        return new Paging(limit, Cursor.decode(page.next()).in(LIST), LIST);
    }

    private static Paging beginning(int limit) {
        return new Paging(limit, null, LIST);
    }

    private static List<UUID> ids(Page<TicketSnapshot> page) {
        return page.items().stream().map(TicketSnapshot::id).toList();
    }

    private List<UUID> ours(Page<TicketSnapshot> page) {
        return ids(page).stream().filter(ids::contains).toList();
    }

    private static Filter any() {
        return filter(null, null, null);
    }

    private static Filter responsible(String agent) {
        return filter(agent, null, null);
    }

    private static Filter dueBefore(Instant time) {
        return filter(null, null, time);
    }

    private static Filter filter(String category, @Nullable Instant due) {
        return new Filter(null, null, null, category, null, null, null, null, null, null, due);
    }

    private static Filter filter(
            @Nullable String responsible, @Nullable Priority priority, @Nullable Instant due) {
        return new Filter(
                null, null, null, null, null, null, null, null, responsible, priority, due);
    }
}
