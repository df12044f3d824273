package io.gendan.launcher;

import java.io.IOException;
import java.util.List;

/** Stops everything and deletes its data, its secrets and its logs. */
final class Reset implements Command {

    @Override
    public int run(Home home, List<String> arguments) throws IOException, InterruptedException {
        new Options(arguments, "reset");
        if (!home.isOurs()) {
            throw new CannotGoOn(
                    "%s holds something else; reset deletes nothing there".formatted(home.data()));
        }
        Down.stop(home);
        FileTree.delete(home.data());
        System.out.printf("Gendan is down and %s is deleted.%n", home.data());
        return 0;
    }
}
