package io.gendan.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The file by which PostgreSQL locks its data. The server outlives a killed supervisor, and the
 * file outlives a killed server; neither may keep the next start from succeeding.
 */
record PostmasterPid(Path cluster) {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    void clear() throws IOException, InterruptedException {
        var file = cluster.resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return;
        }
        var first = Files.readAllLines(file).getFirst().strip();
        var server = ProcessHandle.of(Long.parseLong(first)).filter(RunningProcess::isRunning);
        if (server.isPresent() && serves(server.get())) {
            end(server.get());
        }
        Files.deleteIfExists(file);
    }

    /** Its number may have been given to any other process since. */
    private boolean serves(ProcessHandle process) throws IOException {
        var commandLine = Path.of("/proc", String.valueOf(process.pid()), "cmdline");
        return Files.exists(commandLine)
                && Files.readString(commandLine).contains(cluster.toString());
    }

    private void end(ProcessHandle server) throws IOException, InterruptedException {
        ChildProcess.run(List.of("sh", "-c", "kill -INT " + server.pid()), cluster);
        if (!RunningProcess.awaitEnd(server, PATIENCE)) {
            throw new IOException(
                    "another PostgreSQL (process %d) holds %s".formatted(server.pid(), cluster));
        }
    }
}
