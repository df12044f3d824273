package io.gendan.launcher;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How this module starts other programs. */
final class ChildProcess {

    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    private ChildProcess() {}

    /** A Java program of this module, on the class path and the JDK that we run on ourselves. */
    static List<String> java(List<String> options, String mainClass, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(JAVA.toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        command.addAll(arguments);
        return command;
    }

    static List<String> jar(List<String> options, Path jar, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(JAVA.toString());
        command.addAll(options);
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(arguments);
        return command;
    }

    /**
     * The same command in a session of its own, where the system knows such a thing: Ctrl-C and a
     * closed terminal then reach only the one who has to stop the others in order.
     */
    static List<String> apart(List<String> command) {
        if (!isInstalled("setsid")) {
            return command;
        }
        var apart = new ArrayList<String>();
        apart.add("setsid");
        apart.addAll(command);
        return apart;
    }

    static boolean isInstalled(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    /**
     * Runs a program to its end.
     *
     * @throws IOException with the last line it said, when it fails
     */
    static void run(List<String> command, Path directory) throws IOException, InterruptedException {
        var process =
                new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .start();
        try {
            process.getOutputStream().close();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            var code = process.waitFor();
            if (code != 0) {
                throw new IOException(
                        "%s failed: %s"
                                .formatted(
                                        program(command), LogFile.reason(said.lines().toList())));
            }
        } finally {
            process.destroyForcibly();
        }
    }

    private static Path program(List<String> command) {
        return Path.of(command.getFirst()).getFileName();
    }
}
