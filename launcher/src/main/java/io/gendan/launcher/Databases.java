package io.gendan.launcher;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.function.UnaryOperator;

/**
 * The databases of the services with two roles each: the owner migrates, the application reads and
 * writes rows and has no DDL. Making what is already there does nothing.
 */
record Databases(UnaryOperator<String> url, Secrets secrets) {

    static String owner(Service service) {
        return service.id() + "_owner";
    }

    static String app(Service service) {
        return service.id() + "_app";
    }

    void ensure() throws SQLException, IOException {
        try (var server = connect(PostgresServer.SUPERUSER)) {
            for (var service : Service.withDatabase().toList()) {
                if (!exists(server, "pg_database where datname", service.id())) {
                    create(server, service);
                }
            }
        }
    }

    /** The database comes last, so that its being there means that all is. */
    private void create(Connection server, Service service) throws SQLException, IOException {
        var database = service.id();
        var owner = owner(service);
        var app = app(service);
        role(server, owner);
        role(server, app);
        execute(server, "drop database if exists %s_draft".formatted(database));
        execute(server, "create database %s_draft owner %s".formatted(database, owner));
        try (var inside = connect(database + "_draft")) {
            execute(inside, "grant usage on schema public to " + app);
            execute(
                    inside,
                    """
                    alter default privileges for role %s in schema public
                        grant select, insert, update, delete on tables to %s
                    """
                            .formatted(owner, app));
            execute(
                    inside,
                    """
                    alter default privileges for role %s in schema public
                        grant usage, select on sequences to %s
                    """
                            .formatted(owner, app));
        }
        execute(server, "revoke all on database %s_draft from public".formatted(database));
        execute(server, "grant connect on database %s_draft to %s".formatted(database, app));
        execute(server, "alter database %s_draft rename to %s".formatted(database, database));
    }

    private void role(Connection server, String role) throws SQLException, IOException {
        if (!exists(server, "pg_roles where rolname", role)) {
            execute(
                    server,
                    "create role %s login password '%s'".formatted(role, secrets.password(role)));
        }
    }

    private Connection connect(String database) throws SQLException, IOException {
        return DriverManager.getConnection(
                url.apply(database), PostgresServer.SUPERUSER, secrets.superuserPassword());
    }

    private static boolean exists(Connection server, String place, String name)
            throws SQLException {
        try (var query = server.prepareStatement("select 1 from " + place + " = ?")) {
            query.setString(1, name);
            try (var row = query.executeQuery()) {
                return row.next();
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
