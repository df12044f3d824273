package io.gendan.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A real PostgreSQL with everything durable switched on, and the databases of the services. */
final class PostgresServer implements Part {

    static final String NAME = "postgres";
    static final String SUPERUSER = "postgres";

    private final Path directory;
    private final int port;
    private final Secrets secrets;
    private final PostgresBinaries binaries;
    private final UnprivilegedUser user = new UnprivilegedUser();

    PostgresServer(Home home, int port, Secrets secrets) {
        this.directory = home.data().resolve("postgres");
        this.port = port;
        this.secrets = secrets;
        this.binaries = new PostgresBinaries(directory.resolve("binaries"));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Integer> ports() {
        return List.of(port);
    }

    private Path cluster() {
        return directory.resolve("data");
    }

    @Override
    public void prepare() throws IOException, InterruptedException {
        Files.createDirectories(directory);
        binaries.unpack();
        if (!Files.exists(cluster())) {
            initialize();
        }
        new PostmasterPid(cluster()).clear();
    }

    /** Into a draft that is renamed at the end: what an interrupted start leaves is not taken. */
    private void initialize() throws IOException, InterruptedException {
        var draft = directory.resolve("data.new");
        FileTree.delete(draft);
        Files.createDirectories(draft);
        var password = directory.resolve("password");
        Files.writeString(password, secrets.superuserPassword());
        try {
            user.own(draft);
            user.own(password);
            var command = new ArrayList<>(user.command());
            command.addAll(
                    List.of(
                            binaries.program("initdb"),
                            "--pgdata=" + draft,
                            "--username=" + SUPERUSER,
                            "--pwfile=" + password,
                            "--auth=scram-sha-256",
                            "--encoding=UTF8",
                            "--locale-provider=builtin",
                            "--locale=C.UTF-8"));
            ChildProcess.run(command, directory);
        } finally {
            Files.delete(password);
        }
        Files.move(draft, cluster());
    }

    @Override
    public ProcessBuilder process() {
        var command = new ArrayList<>(user.command());
        command.addAll(List.of(binaries.program("postgres"), "-D", cluster().toString()));
        command.addAll(List.of("-p", String.valueOf(port)));
        for (var setting :
                List.of(
                        "listen_addresses=127.0.0.1",
                        "unix_socket_directories=",
                        "max_connections=300",
                        "fsync=on",
                        "synchronous_commit=on",
                        "full_page_writes=on",
                        "timezone=UTC",
                        "log_timezone=UTC")) {
            command.addAll(List.of("-c", setting));
        }
        return new ProcessBuilder(command).directory(directory.toFile());
    }

    @Override
    public boolean isReady() {
        try (var connection =
                DriverManager.getConnection(
                        url(SUPERUSER), SUPERUSER, secrets.superuserPassword())) {
            return connection.isValid(1);
        } catch (SQLException | IOException notYet) {
            return false;
        }
    }

    @Override
    public void welcome() throws IOException, SQLException {
        new Databases(this::url, secrets).ensure();
    }

    private String url(String database) {
        return url(port, database);
    }

    static String url(int port, String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
    }

    /** SIGTERM would wait for every client to leave; SIGINT ends their sessions and is as clean. */
    @Override
    public void dismiss(ProcessHandle process) throws IOException, InterruptedException {
        ChildProcess.run(List.of("sh", "-c", "kill -INT " + process.pid()), directory);
    }
}
