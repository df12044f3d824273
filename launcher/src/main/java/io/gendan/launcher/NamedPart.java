package io.gendan.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The part of the running system that a command was given as its only argument. */
final class NamedPart {

    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Home home;
    private final Part part;

    NamedPart(Home home, List<String> arguments) throws IOException {
        if (arguments.size() != 1) {
            throw new CannotGoOn("this wants the name of one part");
        }
        this.home = home;
        this.part = RunningSystem.require(home).lineup().require(arguments.getFirst());
    }

    String name() {
        return part.name();
    }

    Path stopped() {
        return home.stopped(part.name());
    }

    void await(Phase wanted) throws IOException, InterruptedException {
        var end = System.nanoTime() + PATIENCE.toNanos();
        var phase = Status.phase(home, part);
        while (!phase.startsWith(wanted.name())) {
            if (System.nanoTime() > end) {
                throw new CannotGoOn("%s is still %s".formatted(part.name(), phase.strip()));
            }
            Thread.sleep(LOOK);
            phase = Status.phase(home, part);
        }
    }
}
