package io.gendan.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * Remembers a process by its number and its start, so that a number given again by the operating
 * system is never taken for ours.
 */
record PidFile(Path path) {

    void write(ProcessHandle process) throws IOException {
        WholeFile.write(path, process.pid() + " " + start(process));
    }

    void delete() throws IOException {
        Files.deleteIfExists(path);
    }

    /** The process, if it still runs. */
    Optional<ProcessHandle> process() throws IOException {
        String[] words;
        try {
            words = Files.readString(path).strip().split(" ");
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
        if (words.length != 2) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(words[0]))
                .filter(RunningProcess::isRunning)
                .filter(process -> start(process) == Long.parseLong(words[1]));
    }

    private static long start(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.EPOCH).toEpochMilli();
    }
}
