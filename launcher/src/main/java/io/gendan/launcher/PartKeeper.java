package io.gendan.launcher;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * Keeps one part running: starts it, waits until it is healthy, and starts it again when it dies,
 * quickly at first and more patiently when that does not help. It never gives up by itself.
 */
final class PartKeeper {

    private static final Logger log = LoggerFactory.getLogger(PartKeeper.class);

    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration PATIENCE_AT_STOP = Duration.ofSeconds(30);
    private static final int TRIES_BEFORE_FAILED = 3;

    private final Part part;
    private final Home home;
    private final Progress progress;
    private final Predicate<String> isHealthy;
    private final PidFile pidFile;

    private boolean wanted = true;
    private boolean closed;
    private @Nullable Process process;
    private volatile Phase phase = Phase.WAITING;
    private int failures;
    private boolean wasHealthy;

    /**
     * @param isHealthy tells of any part by name, for those that this part needs
     */
    PartKeeper(Part part, Home home, Progress progress, Predicate<String> isHealthy) {
        this.part = part;
        this.home = home;
        this.progress = progress;
        this.isHealthy = isHealthy;
        this.pidFile = new PidFile(home.pid(part.name()));
    }

    Part part() {
        return part;
    }

    boolean isHealthy() {
        return phase == Phase.HEALTHY;
    }

    /** Runs until {@link #close}; in a thread of its own. */
    void keep() {
        try {
            while (waitUntilWanted()) {
                live();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } catch (IOException cannotTell) {
            log.error("{} is no longer watched", part.name(), cannotTell);
        }
    }

    private void live() throws IOException, InterruptedException {
        try {
            while (isWanted() && !part.needs().stream().allMatch(isHealthy)) {
                Thread.sleep(LOOK);
            }
            become(Phase.PREPARING, "");
            part.prepare();
            var started = launch();
            if (started != null) {
                stayWith(started);
            }
        } catch (IOException | SQLException trouble) {
            log.warn("{} cannot be started", part.name(), trouble);
            end();
            failed(String.valueOf(trouble.getMessage()), trouble instanceof IOException);
        }
    }

    private synchronized @Nullable Process launch() throws IOException {
        if (!wanted || closed) {
            return null;
        }
        var builder = part.process();
        builder.command(ChildProcess.apart(builder.command()));
        builder.redirectErrorStream(true);
        builder.redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(home.log(part.name()).toFile()));
        process = builder.start();
        pidFile.write(process.toHandle());
        become(Phase.STARTING, "");
        return process;
    }

    private void stayWith(Process started) throws IOException, SQLException, InterruptedException {
        while (started.isAlive() && !part.isReady()) {
            Thread.sleep(LOOK);
        }
        if (started.isAlive()) {
            part.welcome();
            wasHealthy = true;
            failures = 0;
            become(Phase.HEALTHY, "");
        }
        var code = started.waitFor();
        pidFile.delete();
        if (isWanted()) {
            log.warn("{} ended by itself with code {}", part.name(), code);
            failed(new LogFile(home.log(part.name())).reason(), false);
        }
    }

    /** A start that cannot even be prepared does not get better by trying again at once. */
    private void failed(String reason, boolean hopeless) throws IOException, InterruptedException {
        failures++;
        var givenUp = !wasHealthy && (hopeless || failures >= TRIES_BEFORE_FAILED);
        become(givenUp ? Phase.FAILED : Phase.WAITING, reason);
        pause();
    }

    private synchronized void pause() throws InterruptedException {
        var pause = FIRST_PAUSE.toMillis() << Math.min(failures - 1, 10);
        var end = System.nanoTime() + Duration.ofMillis(pause).toNanos();
        var longest = System.nanoTime() + LONGEST_PAUSE.toNanos();
        while (wanted && !closed && System.nanoTime() < Math.min(end, longest)) {
            wait(LOOK.toMillis());
        }
    }

    private synchronized boolean waitUntilWanted() throws IOException, InterruptedException {
        if (!wanted) {
            become(Phase.STOPPED, "");
        }
        while (!wanted && !closed) {
            wait();
        }
        return !closed;
    }

    private synchronized boolean isWanted() {
        return wanted && !closed;
    }

    /** Starts or stops the part, as {@code wanted} says; returns when a stop is done. */
    void want(boolean wanted) throws IOException, InterruptedException {
        synchronized (this) {
            if (this.wanted == wanted) {
                return;
            }
            this.wanted = wanted;
            failures = 0;
            notifyAll();
        }
        if (!wanted) {
            end();
        }
    }

    /** Stops the part for good; returns when it is gone. */
    void close() throws IOException, InterruptedException {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        end();
    }

    private void end() throws IOException, InterruptedException {
        Process ending;
        synchronized (this) {
            ending = process;
        }
        if (ending == null) {
            return;
        }
        if (ending.isAlive()) {
            part.dismiss(ending.toHandle());
        }
        if (!ending.waitFor(PATIENCE_AT_STOP)) {
            log.warn("{} does not stop and is killed", part.name());
            ending.destroyForcibly().waitFor();
        }
        pidFile.delete();
    }

    private void become(Phase next, String detail) throws IOException {
        phase = next;
        progress.partIs(part.name(), next, detail);
        WholeFile.write(home.phase(part.name()), next + " " + detail);
    }
}
