package io.gendan.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** Starts a part that was stopped; returns when it is healthy. */
final class Start implements Command {

    @Override
    public int run(Home home, List<String> arguments) throws IOException, InterruptedException {
        var part = new NamedPart(home, arguments);
        if (!Files.deleteIfExists(part.stopped())) {
            System.out.println(part.name() + " was not stopped.");
            return 0;
        }
        part.await(Phase.HEALTHY);
        System.out.println(part.name() + " is healthy.");
        return 0;
    }
}
