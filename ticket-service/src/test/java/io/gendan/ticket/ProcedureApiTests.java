package io.gendan.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.gendan.api.Role;
import io.gendan.messaging.DatabaseClock;
import io.gendan.ticket.rules.RuleBook;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

@TicketServiceTest
class ProcedureApiTests {

    private static final String SHIPPED = "/api/procedures/2026.6";
    private static final String FAR = "2099-01-01T00:00:00Z";

    @LocalServerPort int port;
    @Autowired RuleBook rules;
    @Autowired DatabaseClock clock;
    @Autowired JdbcTemplate jdbc;

    private Api supervisor;
    private Api app;

    @BeforeEach
    void callers() {
        supervisor = Api.as(port, "supervisor-1", Role.SUPERVISOR);
        app = Api.as(port, "app", Role.CHANNEL);
    }

    @Test
    void whatOneSystemGivesAnotherTakes() {
        var version = UUID.randomUUID().toString();
        var given = (ObjectNode) app.get(SHIPPED).json();

        var taken =
                supervisor.post(
                        "/api/procedures",
                        given.put("version", version).put("validFrom", FAR).toString());

        assertThat(taken.status()).isEqualTo(201);
        assertThat(taken.response().headers().firstValue("Location"))
                .hasValue("/api/procedures/" + version);
        assertThat(app.get("/api/procedures/" + version).json()).isEqualTo(taken.json());
        assertThat(taken.json().path("document")).isEqualTo(given.path("document"));
        assertThat(taken.text("createdBy")).isEqualTo("supervisor-1");
        assertThat(app.get("/api/procedures").json().path("items"))
                .anyMatch(listed -> listed.path("version").asString().equals(version));
    }

    @Test
    void aNewVersionIsForWhatIsOpenedFromThenOn() {
        var before = clock.now();
        var version = UUID.randomUUID().toString();
        var changed = shipped(version);
        ((ObjectNode) changed.path("document").path("callback")).put("withinVip", "PT2M");
        var made = supervisor.post("/api/procedures", changed.toString());

        assertThat(made.status()).isEqualTo(201);
        var from = Instant.parse(made.text("validFrom"));
        assertThat(from).isAfter(before);
        await().untilAsserted(() -> assertThat(minutesForVip(from)).isEqualTo(2));
        assertThat(minutesForVip(from.minusMillis(1))).isEqualTo(3);
        assertThat(minutesForVip(before)).isEqualTo(3);
    }

    private long minutesForVip(Instant at) {
        return rules.inForceAt(at).callback().within(true).toMinutes();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    in the past    | /validFrom | "2020-01-01T00:00:00Z"   | 422 | /validFrom
                    far too late   | /validFrom | "+100000000-01-01T00:00:00Z" | 422 | /validFrom
                    unknown base   | /base      | "no-such"                | 422 | /base
                    there is one   | /version   | "2026.1"                 | 409 | /version
                    an open field  | /document/urges/joined | true         | 400 | /document/urges/joined
                    not a percent  | /document/closing/review/lotPercent | 101 | 422 | /document/closing/review/lotPercent
                    no time        | /document/callback/within | "PT0S"    | 422 | /document/callback/within
                    not its hours  | /document/procedures/2/steps/13/due/calendar | "OFFICE" | 422 | /document/procedures/2/steps/13/due/calendar
                    no means       | /document/solving/means | null        | 422 | /document/solving/means
                    """)
    void refusesWhatMakesNoSense(
            String what, String field, String value, int status, String pointer) {
        var draft = shipped(UUID.randomUUID().toString());
        var slash = field.lastIndexOf('/');
        ((ObjectNode) draft.at(field.substring(0, slash)))
                .putRawValue(field.substring(slash + 1), new RawValue(value));

        var refused = supervisor.post("/api/procedures", draft.toString());

        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.text("pointer")).isEqualTo(pointer);
    }

    @Test
    void aNewSystemServesByTheLatestShippedAndKeepsTheOnesBefore() {
        assertThat(rules.versionAt(Instant.parse("2026-11-23T00:00:00Z"))).isEqualTo("2026.6");
        assertThat(app.get("/api/procedures/2026.1").json().at("/document/survey/peaks")).isEmpty();
        assertThat(app.get(SHIPPED).json().at("/document/survey/peaks")).hasSize(2);
        assertThat(app.get(SHIPPED).text("base")).isEqualTo("2026.5");
    }

    @Test
    void asksForALeader() {
        assertThat(app.post("/api/procedures", shipped("mine").toString()).status()).isEqualTo(403);
        assertThat(app.get("/api/procedures/no-such").status()).isEqualTo(404);
    }

    @Test
    void listsVersionsPieceByPiece() {
        for (int i = 0; i < 2; i++) {
            var later = Instant.parse(FAR).plus(Duration.ofSeconds(i));
            var draft = shipped(UUID.randomUUID().toString()).put("validFrom", later.toString());
            supervisor.post("/api/procedures", draft.toString());
        }
        var first = app.get("/api/procedures?limit=1").json();
        var second = app.get("/api/procedures?limit=1&cursor=" + first.path("next").asString());

        assertThat(second.status()).isEqualTo(200);
        assertThat(Instant.parse(second.json().at("/items/0/validFrom").asString()))
                .isBefore(Instant.parse(first.at("/items/0/validFrom").asString()));
    }

    @Test
    void versionsAreNeverChanged() {
        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> jdbc.update("UPDATE service_rules SET document = '{}'"));
        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> jdbc.update("DELETE FROM service_rules"));
    }

    private ObjectNode shipped(String version) {
        var given = (ObjectNode) app.get(SHIPPED).json();
        given.remove("validFrom");
        return given.put("version", version);
    }
}
