package io.gendan.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;

/** A system of its own for the benchmarks, brought up empty by {@code ./gendan}. */
final class RunningGendan {

    /** Seconds of processor time in a second. */
    private static final double IDLE = 0.3;

    private static final Duration LONGEST_CATCH_UP = Duration.ofMinutes(3);

    private final Path repository;
    private final Path home;
    private final int portOffset;
    private final Properties secrets = new Properties();

    private RunningGendan(Path repository, int portOffset) {
        this.repository = repository;
        this.home = repository.resolve("benchmarks/target/gendan");
        this.portOffset = portOffset;
    }

    static RunningGendan up(Path repository, int portOffset, String... options)
            throws IOException, InterruptedException {
        var gendan = new RunningGendan(repository, portOffset);
        var up = new ArrayList<>(List.of("up", "--port-offset", String.valueOf(portOffset)));
        up.addAll(List.of(options));
        gendan.run("reset");
        gendan.run(up.toArray(String[]::new));
        try (var file = Files.newBufferedReader(gendan.home.resolve("secrets"))) {
            gendan.secrets.load(file);
        }
        return gendan;
    }

    Path repository() {
        return repository;
    }

    int gatewayPort() {
        return 8080 + portOffset;
    }

    String token(String account) throws IOException, InterruptedException {
        return run("token", account).strip();
    }

    void stop(String service) throws IOException, InterruptedException {
        run("stop", service);
    }

    /** As a power cut would end it; the supervisor starts it again. */
    void kill(String service) throws IOException {
        var pid = Files.readString(home.resolve("run/" + service + ".pid")).strip().split(" ")[0];
        ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroyForcibly();
    }

    void start(String service) throws IOException, InterruptedException {
        run("start", service);
    }

    String url(String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(5433 + portOffset, database);
    }

    String password(String role) {
        return secrets.getProperty("password." + role);
    }

    Connection connect(String database, String role) throws SQLException {
        return DriverManager.getConnection(url(database), role, password(role));
    }

    ProcessorTime.Reading processorTime() throws IOException {
        return ProcessorTime.read(home.resolve("run"));
    }

    /** What was told is heard and done when the processors rest. Tells when that was. */
    String awaitIdle() throws IOException, InterruptedException {
        var begin = System.nanoTime();
        while (true) {
            var before = processorTime();
            Thread.sleep(1000);
            var waited = Duration.ofNanos(System.nanoTime() - begin);
            if (processorTime().since(before).total() < IDLE) {
                return "after %d s".formatted(waited.toSeconds());
            }
            if (waited.compareTo(LONGEST_CATCH_UP) > 0) {
                return "not even after %d s".formatted(waited.toSeconds());
            }
        }
    }

    private String run(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(repository.resolve("gendan").toString()));
        command.addAll(Arrays.asList(arguments));
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("GENDAN_HOME", home.toString());
        var process = builder.start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", command) + " failed:\n" + said);
        }
        return said;
    }

    void down() throws IOException, InterruptedException {
        run("down");
    }
}
