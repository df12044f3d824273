package io.gendan.launcher;

import java.io.IOException;
import java.util.List;

/** One word after {@code ./gendan}. */
interface Command {

    /**
     * @return the exit code
     * @throws CannotGoOn when there is something to tell in one line
     */
    int run(Home home, List<String> arguments) throws IOException, InterruptedException;
}
