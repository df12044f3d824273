package io.gendan.launcher;

import java.io.IOException;
import java.util.List;

/** The process that stays behind after {@code up}; tells its parent the progress on its output. */
final class Supervise implements Command {

    static final String NAME = "supervise";

    @Override
    public int run(Home home, List<String> arguments) throws IOException, InterruptedException {
        var options = RunOptions.parse(arguments);
        var supervisor =
                new Supervisor(
                        home, Lineup.of(home, options).groups(), new PrintedProgress(System.out));
        runUntilTerminated(supervisor);
        return 0;
    }

    /** A signal closes the supervisor, and the process lives until everything has stopped. */
    static void runUntilTerminated(Supervisor supervisor) throws IOException, InterruptedException {
        var atExit =
                new Thread(
                        () -> {
                            try {
                                supervisor.close();
                            } catch (InterruptedException stop) {
                                Thread.currentThread().interrupt();
                            }
                        });
        Runtime.getRuntime().addShutdownHook(atExit);
        supervisor.run();
    }
}
