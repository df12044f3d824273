package io.gendan.launcher;

import java.io.IOException;
import java.util.Optional;

/** The system that is up in a home, as far as its supervisor lives. */
record RunningSystem(ProcessHandle supervisor, RunOptions options, Lineup lineup) {

    static Optional<RunningSystem> find(Home home) throws IOException {
        var supervisor = new PidFile(home.pid(Supervisor.NAME)).process();
        var options = RunOptions.load(home);
        if (supervisor.isEmpty() || options.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new RunningSystem(supervisor.get(), options.get(), Lineup.of(home, options.get())));
    }

    static RunningSystem require(Home home) throws IOException {
        return find(home)
                .orElseThrow(
                        () ->
                                new CannotGoOn(
                                        "Gendan is not up; %s up starts it"
                                                .formatted(home.script())));
    }

    Ports ports() {
        return new Ports(options.portOffset());
    }
}
