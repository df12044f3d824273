package io.gendan.escalation;

import static io.gendan.api.Role.AGENT;
import static io.gendan.api.Role.CHANNEL;
import static io.gendan.api.Role.SUPERVISOR;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.api.Role;
import io.gendan.api.testing.TestTokens;
import io.gendan.escalation.calendar.Calendar;
import io.gendan.escalation.calendar.CalendarPage.Knowledge;
import io.gendan.escalation.calendar.Calendars;
import io.gendan.events.AlarmEvent;
import io.gendan.events.CalendarEvent;
import io.gendan.events.CalendarEvent.CalendarWritten;
import io.gendan.events.Territory;
import io.gendan.events.Topics;
import io.gendan.messaging.DatabaseClock;
import io.gendan.messaging.EventLog;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

@EscalationTest
class CalendarApiTests {

    @Autowired Calendars calendars;

    @Autowired
    @Qualifier("toldCalendars")
    ApplicationRunner toldCalendars;

    @Autowired CalendarWatch calendarWatch;
    @Autowired EventLog log;
    @Autowired DatabaseClock clock;
    @LocalServerPort int port;

    private RestTestClient http = RestTestClient.bindToServer().build();

    @BeforeEach
    void connect() {
        http = RestTestClient.bindToServer().baseUrl("http://localhost:" + port).build();
    }

    @Test
    void showsTheCalendarsAndCountsByThem() {
        get("/api/calendars?code=OFFICE", "agent-south-1", AGENT)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.items[0].version")
                .isEqualTo("2026.1")
                .jsonPath("$.items[0].years[1].working[0]")
                .isEqualTo("2026-01-04")
                .jsonPath("$.items[0].years[2].provisional")
                .isEqualTo(true);
        get(
                        "/api/calendars/OFFICE/deadline?start=2026-09-30T09:00:00Z&duration=PT2H",
                        "agent-south-1",
                        AGENT)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.dueAt")
                .isEqualTo("2026-10-08T02:00:00Z");
        get("/api/calendars/NONE/deadline?start=2026-09-30T09:00:00Z&duration=PT2H", "s", AGENT)
                .expectStatus()
                .isNotFound();
        get("/api/calendars/OFFICE/versions/9", "s", AGENT).expectStatus().isNotFound();
        get("/api/calendars", "app", CHANNEL).expectStatus().isForbidden();
    }

    @Test
    void importsAVersionForATerritoryThatCountsFromItsDateOn() {
        var from = clock.now().plusSeconds(3600);
        var version = "north-" + UUID.randomUUID();
        var body = calendar("OFFICE", version, "\"NORTH\"", from, "08:00", "17:00");

        post(body, "supervisor-1", SUPERVISOR)
                .expectStatus()
                .isCreated()
                .expectHeader()
                .valueEquals("Location", "/api/calendars/OFFICE/versions/" + version);

        assertThat(calendars.inForce("OFFICE", Territory.NORTH, 1, from).version())
                .isEqualTo(version);
        assertThat(calendars.inForce("OFFICE", Territory.NORTH, 1, from.minusSeconds(1)).version())
                .isEqualTo("2026.1");
        assertThat(calendars.inForce("OFFICE", Territory.SOUTH, 1, from).version())
                .isEqualTo("2026.1");
        assertThat(calendars.inForce("OFFICE", null, 1, from).version()).isEqualTo("2026.1");
        post(body, "supervisor-1", SUPERVISOR)
                .expectStatus()
                .isEqualTo(409)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:gendan:problem:version-exists");
    }

