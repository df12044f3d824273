package io.gendan.escalation;

import static io.gendan.api.Role.AGENT;
import static io.gendan.api.Role.SUPERVISOR;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.api.Caller;
import io.gendan.api.Role;
import io.gendan.api.testing.TestTokens;
import io.gendan.events.Channel;
import io.gendan.events.ClockKind;
import io.gendan.events.EmergencyEvent;
import io.gendan.events.EmergencyKind;
import io.gendan.events.EscalationEvent.DueChanged;
import io.gendan.events.Kind;
import io.gendan.events.Major;
import io.gendan.events.Priority;
import io.gendan.events.Territory;
import io.gendan.events.TicketEvent;
import io.gendan.events.TicketEvent.TicketCreated;
import io.gendan.events.Topics;
import io.gendan.messaging.DatabaseClock;
import io.gendan.messaging.EventLog;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;
import org.springframework.transaction.support.TransactionOperations;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** All of them concern suggestions, which the other tests have hardly any of. */
@EscalationTest
class EmergencyTests {

    private static final Caller LEADER = new Caller("supervisor-1", "Leader", Set.of(SUPERVISOR));
    private static final Duration DAY = Duration.ofDays(1);

    @Autowired EmergencyDesk desk;
    @Autowired Emergencies emergencies;
    @Autowired ClockFiring firing;
    @Autowired Watches watches;
    @Autowired Policies policies;
    @Autowired Told told;
    @Autowired EventLog log;
    @Autowired DatabaseClock clock;
    @Autowired TransactionOperations transaction;
    @Autowired JdbcTemplate jdbc;
    @LocalServerPort int port;

    private final List<UUID> declared = new ArrayList<>();

    /** As if they had never been: the tickets of other tests count all time. */
    @AfterEach
    void takeThemBack() {
        transaction.executeWithoutResult(
                _ -> {
                    for (var id : declared) {
                        long revision = emergencies.lockAll();
                        jdbc.update(
                                "UPDATE emergency SET spans = '[]', revision = ?, moved = ?"
                                        + " WHERE id = ?",
                                revision,
                                revision,
                                id);
                    }
                });
    }

    @Test
    void restsTheResolutionOfOrdinaryTicketsInItsScopeAndNothingElse() {
        var start = clock.now().minusSeconds(3600);
        var inScope = created(Kind.SUGGESTION, Priority.LOW, null, start);
        var high = created(Kind.SUGGESTION, Priority.HIGH, null, start);
        var major = created(Kind.SUGGESTION, Priority.LOW, Major.MEDIA, start);
        var another = created(Kind.REQUEST, Priority.NORMAL, null, start);
        var before = Stream.of(inScope, high, major, another).map(this::watch).toList();

        var emergency = declare(DAY);
        moveAll();

        var due = resolution(before.getFirst()).dueAt();
        assertThat(resolution(watch(inScope)).dueAt()).isAfter(due);
        assertThat(resolution(watch(inScope)).calendar().rests())
                .singleElement()
                .satisfies(rest -> assertThat(rest.emergency()).isEqualTo(emergency.id()));
        assertThat(others(watch(inScope))).isEqualTo(others(before.getFirst()));
        assertThat(Stream.of(high, major, another).map(this::watch).toList())
                .isEqualTo(before.subList(1, 4));

        desk.end(emergency.id(), LEADER);
        moveAll();

        assertThat(resolution(watch(inScope)).dueAt()).isBefore(due.plusSeconds(60));
        assertThat(log.timeline(Topics.EMERGENCIES, emergency.id().toString(), 0, 10))
                .extracting(logged -> log.read(logged, EmergencyEvent.class).getClass())
                .isEqualTo(
                        List.of(
                                EmergencyEvent.EmergencyDeclared.class,
                                EmergencyEvent.EmergencyEnded.class));
    }

    @Test
    void aTicketIsPutUnderItWhenItIsCreatedOrPlacedThere() {
        declare(DAY, List.of(Territory.SOUTH), List.of("QUALITY"));
        declare(DAY, List.of(Territory.SOUTH), List.of("DELIVERY"));
        var ticket = new TicketTold();
        told.hear(created(ticket, Kind.SUGGESTION, Priority.LOW, null, clock.now()));

        assertThat(resolution(watch(ticket.id)).calendar().rests()).isEmpty();

        told.hear(ticket.assigned("agent-south-1", clock.now()));

        assertThat(resolution(watch(ticket.id)).calendar().rests()).hasSize(1);
    }

