package io.gendan.escalation;

import static io.gendan.api.Role.AGENT;
import static io.gendan.api.Role.SUPERVISOR;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.api.Role;
import io.gendan.api.testing.TestTokens;
import io.gendan.events.AlarmEvent;
import io.gendan.events.AlarmEvent.PolicyUnmatched;
import io.gendan.events.Channel;
import io.gendan.events.ClockKind;
import io.gendan.events.ClockStep;
import io.gendan.events.Kind;
import io.gendan.events.Major;
import io.gendan.events.Priority;
import io.gendan.events.Topics;
import io.gendan.events.WaitingReason;
import io.gendan.messaging.DatabaseClock;
import io.gendan.messaging.EventLog;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

@EscalationTest
class PolicyApiTests {

    @Autowired Policies policies;
    @Autowired Watches watches;
    @Autowired Told told;
    @Autowired EventLog log;
    @Autowired DatabaseClock clock;
    @Autowired JdbcTemplate jdbc;
    @LocalServerPort int port;

    private final TicketTold ticket = new TicketTold();
    private RestTestClient http = RestTestClient.bindToServer().build();

    @BeforeEach
    void connect() {
        http = RestTestClient.bindToServer().baseUrl("http://localhost:" + port).build();
    }

    @Test
    void keepsTheSeedAsItIsShipped() {
        for (var page : PolicySeed.pages()) {
            if (page.validUntil() == null) {
                assertThat(policies.find(page.version())).contains(page);
            }
        }
    }

    @Test
    void changedNoTargetWhenItLearnedCalendars() {
        var first = policies.policy("2026.1");
        var second = policies.policy("2026.2");
        for (var facts : allFacts().toList()) {
            for (var clockKind : ClockKinds.NEEDED) {
                for (int tier = 1; tier <= Topics.LAST_TIER; tier++) {
                    assertThat(second.target(second.rule(clockKind, facts, tier), facts))
                            .as("%s of %s on tier %d", clockKind, facts, tier)
                            .isEqualTo(first.target(first.rule(clockKind, facts, tier), facts));
                }
            }
        }
    }

    @Test
    void usesANewVersionForNewTicketsOnlyAndAPeakWhileItLasts() {
        var now = clock.now();
        var running = new TicketTold();
        told.hear(running.created(Kind.REQUEST, Priority.NORMAL, now));
        var version = name();
        var peak = name();

        post("/api/policies", draft(version, "test", now.plusSeconds(3600), null, "PT2H"))
                .expectStatus()
                .isCreated()
                .expectHeader()
                .valueEquals("Location", "/api/policies/" + version);
        post(
                        "/api/policies",
                        draft(peak, version, now.plusSeconds(7200), now.plusSeconds(9000), "PT3H"))
                .expectStatus()
                .isCreated();

        assertThat(watches.find(running.id).orElseThrow().facts().policyVersion())
                .isEqualTo("test");
        assertThat(policies.inForceAt(now).version()).isEqualTo("test");
        assertThat(policies.inForceAt(now.plusSeconds(3600)).version()).isEqualTo(version);
        assertThat(policies.inForceAt(now.plusSeconds(7200)).version()).isEqualTo(peak);
        assertThat(policies.inForceAt(now.plusSeconds(8999)).version()).isEqualTo(peak);
        assertThat(policies.inForceAt(now.plusSeconds(9000)).version()).isEqualTo(version);
        get("/api/policies/" + peak, AGENT)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.rules.length()")
                .isEqualTo(policies.policy("test").rules().size() + 1);
    }

