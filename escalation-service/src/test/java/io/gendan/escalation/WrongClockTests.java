package io.gendan.escalation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.gendan.events.Kind;
import io.gendan.events.Priority;
import io.gendan.events.TicketEvent.TicketCreated;
import io.gendan.events.Topics;
import io.gendan.messaging.testing.RealBroker;
import io.gendan.messaging.testing.RealPostgres;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The service as a process of its own whose clock is hours slow, or fast. The clock of its database
 * decides, so that nothing is early and nothing is missed, and what is said reaches the others.
 */
class WrongClockTests {

    private static final Duration LONGEST_START = Duration.ofMinutes(5);
    private static final Duration LATEST = Duration.ofMinutes(1);

    /** A ticket of this kind is due after a second, and any other after an hour. */
    private static final Kind SOON = Kind.CONSULTATION;

    private static final Path LIBRARIES = Path.of("/usr/lib");

    @ParameterizedTest
    @ValueSource(ints = {-3, 3})
    void raisesOnTimeWhateverTheClockOfItsProcessSays(int hours) throws Exception {
        var faketime = faketime();
        assumeThat(faketime)
                .as("faketime is not installed: the service cannot be given a wrong clock")
                .isNotEmpty();
        var database = RealPostgres.database("escalation");
        var service = start(faketime.getFirst(), hours, database);
        try (var connection = connect(database)) {
            await().atMost(LONGEST_START).until(() -> !said("Started Escal").isEmpty());
            var first = created(connection, SOON);
            await().atMost(LONGEST_START).until(() -> !raisedAt(connection, first).isEmpty());
            var dueInAnHour = created(connection, Kind.REQUEST);

            assertThat(raisesByAClockOffBy(connection)).isCloseTo(Duration.ofHours(hours), LATEST);
            assertThat(raisedAt(connection, dueInAnHour)).isEmpty();
            await().atMost(LATEST).until(() -> hasReachedTheBroker(connection));
        } finally {
            service.destroyForcibly().waitFor();
        }
    }

    /** Raises a ticket, on time, and tells how much the clock of the process is off. */
    private Duration raisesByAClockOffBy(Connection connection) throws Exception {
        var created = created(connection, SOON);
        var due = created.at().plusSeconds(1);
        await().atMost(LATEST)
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(raisedAt(connection, created)).isNotEmpty());
        var raised = raisedAt(connection, created).getFirst();
        assertThat(raised).isBetween(due, due.plus(LATEST));
        assertThat(raisedAt(connection, created)).hasSize(1);
        var byItsClock = said("Ticket " + created.ticketId() + " raised").getFirst();
        return Duration.between(raised, byItsClock);
    }

    private static TicketCreated created(Connection connection, Kind kind) throws SQLException {
        try (var query = connection.prepareStatement("SELECT clock_timestamp()");
                var row = query.executeQuery()) {
            row.next();
            var now = row.getObject(1, OffsetDateTime.class).toInstant();
            var created = new TicketTold().created(kind, Priority.NORMAL, now);
            RealBroker.tell(Topics.TICKETS, created.key(), 1, created);
            return created;
        }
    }

    private static boolean hasReachedTheBroker(Connection connection) throws SQLException {
        try (var query = connection.prepareStatement("SELECT count(*) FROM outbox");
                var row = query.executeQuery()) {
            row.next();
            return row.getLong(1) == 0;
        }
    }

    private static List<Instant> raisedAt(Connection connection, TicketCreated created)
            throws SQLException {
        try (var query =
                connection.prepareStatement(
                        "SELECT at FROM event_log WHERE type = 'EscalationRaised' AND key = ?")) {
            query.setString(1, created.key());
            try (var row = query.executeQuery()) {
                var times = new ArrayList<Instant>();
                while (row.next()) {
                    times.add(row.getObject(1, OffsetDateTime.class).toInstant());
                }
                return times;
            }
        }
    }

    /** When the service wrote such lines, by the clock of its process. */
    private List<Instant> said(String part) throws IOException {
        return Files.readAllLines(log()).stream()
                .filter(line -> line.contains(part))
                .map(line -> OffsetDateTime.parse(line.split(" ", 2)[0]).toInstant())
                .toList();
    }

    private Process start(Path faketime, int hours, Map<String, Object> database)
            throws IOException {
        var command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx256m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                EscalationApplication.class.getName(),
                                "--server.port=0",
                                "--spring.kafka.bootstrap-servers=" + RealBroker.bootstrapServers(),
                                "--gendan.messaging.groups=escalation-off-by-" + hours,
                                "--spring.flyway.locations=classpath:db/messaging,"
                                        + "classpath:db/api,classpath:db/migration,"
                                        + "classpath:db/test"));
        database.forEach((property, value) -> command.add("--" + property + "=" + value));
        var builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log().toFile());
        builder.environment()
                .putAll(
                        Map.of(
                                "CLASSPATH", System.getProperty("java.class.path"),
                                "LD_PRELOAD", faketime.toString(),
                                "FAKETIME", "%+dh".formatted(hours)));
        return builder.start();
    }

    private static Connection connect(Map<String, Object> database) throws SQLException {
        var url = database.get("spring.datasource.url").toString();
        return RealPostgres.superuser(url.substring(url.lastIndexOf('/') + 1));
    }

    private static List<Path> faketime() throws IOException {
        var found = new ArrayList<Path>();
        try (var directories = Files.newDirectoryStream(LIBRARIES, "*-linux-*")) {
            directories.forEach(each -> found.add(each.resolve("faketime/libfaketimeMT.so.1")));
        }
        return found.stream().filter(Files::exists).toList();
    }

    private static Path log() {
        return Path.of("target", "wrong-clock.log");
    }
}
