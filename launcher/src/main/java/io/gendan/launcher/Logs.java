package io.gendan.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** Prints what a part wrote last; with -f it goes on as more is written. */
final class Logs implements Command {

    private static final String LINES = "200";

    @Override
    public int run(Home home, List<String> arguments) throws IOException, InterruptedException {
        var names = new ArrayList<>(arguments);
        var follow = names.remove("-f");
        if (names.size() != 1) {
            throw new CannotGoOn("logs wants the name of one part, and -f to follow");
        }
        var log = home.log(names.getFirst()).normalize();
        if (!Files.exists(log) || !log.startsWith(home.data())) {
            throw new CannotGoOn("there is no log of '%s'".formatted(names.getFirst()));
        }
        var tail = new ArrayList<>(List.of("tail", "-n", LINES));
        if (follow) {
            tail.add("-F");
        }
        tail.add(log.toString());
        return new ProcessBuilder(tail).inheritIO().start().waitFor();
    }
}
