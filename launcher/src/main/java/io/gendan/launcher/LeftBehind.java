package io.gendan.launcher;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Stops the parts that still run after their supervisor was killed. */
final class LeftBehind {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private LeftBehind() {}

    /**
     * @return whether there was anything to stop
     */
    static boolean stop(Home home, Lineup lineup) throws IOException, InterruptedException {
        var any = false;
        for (var part : lineup.lastFirst()) {
            var pid = new PidFile(home.pid(part.name()));
            var process = pid.process();
            if (process.isPresent()) {
                any = true;
                part.dismiss(process.get());
                awaitEnd(process.get());
            }
            pid.delete();
        }
        return any;
    }

    static void awaitEnd(ProcessHandle process) throws InterruptedException {
        try {
            process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException stubborn) {
            process.destroyForcibly();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
