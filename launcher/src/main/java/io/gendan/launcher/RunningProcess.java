package io.gendan.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Tells of processes that need not be our children whether they run. */
final class RunningProcess {

    private static final Duration LOOK = Duration.ofMillis(50);

    private RunningProcess() {}

    /** A dead process that nobody has collected yet, which in a container may be never, is dead. */
    static boolean isRunning(ProcessHandle process) {
        return process.isAlive() && !isUncollected(process);
    }

    private static boolean isUncollected(ProcessHandle process) {
        try {
            var stat = Files.readString(Path.of("/proc", String.valueOf(process.pid()), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) == 'Z';
        } catch (IOException collectedOrNotLinux) {
            return false;
        }
    }

    /**
     * @return whether it has ended in time
     */
    static boolean awaitEnd(ProcessHandle process, Duration patience) throws InterruptedException {
        var end = System.nanoTime() + patience.toNanos();
        while (isRunning(process)) {
            if (System.nanoTime() > end) {
                return false;
            }
            Thread.sleep(LOOK);
        }
        return true;
    }
}
