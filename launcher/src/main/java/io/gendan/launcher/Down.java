package io.gendan.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;

/** Stops everything; returns when nothing is left running. */
final class Down implements Command {

    /** Longer than the groups of parts may take one after another. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @Override
    public int run(Home home, List<String> arguments) throws IOException, InterruptedException {
        new Options(arguments, "down");
        System.out.println(stop(home) ? "Gendan is down." : "Gendan was not up.");
        return 0;
    }

    static boolean stop(Home home) throws IOException, InterruptedException {
        var options = RunOptions.load(home);
        if (options.isEmpty()) {
            return false;
        }
        var supervisor = new PidFile(home.pid(Supervisor.NAME)).process();
        if (supervisor.isPresent()) {
            end(supervisor.get());
        }
        var leftBehind = LeftBehind.stop(home, Lineup.of(home, options.get()));
        Files.deleteIfExists(home.options());
        FileTree.delete(home.run());
        return supervisor.isPresent() || leftBehind;
    }

    private static void end(ProcessHandle supervisor) throws InterruptedException {
        supervisor.destroy();
        if (!RunningProcess.awaitEnd(supervisor, PATIENCE)) {
            supervisor.destroyForcibly();
        }
    }
}
