package io.gendan.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Shows a system coming up, and knows when it is up or will not come up. */
final class StartUp implements Progress {

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final PrintStream out;
    private final int width;
    private final Set<String> missing;
    private final long began = System.nanoTime();
    private final CompletableFuture<Boolean> up = new CompletableFuture<>();

    StartUp(Lineup lineup, PrintStream out) {
        this.out = out;
        this.missing = new HashSet<>(lineup.names());
        this.width = lineup.names().stream().mapToInt(String::length).max().orElse(0);
    }

    @Override
    public synchronized void partIs(String part, Phase phase, String detail) {
        if (up.isDone()) {
            return;
        }
        switch (phase) {
            case PREPARING -> {}
            case STARTING, STOPPED -> show(part, phase.name().toLowerCase(Locale.ROOT));
            case WAITING -> show(part, "trying again: " + detail);
            case HEALTHY -> {
                show(part, "healthy");
                missing.remove(part);
                if (missing.isEmpty()) {
                    up.complete(true);
                }
            }
            case FAILED ->
                    up.completeExceptionally(
                            new CannotGoOn("%s does not start: %s".formatted(part, detail)));
        }
    }

    private void show(String part, String what) {
        var seconds = (System.nanoTime() - began) / 1e9;
        out.printf(Locale.ROOT, "%5.1f s  %-" + width + "s  %s%n", seconds, part, what);
    }

    /** Reads the progress of a supervisor in another process, to its end. */
    void follow(InputStream progress) {
        try (var lines = new BufferedReader(new InputStreamReader(progress, UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                PrintedProgress.read(line, this);
            }
            up.completeExceptionally(new CannotGoOn("the supervisor ended; see its log"));
        } catch (IOException gone) {
            up.completeExceptionally(new CannotGoOn("the supervisor is gone: " + gone));
        }
    }

    /**
     * @throws CannotGoOn when the system will not come up
     */
    void await() throws InterruptedException {
        try {
            up.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof CannotGoOn reason
                    ? reason
                    : new IllegalStateException(failed);
        } catch (TimeoutException late) {
            throw new CannotGoOn(
                    "not healthy after %d s: %s".formatted(PATIENCE.toSeconds(), missing));
        }
    }
}
