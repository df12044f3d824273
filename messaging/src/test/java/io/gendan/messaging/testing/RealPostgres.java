package io.gendan.messaging.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One PostgreSQL server for all tests of a JVM, in an odd time zone, with its files unsynced. It is
 * a process of its own, or a container where {@code gendan.postgres.image} names one.
 *
 * <p>Each call of {@link #database} makes a new empty database; the two roles of a service exist
 * once a server.
 */
public final class RealPostgres {

    private static final String PASSWORD = "test";
    private static final AtomicInteger COUNT = new AtomicInteger();

    private RealPostgres() {}

    private static final Map<String, String> SETTINGS =
            Map.of(
                    "timezone", "Pacific/Chatham",
                    "fsync", "off",
                    "synchronous_commit", "off",
                    "full_page_writes", "off",
                    "max_connections", "200");

    private static final class Server {
        private static final String ADDRESS = start(System.getProperty("gendan.postgres.image"));

        private static String start(@Nullable String image) {
            return image == null ? embedded() : Containers.postgres(image, PASSWORD, SETTINGS);
        }

        private static String embedded() {
            var builder = EmbeddedPostgres.builder();
            SETTINGS.forEach(builder::setServerConfig);
            try {
                return "localhost:" + builder.start().getPort();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * Makes a database for a service.
     *
     * @return the Spring properties that lead to it, for both roles
     */
    public static Map<String, Object> database(String service) {
        var owner = service + "_owner";
        var app = service + "_app";
        var name = service + "_" + COUNT.incrementAndGet();
        try (var connection = superuser("postgres")) {
            makeRole(connection, owner);
            makeRole(connection, app);
            try (var statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE %s OWNER %s".formatted(name, owner));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot make database " + name, e);
        }
        return Map.of(
                "spring.datasource.url",
                url(name),
                "spring.datasource.username",
                app,
                "spring.datasource.password",
                PASSWORD,
                "spring.flyway.user",
                owner,
                "spring.flyway.password",
                PASSWORD,
                "spring.flyway.placeholders.app",
                app);
    }

    /** A connection that may do everything, for tests that break things. */
    public static Connection superuser(String database) throws SQLException {
        return DriverManager.getConnection(url(database), "postgres", PASSWORD);
    }

    private static String url(String database) {
        return "jdbc:postgresql://%s/%s".formatted(Server.ADDRESS, database);
    }

    private static void makeRole(Connection connection, String role) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(
                    """
                    DO $$ BEGIN
                        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '%1$s') THEN
                            CREATE ROLE %1$s LOGIN PASSWORD '%2$s';
                        END IF;
                    END $$
                    """
                            .formatted(role, PASSWORD));
        }
    }
}
