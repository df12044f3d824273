package io.gendan.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** Starts everything and returns when it is healthy, or when it has cleaned up after a failure. */
final class Up implements Command {

    private static final List<String> SUPERVISOR_OPTIONS =
            List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    @Override
    public int run(Home home, List<String> arguments) throws IOException, InterruptedException {
        var options = RunOptions.parse(arguments);
        home.create();
        var running = RunningSystem.find(home);
        if (running.isPresent()) {
            return alreadyUp(
                    running.get(), arguments.isEmpty() ? running.get().options() : options);
        }
        var lineup = Lineup.of(home, options);
        LeftBehind.stop(home, lineup);
        PortCheck.requireFree(lineup.parts());
        DiskCheck.requireRoom(home);
        clear(home);
        options.save(home);
        var start = new StartUp(lineup, System.out);
        if (options.foreground()) {
            inForeground(home, options, lineup, start);
        } else {
            inBackground(home, options, start);
        }
        return 0;
    }

    private static int alreadyUp(RunningSystem running, RunOptions wanted) {
        if (!wanted.equals(running.options())) {
            throw new CannotGoOn(
                    "Gendan is already up, otherwise: up %s; take it down first, or see hurry"
                            .formatted(String.join(" ", running.options().arguments())));
        }
        System.out.printf("Gendan is already up: %s%n", Welcome.console(running));
        return 0;
    }

    private static void clear(Home home) throws IOException {
        FileTree.delete(home.run());
        home.create();
    }

    private static void inForeground(Home home, RunOptions options, Lineup lineup, StartUp start)
            throws IOException, InterruptedException {
        beginLogs(home, lineup);
        var supervisor = new Supervisor(home, lineup.groups(), start);
        var failure = new ArrayList<CannotGoOn>();
        Thread.ofPlatform()
                .daemon()
                .start(
                        () -> {
                            try {
                                start.await();
                                Welcome.print(home, options, System.out);
                            } catch (CannotGoOn reason) {
                                failure.add(reason);
                                closeQuietly(supervisor);
                            } catch (InterruptedException stop) {
                                Thread.currentThread().interrupt();
                            }
                        });
        Supervise.runUntilTerminated(supervisor);
        Files.deleteIfExists(home.options());
        if (!failure.isEmpty()) {
            throw failure.getFirst();
        }
    }

    private static void closeQuietly(Supervisor supervisor) {
        try {
            supervisor.close();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private static void inBackground(Home home, RunOptions options, StartUp start)
            throws IOException, InterruptedException {
        beginLogs(home, Lineup.of(home, options));
        var supervisor = supervise(home, options);
        var interrupted = new Thread(supervisor::destroy);
        Runtime.getRuntime().addShutdownHook(interrupted);
        try {
            Thread.ofPlatform().daemon().start(() -> start.follow(supervisor.getInputStream()));
            start.await();
        } catch (CannotGoOn reason) {
            Down.stop(home);
            throw reason;
        } finally {
            Runtime.getRuntime().removeShutdownHook(interrupted);
        }
        Welcome.print(home, options, System.out);
    }

    private static void beginLogs(Home home, Lineup lineup) throws IOException {
        for (var name : lineup.names()) {
            new LogFile(home.log(name)).begin();
        }
        new LogFile(home.log(Supervisor.NAME)).begin();
    }

    private static Process supervise(Home home, RunOptions options) throws IOException {
        var arguments = new ArrayList<String>();
        arguments.add(Supervise.NAME);
        arguments.addAll(options.arguments());
        var java = new ArrayList<>(SUPERVISOR_OPTIONS);
        java.add("-Dgendan.repository=" + home.repository());
        var command = ChildProcess.java(java, Gendan.class.getName(), arguments);
        var builder = new ProcessBuilder(ChildProcess.apart(command));
        builder.environment().put("GENDAN_HOME", home.data().toString());
        builder.redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
        builder.redirectError(ProcessBuilder.Redirect.appendTo(home.log(Supervisor.NAME).toFile()));
        return builder.start();
    }
}