    @Test
    void refusesWhatMakesNoSense() {
        var soon = clock.now().plusSeconds(60);
        var good = draft(name(), "test", soon, null, "PT2H");

        refuses(good.replace("\"base\": \"test\"", "\"base\": \"none\""), 422, "/base");
        refuses(good.replace("\"base\": \"test\",", ""), 422, "/rules");
        refuses(good.replace("ALWAYS", "SOMETIMES"), 422, "/rules/0/calendar");
        refuses(good.replace("PT2H", "PT0S"), 422, "/rules/0/target");
        refuses(good.replace("\"clock\": \"NEXT_RESPONSE\",", ""), 422, "/rules/0/clock");
        refuses(good.replace("NEXT_RESPONSE", "LUNCH"), 400, "/rules/0/clock");
        refuses(good.replace("\"kind\"", "\"mood\""), 400, "/rules/0/mood");
        refuses(draft(name(), "test", soon.minusSeconds(90), null, "PT2H"), 422, "/validFrom");
        refuses(draft(name(), "test", soon, soon, "PT2H"), 422, "/validUntil");
        refuses(draft("2026.2", "test", soon, null, "PT2H"), 409, "/version");
        http.post()
                .uri("/api/policies")
                .header(HttpHeaders.AUTHORIZATION, TestTokens.bearer("agent-south-1", AGENT))
                .header("Idempotency-Key", name())
                .contentType(MediaType.APPLICATION_JSON)
                .body(good)
                .exchange()
                .expectStatus()
                .isForbidden();
    }

    @Test
    void keepsStepsAndRefusesThoseThatCouldNotBeTaken() {
        var soon = clock.now().plusSeconds(3600);
        var version = name();
        var good = withSteps(draft(version, "test", soon, null, "PT2H"), "PT10M", "PT1H");

        refuses(good.replace("PT10M", "PT-1M"), 422, "/rules/0/steps/0/after");
        refuses(good.replace("PT10M", "PT0.5S"), 422, "/rules/0/steps/0/after");
        refuses(good.replace("PT10M", "PT1H"), 422, "/rules/0/steps/1/after");
        refuses(good.replace("PT1H", "PT2H"), 422, "/rules/0/steps/1/after");
        refuses(good.replace("TELL_LEADER", "REMIND_CUSTOMER"), 422, "/rules/0/steps/0/what");
        refuses(good.replace("TELL_LEADER", "SHOUT"), 400, "/rules/0/steps/0/what");
        refuses(good.replace("\"target\": \"PT2H\",", ""), 422, "/rules/0/steps/0");
        post("/api/policies", good).expectStatus().isCreated();

        get("/api/policies/" + version, AGENT)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.rules[?(@.target == 'PT2H')].steps[*].after")
                .isEqualTo(List.of("PT10M", "PT1H"))
                .jsonPath("$.rules[?(@.target == 'PT2H')].steps[0].what")
                .isEqualTo("TELL_LEADER");
        var facts = allFacts().filter(some -> some.kind() == Kind.REQUEST && !some.vip());
        assertThat(
                        policies.policy(version)
                                .rule(ClockKind.NEXT_RESPONSE, facts.findFirst().get(), 1)
                                .steps())
                .containsExactly(
                        new Step(Duration.ofMinutes(10), ClockStep.TELL_LEADER),
                        new Step(Duration.ofHours(1), ClockStep.OFFER_AGAIN));
    }

    @Test
    void keepsTheSurgeGuardAndHandsItOn() {
        var soon = clock.now().plusSeconds(3600);
        var version = name();
        var over = name();
        var good =
                draft(version, "test", soon, null, "PT2H")
                        .replace(
                                "\"rules\"",
                                """
                                "surge": {"hours": 3, "least": 50, "defer": "PT5M"}, "rules"\
                                """);

        refuses(good.replace("\"hours\": 3", "\"hours\": 0"), 422, "/surge/hours");
        refuses(good.replace("\"hours\": 3", "\"hours\": 169"), 422, "/surge/hours");
        refuses(good.replace("\"least\": 50", "\"least\": 0"), 422, "/surge/least");
        refuses(good.replace("PT5M", "PT0S"), 422, "/surge/defer");
        refuses(good.replace("PT5M", "PT0.5S"), 422, "/surge/defer");
        post("/api/policies", good).expectStatus().isCreated();
        post("/api/policies", draft(over, version, soon, null, "PT2H")).expectStatus().isCreated();

        get("/api/policies/" + over, AGENT)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.surge.hours")
                .isEqualTo(3)
                .jsonPath("$.surge.least")
                .isEqualTo(50)
                .jsonPath("$.surge.defer")
                .isEqualTo("PT5M");
        assertThat(policies.of(version).surge()).isEqualTo(new Surge(3, 50, Duration.ofMinutes(5)));
        assertThat(policies.of("test").surge()).isNull();
    }

