package io.gendan.endtoend;

import static org.awaitility.Awaitility.await;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** Started by {@code ./gendan}, with data and ports of its own, from jars that are there. */
final class LaunchedApplication implements StartedApplication {

    private static final Logger LOG = LoggerFactory.getLogger(LaunchedApplication.class);

    private static final int GATEWAY = 8080;
    private static final int ISSUER = 9000;
    private static final int KAFKA = 9092;
    private static final List<Integer> PORTS =
            List.of(5433, GATEWAY, 8081, 8082, 8083, 8084, ISSUER, KAFKA, 9093);

    /** Below the ports that the operating system gives to clients. */
    private static final int FIRST_OFFSET = 10_000;

    private static final int OFFSETS = 1_200;
    private static final int STEP = 10;

    /** No part lives here for as long as it takes to be worth the optimizing compiler. */
    private static final String QUICK_TO_START = "-XX:TieredStopAtLevel=1";

    private static final Duration TO_BE_HEALTHY = Duration.ofMinutes(2);

    private final Path repository = Path.of(System.getProperty("gendan.repository")).normalize();
    private final Path home = Path.of(System.getProperty("gendan.home"));
    private final int offset = freeOffset();
    private final Map<String, String> tokens = new ConcurrentHashMap<>();
    private final Map<String, Long> killed = new ConcurrentHashMap<>();
    private final Thread atExit = new Thread(() -> command("down"));

    private LaunchedApplication() {}

    /** Without any data yet. */
    static LaunchedApplication fresh() {
        var application = new LaunchedApplication();
        application.command("reset").orFail();
        Runtime.getRuntime().addShutdownHook(application.atExit);
        return application;
    }

    @Override
    public void up(int hurry) {
        var started = System.nanoTime();
        var up =
                gendan(
                        "up",
                        "--hurry",
                        String.valueOf(hurry),
                        "--port-offset",
                        String.valueOf(offset));
        up.environment().put("JAVA_TOOL_OPTIONS", QUICK_TO_START);
        end(StartedCommand.of(up, workspace())).orFail();
        LOG.info("Up after {} s", Duration.ofNanos(System.nanoTime() - started).toSeconds());
    }

    @Override
    public void hurry(int hurry) {
        command("hurry", String.valueOf(hurry)).orFail();
    }

    /** Each process begins at another place, so that two builds on a machine do not meet. */
    private static int freeOffset() {
        var own = (int) (ProcessHandle.current().pid() % OFFSETS);
        return IntStream.range(0, OFFSETS)
                .map(n -> FIRST_OFFSET + (own + n) % OFFSETS * STEP)
                .filter(offset -> PORTS.stream().allMatch(port -> isFree(port + offset)))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    @Override
    public URI address() {
        return URI.create("http://localhost:" + (GATEWAY + offset));
    }

    @Override
    public String brokers() {
        return "localhost:" + (KAFKA + offset);
    }

    @Override
    public String token(String account) {
        return tokens.computeIfAbsent(
                account,
                name ->
                        Gateway.tokenOf(
                                URI.create("http://localhost:" + (ISSUER + offset)),
                                name,
                                name + "-secret"));
    }

    @Override
    public void stop(String part) {
        command("stop", part).orFail();
    }

    @Override
    public void start(String part) {
        command("start", part).orFail();
    }

    @Override
    public void kill(String part) {
        var pid = pid(part);
        var process = ProcessHandle.of(pid).orElseThrow();
        if (!process.destroyForcibly()) {
            throw new AssertionError("Could not kill " + part);
        }
        killed.put(part, pid);
    }

    private long pid(String part) {
        return Long.parseLong(read(part + ".pid").split(" ")[0]);
    }

    /** A part is said to wait before its next process begins, so its phase is not an old one. */
    @Override
    public void awaitHealthy() {
        await().atMost(TO_BE_HEALTHY)
                .pollInterval(Duration.ofMillis(250))
                .ignoreExceptionsMatching(UncheckedIOException.class::isInstance)
                .until(
                        () ->
                                killed.entrySet().stream()
                                        .allMatch(
                                                part ->
                                                        pid(part.getKey()) != part.getValue()
                                                                && isHealthy(part.getKey())));
        killed.clear();
    }

    private boolean isHealthy(String part) {
        return read(part + ".phase").startsWith("HEALTHY");
    }

    private ProcessBuilder gendan(String... words) {
        var line = new ArrayList<String>();
        line.add(repository.resolve("gendan").toString());
        line.addAll(List.of(words));
        var builder = new ProcessBuilder(line);
        builder.environment().put("GENDAN_HOME", home.toString());
        builder.environment().put("GENDAN_BUILD", "never");
        return builder;
    }

    @Override
    public StartedCommand begin(String... words) {
        return StartedCommand.of(gendan(words), workspace());
    }

    @Override
    public Output command(String... words) {
        return end(begin(words));
    }

    private static Output end(StartedCommand command) {
        try (command) {
            return command.end();
        }
    }

    private String read(String file) {
        try {
            return Files.readString(home.resolve("run").resolve(file)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Path workspace() {
        return home.getParent();
    }

    @Override
    public void close() {
        command("down").orFail();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }
}
