package io.gendan.endtoend;

import static org.awaitility.Awaitility.await;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Started by {@code ./gendan}, with data and ports of its own, from jars that are there. */
final class LaunchedApplication implements ApplicationUnderTest {

    private static final Logger LOG = LoggerFactory.getLogger(LaunchedApplication.class);

    private static final int GATEWAY = 8080;
    private static final int KAFKA = 9092;
    private static final List<Integer> PORTS =
            List.of(5433, GATEWAY, 8081, 8082, 8083, 8084, 9000, KAFKA, 9093);

    /** Below the ports that the operating system gives to clients. */
    private static final int FIRST_OFFSET = 10_000;

    private static final int OFFSETS = 1_200;
    private static final int STEP = 10;
    private static final Duration LONGEST_COMMAND = Duration.ofMinutes(5);
    private static final Duration TO_BE_HEALTHY = Duration.ofMinutes(2);

    private final Path repository = Path.of(System.getProperty("gendan.repository")).normalize();
    private final Path home = Path.of(System.getProperty("gendan.home"));
    private final int offset = freeOffset();
    private final Map<String, String> tokens = new ConcurrentHashMap<>();
    private final Set<String> killed = new TreeSet<>();
    private final Thread atExit = new Thread(() -> command("down"));

    private LaunchedApplication() {}

    static LaunchedApplication up(int hurry) {
        var application = new LaunchedApplication();
        application.command("reset").orFail();
        Runtime.getRuntime().addShutdownHook(application.atExit);
        var started = System.nanoTime();
        application
                .command(
                        "up",
                        "--hurry",
                        String.valueOf(hurry),
                        "--port-offset",
                        String.valueOf(application.offset))
                .orFail();
        LOG.info("Up after {} s", Duration.ofNanos(System.nanoTime() - started).toSeconds());
        return application;
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
                account, name -> command("token", name).orFail().text().strip());
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
        var process = ProcessHandle.of(pid(part)).orElseThrow();
        if (!process.destroyForcibly()) {
            throw new AssertionError("Could not kill " + part);
        }
        process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
        killed.add(part);
    }

    private long pid(String part) {
        return Long.parseLong(read("run", part + ".pid").split(" ")[0]);
    }

    /** A keeper may not have seen yet that its process is dead, so the process is looked at too. */
    @Override
    public void awaitHealthy() {
        await().atMost(TO_BE_HEALTHY)
                .ignoreExceptions()
                .until(
                        () ->
                                killed.stream()
                                        .allMatch(
                                                part ->
                                                        ProcessHandle.of(pid(part))
                                                                .filter(ProcessHandle::isAlive)
                                                                .isPresent()));
        await().atMost(TO_BE_HEALTHY)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> command("status").code() == 0);
        killed.clear();
    }

    @Override
    public Output command(String... words) {
        var line = new ArrayList<String>();
        line.add(repository.resolve("gendan").toString());
        line.addAll(List.of(words));
        try {
            Files.createDirectories(home);
            // The supervisor outlives the command and would hold a pipe open
            var output = Files.createTempFile(home.getParent(), "command-", ".txt");
            try {
                var builder = new ProcessBuilder(line).redirectErrorStream(true);
                builder.redirectOutput(output.toFile());
                builder.environment().put("GENDAN_HOME", home.toString());
                builder.environment().put("GENDAN_BUILD", "never");
                var process = builder.start();
                if (!process.waitFor(LONGEST_COMMAND)) {
                    process.destroyForcibly();
                    throw new AssertionError(line + " does not end: " + Files.readString(output));
                }
                return new Output(process.exitValue(), Files.readString(output, UTF_8));
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String read(String directory, String file) {
        try {
            return Files.readString(home.resolve(directory).resolve(file)).strip();
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