    @Test
    void goesOnWhereItWasStoppedAndPassesOverWhatOthersWorkOn() {
        moveAll();
        var start = clock.now().minusSeconds(60);
        var tickets =
                Stream.generate(() -> created(Kind.SUGGESTION, Priority.LOW, null, start))
                        .limit(EmergencyDesk.PIECE + 3L)
                        .toList();
        var emergency = declare(DAY);
        long all = desk.left(emergency.id());
        assertThat(all).isGreaterThanOrEqualTo(tickets.size());

        transaction.executeWithoutResult(
                killed -> {
                    assertThat(desk.moveSome()).isEqualTo(EmergencyDesk.PIECE);
                    killed.setRollbackOnly();
                });
        assertThat(desk.left(emergency.id())).isEqualTo(all);
        assertThat(desk.moveSome()).isEqualTo(EmergencyDesk.PIECE);
        assertThat(desk.left(emergency.id())).isEqualTo(all - EmergencyDesk.PIECE);

        var locked = tickets.stream().filter(this::isNotMoved).findFirst().orElseThrow();
        transaction.executeWithoutResult(
                _ -> {
                    watches.lock(locked);
                    inAnotherThread(this::moveAll);
                    assertThat(desk.left(emergency.id())).isEqualTo(1);
                    assertThat(emergencies.areAllMoved()).isFalse();
                });
        moveAll();

        assertThat(desk.left(emergency.id())).isZero();
        assertThat(emergencies.areAllMoved()).isTrue();
        assertThat(tickets).noneMatch(this::isNotMoved);
        assertThat(tickets)
                .allSatisfy(
                        id ->
                                assertThat(told.escalations(id))
                                        .filteredOn(DueChanged.class::isInstance)
                                        .hasSizeLessThanOrEqualTo(2));
    }

    @Test
    void firesNothingThatAnEmergencyDeclaredBeforeRestsThoughItWasNotMovedYet() {
        var ticket = new TicketTold();
        var start = clock.now().minus(Duration.ofDays(40));
        told.hear(created(ticket, Kind.SUGGESTION, Priority.LOW, null, start));
        told.hear(ticket.answered(start.plusSeconds(1)));
        var due = resolution(watch(ticket.id)).dueAt();
        save(new Emergency.Span(due.minusSeconds(60), clock.now().plus(DAY)));

        firing.run();

        assertThat(resolution(watch(ticket.id)).isRunning()).isTrue();
        assertThat(resolution(watch(ticket.id)).dueAt()).isAfter(clock.now());
    }

    @Test
    void whatIsInTheTablesFollowsFromTheLogAndTheEmergencies() {
        var start = clock.now().minusSeconds(7200);
        var ticket = new TicketTold();
        var opened = created(ticket, Kind.SUGGESTION, Priority.LOW, null, start);
        var answered = ticket.answered(start.plusSeconds(1));
        told.hear(opened);
        var emergency = declare(DAY);
        told.hear(answered);
        desk.extend(emergency.id(), clock.now().plus(DAY.multipliedBy(2)), LEADER);
        moveAll();

        var rebuilt = transaction.execute(_ -> rebuilt(opened, answered));

        assertThat(watch(ticket.id).clocks()).containsExactlyInAnyOrderElementsOf(rebuilt.clocks());
    }

    private Watch rebuilt(TicketCreated opened, TicketEvent answered) {
        return TicketTold.watch(policies.inForceAt(opened.at()), opened, answered);
    }