    @Test
    void tellsOfTheCalendarsThatItBeginsWithOnce() throws Exception {
        toldCalendars.run(new DefaultApplicationArguments());

        for (var code : List.of("WORKDAYS", "OFFICE", "EVERYDAY", "CALLING")) {
            var page = calendars.find(code, "2026.1").orElseThrow().page();
            assertThat(told(code, "2026.1"))
                    .singleElement()
                    .satisfies(
                            written -> {
                                assertThat(written.weekdays())
                                        .containsExactlyInAnyOrderElementsOf(page.weekdays());
                                assertThat(written.years())
                                        .extracting(CalendarEvent.Year::year)
                                        .isEqualTo(
                                                page.years().stream()
                                                        .map(year -> year.year())
                                                        .toList());
                            });
        }
    }

    private List<CalendarWritten> told(String code, String version) {
        return log.timeline(Topics.CALENDARS, code + "/" + version, 0, 100).stream()
                .map(logged -> log.read(logged, CalendarEvent.class))
                .map(CalendarWritten.class::cast)
                .toList();
    }

    /** Far ahead, so that it is in force for no other test. */
    @Test
    void importsTheNoticeOfAYearIntoAllThatKeepHolidays() {
        var body =
                """
                {"version": "2090.1", "validFrom": "2090-01-01T00:00:00Z",
                 "year": {"year": 2090, "provisional": false, "source": "test",
                   "off": [{"from": "2090-10-01", "until": "2090-10-07", "name": "国庆节"}],
                   "working": ["2090-10-08"]}}
                """;
        var before = Instant.parse("2089-12-31T00:00:00Z");
        var from = Instant.parse("2090-01-01T00:00:00Z");

        post("/api/calendars/years", body, "supervisor-1", SUPERVISOR)
                .expectStatus()
                .isCreated()
                .expectBody()
                .jsonPath("$[?(@.code == 'OFFICE')].version")
                .isEqualTo("2090.1")
                .jsonPath("$[?(@.code == 'EVERYDAY')]")
                .isEmpty();

        var page = calendars.inForce("WORKDAYS", null, 3, from).page();
        assertThat(page.of(2090)).isEqualTo(Knowledge.COMPLETE);
        assertThat(page.of(2026)).isEqualTo(Knowledge.COMPLETE);
        assertThat(calendars.inForce("WORKDAYS", null, 3, before).version()).isEqualTo("2026.1");
        assertThat(told("WORKDAYS", "2090.1"))
                .singleElement()
                .satisfies(
                        written -> {
                            assertThat(written.validFrom()).isEqualTo(from);
                            assertThat(written.years())
                                    .last()
                                    .isEqualTo(
                                            new CalendarEvent.Year(
                                                    2090,
                                                    false,
                                                    List.of(
                                                            new CalendarEvent.DaysOff(
                                                                    LocalDate.of(2090, 10, 1),
                                                                    LocalDate.of(2090, 10, 7))),
                                                    List.of(LocalDate.of(2090, 10, 8))));
                        });
        post("/api/calendars/years", body, "supervisor-1", SUPERVISOR)
                .expectStatus()
                .isEqualTo(409);
        post(
                        "/api/calendars/years",
                        body.replace("2090-10-08", "2090-10-07").replace("2090.1", "2090.2"),
                        "supervisor-1",
                        SUPERVISOR)
                .expectStatus()
                .isEqualTo(422)
                .expectBody()
                .jsonPath("$.pointer")
                .isEqualTo("/year/working/0");
    }

    @Test
    void describesItsPaths() {
        var paths =
                get("/v3/api-docs", "supervisor-1", SUPERVISOR)
                        .expectStatus()
                        .isOk()
                        .expectBody(String.class)
                        .returnResult()
                        .getResponseBody();

        assertThat(paths)
                .contains(
                        "\"/api/calendars\"",
                        "\"/api/calendars/years\"",
                        "\"/api/calendars/{code}/deadline\"",
                        "\"/api/policies\"",
                        "\"/api/policies/{version}/preview\"",
                        "\"/api/policies/{version}/apply\"",
                        "\"/api/tickets/{id}/clocks\"",
                        "\"/api/lateness\"");
    }

