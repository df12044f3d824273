package io.gendan.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;

/** Shows every part as its keeper sees it; the exit code tells whether all are healthy. */
final class Status implements Command {

    @Override
    public int run(Home home, List<String> arguments) throws IOException, InterruptedException {
        new Options(arguments, "status");
        var system = RunningSystem.require(home);
        System.out.printf(
                "Gendan is up (supervisor %d, hurry %d) in %s%n",
                system.supervisor().pid(), system.options().hurry(), home.data());
        var allHealthy = true;
        for (var part : system.lineup().parts()) {
            var said = phase(home, part).split(" ", 2);
            var phase = Phase.valueOf(said[0]);
            var process = new PidFile(home.pid(part.name())).process();
            // A part that hangs still lives, so its keeper cannot know
            var hangs = phase == Phase.HEALTHY && !part.isReady();
            allHealthy &= phase == Phase.HEALTHY && !hangs;
            System.out.printf(
                    "  %-12s %-10s port %-6d process %-8s %s%n",
                    part.name(),
                    hangs ? "unready" : phase.name().toLowerCase(Locale.ROOT),
                    part.ports().getFirst(),
                    process.map(ProcessHandle::pid).map(String::valueOf).orElse("-"),
                    said.length > 1 ? said[1] : "");
        }
        return allHealthy ? 0 : 1;
    }

    static String phase(Home home, Part part) throws IOException {
        var file = home.phase(part.name());
        return Files.exists(file) ? Files.readString(file) : Phase.WAITING.name();
    }
}