    private static String withSteps(String draft, String first, String second) {
        return draft.replace(
                "\"calendar\"",
                """
                "steps": [{"after": "%s", "what": "TELL_LEADER"},
                  {"after": "%s", "what": "OFFER_AGAIN"}], "calendar"\
                """
                        .formatted(first, second));
    }

    @Test
    void movesRunningClocksOnlyWhenToldToAndSaysBeforeByHowMuch() {
        jdbc.update("UPDATE ticket SET state = 'CLOSED'");
        var start = clock.now().minus(Duration.ofMinutes(30));
        var waiting = new TicketTold();
        told.hear(ticket.created(Kind.REQUEST, Priority.NORMAL, start));
        told.hear(waiting.created(Kind.REQUEST, Priority.NORMAL, start));
        told.hear(waiting.answered(start.plusSeconds(60)));
        told.hear(waiting.waits(WaitingReason.CUSTOMER, start.plusSeconds(600)));
        var version = name();
        post(
                        "/api/policies",
                        draft(version, "test", clock.now().plusSeconds(3600), null, "PT9H")
                                .replace("NEXT_RESPONSE", "RESOLUTION"))
                .expectStatus()
                .isCreated();

        get("/api/policies/" + version + "/preview", SUPERVISOR)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.items.length()")
                .isEqualTo(2)
                .jsonPath("$.items[?(@.ticketId == '%s')].clocks[0].by".formatted(ticket.id))
                .isEqualTo("PT-1H")
                .jsonPath(
                        "$.items[?(@.ticketId == '%s')].clocks[0].wouldBeDueAt"
                                .formatted(ticket.id))
                .isEqualTo(start.plus(Duration.ofHours(9)).toString())
                .jsonPath(
                        "$.items[?(@.ticketId == '%s')].clocks[0].wouldRemain"
                                .formatted(waiting.id))
                .isEqualTo("PT8H50M");
        assertThat(resolutionDue(ticket)).isEqualTo(start.plus(Duration.ofHours(10)));

        post("/api/policies/" + version + "/apply", "")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.tickets")
                .isEqualTo(2)
                .jsonPath("$.clocksMoved")
                .isEqualTo(2)
                .jsonPath("$.left")
                .isEqualTo(0);

        assertThat(resolutionDue(ticket)).isEqualTo(start.plus(Duration.ofHours(9)));
        var moved = watches.find(ticket.id).orElseThrow();
        assertThat(moved.facts().policyVersion()).isEqualTo(version);
        assertThat(moved.clocks()).extracting(Clock::policyVersion).containsOnly(version);
        var resumed = start.plus(Duration.ofHours(2));
        told.hear(waiting.goesOn(resumed));
        assertThat(resolutionDue(waiting))
                .isEqualTo(resumed.plus(Duration.ofHours(8)).plusSeconds(50 * 60));
        assertThat(
                        jdbc.queryForList(
                                "SELECT before FROM policy_applied WHERE version = ?",
                                String.class,
                                version))
                .containsExactly("test", "test");
        get("/api/policies/none/preview", SUPERVISOR).expectStatus().isNotFound();
    }

