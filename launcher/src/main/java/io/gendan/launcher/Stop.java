package io.gendan.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** Stops one part, which then stays stopped until it is started or the system comes up again. */
final class Stop implements Command {

    @Override
    public int run(Home home, List<String> arguments) throws IOException, InterruptedException {
        var part = new NamedPart(home, arguments);
        if (!Files.exists(part.stopped())) {
            Files.createFile(part.stopped());
        }
        part.await(Phase.STOPPED);
        System.out.println(part.name() + " is stopped.");
        return 0;
    }
}
