package io.gendan.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * Where one system lives: the repository that its jars are built in, and the directory that holds
 * all of its data. Two systems with two data directories (and port offsets) run side by side.
 */
record Home(Path repository, Path data, String script) {

    static Home fromEnvironment() {
        var repository = Path.of(System.getProperty("gendan.repository", "")).toAbsolutePath();
        var chosen = System.getenv("GENDAN_HOME");
        var data =
                chosen == null || chosen.isBlank()
                        ? repository.resolve(".gendan")
                        : Path.of(chosen);
        return new Home(
                repository,
                data.toAbsolutePath().normalize(),
                System.getProperty("gendan.script", "./gendan"));
    }

    Path run() {
        return data.resolve("run");
    }

    Path log(String part) {
        return data.resolve("logs").resolve(part + ".log");
    }

    Path pid(String part) {
        return run().resolve(part + ".pid");
    }

    Path phase(String part) {
        return run().resolve(part + ".phase");
    }

    /** Exists while a part is to stay stopped. */
    Path stopped(String part) {
        return run().resolve(part + ".stopped");
    }

    Path options() {
        return data.resolve("options.properties");
    }

    /** Whether nothing is there but what {@code up} has put there, as far as it came. */
    boolean isOurs() throws IOException {
        if (!Files.exists(data) || Files.exists(data.resolve("secrets"))) {
            return true;
        }
        var first = Set.of(run(), data.resolve("logs"), data.resolve("apps"));
        try (var found = Files.list(data)) {
            return found.allMatch(first::contains);
        }
    }

    void create() {
        try {
            Files.createDirectories(run());
            Files.createDirectories(data.resolve("logs"));
            Files.createDirectories(data.resolve("apps"));
        } catch (IOException cannotWrite) {
            throw new CannotGoOn("cannot write to %s: %s".formatted(data, cannotWrite));
        }
    }
}