    @Test
    void raisesAnAlarmForWhatNobodyThoughtOfOnceADay() {
        var version = name();
        var now = clock.now();
        post(
                        "/api/policies",
                        draft(version, "test", now.plusSeconds(3600), null, "PT9H")
                                .replace("NEXT_RESPONSE", "RESOLUTION")
                                .replace("\"kind\": \"REQUEST\",", "\"lastResort\": true,"))
                .expectStatus()
                .isCreated();
        var later = now.plusSeconds(3600);
        told.hear(ticket.created(Kind.SUGGESTION, Priority.LOW, later));
        told.hear(new TicketTold().created(Kind.SUGGESTION, Priority.LOW, later));

        var keys =
                jdbc.queryForList(
                        "SELECT id FROM alarm WHERE id LIKE ?",
                        String.class,
                        "policy-unmatched:" + version + ":%");
        assertThat(keys).hasSize(1);
        var alarm =
                log.read(
                        log.timeline(Topics.TIME_ALARMS, keys.getFirst(), 0, 10).getFirst(),
                        AlarmEvent.class);
        assertThat(alarm)
                .isInstanceOfSatisfying(
                        PolicyUnmatched.class,
                        unmatched -> {
                            assertThat(unmatched.ticketId()).isEqualTo(ticket.id);
                            assertThat(unmatched.clock()).isEqualTo(ClockKind.RESOLUTION);
                            assertThat(unmatched.kind()).isEqualTo(Kind.SUGGESTION);
                        });
    }

    private Instant resolutionDue(TicketTold of) {
        return watches.find(of.id).orElseThrow().clocks().stream()
                .filter(running -> running.kind() == ClockKind.RESOLUTION)
                .findFirst()
                .orElseThrow()
                .dueAt();
    }

    private static String draft(
            String version, String base, Instant from, Instant until, String target) {
        return """
        {"version": "%s", "base": "%s", "validFrom": "%s", "validUntil": %s,
         "rules": [{"clock": "NEXT_RESPONSE", "kind": "REQUEST", "vip": false,
           "target": "%s", "calendar": "ALWAYS"}]}
        """
                .formatted(version, base, from, until == null ? null : "\"" + until + "\"", target);
    }

    private static Stream<Facts> allFacts() {
        return known(Kind.class).stream()
                .flatMap(
                        kind ->
                                known(Channel.class).stream()
                                        .flatMap(channel -> facts(kind, channel)));
    }

    private static Stream<Facts> facts(Kind kind, Channel channel) {
        var majors = Stream.concat(Stream.of((Major) null), known(Major.class).stream()).toList();
        return Arrays.stream(Priority.values())
                .flatMap(
                        priority ->
                                majors.stream()
                                        .flatMap(
                                                major ->
                                                        Stream.of(true, false)
                                                                .map(
                                                                        vip ->
                                                                                new Facts(
                                                                                        new UUID(
                                                                                                0,
                                                                                                0),
                                                                                        "T",
                                                                                        kind,
                                                                                        channel,
                                                                                        priority,
                                                                                        major,
                                                                                        vip,
                                                                                        Instant
                                                                                                .EPOCH,
                                                                                        null,
                                                                                        "x",
                                                                                        null))));
    }

    private static <E extends Enum<E>> List<E> known(Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .filter(value -> !value.name().equals("UNKNOWN"))
                .toList();
    }

    private static String name() {
        return "v-" + UUID.randomUUID();
    }

    private void refuses(String body, int status, String pointer) {
        post("/api/policies", body)
                .expectStatus()
                .isEqualTo(status)
                .expectBody()
                .jsonPath("$.pointer")
                .isEqualTo(pointer);
    }

    private ResponseSpec get(String path, Role role) {
        return http.get()
                .uri(path)
                .header(HttpHeaders.AUTHORIZATION, TestTokens.bearer("someone-1", role))
                .exchange();
    }

    private ResponseSpec post(String path, String body) {
        return http.post()
                .uri(path)
                .header(HttpHeaders.AUTHORIZATION, TestTokens.bearer("supervisor-1", SUPERVISOR))
                .header("Idempotency-Key", name())
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchange();
    }
}
