package io.gendan.launcher;

import java.io.IOException;
import java.time.Duration;

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
                if (!RunningProcess.awaitEnd(process.get(), PATIENCE)) {
                    process.get().destroyForcibly();
                }
            }
            pid.delete();
        }
        return any;
    }
}