    @Test
    void leadersDeclareExtendAndEndItAndOthersLook() {
        var until = clock.now().plus(DAY);
        var body =
                """
                {"kind":"DISASTER","reason":"台风","until":"%s","kinds":["SUGGESTION"],
                 "territories":["NORTHEAST"],"categories":["DELIVERY"]}
                """;

        post("/api/emergencies", body.formatted(until), AGENT).expectStatus().isForbidden();
        var tooLong = body.formatted(clock.now().plus(Duration.ofHours(73)));
        post("/api/emergencies", tooLong, SUPERVISOR)
                .expectStatus()
                .isEqualTo(422)
                .expectBody()
                .jsonPath("$.pointer")
                .isEqualTo("/until");
        post("/api/emergencies", body.formatted(clock.now().minusSeconds(1)), SUPERVISOR)
                .expectStatus()
                .isEqualTo(422);
        post("/api/emergencies", body.formatted(until), SUPERVISOR).expectStatus().isCreated();
        var id = emergencies.all().stream().filter(e -> e.reason().equals("台风")).toList();
        declared.add(id.getFirst().id());
        var path = "/api/emergencies/" + id.getFirst().id();

        var extension = "{\"until\":\"%s\"}";
        post(path + "/extend", extension.formatted(until.minusSeconds(9)), SUPERVISOR)
                .expectStatus()
                .isEqualTo(422);
        post(path + "/extend", extension.formatted(until.plus(DAY)), SUPERVISOR)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.rests.length()")
                .isEqualTo(1);
        get(path, AGENT).expectStatus().isOk().expectBody().jsonPath("$.ticketsLeft").isEqualTo(0);
        get("/api/emergencies?limit=1", AGENT)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.items[0].reason")
                .isEqualTo("台风");
        post(path + "/end", "", SUPERVISOR).expectStatus().isOk();
        post(path + "/end", "", SUPERVISOR).expectStatus().isEqualTo(409);
        get("/api/emergencies/" + UUID.randomUUID(), AGENT).expectStatus().isNotFound();
    }

    @Test
    void aClockSaysForWhichEmergencyItRests() {
        var ticket = new TicketTold();
        told.hear(created(ticket, Kind.SUGGESTION, Priority.LOW, null, clock.now()));
        declare(DAY);
        moveAll();

        var path = "/api/tickets/" + ticket.id + "/clocks";
        get(path, SUPERVISOR)
                .expectBody(String.class)
                .value(said -> assertThat(said).contains("because of an emergency: flood"));
    }

    private Emergency declare(Duration lasting) {
        return declare(lasting, List.of(), List.of());
    }

    private Emergency declare(
            Duration lasting, List<Territory> territories, List<String> categories) {
        var draft =
                new EmergencyDesk.Draft(
                        EmergencyKind.DISASTER,
                        "flood",
                        null,
                        clock.now().plus(lasting),
                        territories,
                        List.of(Kind.SUGGESTION),
                        categories);
        var emergency = desk.declare(draft, LEADER);
        declared.add(emergency.id());
        return emergency;
    }

    /** One that was declared long ago and that no ticket was moved for. */
    private void save(Emergency.Span span) {
        var id = UUID.randomUUID();
        declared.add(id);
        transaction.executeWithoutResult(
                _ ->
                        emergencies.save(
                                new Emergency(
                                        id,
                                        emergencies.lockAll(),
                                        EmergencyKind.DISASTER,
                                        "flood",
                                        List.of(),
                                        List.of(Kind.SUGGESTION),
                                        List.of(),
                                        List.of(span),
                                        LEADER.id(),
                                        span.from(),
                                        null)));
    }

    private void moveAll() {
        while (desk.moveSome() > 0) {
            // the next piece
        }
    }

    private static void inAnotherThread(Runnable work) {
        var thread = Thread.ofVirtual().start(work);
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean isNotMoved(UUID id) {
        return resolution(watch(id)).calendar().rests().isEmpty();
    }

    private UUID created(Kind kind, Priority priority, Major major, Instant at) {
        var ticket = new TicketTold();
        told.hear(created(ticket, kind, priority, major, at));
        return ticket.id;
    }

    private static TicketCreated created(
            TicketTold ticket, Kind kind, Priority priority, Major major, Instant at) {
        return ticket.created(kind, priority, Channel.APP, major, false, at);
    }

    private Watch watch(UUID id) {
        return watches.find(id).orElseThrow();
    }

    private static Clock resolution(Watch watch) {
        return watch.clocks().stream()
                .filter(clock -> clock.kind() == ClockKind.RESOLUTION)
                .findFirst()
                .orElseThrow();
    }

    private static List<Clock> others(Watch watch) {
        return watch.clocks().stream()
                .filter(clock -> clock.kind() != ClockKind.RESOLUTION)
                .toList();
    }

    private RestTestClient http() {
        return RestTestClient.bindToServer().baseUrl("http://localhost:" + port).build();
    }

    private ResponseSpec get(String path, Role role) {
        return http().get()
                .uri(path)
                .header(HttpHeaders.AUTHORIZATION, TestTokens.bearer("somebody", role))
                .exchange();
    }

    private ResponseSpec post(String path, String body, Role role) {
        return http().post()
                .uri(path)
                .header(HttpHeaders.AUTHORIZATION, TestTokens.bearer("supervisor-1", role))
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchange();
    }
}
