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
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Started by {@code docker compose}, with volumes and ports of its own, from images of the jars
 * that are there, and with the local issuer, since these journeys are not about Keycloak.
 */
final class ComposeApplication implements StartedApplication {

    private static final Logger LOG = LoggerFactory.getLogger(ComposeApplication.class);

    private static final String PROJECT = "gendan-end-to-end";
    private static final Duration TO_BE_HEALTHY = Duration.ofMinutes(3);
    private static final String ALL_BUT_THE_FIRST = "kill -KILL -1";

    private final Path repository = Path.of(System.getProperty("gendan.repository")).normalize();
    private final Path environment = workspace().resolve("compose.env");
    private final int gateway = freePort();
    private final int kafka = freePort();
    private final int issuer = freePort();
    private final Map<String, String> tokens = new ConcurrentHashMap<>();
    private final Map<String, String> killed = new ConcurrentHashMap<>();
    private final Thread atExit = new Thread(this::down);

    private ComposeApplication() {}

    static ComposeApplication fresh() {
        var application = new ComposeApplication();
        application.writeEnvironment();
        application.down();
        Runtime.getRuntime().addShutdownHook(application.atExit);
        return application;
    }

    private void writeEnvironment() {
        try {
            Files.createDirectories(workspace());
            Files.deleteIfExists(environment);
            run(Map.of(), "docker/secrets", "local-issuer").orFail();
            Files.writeString(
                    environment,
                    """
                    GENDAN_GATEWAY_PORT=%d
                    GENDAN_KAFKA_PORT=%d
                    GENDAN_ISSUER_PORT=%d
                    GENDAN_ISSUER=%s
                    """
                            .formatted(gateway, kafka, issuer, issuerAddress()),
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void up(int hurry) {
        var started = System.nanoTime();
        at(hurry, "--build");
        LOG.info("Up after {} s", Duration.ofNanos(System.nanoTime() - started).toSeconds());
    }

    @Override
    public void hurry(int hurry) {
        at(hurry, "--no-build");
    }

    private void at(int hurry, String build) {
        run(
                        Map.of("GENDAN_HURRY", String.valueOf(hurry)),
                        compose("up", "--detach", "--wait", build))
                .orFail();
    }

    @Override
    public URI address() {
        return URI.create("http://localhost:" + gateway);
    }

    @Override
    public String brokers() {
        return "localhost:" + kafka;
    }

    @Override
    public String token(String account) {
        return tokens.computeIfAbsent(
                account, name -> Gateway.tokenOf(issuerAddress(), name, name + "-secret"));
    }

    private URI issuerAddress() {
        return URI.create("http://localhost:" + issuer);
    }

    @Override
    public void stop(String part) {
        run(Map.of(), compose("stop", part)).orFail();
    }

    @Override
    public void start(String part) {
        run(Map.of(), compose("up", "--detach", "--wait", "--no-deps", "--no-recreate", part))
                .orFail();
    }

    /** From within: what {@code docker kill} ends counts as wanted and is not started again. */
    @Override
    public void kill(String part) {
        killed.put(part, started(part));
        run(Map.of(), compose("exec", "-T", part, "bash", "-c", ALL_BUT_THE_FIRST));
    }

    @Override
    public void awaitHealthy() {
        await().atMost(TO_BE_HEALTHY)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> killed.entrySet().stream().allMatch(this::isBack));
        killed.clear();
    }

    private boolean isBack(Map.Entry<String, String> part) {
        return !started(part.getKey()).equals(part.getValue())
                && inspect(part.getKey(), "{{.State.Health.Status}}").equals("healthy");
    }

    private String started(String part) {
        return inspect(part, "{{.State.StartedAt}}");
    }

    private String inspect(String part, String what) {
        var id = run(Map.of(), compose("ps", "--all", "--quiet", part)).orFail().text().strip();
        return run(Map.of(), "docker", "inspect", "--format", what, id).orFail().text().strip();
    }

    @Override
    public StartedCommand begin(String... words) {
        var line = new ArrayList<String>();
        line.add("docker/gendan");
        line.addAll(List.of(words));
        var settings = Map.of("GENDAN_BUILD", "never");
        return StartedCommand.of(builder(settings, line.toArray(String[]::new)), workspace());
    }

    @Override
    public Output command(String... words) {
        try (var command = begin(words)) {
            return command.end();
        }
    }

    private String[] compose(String... words) {
        var line = new ArrayList<String>(List.of("docker", "compose", "--project-name", PROJECT));
        line.addAll(List.of("--env-file", environment.toString(), "--progress", "quiet"));
        line.addAll(List.of(words));
        return line.toArray(String[]::new);
    }

    private Output run(Map<String, String> settings, String... line) {
        try {
            var process = builder(settings, line).redirectErrorStream(true).start();
            process.getOutputStream().close();
            var said = new String(process.getInputStream().readAllBytes(), UTF_8);
            return new Output(process.waitFor(), said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private ProcessBuilder builder(Map<String, String> settings, String... line) {
        var builder = new ProcessBuilder(line).directory(repository.toFile());
        builder.environment().put("GENDAN_ENV", environment.toString());
        builder.environment().putAll(settings);
        return builder;
    }

    @Override
    public Path workspace() {
        return Path.of(System.getProperty("gendan.home")).toAbsolutePath().getParent();
    }

    private void down() {
        run(Map.of(), compose("down", "--volumes")).orFail();
    }

    @Override
    public void close() {
        down();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }
}