    @Test
    void refusesWhatMakesNoSenseAndWhoMayNot() {
        var soon = clock.now().plusSeconds(60);
        var past = clock.now().minusSeconds(60);

        post(calendar("OFFICE", "a", "null", soon, "08:00", "17:00"), "agent-south-1", AGENT)
                .expectStatus()
                .isForbidden();
        refuses(calendar("OFFICE", "a", "null", past, "08:00", "17:00"), 422, "/validFrom");
        refuses(calendar("OFFICE", "a", "null", soon, "18:00", "17:00"), 422, "/closes");
        refuses(calendar("ALWAYS", "a", "null", soon, "08:00", "17:00"), 422, "/code");
        refuses(calendar("office", "a", "null", soon, "08:00", "17:00"), 422, "/code");
        refuses(calendar("OFFICE", "a", "\"ATLANTIS\"", soon, "08:00", "17:00"), 400, "/territory");
        refuses(
                calendar("OFFICE", "a", "null", soon, "08:00", "17:00")
                        .replace("2026-05-09", "2027-05-09"),
                422,
                "/years/0/working/0");
    }

    @Test
    void saysInDecemberOnceADayThatTheComingYearIsNotKnown() {
        var november = Instant.parse("2026-11-30T15:59:59Z");
        var december = Instant.parse("2026-11-30T16:00:00Z");
        var key = "calendar-missing:OFFICE:2026.1:2027:2026-12-01";

        calendarWatch.check(november);
        assertThat(log.timeline(Topics.TIME_ALARMS, key, 0, 10)).isEmpty();

        calendarWatch.check(december);
        calendarWatch.check(december.plusSeconds(7200));

        assertThat(log.timeline(Topics.TIME_ALARMS, key, 0, 10))
                .singleElement()
                .satisfies(
                        told -> {
                            var alarm =
                                    (AlarmEvent.CalendarMissing) log.read(told, AlarmEvent.class);
                            assertThat(alarm.year()).isEqualTo(2027);
                            assertThat(alarm.provisional()).isTrue();
                        });
    }

    @Test
    void isContentWithACompleteYear() {
        var december = Instant.parse("2025-12-15T00:00:00Z");
        var pages = calendars.inForce(december);

        assertThat(pages).extracting(page -> page.code()).contains("OFFICE", "WORKDAYS");
        assertThat(CalendarWatch.missing(pages, december)).isEmpty();
        assertThat(Calendar.ALWAYS).isEqualTo(calendars.find("ALWAYS", "2026.1").orElseThrow());
    }

    private static String calendar(
            String code, String version, String territory, Instant from, String opens, String to) {
        return """
        {"code": "%s", "version": "%s", "validFrom": "%s", "territory": %s,
         "names": {"zh": "北方", "en": "north"}, "opens": "%s", "closes": "%s",
         "weekdays": ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY"],
         "years": [{"year": 2026, "provisional": false, "source": "test",
           "off": [{"from": "2026-05-01", "until": "2026-05-05", "name": "劳动节"}],
           "working": ["2026-05-09"]}]}
        """
                .formatted(code, version, from, territory, opens, to);
    }

    private void refuses(String body, int status, String pointer) {
        post(body, "supervisor-1", SUPERVISOR)
                .expectStatus()
                .isEqualTo(status)
                .expectBody()
                .jsonPath("$.pointer")
                .isEqualTo(pointer);
    }

    private ResponseSpec get(String path, String account, Role... roles) {
        return http.get()
                .uri(path)
                .header(HttpHeaders.AUTHORIZATION, TestTokens.bearer(account, roles))
                .exchange();
    }

    private ResponseSpec post(String body, String account, Role... roles) {
        return post("/api/calendars", body, account, roles);
    }

    private ResponseSpec post(String path, String body, String account, Role... roles) {
        return http.post()
                .uri(path)
                .header(HttpHeaders.AUTHORIZATION, TestTokens.bearer(account, roles))
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchange();
    }
}
