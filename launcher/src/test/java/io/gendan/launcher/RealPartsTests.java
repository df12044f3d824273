package io.gendan.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.gendan.launcher.issuer.Accounts;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** PostgreSQL, Kafka and the issuer as {@code ./gendan up} starts them, in a home of their own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealPartsTests {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private Home home = new Home(Path.of("."), Path.of("."), "./gendan");
    private Ports ports = new Ports(0);
    private Supervisor supervisor = new Supervisor(home, List.of(), (_, _, _) -> {});

    @BeforeAll
    void start(@TempDir Path directory) throws IOException, InterruptedException {
        home = new Home(directory, directory.resolve("data"), "./gendan");
        home.create();
        var options = new RunOptions(false, 1, freeOffset(), Map.of());
        ports = new Ports(options.portOffset());
        var lineup = Lineup.of(home, options);
        var start = new StartUp(lineup, System.out);
        supervisor = new Supervisor(home, lineup.groups(), start);
        Thread.ofPlatform()
                .start(
                        () -> {
                            try {
                                supervisor.run();
                            } catch (IOException | InterruptedException trouble) {
                                throw new IllegalStateException(trouble);
                            }
                        });
        start.await();
    }

    @AfterAll
    void stop() throws InterruptedException {
        supervisor.close();
    }

    private static int freeOffset() {
        return IntStream.iterate(10_000, offset -> offset + 17)
                .limit(1000)
                .filter(
                        offset -> {
                            var ports = new Ports(offset);
                            return PortCheck.isFree(ports.postgres())
                                    && PortCheck.isFree(ports.kafka())
                                    && PortCheck.isFree(ports.kafkaController())
                                    && PortCheck.isFree(ports.issuer());
                        })
                .findFirst()
                .orElseThrow();
    }

    private Connection connect(String role) throws SQLException, IOException {
        return DriverManager.getConnection(
                PostgresServer.url(ports.postgres(), "ticket"),
                role,
                Secrets.open(home).password(role));
    }

    private static String show(Connection connection, String setting) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("show " + setting)) {
            row.next();
            return row.getString(1);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void letsTheOwnerMigrateAndTheApplicationOnlyWork() throws SQLException, IOException {
        try (var owner = connect("ticket_owner");
                var app = connect("ticket_app")) {
            execute(owner, "create table thing (id bigint generated always as identity, n int)");

            execute(app, "insert into thing (n) values (1)");
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> execute(app, "create table other (id int)"))
                    .withMessageContaining("permission denied");
            assertThat(show(app, "fsync")).isEqualTo("on");
            assertThat(show(app, "synchronous_commit")).isEqualTo("on");
        }
    }

    @Test
    void keepsTheDatabasesApart() {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(
                        () ->
                                DriverManager.getConnection(
                                                PostgresServer.url(ports.postgres(), "ticket"),
                                                "voc_app",
                                                Secrets.open(home).password("voc_app"))
                                        .close())
                .withMessageContaining("permission denied");
    }

    @Test
    void issuesTokensThatSayWhoAndInWhichRole() throws IOException, InterruptedException {
        var token = Token.fetch(ports.issuerUri(), Accounts.find("agent-north-1").orElseThrow());

        var claims =
                JsonMapper.shared().readTree(Base64.getUrlDecoder().decode(token.split("\\.")[1]));
        assertThat(claims.required("sub").asString()).isEqualTo("agent-north-1");
        assertThat(claims.required("iss").asString()).isEqualTo(ports.issuerUri());
        assertThat(claims.required("aud").asString()).isEqualTo("gendan");
        assertThat(claims.required("roles").required(0).asString()).isEqualTo("agent");
        assertThat(claims.required("name").asString()).isEqualTo("Agent north 1");
        assertThat(claims.required("exp").asLong() - claims.required("iat").asLong())
                .isEqualTo(3600);
    }

    @Test
    void keepsSecretsFromOtherUsers() throws IOException {
        for (var file : List.of("secrets", "issuer-key")) {
            assertThat(Files.getPosixFilePermissions(home.data().resolve(file)))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
    }

    @Test
    void bringsAKilledPostgresBackWithItsData() throws SQLException, IOException {
        try (var owner = connect("ticket_owner")) {
            execute(owner, "create table survivor (id int)");
        }
        var server = new PidFile(home.pid(PostgresServer.NAME)).process().orElseThrow();

        server.destroyForcibly();

        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(SQLException.class)
                .untilAsserted(
                        () -> {
                            try (var app = connect("ticket_app")) {
                                execute(app, "insert into survivor values (1)");
                            }
                        });
        assertThat(new PidFile(home.pid(PostgresServer.NAME)).process())
                .isPresent()
                .get()
                .isNotEqualTo(server);
    }
}
