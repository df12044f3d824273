package io.gendan.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Changes the pace of the system that is up: targets that begin from now on are N times shorter.
 * Only what keeps the time is started anew.
 */
final class Hurry implements Command {

    static final String USAGE = "N";

    @Override
    public int run(Home home, List<String> arguments) throws IOException, InterruptedException {
        if (arguments.size() != 1) {
            throw new CannotGoOn("hurry wants " + USAGE);
        }
        var options = RunningSystem.require(home).options().withHurry(arguments.getFirst());
        options.save(home);
        for (var name : timekeepers(options)) {
            startAnew(new NamedPart(home, List.of(name)));
        }
        System.out.printf("Targets are %d times shorter from now on.%n", options.hurry());
        return 0;
    }

    private static List<String> timekeepers(RunOptions options) {
        return Arrays.stream(Service.values())
                .filter(Service::keepsTime)
                .flatMap(
                        service ->
                                IntStream.rangeClosed(1, options.instancesOf(service))
                                        .mapToObj(service::part))
                .toList();
    }

    private static void startAnew(NamedPart part) throws IOException, InterruptedException {
        if (!Files.exists(part.stopped())) {
            Files.createFile(part.stopped());
            part.await(Phase.STOPPED);
            Files.delete(part.stopped());
            part.await(Phase.HEALTHY);
        }
    }
}
